import * as tf from "@tensorflow/tfjs-core";
import { expect, test } from "vitest";
import { checkReferences, expectNoLeak } from "../shared/shared.testing";
import { lddt } from "./lddt";

checkReferences("lddt", lddt);

test("by hand: an error of 1.5 Å is below 2 and 4 only", () => {
  expect(
    lddt(
      tf.tensor([
        [0, 0, 0],
        [5.5, 0, 0],
      ]),
      tf.tensor([
        [0, 0, 0],
        [4, 0, 0],
      ]),
    ),
  ).toMatchTensor(tf.scalar(0.5));
});

test("a turned copy is perfect", () => {
  const x = tf.randomNormal([9, 3], 0, 5, "float32", 1);
  const turn = tf.tensor([
    [0, -1, 0],
    [1, 0, 0],
    [0, 0, 1],
  ]);
  expect(lddt(x.matMul(turn).add(7), x)).toMatchTensor(tf.scalar(1));
});

test("bad input", () =>
  expect(() => lddt(tf.ones([4, 3]), tf.ones([5, 3]))).toThrow(
    "lddt: expected predicted [5, 3], got [4, 3]",
  ));

test("no tensors left behind", () => expectNoLeak(lddt, tf.ones([4, 3]), tf.ones([4, 3])));
