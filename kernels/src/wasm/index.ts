/** Kernels over those of @tensorflow/tfjs-backend-wasm, computed by kernels/assembly in the backend's own memory. */
import { FILTER_GRADIENTS } from "./convolution";
import { ELEMENTWISE } from "./elementwise";
import { FOURIER } from "./fourier";
import { LAYOUT } from "./layout";
import { MAT_MUL } from "./matMul";
import { REDUCTIONS } from "./reduce";
import { registerKernels } from "./register";

let undo: (() => void) | undefined;

/**
 * Puts our kernels in the place of the stock ones, before or after the backend starts; once they are there, nothing more happens.
 * @returns a function that puts the stock ones back
 */
export function registerWasmKernels(): () => void {
  undo ??= registerKernels([...MAT_MUL, ...ELEMENTWISE, ...REDUCTIONS, ...LAYOUT, ...FILTER_GRADIENTS, ...FOURIER]);
  return () => {
    undo?.();
    undo = undefined;
  };
}
