import * as tf from "@tensorflow/tfjs-core";
import { expect, test } from "vitest";
import { checkReferences, expectNoLeak } from "../shared/shared.testing";
import { linear } from "../blocks/linear";
import { loraLinear } from "./loraLinear";
import { mergeLora } from "./mergeLora";

checkReferences("mergeLora", mergeLora);

const draw = (shape: number[], seed: number) => tf.randomNormal(shape, 0, 1, "float32", seed);
const w = draw([4, 5], 1);
const lora = { a: draw([4, 2], 2), b: draw([2, 5], 3) };

test("by hand: rank one, alpha two", () => {
  const thin = { a: tf.tensor2d([[3], [1]]), b: tf.tensor2d([[10]]) };
  const merged = mergeLora(tf.tensor2d([[1], [0]]), thin, 2);
  expect(merged).toMatchTensor(tf.tensor2d([[61], [20]]));
});

test("the merged matrix gives what loraLinear gives", () => {
  const x = draw([3, 4], 4);
  const beside = loraLinear(x, w, lora, { alpha: 16 });
  expect(linear(x, mergeLora(w, lora, 16))).toMatchTensor(beside, 1e-5);
});

test("−alpha takes it out again", () => {
  expect(mergeLora(mergeLora(w, lora, 16), lora, -16)).toMatchTensor(w, 1e-5);
});

test("no tensors left behind", () => expectNoLeak(mergeLora, w, lora, 3));
