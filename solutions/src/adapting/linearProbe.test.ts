import * as tf from "@tensorflow/tfjs-core";
import { expect, test } from "vitest";
import { checkReferences, expectNoLeak } from "../shared/shared.testing";
import { linearProbe } from "./linearProbe";

checkReferences("linearProbe", linearProbe, {
  tolerance: { rtol: 1e-4, atol: 1e-4, reason: "the equations are solved in float32" },
});

test("by hand: two examples at −1 and 1", () => {
  const x = tf.tensor2d([[-1], [1]]);
  const y = tf.tensor1d([0, 1], "int32");
  // XᵀX = 2, XᵀY = ∓1, so W = ∓1 / (2 + 2)
  const { weights, bias } = linearProbe(x, y, { classes: 2, ridge: 2 });
  expect(weights).toMatchTensor(tf.tensor2d([[-0.25, 0.25]]));
  expect(bias).toMatchTensor(tf.tensor1d([0.5, 0.5]));
});

test("it finds a planted direction", async () => {
  const labels = Array.from({ length: 40 }, (_, n) => n % 2);
  const y = tf.tensor1d(labels, "int32");
  const planted = tf.tensor2d(labels.map((label) => [0, 0, 4 * label - 2, 0, 0]));
  const x = tf.randomNormal([40, 5], 0, 1, "float32", 1).add(planted);
  const { weights } = linearProbe(x, y, { classes: 2 });
  const direction = Array.from(await weights.slice([0, 1], [5, 1]).abs().data());
  expect(direction.indexOf(Math.max(...direction))).toBe(2);
  expect(direction[2]! / Math.hypot(...direction)).toBeGreaterThan(0.9);
});

test("what doesn't fit", () => {
  const y = tf.tensor1d([0, 1], "int32");
  expect(() => linearProbe(tf.zeros([2, 3]), y, { classes: 2, ridge: 0 })).toThrow(
    "linearProbe: expected ridge above 0, got 0",
  );
});

test("no tensors left behind", () =>
  expectNoLeak(linearProbe, tf.ones([2, 3]), tf.tensor1d([0, 1], "int32"), { classes: 2 }));
