/** tf.customGrad with its arguments apart: inputs, saved tensors and dy each have a name. */
import * as tf from "@tensorflow/tfjs-core";
import { recordsGradients } from "./deviceKernel";

/** A forward pass, and what its backward pass needs. */
interface Pass {
  value: tf.Tensor;
  /** tensors that the backward pass reads */
  saved: tf.Tensor[];
  /** from dy = ∂L/∂value and the saved tensors to the gradient of each input */
  gradient: (dy: tf.Tensor, ...saved: tf.Tensor[]) => tf.Tensor | tf.Tensor[];
}

/**
 * Makes a differentiable function of one whose gradient is written out.
 * @param forward computes the value of its inputs and names the backward pass
 * @returns a function of the same inputs; it leaves no tensors behind
 */
export function withGradient(
  forward: (...inputs: tf.Tensor[]) => Pass,
): (...inputs: tf.Tensor[]) => tf.Tensor {
  const run = tf.customGrad((...given) => {
    const save = given.at(-1) as tf.GradSaveFunc;
    const inputs = given.slice(0, -1) as tf.Tensor[];
    const { value, saved, gradient } = forward(...inputs);
    save(saved);
    return { value, gradFunc: (dy: tf.Tensor, kept: tf.Tensor[]) => gradient(dy, ...kept) };
  });
  // while nothing is recorded, the value alone takes half of tfjs's steps
  return (...inputs) =>
    tf.tidy(() => (recordsGradients() ? run(...inputs) : forward(...inputs).value));
}
