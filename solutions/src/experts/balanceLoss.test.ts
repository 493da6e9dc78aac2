import * as tf from "@tensorflow/tfjs-core";
import { expect, test } from "vitest";
import { checkReferences, expectNoLeak } from "../shared/shared.testing";
import { balanceLoss } from "./balanceLoss";
import { nudgeBias } from "./nudgeBias";
import { route } from "./route";

checkReferences("balanceLoss", balanceLoss);
checkReferences("nudgeBias", nudgeBias);

const logits = tf.randomNormal([64, 4], 0, 1, "float32", 1).add([1, 0, 0, 0]);

test("even choices cost 1, and all to one of four cost 4", () => {
  expect(balanceLoss(tf.zeros([4, 4]), tf.eye(4))).toMatchTensor(tf.scalar(1), 1e-6);
  const one = tf.tensor2d([[0, 1, 0, 0]]);
  expect(balanceLoss(one.mul(100), one)).toMatchTensor(tf.scalar(4), 1e-5);
});

test("a step along its gradient lowers it", () => {
  const { chosen } = route(logits, 1);
  const slope = tf.grad((x) => balanceLoss(x, chosen))(logits);
  const before = balanceLoss(logits, chosen).dataSync()[0]!;
  expect(balanceLoss(logits.sub(slope), chosen).dataSync()[0]!).toBeLessThan(before);
});

test("nudges alone even out the load", () => {
  const largest = (bias: tf.Tensor) =>
    route(logits, 1, { bias }).chosen.sum(0).max().dataSync()[0]!;
  let bias: tf.Tensor = tf.zeros([4]);
  const before = largest(bias);
  for (let i = 0; i < 100; i++) bias = nudgeBias(bias, route(logits, 1, { bias }).chosen, 0.005);
  expect(before).toBeGreaterThan(25);
  expect(largest(bias)).toBeLessThan(20);
});

test("no tensors left behind", () => {
  expectNoLeak(balanceLoss, logits, tf.ones([64, 4]), { mask: tf.ones([64]) });
  expectNoLeak(nudgeBias, tf.zeros([4]), tf.ones([64, 4]), 0.1);
});
