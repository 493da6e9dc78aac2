/**
 * Kernels that a device has beyond tfjs's own: one pass over memory for a whole layer. The folder
 * kernels/ holds them.
 */
import "../register";
import * as tf from "@tensorflow/tfjs-core";

/** Runs the kernel and gives its results; it is not differentiable by itself. */
export type DeviceKernel = (
  inputs: Record<string, tf.Tensor>,
  attrs?: Record<string, number | boolean>,
) => [tf.Tensor, ...tf.Tensor[]];

/** The kernel of this name, or undefined where the device in use has none. */
export function deviceKernel(name: string): DeviceKernel | undefined {
  if (!tf.getKernel(name, tf.getBackend())) return undefined;
  return (inputs, attrs = {}) =>
    [tf.engine().runKernel<tf.Tensor | tf.Tensor[]>(name, inputs, attrs)].flat() as [
      tf.Tensor,
      ...tf.Tensor[],
    ];
}
