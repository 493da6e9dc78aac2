/**
 * Kernels over those of @tensorflow/tfjs-backend-wasm, computed by kernels/assembly in the
 * backend's own memory.
 */
import { FILTER_GRADIENTS } from "./convolution";
import { ELEMENTWISE } from "./elementwise";
import { FOURIER } from "./fourier";
import { FUSED } from "./fused";
import { LAYOUT } from "./layout";
import { MAT_MUL } from "./matMul";
import { REDUCTIONS } from "./reduce";
import { useCode } from "./module";
import { registerKernels } from "./register";

let undo: (() => void) | undefined;

/**
 * Puts our kernels in the place of the stock ones, before or after the backend starts; once they
 * are there, nothing more happens.
 * @param options missing: true registers only kernels of tfjs's that the backend lacks: it leaves
 *   the stock ones, and adds none of our own names; code: the bytes of wasm/kernels.wasm, else it
 *     is read from its file, with fused multiply-add where the machine has it
 * @returns a function that puts the stock ones back
 */
export function registerWasmKernels(
  options: { missing?: boolean; code?: Uint8Array } = {},
): () => void {
  if (options.code) useCode(options.code);
  const missing = options.missing ?? false;
  undo ??= registerKernels(
    [
      ...MAT_MUL,
      ...ELEMENTWISE,
      ...REDUCTIONS,
      ...LAYOUT,
      ...FILTER_GRADIENTS,
      ...FOURIER,
      ...(missing ? [] : FUSED),
    ],
    missing,
  );
  return () => {
    undo?.();
    undo = undefined;
  };
}
