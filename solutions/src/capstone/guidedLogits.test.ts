import * as tf from "@tensorflow/tfjs-core";
import { expect, test } from "vitest";
import { softmax } from "../orientation/softmax";
import { checkReferences, expectNoLeak } from "../shared/shared.testing";
import { guidedLogits } from "./guidedLogits";

checkReferences("guidedLogits", guidedLogits);

test("by hand: the caption adds 1 to the first score and takes 2 from the second", () => {
  const [withCaption, without] = [tf.tensor([4, 1]), tf.tensor([3, 3])];
  expect(guidedLogits(withCaption, without, 0)).toMatchTensor(without, 0);
  expect(guidedLogits(withCaption, without, 1)).toMatchTensor(withCaption, 0);
  expect(guidedLogits(withCaption, without, 3)).toMatchTensor(tf.tensor([6, -3]), 0);
});

test("its softmax is the model times a power of what the caption changes", () => {
  const [withCaption, without] = [1, 2].map((seed) =>
    tf.randomNormal([5, 8], 0, 2, "float32", seed),
  ) as [tf.Tensor, tf.Tensor];
  const [p, p0] = [softmax(withCaption), softmax(without)]; // p(x|c) · p(c|x)^w
  const powers = p.mul(p.div(p0).pow(2));
  expect(softmax(guidedLogits(withCaption, without, 3))).toMatchTensor(
    powers.div(powers.sum(-1, true)),
    1e-5,
  );
});

test("bad input", () => {
  expect(() => guidedLogits(tf.ones([2, 3]), tf.ones([3]), 1)).toThrow(
    "guidedLogits: expected unconditional [2, 3], got [3]",
  );
  for (const scale of [-0.5, NaN, Infinity]) {
    expect(() => guidedLogits(tf.ones([2]), tf.ones([2]), scale)).toThrow(
      `guidedLogits: expected scale to be a finite number of at least 0, got ${scale}`,
    );
  }
});

test("no tensors left behind", () => {
  expectNoLeak(guidedLogits, tf.ones([2, 3]), tf.zeros([2, 3]), 2);
});
