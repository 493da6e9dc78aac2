/** tfjs kernels of our own, one folder for each backend. Loading this file loads no backend and registers nothing. */
export { registerWasmKernels } from "./wasm";
export { registerWebgpuKernels } from "./webgpu";
