/**
 * tfjs kernels of our own, one folder for each backend. Loading this file loads no backend and
 * registers nothing.
 */
export { useConstantComparisons } from "./comparisons";
export { registerCpuKernels } from "./cpu";
export { registerWasmKernels, wasmThreads } from "./wasm";
export {
  hasNativeKernels,
  registerNativeKernels,
  unregisterNativeKernels,
  type NativeModule,
} from "./native";
export { registerWebgpuKernels } from "./webgpu";
export { BLOCK, isPackedType, PACKED_TYPES, PACKED_WEIGHTS, type PackedWeights } from "./packed";
