import * as tf from "@tensorflow/tfjs-core";
import { random } from "grader";
import { expect, test } from "vitest";
import { softmax } from "../orientation/softmax";
import { checkReferences, expectNoLeak } from "../shared/shared.testing";
import { gumbelSoftmax } from "./gumbelSoftmax";

checkReferences("gumbelSoftmax", gumbelSoftmax);

test("by hand: scores 0 and ln 3 at temperature 1", () => {
  expect(gumbelSoftmax(tf.tensor([0, 1]), tf.tensor([0, Math.log(3) - 1]), 1)).toMatchTensor(
    tf.tensor([0.25, 0.75]),
  );
});

test("hard rows are draws: their mean is the softmax of the logits", () => {
  const N = 20_000;
  const logits = tf.tensor([0, 1, -1, 0.5]);
  const dice = random(3);
  const noise = tf.tensor(
    Array.from({ length: 4 * N }, () => -Math.log(-Math.log(dice.next() + 1e-12))),
    [N, 4],
  );
  const rows = gumbelSoftmax(logits.expandDims(0).tile([N, 1]), noise, 0.5, { hard: true });
  expect(rows.sum(-1)).toMatchTensor(tf.ones([N]), 0);
  expect(rows.mean(0)).toMatchTensor(softmax(logits), 0.01);
});

test("cooling makes rows one-hot, warming makes them even", () => {
  const logits = tf.tensor([0.2, 1, -1]);
  const noise = tf.tensor([0.5, 0.3, 0.1]);
  expect(gumbelSoftmax(logits, noise, 1e-3)).toMatchTensor(tf.tensor([0, 1, 0]));
  expect(gumbelSoftmax(logits, noise, 1e6)).toMatchTensor(tf.fill([3], 1 / 3), 1e-5);
});

test("bad options", () => {
  expect(() => gumbelSoftmax(tf.ones([2]), tf.ones([2]), 0)).toThrow(
    "gumbelSoftmax: expected temperature to be a positive number, got 0",
  );
  expect(() => gumbelSoftmax(tf.ones([2]), tf.ones([2]), Infinity)).toThrow("expected temperature");
  expect(() => gumbelSoftmax(tf.ones([2, 2]), tf.ones([2]), 1)).toThrow(
    "gumbelSoftmax: expected noise [2, 2], got [2]",
  );
});

test("no tensors left behind", () => {
  expectNoLeak(gumbelSoftmax, tf.ones([2, 3]), tf.ones([2, 3]), 1);
  expectNoLeak(gumbelSoftmax, tf.ones([2, 3]), tf.ones([2, 3]), 1, { hard: true });
});
