import * as tf from "@tensorflow/tfjs-core";
import { expect, test } from "vitest";
import { dropout } from "./dropout";
import { checkReferences, expectNoLeak } from "../shared/shared.testing";

checkReferences("dropout", dropout);

test("by hand: at rate 0.75 what is kept counts four times", () => {
  expect(dropout(tf.tensor([1, 2, 3]), 0.75, tf.tensor([0.7, 0.75, 0.8]))).toMatchTensor(
    tf.tensor([0, 8, 12]),
  );
});

test("the mean stays, a fifth is dropped", () => {
  const y = dropout(tf.ones([20_000]), 0.2, tf.randomUniform([20_000], 0, 1, "float32", 1));
  expect(y.mean()).toMatchTensor(tf.scalar(1), 0.02);
  expect(y.equal(0).cast("float32").mean()).toMatchTensor(tf.scalar(0.2), 0.02);
});

test("rate zero changes nothing; a rate just below one leaves nothing infinite", () => {
  const x = tf.randomNormal([30], 0, 1, "float32", 1);
  const uniform = tf.randomUniform([30], 0, 1, "float32", 2);
  expect(dropout(x, 0, uniform)).toMatchTensor(x, 0);
  expect(dropout(x, 1 - 1e-9, uniform)).toMatchTensor(tf.zeros([30]), 0);
});

test("bad arguments", () => {
  const x = tf.ones([2, 3]);
  for (const rate of [1, 1.5, -0.1, NaN]) {
    expect(() => dropout(x, rate, x)).toThrow(
      `dropout: expected rate to be at least 0 and below 1, got ${rate}`,
    );
  }
  expect(() => dropout(x, 0.5, tf.ones([3]))).toThrow("dropout: expected uniform [2, 3], got [3]");
  expect(() => dropout(tf.ones([2], "int32"), 0.5, tf.ones([2]))).toThrow(
    "dropout: expected x of dtype float32",
  );
});

test("no tensors left behind", () => expectNoLeak(dropout, tf.ones([2, 3]), 0.5, tf.ones([2, 3])));
