/**
 * Kernels over those of tfjs's WASM backend and ours, computed by engine/ops/native in the
 * backend's own memory. A call into C++ takes half a microsecond, so what is small stays in
 * WebAssembly.
 */
import { registerKernels } from "../wasm/register";
import { ELEMENTWISE } from "./elementwise";
import { INFERENCE } from "./inference";
import { LAYERS } from "./layers";
import { LINEARS } from "./linear";
import { PRODUCTS } from "./matMul";
import { useModule, type NativeModule } from "./module";
import { callAlways } from "./worth";

export type { NativeModule } from "./module";

let undo: (() => void) | undefined;

/**
 * Replaces kernels of the WASM backend by ours; call it after registerWasmKernels. A second call
 * does nothing.
 * @param options always: true has even the smallest tensors go to C++, for tests
 * @returns a function that puts back what was there
 */
export function registerNativeKernels(
  module: NativeModule,
  options: { always?: boolean } = {},
): () => void {
  callAlways(options.always ?? false);
  if (!undo) {
    useModule(module);
    undo = registerKernels(
      [...PRODUCTS, ...LINEARS, ...LAYERS, ...INFERENCE, ...ELEMENTWISE],
      false,
    );
  }
  return unregisterNativeKernels;
}

/** Puts back what registerNativeKernels replaced. */
export function unregisterNativeKernels(): void {
  undo?.();
  undo = undefined;
}

/** Whether engine/ops/native's op kernels replace those of the WASM backend. */
export const hasNativeKernels = (): boolean => undo !== undefined;
