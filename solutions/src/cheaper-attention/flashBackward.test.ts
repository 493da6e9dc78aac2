import * as tf from "@tensorflow/tfjs-core";
import { expect, test } from "vitest";
import { checkReferences, expectNoLeak } from "../shared/shared.testing";
import { flashBackward } from "./flashBackward";
import { flashForward } from "./flashForward";

checkReferences("flashBackward", flashBackward);

const draw = (shape: number[], seed: number) =>
  tf.randomNormal(shape, 0, 1, "float32", seed) as tf.Tensor;

test(
  "by hand: weights ¼ and ¾ of values 4 and 8, dv is the weights, dk is q · weights · (value − " +
    "output)",
  () => {
    const q = tf.tensor([Math.log(3)], [1, 1, 1, 1]);
    const k = tf.tensor([0, 1], [1, 1, 2, 1]);
    const v = tf.tensor([4, 8], [1, 1, 2, 1]);
    const dy = { output: tf.ones([1, 1, 1, 1]), logSumExp: tf.zeros([1, 1, 1]) };
    const { dq, dk, dv } = flashBackward(q, k, v, flashForward(q, k, v), dy, { blockK: 1 });
    expect(dv).toMatchTensor(tf.tensor([0.25, 0.75], [1, 1, 2, 1]));
    expect(dk).toMatchTensor(tf.tensor([-0.75 * Math.log(3), 0.75 * Math.log(3)], [1, 1, 2, 1]));
    expect(dq).toMatchTensor(tf.tensor([0.75], [1, 1, 1, 1]));
  },
);

test("tfjs's gradient of the forward pass is the same", () => {
  const x = [draw([1, 2, 5, 3], 1), draw([1, 2, 7, 3], 2), draw([1, 2, 7, 3], 3)] as const;
  const options = { causal: true, blockQ: 2, blockK: 3 };
  const dy = { output: draw([1, 2, 5, 3], 4), logSumExp: draw([1, 2, 5], 5) };
  const expected = tf.grads((q: tf.Tensor, k: tf.Tensor, v: tf.Tensor) => {
    const { output, logSumExp } = flashForward(q, k, v, options);
    return output.mul(dy.output).sum().add(logSumExp.mul(dy.logSumExp).sum());
  })([...x]);
  const { dq, dk, dv } = flashBackward(...x, flashForward(...x, options), dy, options);
  [dq, dk, dv].forEach((g, i) => expect(g).toMatchTensor(expected[i]!, 1e-5));
});

test("bad arguments", () => {
  const x = tf.ones([1, 1, 3, 2]);
  const good = { output: x, logSumExp: tf.ones([1, 1, 3]) };
  expect(() => flashBackward(x, x, x, { ...good, logSumExp: tf.ones([1, 3]) }, good)).toThrow(
    "flashBackward: expected result.logSumExp [1, 1, 3], got [1, 3]",
  );
});

test("no tensors left behind", () => {
  const x = draw([1, 2, 5, 4], 6);
  const result = { output: x, logSumExp: tf.ones([1, 2, 5]) };
  expectNoLeak(flashBackward, x, x, x, result, result, { causal: true, blockQ: 2, blockK: 2 });
});
