import * as tf from "@tensorflow/tfjs-core";
import { expect, test } from "vitest";
import { clipGradients } from "./clipGradients";
import { checkReferences, expectNoLeak } from "../shared/shared.testing";

checkReferences("clipGradients", clipGradients);

test("by hand: [3] and [4] have the joint norm 5; to 1 they become 0.6 and 0.8", () => {
  const { gradients, norm } = clipGradients([tf.tensor([3]), tf.tensor([[4]])], 1);
  expect(norm).toMatchTensor(tf.scalar(5));
  expect(gradients[0]!).toMatchTensor(tf.tensor([0.6]));
  expect(gradients[1]!).toMatchTensor(tf.tensor([[0.8]]));
});

test("clipped gradients have the norm asked for, and clipping twice is clipping once", () => {
  const once = clipGradients(
    [tf.randomNormal([5, 4], 0, 3, "float32", 1), tf.randomNormal([7], 0, 3, "float32", 2)],
    2,
  );
  const twice = clipGradients(once.gradients, 2);
  expect(twice.norm).toMatchTensor(tf.scalar(2));
  twice.gradients.forEach((g, i) => expect(g).toMatchTensor(once.gradients[i]!));
});

test("short gradients stay bit for bit", () => {
  const g = tf.randomNormal([20], 0, 0.01, "float32", 1);
  expect(clipGradients([g], 1).gradients[0]!).toMatchTensor(g, 0);
  expect(clipGradients([g], Infinity).gradients[0]!).toMatchTensor(g, 0);
});

test("bad arguments", () => {
  for (const maxNorm of [-1, NaN]) {
    expect(() => clipGradients([tf.ones([2])], maxNorm)).toThrow(
      `clipGradients: expected maxNorm of at least 0, got ${maxNorm}`,
    );
  }
});

test("no tensors left behind", () => {
  expectNoLeak(clipGradients, [tf.ones([2, 3]), tf.ones([4])], 1);
  expectNoLeak(clipGradients, [], 1);
});
