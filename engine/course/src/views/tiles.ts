/** A board of tiles to rearrange or to paint with. */
import { encodePictures, type EncodedPictures } from "./pictures";

export interface TilesInput {
  input: "tiles";
  /** What each tile looks like: rows of values from 0, black, to 1, white. */
  pictures: readonly number[][][];
  rows: number;
  columns: number;
  /** "swap", unless given: two tiles change places. "paint": a chosen tile goes anywhere. */
  mode?: "swap" | "paint";
  /** The number of the tile in each place; 0, 1, … row by row unless given. */
  start?: readonly (readonly number[])[];
}
export interface CompleteTiles {
  input: "tiles";
  pictures: EncodedPictures;
  rows: number;
  columns: number;
  mode: "swap" | "paint";
  start: number[][];
}

const MAX_BOARD_ROWS = 32;
const MAX_TILES = 256;
const MAX_TILE_PIXELS = 64;

const isSize = (n: number) => Number.isInteger(n) && n >= 1 && n <= MAX_BOARD_ROWS;

/** @throws by `fail` when it makes no sense */
export function completedTiles(given: TilesInput, fail: (expected: string) => never) {
  const { rows, columns, mode = "swap" } = given;
  if (!isSize(rows) || !isSize(columns)) {
    return fail(`from 1 to ${MAX_BOARD_ROWS} rows and columns`);
  }
  const pictures = encodePictures("control", given.pictures);
  const { width, height, gray } = pictures;
  if (gray.length > MAX_TILES) return fail(`at most ${MAX_TILES} pictures`);
  if (Math.max(width, height) > MAX_TILE_PIXELS) {
    return fail(`pictures of at most ${MAX_TILE_PIXELS} pixels a side`);
  }
  if (mode !== "swap" && mode !== "paint") return fail('mode "swap" or "paint"');
  const inOrder = Array.from({ length: rows }, (_, y) =>
    Array.from({ length: columns }, (_, x) => (y * columns + x) % gray.length),
  );
  const whole = { input: "tiles", pictures, rows, columns, mode, start: inOrder } as const;
  const start = readTiles(whole, given.start ?? inOrder);
  if (!start) return fail(`a start of ${rows} rows of ${columns} numbers of pictures`);
  return { ...whole, start };
}

function readTiles({ rows, columns, pictures }: CompleteTiles, value: unknown) {
  const isTile = (n: unknown) =>
    Number.isInteger(n) && Number(n) >= 0 && Number(n) < pictures.gray.length;
  const isRow = (row: unknown): row is number[] =>
    Array.isArray(row) && row.length === columns && row.every(isTile);
  const fits = Array.isArray(value) && value.length === rows && value.every(isRow);
  return fits ? (value as number[][]).map((row) => [...row]) : undefined;
}

const sorted = (tiles: number[][]) => tiles.flat().sort((a, b) => a - b);

/** Rows of tiles that a page sent; swapping never makes or loses a tile. */
export function tilesFrom(input: CompleteTiles, value: unknown): number[][] | undefined {
  const tiles = readTiles(input, value);
  if (!tiles || input.mode === "paint") return tiles;
  return String(sorted(tiles)) === String(sorted(input.start)) ? tiles : undefined;
}
