import * as tf from "@tensorflow/tfjs-core";
import { checkReferences, expectNoLeak } from "../shared/shared.testing";
import { expect, test } from "vitest";
import { trackerForward } from "./trackerForward";

checkReferences("trackerForward", trackerForward);

const params = (): Record<string, tf.Tensor> => {
  const draw = (shape: number[], seed: number) =>
    tf.randomNormal(shape, 0, 0.5, "float32", seed) as tf.Tensor;
  const norm = (at: string) => ({ [`${at}.gamma`]: tf.ones([8]), [`${at}.beta`]: tf.zeros([8]) });
  const square = Object.fromEntries(
    ["q", "k", "v", "o"].flatMap((n, i) => [
      [`0.w${n}`, draw([8, 8], i)],
      [`0.b${n}`, tf.zeros([8])],
    ]),
  ) as Record<string, tf.Tensor>;
  return {
    tokens: draw([4, 8], 9),
    head: draw([8, 2], 10),
    ...norm("norm"),
    ...norm("0.norm1"),
    ...norm("0.norm2"),
    ...square,
    "0.w1": draw([8, 12], 11),
    "0.b1": tf.zeros([12]),
    "0.w2": draw([12, 8], 12),
    "0.b2": tf.zeros([8]),
  };
};
const ids = (...values: number[]) => tf.tensor([values], [1, values.length], "int32") as tf.Tensor;

test("what comes later changes nothing", () => {
  const p = params();
  const short = trackerForward(ids(2, 1, 0), p);
  const long = trackerForward(ids(2, 1, 0, 1, 1), p);
  expect(long.slice([0, 0, 0], [1, 3, 2])).toMatchTensor(short, 1e-5);
});

test("without a token that marks the start, a row of equal tokens has no length", () => {
  const p = params();
  const one = trackerForward(ids(1), p).reshape([2]);
  expect(
    trackerForward(ids(1, 1, 1, 1), p)
      .slice([0, 3, 0], [1, 1, 2])
      .reshape([2]),
  ).toMatchTensor(one, 1e-5);
});

test("no tensors left behind", () => expectNoLeak(trackerForward, ids(2, 1, 0), params()));
