import * as tf from "@tensorflow/tfjs-core";
import { expect, test } from "vitest";
import { checkReferences, expectNoLeak } from "../shared/shared.testing";
import { binExpression } from "./binExpression";
import { EXACT } from "../shared/exact";

checkReferences("binExpression", binExpression, { tolerance: EXACT });

test("by hand: edges 1, 2.5 and 4 of the values 1, 2, 3, 4", () => {
  expect(binExpression(tf.tensor2d([[0, 1, 2, 3, 4]]), 4)).toMatchTensor(
    tf.tensor2d([[0, 1, 1, 2, 3]], undefined, "int32"),
  );
});

test("the lowest value is in bin 1, the highest in the last, and bins never fall", async () => {
  const counts = tf.randomUniform([4, 50], 0.1, 5, "float32", 3);
  const bins = (await binExpression(counts, 11).array()) as number[][];
  const values = (await counts.array()) as number[][];
  bins.forEach((row, cell) => {
    expect([Math.min(...row), Math.max(...row)]).toEqual([1, 10]);
    const order = row.map((_, i) => i).sort((a, b) => values[cell]![a]! - values[cell]![b]!);
    order.slice(1).forEach((gene, i) => expect(row[gene]!).toBeGreaterThanOrEqual(row[order[i]!]!));
  });
});

test("bad arguments", () => {
  expect(() => binExpression(tf.ones([2, 3]), 1)).toThrow(
    "binExpression: expected bins to be a whole number of at least 2, got 1",
  );
  const infinite = tf.tensor2d([1, 2, Infinity, 1], [2, 2]);
  expect(() => binExpression(infinite, 4)).toThrow(
    "binExpression: expected counts to be finite and not negative, " +
      "got Infinity for gene 0 of cell 1",
  );
  expect(() => binExpression(tf.ones([3]), 4)).toThrow("expected counts of rank 2");
});

test("no tensors left behind", () => expectNoLeak(binExpression, tf.ones([2, 3]), 5));
