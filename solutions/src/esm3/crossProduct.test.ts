import * as tf from "@tensorflow/tfjs-core";
import { expect, test } from "vitest";
import { expectNoLeak } from "../shared/shared.testing";
import { crossProduct } from "./crossProduct";

test("by hand: x × y = z, and (1, 2, 3) × (4, 5, 6) = (−3, 6, −3)", () => {
  expect(
    crossProduct(
      tf.tensor([
        [1, 0, 0],
        [1, 2, 3],
      ]),
      tf.tensor([
        [0, 1, 0],
        [4, 5, 6],
      ]),
    ),
  ).toMatchTensor(
    tf.tensor([
      [0, 0, 1],
      [-3, 6, -3],
    ]),
  );
});

test("it is at right angles to both, changes sign when they swap, and is differentiable", () => {
  const [a, b] = [1, 2].map((seed) => tf.randomNormal([5, 3], 0, 1, "float32", seed)) as [
    tf.Tensor,
    tf.Tensor,
  ];
  const c = crossProduct(a, b);
  const other = a.clone(); // a itself would be differentiated too
  expect(c.mul(a).sum(-1)).toMatchTensor(tf.zeros([5]), 1e-5);
  expect(crossProduct(b, a)).toMatchTensor(c.neg());
  expect(tf.grad((x: tf.Tensor) => crossProduct(x, b).mul(other).sum())(a)).toMatchTensor(
    crossProduct(b, a),
    1e-5,
  );
});

test("bad input, and no tensors left behind", () => {
  expect(() => crossProduct(tf.ones([2, 3]), tf.ones([3]))).toThrow(
    "crossProduct: expected b [2, 3], got [3]",
  );
  expect(() => crossProduct(tf.ones([2]), tf.ones([2]))).toThrow(
    "crossProduct: expected a [..., 3], got [2]",
  );
  expectNoLeak(crossProduct, tf.ones([2, 3]), tf.ones([2, 3]));
});
