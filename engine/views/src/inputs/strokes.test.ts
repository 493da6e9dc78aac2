import { expect, test } from "vitest";
import { readCells, stroke } from "./pad";

const empty = () => Array.from({ length: 5 }, () => Array<number>(5).fill(0));
const drawn = (cells: number[][]) => cells.map((row) => row.join("")).join(" ");

test("a stroke covers the cells along its line, as wide as the brush", () => {
  const thin = empty();
  stroke(thin, { x: 0.5, y: 2.5 }, { x: 3.5, y: 2.5 }, 1);
  expect(drawn(thin)).toBe("00000 00000 11110 00000 00000");
  const wide = empty();
  stroke(wide, { x: 2.5, y: 2.5 }, { x: 2.5, y: 2.5 }, 2);
  expect(drawn(wide)).toBe("00000 00100 01110 00100 00000");
  const outside = empty();
  stroke(outside, { x: -9, y: -9 }, { x: -9, y: -9 }, 3);
  expect(drawn(outside)).toBe(drawn(empty()));
});

test("a drawing of another size is none, and its cells are 0 or 1", () => {
  expect(readCells([[0, 1, 7, "1"]], 1, 4)).toEqual([[0, 1, 0, 0]]);
  for (const other of [undefined, [[0, 1]], [[0, 1, 0, 0, 0]], "0000", [7]]) {
    expect(readCells(other, 1, 4)).toBeUndefined();
  }
});
