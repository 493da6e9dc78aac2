/**
 * The inputs of a control, as plain data. The kernel checks values that a page sends against them
 * before a student's function gets them.
 */
import { expectMatrix, expectSome, expectNumbers } from "../figures/validate";

export interface EncodedPictures {
  width: number;
  height: number;
  gray: string[];
}

const byteOf = (value: number) => Math.round(255 * Math.min(1, Math.max(0, value)));

/**
 * @param pictures rows of values from 0, black, to 1, white; all of one size
 * @throws when there is none, or one is empty, ragged, another size than the first, or holds NaN
 */
export function encodePictures(builder: string, pictures: readonly number[][][]): EncodedPictures {
  expectSome(builder, "pictures", pictures);
  pictures.forEach((picture, i) => expectMatrix(builder, `picture ${i}`, picture));
  const [height, width] = [pictures[0]!.length, pictures[0]![0]!.length];
  const odd = pictures.findIndex((one) => one.length !== height || one[0]!.length !== width);
  if (odd >= 0) {
    const got = `${pictures[odd]!.length} × ${pictures[odd]![0]!.length}`;
    throw new Error(
      `${builder}: expected ${height} × ${width} pixels in picture ${odd}, got ${got}`,
    );
  }
  const gray = pictures.map((one) => Buffer.from(one.flat().map(byteOf)).toString("base64"));
  return { width, height, gray };
}

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

/** Fills in defaults. @throws by `fail` if the input is invalid */
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
  const whole = {
    input: "tiles",
    pictures,
    rows,
    columns,
    mode,
    start: inOrder,
  } as const;
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

/** Reads rows of tiles that a page sent; swapping must keep the same tiles. */
export function tilesFrom(input: CompleteTiles, value: unknown): number[][] | undefined {
  const tiles = readTiles(input, value);
  if (!tiles || input.mode === "paint") return tiles;
  return String(sorted(tiles)) === String(sorted(input.start)) ? tiles : undefined;
}

export interface MapInput {
  input: "map";
  /** The coordinates of the points: across, and up. */
  x: readonly number[];
  y: readonly number[];
  /** The group of each point, which colors it, as its number in `groups`. */
  group?: readonly number[];
  groups?: readonly string[];
  /** The point that is chosen first, 0 unless given. */
  start?: number;
}
export interface CompleteMap {
  input: "map";
  x: number[];
  y: number[];
  group: number[];
  groups: string[];
  start: number;
}

const MAX_MAP_POINTS = 3000;
const MAX_MAP_GROUPS = 7;
const roundCoordinates = (values: readonly number[]) => values.map((v) => Number(v.toPrecision(4)));

/** Fills in defaults. @throws by `fail` if the input is invalid */
export function completedMap(given: MapInput, fail: (expected: string) => never): CompleteMap {
  const { x, y, groups = [""], group = x?.map(() => 0), start = 0 } = given;
  expectNumbers("control", "x", x);
  expectNumbers("control", "y", y);
  if (x.length > MAX_MAP_POINTS) return fail(`at most ${MAX_MAP_POINTS} points`);
  if (y.length !== x.length) return fail(`as many numbers in y as in x`);
  expectSome("control", "groups", groups);
  if (groups.length > MAX_MAP_GROUPS) return fail(`at most ${MAX_MAP_GROUPS} groups`);
  if (group.length !== x.length || group.some((g) => groups[g] === undefined)) {
    return fail(`a group from 0 to ${groups.length - 1} for each point`);
  }
  if (x[start] === undefined) return fail(`a start from 0 to ${x.length - 1}`);
  return {
    ...{ input: "map", x: roundCoordinates(x), y: roundCoordinates(y) },
    ...{ group: [...group], groups: [...groups], start },
  };
}

/** Whether the value that a page sent is the number of a point. */
export const isPoint = (input: CompleteMap, value: unknown): value is number =>
  typeof value === "number" && Object.hasOwn(input.x, value);

/** A slider over numbers in equal steps, or over a list of values. */
export interface SliderInput {
  input: "slider";
  from: number;
  to: number;
  /** A hundredth of the way unless given. */
  step?: number;
  start?: number;
}
/** A field of text. */
export interface TextInput {
  input: "text";
  start: string;
  /** The most letters, 1,000 unless given. */
  most?: number;
}
/** One of a list. */
export interface ChoiceInput {
  input: "choice";
  of: readonly string[];
  start?: string;
}
/** Something that is on or off. */
export interface SwitchInput {
  input: "switch";
  /** Off unless given. */
  start?: boolean;
}
/** A pad to draw on with a pointer or the keyboard: rows of cells that are 0 or 1. */
export interface PadInput {
  input: "pad";
  rows: number;
  columns: number;
  /** How wide a stroke is, in cells; 1 unless given. */
  brush?: number;
  /** What is drawn at the start; nothing unless given. */
  start?: readonly (readonly number[])[];
}
export type Input =
  SliderInput | TextInput | ChoiceInput | SwitchInput | PadInput | TilesInput | MapInput;
