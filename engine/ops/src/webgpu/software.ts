/**
 * Kernels for an adapter made of software. It runs the threads of a workgroup in turns, up to the
 * next barrier, so tfjs's kernels, which share tiles and partial sums, take many times as long to
 * compile and to run as these, in which no thread waits for another. One program serves all shapes,
 * so little is compiled.
 */
import type * as tf from "@tensorflow/tfjs-core";
import type { WebGPUProgram } from "@tensorflow/tfjs-backend-webgpu";

const WORKGROUP = 64;
/** Workgroups along one axis. */
const MAX_WORKGROUPS = 65_535;
/** tfjs computes what needs more threads. */
export const MAX_THREADS = MAX_WORKGROUPS * WORKGROUP;

/** An op kernel that replaces tfjs's own, which it gets as an argument. */
export interface SoftwareOpKernel extends tf.KernelConfig {
  stock: tf.KernelConfig;
}

/** A program of independent threads, with whole numbers as its uniforms. */
export function threadsProgram(
  shaderKey: string,
  threads: number,
  numbers: Record<string, number>,
  parts: Pick<WebGPUProgram, "variableNames" | "outputShape" | "getUserCode">,
) {
  const declared = Object.keys(numbers).map((name) => `${name}: i32,`);
  const program: WebGPUProgram = {
    ...parts,
    shaderKey,
    uniforms: declared.join(" "),
    workgroupSize: [WORKGROUP, 1, 1],
    dispatchLayout: { x: [0] },
    dispatch: [Math.ceil(threads / WORKGROUP), 1, 1],
  };
  const uniforms = Object.values(numbers).map((n) => ({ type: "int32", data: [n] }));
  return { program, uniforms };
}

/** The tensor as a list of its numbers. */
export const flat = (t: tf.TensorInfo): tf.TensorInfo => ({
  ...t,
  shape: [t.shape.reduce((a, b) => a * b, 1)],
});
