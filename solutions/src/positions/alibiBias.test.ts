import * as tf from "@tensorflow/tfjs-core";
import { expect, test } from "vitest";
import { scaledDotProductAttention } from "../attention/scaledDotProductAttention";
import { checkReferences, expectNoLeak } from "../shared/shared.testing";
import { alibiBias } from "./alibiBias";

checkReferences("alibiBias", alibiBias);

test("by hand: one head, the last two of three tokens", () => {
  expect(alibiBias(1, 2, 3)).toMatchTensor(
    tf
      .tensor([
        [
          [-1, 0, -1],
          [-2, -1, 0],
        ],
      ])
      .mul(2 ** -8),
  );
});

test("the bias of one query is the last row of all", () => {
  expect(alibiBias(4, 1, 6)).toMatchTensor(alibiBias(4, 6, 6).slice([0, 5, 0], [4, 1, 6]));
});

test("steep heads look nearby when all keys are alike", () => {
  const x = tf.ones([1, 2, 9, 4]);
  const { weights } = scaledDotProductAttention(x, x, x, { bias: alibiBias(2, 9, 9) });
  const [steep, flat] = weights.slice([0, 0, 8, 0], [1, 2, 1, 1]).dataSync() as unknown as [
    number,
    number,
  ];
  expect(steep).toBeLessThan(flat);
});

test("more queries than keys", () =>
  expect(() => alibiBias(2, 4, 3)).toThrow(
    "alibiBias: expected queries to be at most keys 3, got queries 4",
  ));

test("no tensors left behind", () => expectNoLeak(alibiBias, 3, 2, 5));
