import * as tf from "@tensorflow/tfjs-core";
import { expect, test } from "vitest";
import { checkReferences } from "../shared/shared.testing";
import { greedyDecode } from "./greedyDecode";

checkReferences("greedyDecode", greedyDecode);

test("by hand: text i counts to i and ends", async () => {
  const step = (prefixes: number[][]) =>
    tf.oneHot(
      prefixes.map((p, i) => (p.length > i ? 0 : p.length + 1)),
      9,
    ) as tf.Tensor;
  expect(await greedyDecode(step, { begin: 1, end: 0, count: 3, maxLength: 5 })).toEqual([
    [0],
    [2, 0],
    [2, 3, 0],
  ]);
  expect(await greedyDecode(step, { begin: 1, end: 0, count: 3, maxLength: 2 })).toEqual([
    [0],
    [2, 0],
    [2, 3],
  ]);
});

test("step is called once per token, for all texts, with prefixes of one length", async () => {
  const seen: number[][] = [];
  const step = (prefixes: number[][]) => {
    seen.push(prefixes.map((p) => p.length));
    return tf.oneHot(
      prefixes.map((p, i) => (p.length > i ? 0 : 2)),
      3,
    ) as tf.Tensor;
  };
  await greedyDecode(step, { begin: 1, end: 0, count: 3, maxLength: 9 });
  expect(seen).toEqual([
    [1, 1, 1],
    [2, 2, 2],
    [3, 3, 3],
  ]);
});

test("bad counts", () =>
  expect(
    greedyDecode(() => tf.ones([1, 2]), { begin: 1, end: 0, count: 1.5, maxLength: 2 }),
  ).rejects.toThrow("greedyDecode: expected count to be a whole number of at least 1, got 1.5"));

test("no tensors left behind", async () => {
  const before = tf.memory().numTensors;
  await greedyDecode((prefixes) => tf.ones([prefixes.length, 3]), {
    begin: 1,
    end: 2,
    count: 4,
    maxLength: 3,
  });
  expect(tf.memory().numTensors).toBe(before);
});
