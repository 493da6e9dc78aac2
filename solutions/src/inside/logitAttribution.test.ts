import * as tf from "@tensorflow/tfjs-core";
import { expect, test } from "vitest";
import { layerNorm } from "../blocks/layerNorm";
import { checkReferences, expectNoLeak } from "../shared/shared.testing";
import { logitAttribution } from "./logitAttribution";

checkReferences("logitAttribution", logitAttribution);

const draw = (shape: number[], seed: number) => tf.randomNormal(shape, 0, 1, "float32", seed);
const params = { tokens: draw([5, 8], 1), norm: { gamma: draw([8], 2), beta: draw([8], 3) } };
const ids = (...values: number[]) => tf.tensor1d(values, "int32");
const parts = draw([4, 3, 8], 4);

test("all contributions together are the difference of logits", () => {
  const found = logitAttribution(parts, params, ids(0, 1, 2), ids(4, 3, 0));
  const normed = layerNorm(parts.sum(0), params.norm.gamma, params.norm.beta);
  const logits = normed.matMul(params.tokens, false, true);
  const of = (...places: number[]) => logits.flatten().gather(ids(...places));
  const difference = of(0, 6, 12).sub(of(4, 8, 10));
  expect(found.parts.sum(0).add(found.bias)).toMatchTensor(difference, 1e-5);
});

test("what doesn't fit", () => {
  expect(() => logitAttribution(parts, params, ids(0, 1, 5), ids(0, 0, 0))).toThrow(
    "logitAttribution: expected right from 0 to 4, got 5",
  );
});

test("no tensors left behind", () =>
  expectNoLeak(logitAttribution, parts, params, ids(0, 1, 2), ids(4, 3, 0)));
