/**
 * The inputs of a control, as plain data. What a page sends is checked against them before a
 * student's function sees it.
 */

import { completedMap, isPoint, type CompleteMap, type MapInput } from "./map";
import { completedTiles, tilesFrom, type CompleteTiles, type TilesInput } from "./tiles";

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
/** An input with all that may be left out, as plain data for a page. */
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
  const pad = { input: "pad", rows, columns, brush, start } as const;
  if (valueFrom(pad, start) === undefined) {
    return fail(`a start of ${rows} rows of ${columns} cells that are 0 or 1`);
  }
  return pad;
}

/** An input with all that may be left out, as a page draws it. @throws when it makes no sense */
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
      return { input: "slider", from, to, step, start };
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

/** Numbers between two steps come from rounding. */
function onStep({ from, to, step }: Required<SliderInput>, value: number): number {
  const steps = Math.round((value - from) / step);
  return Math.min(to, Number((from + steps * step).toPrecision(12)));
}

/** What a page sent for an input; undefined when the input cannot have this value. */
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