/** An input with all defaults filled in, as plain data for a page. */
export type CompleteInput =
  | Required<SliderInput | TextInput | ChoiceInput | SwitchInput | PadInput>
  | CompleteTiles
  | CompleteMap;
export type Inputs = Record<string, Input>;

export type ValueOf<I extends Input> = I extends SliderInput | MapInput
  ? number
  : I extends PadInput | TilesInput
    ? number[][]
    : I extends SwitchInput
      ? boolean
      : string;
export type Values<I extends Inputs> = { [name in keyof I]: ValueOf<I[name]> };

const MAX_TEXT_LENGTH = 1000;
const MAX_PAD_CELLS = 64;
const DEFAULT_SLIDER_STEPS = 100;

type Fail = (expected: string) => never;

function completedPad({ rows, columns, brush = 1, start: given }: PadInput, fail: Fail) {
  const fits = (n: number) => Number.isInteger(n) && n >= 1 && n <= MAX_PAD_CELLS;
  if (!fits(rows) || !fits(columns)) return fail(`from 1 to ${MAX_PAD_CELLS} rows and columns`);
  const start = given ?? Array.from({ length: rows }, () => Array<number>(columns).fill(0));
  const pad = {
    input: "pad",
    rows,
    columns,
    brush,
    start,
  } as const;
  if (valueFrom(pad, start) === undefined) {
    return fail(`a start of ${rows} rows of ${columns} cells that are 0 or 1`);
  }
  return pad;
}

/** An input with all defaults filled in, as a page draws it. @throws if it is invalid */
export function completed(name: string, given: Input): CompleteInput {
  const fail: Fail = (expected) => {
    throw new Error(`control: expected ${expected} for "${name}"`);
  };
  switch (given?.input) {
    case "slider": {
      const { from, to, step = (to - from) / DEFAULT_SLIDER_STEPS, start = from } = given;
      if (!(Number.isFinite(from) && Number.isFinite(to) && from < to)) {
        return fail("numbers from < to");
      }
      if (!(step > 0 && step <= to - from)) return fail("a step above 0 that fits");
      if (!(start >= from && start <= to)) return fail(`a start from ${from} to ${to}`);
      return {
        input: "slider",
        from,
        to,
        step,
        start,
      };
    }
    case "text": {
      const { start = "", most = MAX_TEXT_LENGTH } = given;
      if (typeof start !== "string") return fail("a text to start with");
      return { input: "text", start, most };
    }
    case "choice": {
      const { of } = given;
      if (!Array.isArray(of) || of.length === 0) return fail("at least one text to choose");
      const { start = of[0]! } = given;
      if (!of.includes(start)) return fail("a start that is one of the choices");
      return { input: "choice", of, start };
    }
    case "switch": {
      const { start = false } = given;
      if (typeof start !== "boolean") return fail("a start that is true or false");
      return { input: "switch", start };
    }
    case "pad":
      return completedPad(given, fail);
    case "tiles":
      return completedTiles(given, fail);
    case "map":
      return completedMap(given, fail);
    default:
      return fail('an input: "slider", "text", "choice", "switch", "pad", "tiles" or "map"');
  }
}

/** Rounds to a step, since the page's numbers have rounding errors. */
function onStep({ from, to, step }: Required<SliderInput>, value: number): number {
  const steps = Math.round((value - from) / step);
  return Math.min(to, Number((from + steps * step).toPrecision(12)));
}

/** Reads the value that a page sent for an input; undefined if the input can't have it. */
export function valueFrom(input: CompleteInput, value: unknown) {
  switch (input.input) {
    case "slider": {
      const fits = typeof value === "number" && value >= input.from && value <= input.to;
      return fits ? onStep(input, value) : undefined;
    }
    case "text":
      return typeof value === "string" ? [...value].slice(0, input.most).join("") : undefined;
    case "choice":
      return input.of.find((choice) => choice === value);
    case "switch":
      return typeof value === "boolean" ? value : undefined;
    case "pad": {
      const isRow = (row: unknown): row is number[] =>
        Array.isArray(row) &&
        row.length === input.columns &&
        row.every((cell) => cell === 0 || cell === 1);
      const fits = Array.isArray(value) && value.length === input.rows && value.every(isRow);
      return fits ? (value as number[][]).map((row) => [...row]) : undefined;
    }
    case "tiles":
      return tilesFrom(input, value);
    case "map":
      return isPoint(input, value) ? value : undefined;
  }
}
