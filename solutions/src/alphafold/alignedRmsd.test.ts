import * as tf from "@tensorflow/tfjs-core";
import { expect, test } from "vitest";
import { checkReferences, expectNoLeak } from "../shared/shared.testing";
import { alignedRmsd } from "./alignedRmsd";

checkReferences("alignedRmsd", alignedRmsd);

test("by hand: two points 2 and 4 apart are each 1 off at best", () => {
  expect(
    alignedRmsd(
      tf.tensor([
        [0, 0, 0],
        [2, 0, 0],
      ]),
      tf.tensor([
        [1, 1, 1],
        [1, 1, 5],
      ]),
    ),
  ).toMatchTensor(tf.scalar(1), 1e-5);
});

test("no other rotation is better", () => {
  const p = tf.randomNormal([8, 3], 0, 3, "float32", 1);
  const q = tf.randomNormal([8, 3], 0, 3, "float32", 2);
  const best = alignedRmsd(p, q).dataSync()[0]!;
  const centred = (x: tf.Tensor) => x.sub(x.mean(0));
  for (let i = 0; i < 20; i++) {
    const turn = tf.linalg.qr(tf.randomNormal([3, 3], 0, 1, "float32", 10 + i) as tf.Tensor2D)[0];
    const rows = turn.arraySync() as number[][];
    const sign = Math.sign(
      rows.reduce(
        (sum, row, a, m) =>
          sum +
          row[0]! *
            (m[(a + 1) % 3]![1]! * m[(a + 2) % 3]![2]! - m[(a + 2) % 3]![1]! * m[(a + 1) % 3]![2]!),
        0,
      ),
    );
    const left = centred(p).matMul(turn.mul(sign)).sub(centred(q)).square().sum(-1).mean().sqrt();
    expect(left.dataSync()[0]!).toBeGreaterThanOrEqual(best - 1e-5);
  }
});

test("a perfect fit has a gradient, and it is no NaN", () => {
  const x = tf.randomNormal([5, 3], 0, 3, "float32", 3);
  expect(
    tf
      .grad((p: tf.Tensor) => alignedRmsd(p, x) as tf.Scalar)(x)
      .isNaN()
      .any()
      .dataSync()[0],
  ).toBe(0);
});

test("bad input", () =>
  expect(() => alignedRmsd(tf.ones([0, 3]), tf.ones([0, 3]))).toThrow(
    "alignedRmsd: expected at least one point, got [0, 3]",
  ));

test("no tensors left behind", () => expectNoLeak(alignedRmsd, tf.ones([4, 3]), tf.ones([4, 3])));
