import * as tf from "@tensorflow/tfjs-core";
import { expect, test } from "vitest";
import { checkReferences, expectNoLeak } from "../shared/shared.testing";
import { predictMasked } from "./predictMasked";

checkReferences("predictMasked", predictMasked);

const draw = (shape: number[], seed: number) =>
  tf.randomNormal(shape, 0, 1, "float32", seed) as tf.Tensor;
const head = (C: number, V: number) => ({
  w: draw([C, C], 1),
  b: draw([C], 2),
  norm: { gamma: tf.ones([C]), beta: tf.zeros([C]) },
  bias: draw([V], 3),
});

test("by hand: a norm whose gamma is 0 leaves beta·tokensᵀ + bias", () => {
  const one = {
    ...head(2, 3),
    norm: { gamma: tf.zeros([2]), beta: tf.tensor([1, 2]) },
    bias: tf.tensor([0, 0, 5]),
  };
  expect(
    predictMasked(
      draw([4, 2], 4),
      tf.tensor([
        [1, 0],
        [0, 1],
        [1, 1],
      ]),
      one,
    ),
  ).toMatchTensor(tf.tensor([1, 2, 8]).tile([4]).reshape([4, 3]));
});

test("tokens in another order give logits in that order", () => {
  const hidden = draw([3, 4], 5);
  const tokens = draw([5, 4], 6);
  const h = head(4, 5);
  const turned = predictMasked(hidden, tokens.reverse(0), { ...h, bias: h.bias.reverse(0) });
  expect(turned.reverse(-1)).toMatchTensor(predictMasked(hidden, tokens, h), 1e-5);
});

test("bad weights", () => {
  expect(() => predictMasked(draw([2, 4], 7), draw([5, 4], 8), head(4, 6))).toThrow(
    "predictMasked: expected bias [5], got [6]",
  );
  expect(() =>
    predictMasked(draw([2, 4], 7), draw([5, 4], 8), { ...head(4, 5), w: draw([3, 4], 9) }),
  ).toThrow("predictMasked: expected w [4, 4]");
});

test("no tensors left behind", () =>
  expectNoLeak(predictMasked, draw([2, 3, 4], 10), draw([5, 4], 11), head(4, 5)));
