import { expect, test } from "vitest";
import { checkReferences } from "../shared/shared.testing";
import { toRows } from "./toRows";

checkReferences("toRows", toRows);

test("by hand: six numbers in two rows", () => {
  expect(toRows([1, 2, 3, 4, 5, 6], 3)).toEqual([
    [1, 2, 3],
    [4, 5, 6],
  ]);
});

test("joined again, the rows are the values", () => {
  const values = Array.from({ length: 60 }, (_, i) => i ** 2 - 100);
  for (const width of [1, 2, 5, 12, 60]) expect(toRows(values, width).flat()).toEqual(values);
});

test("bad arguments", () => {
  expect(() => toRows([1, 2, 3], 2)).toThrow("toRows: expected rows of 2, got 3 values");
  for (const width of [0, -1, 1.5, NaN]) {
    expect(() => toRows([1, 2, 3], width)).toThrow("toRows: expected rows");
  }
});
