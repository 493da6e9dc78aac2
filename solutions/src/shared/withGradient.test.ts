/** Functions with written-out gradients have the lessons' references, values and gradients. */
import * as tf from "@tensorflow/tfjs-core";
import { describe, expect, test } from "vitest";
import { softmax as plainSoftmax } from "../orientation/softmax";
import { softmax } from "./softmaxWithGradient";
import { checkReferences, expectNoLeak } from "./shared.testing";
import { gelu as plainGelu } from "../blocks/gelu";
import { gelu } from "./geluWithGradient";
import { geluTanh as plainGeluTanh } from "../blocks/geluTanh";
import { geluTanh } from "./geluTanhWithGradient";
import { layerNorm as plainNorm } from "../blocks/layerNorm";
import { layerNorm } from "./layerNormWithGradient";
import { linear as plainLinear } from "../blocks/linear";
import { linear } from "./linearWithGradient";

checkReferences("softmax", softmax);
checkReferences("gelu", gelu);
checkReferences("geluTanh", geluTanh);
checkReferences("layerNorm", layerNorm);
checkReferences("linear", linear);

type Fn = (x: tf.Tensor, ...weights: tf.Tensor[]) => tf.Tensor;
const normal = (shape: number[], seed: number, scale = 1) =>
  tf.randomNormal(shape, 0, scale, "float32", seed);

/** Gradients of a sum whose weights differ from place to place. */
function gradients(f: Fn, inputs: [tf.Tensor, ...tf.Tensor[]]): tf.Tensor[] {
  const weighted = (...xs: tf.Tensor[]) => {
    const y = f(...(xs as typeof inputs)).flatten();
    return y.square().mul(tf.range(0, y.size).cos()).sum() as tf.Scalar;
  };
  return tf.grads(weighted)(inputs);
}

function expectSame(fast: Fn, plain: Fn, ...inputs: [tf.Tensor, ...tf.Tensor[]]): void {
  expect(fast(...inputs)).toMatchTensor(plain(...inputs), 1e-5);
  const expected = gradients(plain, inputs);
  gradients(fast, inputs).forEach((g, i) => expect(g).toMatchTensor(expected[i]!, 1e-5));
}

describe.each([[[7]], [[3, 5]], [[2, 3, 4, 5]], [[1, 1]], [[17, 64]]])("of shape %o", (shape) => {
  const C = shape.at(-1)!;
  test("softmax", () => expectSame(softmax, plainSoftmax, normal(shape, 1, 3)));
  test("gelu", () => expectSame(gelu, plainGelu, normal(shape, 2, 3)));
  test("geluTanh", () => expectSame(geluTanh, plainGeluTanh, normal(shape, 2, 3)));
  test("layerNorm", () => {
    const [gamma, beta] = [normal([C], 4), normal([C], 5)];
    const fast: Fn = (x, gamma, beta) => layerNorm(x, gamma!, beta!);
    const plain: Fn = (x, gamma, beta) => plainNorm(x, gamma!, beta!);
    expectSame(fast, plain, normal(shape, 3), gamma, beta);
  });
  test("linear", () => {
    const [w, b] = [normal([C, 9], 7), normal([9], 8)];
    const fast: Fn = (x, w, b) => linear(x, w!, b);
    const plain: Fn = (x, w, b) => plainLinear(x, w!, b);
    expectSame(fast, plain, normal(shape, 6), w, b);
  });
});

test("a row that is all −∞ gives zeros and has no gradient", () => {
  const x = tf.tensor([-Infinity, -Infinity, 0, -Infinity], [2, 2]);
  expect(softmax(x)).toMatchTensor(tf.tensor([0, 0, 1, 0], [2, 2]));
  const weighted = (y: tf.Tensor) => softmax(y).mul([1, 2]).sum();
  expect(tf.grad(weighted)(x)).toMatchTensor(tf.zeros([2, 2]));
});

test("numbers far from zero neither overflow nor leave their gradient undefined", () => {
  const x = tf.tensor([-1e30, -1e6, -11, 11, 1e6, 1e30]);
  expect(geluTanh(x)).toMatchTensor(tf.tensor([0, 0, 0, 11, 1e6, 1e30]));
  const gradient = tf.grad((y: tf.Tensor) => geluTanh(y).sum())(x);
  expect(gradient).toMatchTensor(tf.tensor([0, 0, 0, 1, 1, 1]));
});

test("bad arguments", () => {
  expect(() => softmax(tf.scalar(1))).toThrow(
    "softmax: expected x with at least one axis, got a scalar",
  );
  expect(() => gelu(tf.ones([2], "int32"))).toThrow("gelu: expected x of dtype float32, got int32");
  expect(() => geluTanh(tf.ones([2], "int32"))).toThrow(
    "geluTanh: expected x of dtype float32, got int32",
  );
  expect(() => layerNorm(tf.ones([2, 4]), tf.ones([3]), tf.ones([4]))).toThrow(
    "layerNorm: expected gamma [4], got [3]",
  );
  expect(() => linear(tf.ones([2, 4]), tf.ones([3, 4]), tf.ones([4]))).toThrow(
    "linear: expected w [4, dOut], got [3, 4]",
  );
  expect(() => linear(tf.ones([2, 4]), tf.ones([4, 3]), tf.ones([4]))).toThrow(
    "linear: expected b [3], got [4]",
  );
});

test("no tensors left behind, with and without a gradient", () => {
  const x = tf.ones([2, 4]);
  const one = tf.ones([4]);
  expectNoLeak(softmax, x);
  expectNoLeak(gelu, x);
  expectNoLeak(
    tf.grad((x) => gelu(x).sum()),
    x,
  );
  expectNoLeak(geluTanh, x);
  expectNoLeak(layerNorm, x, one, one);
  expectNoLeak(linear, x, tf.ones([4, 3]), tf.ones([3]));
  const chain = (y: tf.Tensor) => layerNorm(geluTanh(softmax(y)), one, one).sum();
  expectNoLeak(tf.grad(chain), x);
});
