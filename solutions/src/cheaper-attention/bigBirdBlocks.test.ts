import { expect, test } from "vitest";
import { checkReferences } from "../shared/shared.testing";
import { bigBirdBlocks } from "./bigBirdBlocks";

checkReferences("bigBirdBlocks", bigBirdBlocks);

const rising = (n: number) =>
  Array.from({ length: n }, () => Array.from({ length: n }, (_, j) => j / n));

test("by hand: five blocks, a window of three, one global, the last one left by chance", () => {
  expect(
    bigBirdBlocks(10, { block: 2, window: 3, globals: 1, random: 1, uniform: rising(5) }),
  ).toEqual([
    [1, 1, 1, 1, 1],
    [1, 1, 1, 0, 1],
    [1, 1, 1, 1, 1],
    [1, 1, 1, 1, 1], // block 1 by chance: it alone is left
    [1, 0, 1, 1, 1],
  ]);
});

test("a row has globals, window and random blocks, so that rows do not grow with the text", () => {
  for (const n of [20, 80]) {
    const rows = bigBirdBlocks(n * 4, {
      block: 4,
      window: 3,
      globals: 2,
      random: 3,
      uniform: rising(n),
    });
    expect(rows.slice(4, n - 1).every((row) => row.reduce((a, b) => a + b, 0) === 3 + 2 + 3)).toBe(
      true,
    );
  }
});

test("bad options", () => {
  const options = { block: 2, window: 3, globals: 1, random: 1, uniform: rising(4) };
  expect(() => bigBirdBlocks(8, { ...options, window: 4 })).toThrow(
    "bigBirdBlocks: expected an odd window, got 4",
  );
  expect(() => bigBirdBlocks(9, options)).toThrow(
    "bigBirdBlocks: expected block to divide length 9, got block 2",
  );
  expect(() => bigBirdBlocks(10, options)).toThrow(
    "bigBirdBlocks: expected uniform [5, 5], got 4 rows of 4, 4, 4, 4",
  );
});
