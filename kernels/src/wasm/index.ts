/** Kernels over those of @tensorflow/tfjs-backend-wasm. */
import { registerKernels } from "./register";
import { UNSORTED_SEGMENT_SUM } from "./unsortedSegmentSum";

/** Puts our kernels in the place of the stock ones, before or after the backend starts. Returns a function that puts the stock ones back. */
export const registerWasmKernels = (): (() => void) => registerKernels([UNSORTED_SEGMENT_SUM]);
