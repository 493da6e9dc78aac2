/**
 * Kernels over those of @tensorflow/tfjs-backend-wasm, computed by engine/ops/assembly in the
 * backend's own memory.
 */
import { useConstantComparisons } from "../comparisons";
import { useFasterEngine } from "../engine";
import { CONVOLUTION_GRADIENTS } from "./convolution";
import { ALWAYS, CORRECTIONS } from "./corrections";
import { EINSUM } from "./einsum";
import { ELEMENTWISE } from "./elementwise";
import { FOURIER } from "./fourier";
import { FUSED } from "./fused";
import { INFERENCE } from "./inference";
import { LAYOUT } from "./layout";
import { LINEARS } from "./linear";
import { MAT_MUL } from "./matMul";
import { PACKED } from "./packed";
import { REDUCTIONS } from "./reduce";
import { useCode } from "./module";
import { registerKernels } from "./register";
import { shareMemory } from "./sharedMemory";

export { wasmThreads } from "./threads";

/** Ours for names that tfjs has. */
const TFJS_KERNELS = [
  ...MAT_MUL,
  ...ELEMENTWISE,
  ...REDUCTIONS,
  ...LAYOUT,
  ...CONVOLUTION_GRADIENTS,
  ...FOURIER,
  ...ALWAYS,
  EINSUM,
];

let undo: (() => void) | undefined;

/**
 * Replaces the stock kernels by ours, before or after the backend starts. A second call does
 * nothing.
 * @param options missing: true registers only tfjs kernels that the backend doesn't have or has
 *   wrong, and none of our own names; code: the bytes of wasm/kernels.wasm, default from its file, with fused
 *   multiply-add if the machine has it
 * @returns a function that puts the stock kernels back
 */
export function registerWasmKernels(
  options: { missing?: boolean; code?: Uint8Array } = {},
): () => void {
  if (options.code) useCode(options.code);
  const missing = options.missing ?? false;
  if (!missing && !undo) shareMemory();
  undo ??= registerAll(missing);
  return () => {
    undo?.();
    undo = undefined;
  };
}

function registerAll(missing: boolean): () => void {
  useConstantComparisons();
  if (missing) return registerKernels([...TFJS_KERNELS, ...CORRECTIONS], true);
  const own = [...LINEARS, ...FUSED, ...INFERENCE, ...PACKED];
  const putBack = registerKernels([...TFJS_KERNELS, ...own], false);
  const stockEngine = useFasterEngine();
  return () => {
    stockEngine();
    putBack();
  };
}
