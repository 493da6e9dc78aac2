/**
 * geluTanh with its gradient written out: half as many passes over x as tfjs takes, and one where
 * the device has a kernel. Models use this one; a test holds it to the plain one.
 */
import * as tf from "@tensorflow/tfjs-core";
import { deviceKernel } from "./deviceKernel";
import { expectDtype } from "./shapes";

const LINEAR = 2 * Math.sqrt(2 / Math.PI);
const CUBIC = 0.044715 * LINEAR;
/**
 * From |x| = 10 on s is 0 or 1 in float32, so that the factor beside s·(1 − s) does not matter, as
 * long as it is finite.
 */
const FAR = 100;

/**
 * x·s with s = σ(z) and z = 2·√(2/π)·(x + 0.044715·x³), element by element; (1 + tanh u)/2 is
 * σ(2u). Backward dy·(s + x·s·(1 − s)·z′) with z′ = 2·√(2/π)·(1 + 3·0.044715·x²).
 * @param x float32, any shape, finite
 * @returns the shape of x
 * @throws when x is not float32
 */
export function geluTanh(x: tf.Tensor): tf.Tensor {
  expectDtype("geluTanh", "x", x, "float32");
  const differentiable = tf.customGrad((...inputs) => {
    const [x, save] = inputs as unknown as [tf.Tensor, tf.GradSaveFunc];
    const value = deviceKernel("GeluTanh")?.({ x })[0];
    if (value) {
      save([x]);
      return {
        value,
        gradFunc: (dy: tf.Tensor, [x]: tf.Tensor[]) =>
          deviceKernel("GeluTanhGrad")!({ x: x!, dy })[0],
      };
    }
    const s = x.square().mul(CUBIC).add(LINEAR).mul(x).sigmoid();
    save([x, s]);
    return {
      value: x.mul(s),
      gradFunc: (dy: tf.Tensor, saved: tf.Tensor[]) => backward(dy, saved),
    };
  });
  return tf.tidy(() => differentiable(x));
}

function backward(dy: tf.Tensor, saved: tf.Tensor[]): tf.Tensor {
  const [x, s] = saved as [tf.Tensor, tf.Tensor];
  const slope = x
    .square()
    .minimum(FAR)
    .mul(3 * CUBIC)
    .add(LINEAR); // z′
  return s.sub(s.square()).mul(x).mul(slope).add(s).mul(dy);
}
