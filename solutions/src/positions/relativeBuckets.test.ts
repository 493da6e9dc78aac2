import * as tf from "@tensorflow/tfjs-core";
import { expect, test } from "vitest";
import { checkReferences, expectNoLeak } from "../shared/shared.testing";
import { relativeBuckets } from "./relativeBuckets";

checkReferences("relativeBuckets", relativeBuckets);

test("by hand: two buckets of one distance, two of many, for each direction", () => {
  const row = (t: tf.Tensor, i: number) => Array.from(t.slice([i, 0], [1, -1]).dataSync());
  const table = relativeBuckets(9, 9, { buckets: 8, maxDistance: 8, bidirectional: true });
  // log(3/2)/log(4)·2 is below one, log(4/2)/log(4)·2 is one
  expect(row(table, 0)).toEqual([0, 5, 6, 6, 7, 7, 7, 7, 7]);
  expect(row(table, 8)).toEqual([3, 3, 3, 3, 3, 2, 2, 1, 0]);
});

test("buckets never fall with distance, and without a look ahead the future is distance 0", () => {
  const row = Array.from(
    relativeBuckets(300, 300, { buckets: 32, maxDistance: 128, bidirectional: false })
      .slice([299, 0], [1, 300])
      .dataSync(),
  ).reverse();
  expect(row).toEqual([...row].sort((a, b) => a - b));
  expect(row[299]).toBe(31);
  expect(relativeBuckets(1, 3, { buckets: 8, maxDistance: 8, bidirectional: false })).toMatchTensor(
    tf.tensor([[0, 0, 0]], [1, 3], "int32"),
  );
});

test("bad options", () => {
  expect(() => relativeBuckets(2, 2, { buckets: 3, maxDistance: 8, bidirectional: true })).toThrow(
    "relativeBuckets: expected buckets to be a whole number of at least 4, got 3",
  );
  expect(() => relativeBuckets(2, 2, { buckets: 8, maxDistance: 2, bidirectional: true })).toThrow(
    "relativeBuckets: expected maxDistance to be larger than 2",
  );
});

test("no tensors left behind", () =>
  expectNoLeak(relativeBuckets, 3, 4, { buckets: 8, maxDistance: 8, bidirectional: true }));
