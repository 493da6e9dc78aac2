import * as tf from "@tensorflow/tfjs-core";
import { expect, test, vi } from "vitest";
import { expectCounts, valuesOf } from "./cellTable";

test("values with their cells and genes", () => {
  const table = (...values: number[]) => tf.tensor2d(values, [2, 3]);
  expect(expectCounts("f", table(1, 0, 2, 3, 4, 5))).toMatchObject({
    cells: 2,
    genes: 3,
    values: new Float32Array([1, 0, 2, 3, 4, 5]),
  });
  expect(() => expectCounts("f", table(1, 0, 2, 3, -4, 5))).toThrow(
    "f: expected counts to be finite and not negative, got -4 for gene 1 of cell 1",
  );
});

test("a device that can't be read at once is named, and the way around it", () => {
  const x = tf.ones([2]);
  vi.spyOn(x, "dataSync").mockImplementation(() => {
    throw new Error("not here");
  });
  expect(() => valuesOf("rankGenes", "medians", x)).toThrow(
    "rankGenes: expected medians that can be read at once, got a result of " +
      `${tf.getBackend()}; make a tensor of await medians.data() first`,
  );
});
