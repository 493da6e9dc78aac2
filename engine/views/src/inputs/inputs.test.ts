import { expect, test } from "vitest";
import { bytesFrom, readPictures } from "../pictures";
import { paintAt, pickAt, readTiles, shuffled, type Board } from "./tiles";
import { nearest, nextInDirection, pointPositions, readMap, type Position } from "./map";
import { readSpec } from "./tiles";

/** What an output may hold instead of what an input expects. */
const ODD: unknown[] = [undefined, null, -1, 0.5, NaN, Infinity, 3, "text", {}, [], [null], [[]]];
const gray = (...bytes: number[]) => Buffer.from(bytes).toString("base64");

test("pictures: as many bytes as pixels, of one size, and not too many", () => {
  const fine = { width: 2, height: 1, gray: [gray(0, 255), gray(7, 8)] };
  expect(readPictures(fine)?.pixels.map((bytes) => [...bytes])).toEqual([[0, 255], [7, 8]]); // prettier-ignore
  for (const odd of ODD) {
    expect(readPictures({ ...fine, width: odd }), `width ${String(odd)}`).toBeUndefined();
    expect(readPictures({ ...fine, gray: odd }), `gray ${String(odd)}`).toBeUndefined();
    expect(readPictures(odd)).toBeUndefined();
  }
  for (const odd of [gray(1), gray(1, 2, 3), "####", "AA=A", "", "A".repeat(9_000_000)]) {
    expect(readPictures({ ...fine, gray: [odd] }), odd.slice(0, 9)).toBeUndefined();
  }
  const many = Array.from({ length: 257 }, () => gray(0, 0));
  expect(readPictures({ ...fine, gray: many })).toBeUndefined();
  expect(readPictures({ width: 65, height: 1, gray: [gray(...Array(65).keys())] })).toBeUndefined();
  expect(bytesFrom("\u0100AAA", 3)).toBeUndefined();
});

test("tiles: only whole numbers of pictures make a board, and its mode is known", () => {
  const pictures = { width: 1, height: 1, gray: [gray(0), gray(1)] };
  const fine = { rows: 1, columns: 2, mode: "swap", pictures, start: [[1, 0]] };
  expect(readSpec(fine)?.start).toEqual([[1, 0]]);
  for (const name of ["rows", "columns", "mode", "pictures", "start"]) {
    for (const odd of ODD) {
      if (name === "columns" && odd === 3) continue; // caught by start
      expect(readSpec({ ...fine, [name]: odd }), `${name} ${String(odd)}`).toBeUndefined();
    }
  }
  for (const start of [
    [[0, 2]],
    [[0, -1]],
    [[0, 0.5]],
    [[0, "1"]],
    [[0]],
    [[0, 1, 0]],
    [
      [0, 1],
      [0, 1],
    ],
  ]) {
    expect(readTiles(start, 1, 2, 2), JSON.stringify(start)).toBeUndefined();
  }
});

test("tiles: two tiles change places, the same place twice puts one back, paint goes anywhere", () => {
  const board: Board = { tiles: [[0, 1], [2, 3]], cursor: { row: 0, column: 0 } }; // prettier-ignore
  expect(pickAt(board, { row: 0, column: 0 })).toBe(false);
  expect(pickAt(board, { row: 1, column: 1 })).toBe(true);
  expect(board.tiles).toEqual([[3, 1], [2, 0]]); // prettier-ignore
  expect(pickAt(board, { row: 0, column: 1 })).toBe(false);
  expect(pickAt(board, { row: 0, column: 1 })).toBe(false);
  expect(board).toMatchObject({ picked: undefined, tiles: [[3, 1], [2, 0]] }); // prettier-ignore
  expect(paintAt(board, { row: 1, column: 0 }, 7)).toBe(true);
  expect(paintAt(board, { row: 1, column: 0 }, 7)).toBe(false);
  const mixed = shuffled(board.tiles, () => 0);
  expect(mixed.flat().sort()).toEqual(board.tiles.flat().sort());
  expect(mixed.map((row) => row.length)).toEqual([2, 2]);
});

test("maps: points with groups are read, anything else is not", () => {
  const fine = { x: [0, 1], y: [0, 1], group: [0, 1], groups: ["a", "b"], start: 1 };
  expect(readMap(fine)).toEqual(fine);
  for (const name of ["x", "y", "group", "groups", "start"]) {
    for (const odd of ODD) {
      expect(readMap({ ...fine, [name]: odd }), `${name} ${String(odd)}`).toBeUndefined();
    }
  }
  const huge = Array.from({ length: 3001 }, () => 0);
  expect(readMap({ ...fine, x: huge, y: huge, group: huge })).toBeUndefined();
  expect(readMap({ ...fine, x: [0, Infinity] })).toBeUndefined();
  expect(readMap({ ...fine, group: [0, 2] })).toBeUndefined();
});

test("maps: y goes up, the nearest point counts, and arrows go to the next on their side", () => {
  const points = { x: [0, 10, 20], y: [0, 10, 0], group: [0, 0, 0], groups: [""], start: 0 };
  const places = pointPositions(points, 120, 10);
  expect(places).toEqual([[10, 60], [60, 10], [110, 60]]); // prettier-ignore
  expect(nearest(places, [70, 20])).toBe(1);
  const from = (point: number, direction: Position) => nextInDirection(places, point, direction);
  expect(from(0, [1, 0])).toBe(1);
  expect(from(1, [1, 0])).toBe(2);
  expect(from(2, [1, 0])).toBe(2);
  expect(from(0, [0, -1])).toBe(1);
  // points in one place have a place
  const same = { ...points, x: [1, 1, 1], y: [2, 2, 2] };
  expect(pointPositions(same, 120, 10).flat().every(Number.isFinite)).toBe(true);
});
