import * as tf from "@tensorflow/tfjs-core";
import { expect, test } from "vitest";
import { checkReferences, expectNoLeak } from "../shared/shared.testing";
import { EXACT } from "../shared/exact";
import { rankGenes } from "./rankGenes";

checkReferences("rankGenes", rankGenes, { tolerance: EXACT });

test("by hand: ratios 4, 0, 2, 2 of genes 0 to 3", () => {
  const tokens = rankGenes(tf.tensor2d([[4, 0, 6, 1]]), tf.tensor1d([1, 2, 3, 0.5]), 4);
  expect(tokens).toMatchTensor(tf.tensor2d([[1, 3, 4, 0]], undefined, "int32"));
});

test("equal ratios of different counts tie", () => {
  const counts = tf.tensor1d([3, 1, 7, 21, 5]);
  expect(rankGenes(counts.expandDims(0), counts, 5)).toMatchTensor(
    tf.tensor2d([[1, 2, 3, 4, 5]], undefined, "int32"),
  );
});

test("reading a cell a thousand times deeper does not change its sentence", () => {
  const counts = tf.randomUniform([5, 30], 0, 9, "int32", 1).cast("float32");
  const medians = tf.randomUniform([30], 0.5, 4, "float32", 2);
  expect(rankGenes(counts.mul(1024), medians, 20)).toMatchTensor(rankGenes(counts, medians, 20));
});

test("bad arguments", () => {
  const ones = tf.ones([2, 3]);
  const medians = tf.ones([3]);
  expect(() => rankGenes(tf.tensor2d([1, 2, 3, -4], [2, 2]), tf.ones([2]), 2)).toThrow(
    "rankGenes: expected counts to be finite and not negative, got -4 for gene 1 of cell 1",
  );
  expect(() => rankGenes(tf.tensor2d([[1, NaN]]), tf.ones([2]), 2)).toThrow(
    "got NaN for gene 1 of cell 0",
  );
  expect(() => rankGenes(ones, tf.tensor1d([1, 1, 0]), 2)).toThrow(
    "rankGenes: expected medians above 0 for genes with counts, got 0 for gene 2",
  );
  expect(() => rankGenes(ones, tf.ones([4]), 2)).toThrow(
    "rankGenes: expected medians [3], got [4]",
  );
  expect(() => rankGenes(ones, medians, 0)).toThrow("expected length");
  expect(() => rankGenes(medians, medians, 1)).toThrow(
    "rankGenes: expected counts of rank 2, got [3]",
  );
});

test("no tensors left behind", () => expectNoLeak(rankGenes, tf.ones([2, 3]), tf.ones([3]), 2));
