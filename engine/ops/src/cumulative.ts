/**
 * Running sums and products along an axis that is counted from the end, such as −1. The backends of
 * tfjs 4.22 transpose by such an axis as it stands: WASM reads beyond the tensor, plain CPU and
 * WebGPU fail or return wrong numbers. WASM also takes an axis that the tensor doesn't have.
 */
import type * as tf from "@tensorflow/tfjs-core";

export const CUMULATIVE = ["Cumsum", "Cumprod"];

/**
 * The attributes of such an op kernel, with its axis counted from the start.
 * @throws for an axis that x doesn't have, in the words of tfjs's sums
 */
export function fromStart<A extends Record<string, unknown>>(attrs: A, x: tf.TensorInfo): A {
  const axis = attrs.axis as number;
  const rank = x.shape.length;
  if (axis < -rank || axis >= rank) {
    throw new Error(
      `All values in axis param must be in range [-${rank}, ${rank}) but got axis ${axis}`,
    );
  }
  return axis < 0 ? { ...attrs, axis: axis + rank } : attrs;
}

/** The kernels of a backend, for an axis counted from either end. */
export const cumulativeKernels = (stockKernel: (name: string) => tf.KernelConfig) =>
  CUMULATIVE.map((name): tf.KernelConfig => {
    const stock = stockKernel(name);
    return {
      ...stock,
      kernelFunc: (call) =>
        stock.kernelFunc({
          ...call,
          attrs: fromStart(call.attrs!, (call.inputs as { x: tf.TensorInfo }).x),
        }),
    };
  });
