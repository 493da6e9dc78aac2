import * as tf from "@tensorflow/tfjs-core";
import fc from "fast-check";
import { expect, test } from "vitest";
import { checkReferences, expectNoLeak } from "../shared/shared.testing";
import { EXACT } from "../shared/exact";
import { nearestCells } from "./nearestCells";

checkReferences("nearestCells", nearestCells, { tolerance: EXACT });

test("by hand: on a line", () => {
  const positions = tf.tensor2d([0, 0, 2, 0, 3, 0], [3, 2]);
  expect(nearestCells(positions, 2)).toMatchTensor(
    tf.tensor2d([0, 1, 1, 2, 2, 1], [3, 2], "int32"),
  );
});

test("sorting all pairs by distance and id gives the same, even with many ties", async () => {
  const small = fc.integer({ min: 0, max: 3 });
  await fc.assert(
    fc.asyncProperty(
      fc.array(fc.tuple(small, small, small), { minLength: 1, maxLength: 25 }),
      fc.integer({ min: 1, max: 25 }),
      async (cells, most) => {
        const k = Math.min(most, cells.length);
        const far = (a: number, b: number) =>
          a === b ? -1 : cells[a]!.reduce((sum, v, axis) => sum + (v - cells[b]![axis]!) ** 2, 0);
        const sorted = cells.map((_, i) =>
          cells
            .map((_, j) => j)
            .sort((a, b) => far(i, a) - far(i, b) || a - b)
            .slice(0, k),
        );
        expect(await nearestCells(tf.tensor2d(cells), k).array()).toEqual(sorted);
      },
    ),
  );
});

test("bad arguments", () => {
  expect(() => nearestCells(tf.ones([3, 2]), 4)).toThrow(
    "nearestCells: expected k to be a whole number from 1 to 3, the number of cells, got 4",
  );
  expect(() => nearestCells(tf.ones([3, 4]), 1)).toThrow(
    "nearestCells: expected positions [cells, 2 or 3], got [3, 4]",
  );
  expect(() => nearestCells(tf.tensor2d([0, 0, 1, Infinity], [2, 2]), 1)).toThrow(
    "nearestCells: expected positions to be finite, got Infinity for cell 1",
  );
});

test("no tensors left behind", () => expectNoLeak(nearestCells, tf.ones([4, 2]), 3));
