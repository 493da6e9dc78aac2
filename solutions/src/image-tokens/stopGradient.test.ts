import * as tf from "@tensorflow/tfjs-core";
import { expect, test } from "vitest";
import { expectNoLeak } from "../shared/shared.testing";
import { stopGradient } from "./stopGradient";

test("the value passes, the gradient does not, also behind other operations", () => {
  const x = tf.tensor([1, -2, 3]);
  expect(stopGradient(x)).toMatchTensor(x, 0);
  expect(tf.grad((v: tf.Tensor) => v.mul(stopGradient(v.square())).sum())(x)).toMatchTensor(
    x.square(),
  );
});

test("no tensors left behind", () => expectNoLeak(stopGradient, tf.ones([2])));
