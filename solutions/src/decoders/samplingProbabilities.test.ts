import * as tf from "@tensorflow/tfjs-core";
import { expect, test } from "vitest";
import { checkReferences, expectNoLeak } from "../shared/shared.testing";
import { samplingProbabilities } from "./samplingProbabilities";

checkReferences("samplingProbabilities", samplingProbabilities);

const logs = (...p: number[]) => tf.tensor1d(p.map(Math.log));

test("by hand: top-p keeps the token that crosses the line", () => {
  expect(samplingProbabilities(logs(0.1, 0.6, 0.3), { topP: 0.7 })).toMatchTensor(
    tf.tensor1d([0, 2 / 3, 1 / 3]),
    1e-5,
  );
  expect(samplingProbabilities(logs(0.1, 0.6, 0.3), { topP: 0.5 })).toMatchTensor(
    tf.tensor1d([0, 1, 0]),
    1e-5,
  );
});

test("of many tokens topP 1 cuts none, whatever rounding does", () => {
  const p = samplingProbabilities(tf.randomNormal([50_000], 0, 3, "float32", 1), { topP: 1 });
  expect(p.greater(0).cast("int32").sum().dataSync()[0]).toBe(50_000);
  expect(p.sum()).toMatchTensor(tf.scalar(1), 1e-4);
});

test("options outside their ranges", () => {
  const x = logs(0.5, 0.5);
  expect(() => samplingProbabilities(x, { temperature: -1 })).toThrow(
    "samplingProbabilities: expected temperature above 0, got -1",
  );
  expect(() => samplingProbabilities(x, { topK: 0 })).toThrow(
    "samplingProbabilities: expected topK to be a whole number of at least 1, got 0",
  );
  expect(() => samplingProbabilities(x, { topP: NaN })).toThrow(
    "samplingProbabilities: expected topP above 0 and at most 1, got NaN",
  );
});

test("no tensors left behind", () => {
  expectNoLeak(samplingProbabilities, logs(0.2, 0.8), { topK: 2, topP: 0.9, temperature: 0.5 });
});
