/** Kernels over those of @tensorflow/tfjs-backend-wasm, computed by kernels/assembly in the backend's own memory. */
import { FILTER_GRADIENTS } from "./convolution";
import { ELEMENTWISE } from "./elementwise";
import { FOURIER } from "./fourier";
import { LAYOUT } from "./layout";
import { MAT_MUL } from "./matMul";
import { REDUCTIONS } from "./reduce";
import { registerKernels } from "./register";

/** Puts our kernels in the place of the stock ones, before or after the backend starts. Returns a function that puts the stock ones back. */
export const registerWasmKernels = (): (() => void) => registerKernels([...MAT_MUL, ...ELEMENTWISE, ...REDUCTIONS, ...LAYOUT, ...FILTER_GRADIENTS, ...FOURIER]);
