/**
 * Exercises in WGSL: shaders whose reads are counted, and their run on a WebGPU device.
 * `grader/shaders/run` runs them in a child process.
 */
export * from "./device";
export * from "./request";
export * from "./wgsl";
