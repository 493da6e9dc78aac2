/**
 * Kernels that a device has beyond tfjs's own: one pass over memory for a whole layer.
 * They live in engine/ops.
 */
import "../register";
import * as tf from "@tensorflow/tfjs-core";

type Results = [tf.Tensor, ...tf.Tensor[]];

/** Runs the kernel and returns its results; it isn't differentiable by itself. */
export type DeviceKernel = (
  inputs: Record<string, tf.Tensor>,
  attrs?: Record<string, number | boolean>,
) => Results;

/** The kernel with this name, or undefined if the device in use has none. */
export function deviceKernel(name: string): DeviceKernel | undefined {
  if (!tf.getKernel(name, tf.getBackend())) return undefined;
  return (inputs, attrs = {}) => {
    const result: tf.Tensor | tf.Tensor[] = tf.engine().runKernel(name, inputs, attrs);
    return (Array.isArray(result) ? result : [result]) as Results;
  };
}

/** Whether tfjs is remembering what it computes, to differentiate it. */
export const recordsGradients = (): boolean => tf.engine().state.gradientDepth > 0;

/** The same while no gradient is recorded, for a kernel whose gradient nobody has written. */
export function inferenceKernel(name: string): DeviceKernel | undefined {
  return recordsGradients() ? undefined : deviceKernel(name);
}
