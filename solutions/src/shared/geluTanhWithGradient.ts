/**
 * geluTanh with its gradient written out: half as many passes over x as tfjs takes, and a single
 * one if the device has a kernel. Models use this version; a test compares it with the plain one.
 */
import * as tf from "@tensorflow/tfjs-core";
import { deviceKernel } from "./deviceKernel";
import { expectDtype } from "./shapes";
import { withGradient } from "./withGradient";

const LINEAR = 2 * Math.sqrt(2 / Math.PI);
const CUBIC = 0.044715 * LINEAR;
/**
 * Largest x² in z′. From |x| = 10 on, s is 0 or 1 in float32, so the factor next to s·(1 − s) only
 * has to be finite.
 */
const FAR = 100;

const differentiable = withGradient((x) => {
  const value = deviceKernel("GeluTanh")?.({ x })[0];
  if (value) {
    const gradient = (dy: tf.Tensor, x: tf.Tensor) => deviceKernel("GeluTanhGrad")!({ x, dy })[0];
    return { value, saved: [x], gradient };
  }
  const s = x.square().mul(CUBIC).add(LINEAR).mul(x).sigmoid();
  return { value: x.mul(s), saved: [x, s], gradient: backward };
});

function backward(dy: tf.Tensor, x: tf.Tensor, s: tf.Tensor): tf.Tensor {
  const xx = x.square().minimum(FAR);
  const slope = xx.mul(3 * CUBIC).add(LINEAR); // z′
  return s.sub(s.square()).mul(x).mul(slope).add(s).mul(dy);
}

/**
 * GELU in its tanh form, element by element: x·s with s = σ(z), because (1 + tanh u)/2 = σ(2u).
 *   z = 2·√(2/π)·(x + 0.044715·x³)
 * Backward:
 *   ∂L/∂x = dy·(s + x·s·(1 − s)·z′),  z′ = 2·√(2/π)·(1 + 3·0.044715·x²)
 * @param x float32, any shape, finite
 * @returns the shape of x
 * @throws when x isn't float32
 */
export function geluTanh(x: tf.Tensor): tf.Tensor {
  expectDtype("geluTanh", "x", x, "float32");
  return differentiable(x);
}
