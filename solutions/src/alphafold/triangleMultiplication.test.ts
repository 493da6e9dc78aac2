import * as tf from "@tensorflow/tfjs-core";
import { random } from "grader";
import { expect, test } from "vitest";
import { checkReferences, expectNoLeak } from "../shared/shared.testing";
import { drawPairParams, tensorsOf } from "./pairCases";
import { triangleMultiplication } from "./triangleMultiplication";

checkReferences("triangleMultiplication", triangleMultiplication);

const draw = (shape: number[], seed: number) => tf.randomNormal(shape, 0, 1, "float32", seed);
const params = tensorsOf<Parameters<typeof triangleMultiplication>[1]>(
  drawPairParams(random(1), 4, 3),
);

test(
  "by hand: without a gate's opinion and with one channel the norm leaves beta, so the output " +
    "is half of it",
  () => {
    const one = tf.ones([1, 1]);
    const zero = tf.zeros([1, 1]);
    const norm = { gamma: tf.ones([1]), beta: tf.tensor([3]) };
    const flat = {
      normIn: norm,
      wA: one,
      gA: zero,
      wB: one,
      gB: zero,
      normOut: norm,
      wOut: one,
      gOut: zero,
    };
    expect(
      triangleMultiplication(tf.tensor([1, 2, 3, 4], [1, 2, 2, 1]), flat, {
        direction: "outgoing",
      }),
    ).toMatchTensor(tf.fill([1, 2, 2, 1], 1.5));
  },
);

test("turning every edge round turns outgoing into incoming", () => {
  const z = draw([1, 5, 5, 4], 2);
  const turned = (x: tf.Tensor) => x.transpose([0, 2, 1, 3]);
  const swapped = { ...params, wA: params.wB, gA: params.gB, wB: params.wA, gB: params.gA };
  expect(
    turned(triangleMultiplication(turned(z), swapped, { direction: "outgoing" })),
  ).toMatchTensor(triangleMultiplication(z, params, { direction: "incoming" }), 1e-5);
});

test("the order of residues does not matter", () => {
  const z = draw([1, 5, 5, 4], 3);
  const back = (x: tf.Tensor) => x.reverse([1, 2]);
  expect(back(triangleMultiplication(back(z), params, { direction: "outgoing" }))).toMatchTensor(
    triangleMultiplication(z, params, { direction: "outgoing" }),
    1e-5,
  );
});

test("bad input", () => {
  expect(() =>
    triangleMultiplication(draw([1, 3, 4, 4], 1), params, { direction: "outgoing" }),
  ).toThrow("triangleMultiplication: expected z [1, 3, 3, 4], got [1, 3, 4, 4]");
  expect(() =>
    triangleMultiplication(draw([1, 3, 3, 4], 1), params, {
      direction: "outgoing",
      mask: tf.ones([3, 3]),
    }),
  ).toThrow("expected mask [1, 3, 3], got [3, 3]");
});

test("no tensors left behind", () =>
  expectNoLeak(triangleMultiplication, draw([1, 3, 3, 4], 1), params, {
    direction: "incoming",
    mask: tf.ones([1, 3, 3]),
  }));
