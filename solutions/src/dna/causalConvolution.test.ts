import * as tf from "@tensorflow/tfjs-core";
import { expect, test } from "vitest";
import { checkReferences, expectNoLeak } from "../shared/shared.testing";
import { causalConvolution } from "./causalConvolution";

checkReferences("causalConvolution", causalConvolution);

const draw = (shape: number[], seed: number) =>
  tf.randomNormal(shape, 0, 1, "float32", seed) as tf.Tensor;

test("by hand: two columns, the present counts ten times", () => {
  const y = causalConvolution(
    tf.tensor([1, 2, 3], [1, 3, 1]),
    tf.tensor([1, 10], [1, 2]),
    tf.tensor([0.5]),
  );
  expect(y).toMatchTensor(tf.tensor([10.5, 21.5, 32.5], [1, 3, 1]));
});

test("a later token changes nothing before it", () => {
  const x = draw([1, 6, 3], 1);
  const w = draw([3, 4], 2);
  const other = tf.concat([x.slice([0, 0, 0], [1, 5, 3]), draw([1, 1, 3], 3)], 1);
  const early = (x: tf.Tensor) => causalConvolution(x, w).slice([0, 0, 0], [1, 5, 3]);
  expect(early(other)).toMatchTensor(early(x));
});

test("bad arguments", () => {
  const x = tf.ones([1, 4, 2]);
  expect(() => causalConvolution(x, tf.ones([3, 2]))).toThrow(
    "causalConvolution: expected w [2, K], got [3, 2]",
  );
  expect(() => causalConvolution(x, tf.ones([2, 0]))).toThrow(
    "causalConvolution: expected w with at least one column, got [2, 0]",
  );
  expect(causalConvolution(tf.zeros([2, 0, 3]), tf.ones([3, 2]))).toMatchTensor(
    tf.zeros([2, 0, 3]),
  );
});

test("no tensors left behind", () =>
  expectNoLeak(causalConvolution, draw([2, 5, 3], 4), draw([3, 4], 5), draw([3], 6)));
