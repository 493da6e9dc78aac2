/** Exercises in WGSL: countable reads, and a run on a device. `grader/shaders/run` starts the child. */
export * from "./answer";
export {
  kernelRunner,
  openDevice,
  type KernelResult,
  type KernelRun,
  type OpenDevice,
} from "./device";
export * from "./prepare";
export * from "./wgsl";
