/**
 * Where a wrong result first differs from the expected one, as two grids of numbers to draw: the
 * vector or matrix at that place, and of a long one the part around it.
 */
import {
  closeness,
  compare,
  isTensorData,
  judgeCase,
  type Closeness,
  type Exercise,
  type CaseOutcome,
  type ReferenceCase,
  type Value,
} from "grader";

interface Numbers {
  shape: number[];
  data: ArrayLike<number>;
}

/** A rectangle of numbers; NaN and infinities are among them. */
export interface Grid {
  cells: number[][];
  /** Which of them are wrong. */
  wrong: boolean[][];
}

export interface Difference {
  /** The place in the result: "" for the result itself, or "weights", "[1].wq". */
  path: string;
  expected: Grid;
  yours: Grid;
  expectedShape: number[];
  yourShape: number[];
  /** What is drawn of it: ["0", "8…19", "0…11"], one text for each axis. */
  part: string[];
}

/** More rows or columns than these are cut. */
const MAX_GRID_SIZE = 12;
/** Where the part that is drawn begins before the first difference, if there is room. */
const CONTEXT_BEFORE = 3;

/** The difference in the case that failed first; undefined where there are no numbers to draw. */
export function firstDifference(
  cases: ReferenceCase[],
  outcomes: (CaseOutcome | undefined)[],
  exercise: Exercise,
): Difference | undefined {
  const at = cases.findIndex((c, i) => !judgeCase(c, outcomes[i], exercise).ok);
  const c = cases[at];
  const outcome = outcomes[at];
  if (!c || !outcome || !("value" in outcome) || c.group === "errors") return undefined;
  return findDifference(outcome.value, c.expected, closeness(c, exercise), "");
}

function findDifference(
  got: Value,
  want: Value,
  tolerance: Closeness,
  path: string,
): Difference | undefined {
  const expected = numbersOf(want);
  if (expected) {
    const yours = numbersOf(got);
    if (!yours || compare(got, want, tolerance).ok) return undefined;
    return differenceOf(yours, expected, tolerance, path);
  }
  if (typeof want !== "object" || want === null || typeof got !== "object" || got === null) {
    return undefined;
  }
  for (const key of keysOf(want)) {
    const name = Array.isArray(want) ? `${path}[${key}]` : [path, key].filter(Boolean).join(".");
    const found = findDifference(entryOf(got, key), entryOf(want, key), tolerance, name);
    if (found) return found;
  }
  return undefined;
}

const keysOf = (value: object): (string | number)[] =>
  value instanceof Map ? [...(value.keys() as Iterable<string | number>)] : Object.keys(value);
const entryOf = (value: object, key: string | number): Value =>
  value instanceof Map ? (value.get(key) as Value) : (value as Record<string, Value>)[key];

const isNumber = (v: Value): v is number => typeof v === "number";

/** A tensor, or a list or rectangle of numbers, with at least one axis. */
function numbersOf(value: Value): Numbers | undefined {
  if (isTensorData(value)) return value.shape.length > 0 ? value : undefined;
  if (value instanceof Int32Array || value instanceof Uint8Array) {
    return { shape: [value.length], data: value };
  }
  if (!Array.isArray(value) || value.length === 0) return undefined;
  if (value.every(isNumber)) return { shape: [value.length], data: value };
  const rows = value.map((row) => (Array.isArray(row) && row.every(isNumber) ? row : undefined));
  const width = rows[0]?.length ?? 0;
  if (width === 0 || rows.some((row) => row?.length !== width)) return undefined;
  return { shape: [rows.length, width], data: rows.flatMap((row) => row ?? []) };
}

/** What of an axis is drawn: `from` up to, but without, `to`. */
type Span = [from: number, to: number];

function spanAround(place: number, size: number): Span {
  const from = Math.max(0, Math.min(place - CONTEXT_BEFORE, size - MAX_GRID_SIZE));
  return [from, Math.min(size, from + MAX_GRID_SIZE)];
}

function differenceOf(
  yours: Numbers,
  expected: Numbers,
  tolerance: Closeness,
  path: string,
): Difference {
  const same = yours.shape.join() === expected.shape.join();
  const isWrong = (i: number) => {
    const [got, want] = [yours.data[i]!, expected.data[i]!];
    return same && !compare(got, want, tolerance).ok;
  };
  const first = Array.from(expected.data).findIndex((_, i) => isWrong(i));
  const spans = spansOf(expected.shape, Math.max(0, first));
  const other = same ? spans : spansOf(yours.shape, 0);
  return {
    path,
    expected: gridOf(expected, spans, () => false),
    yours: gridOf(yours, other, isWrong),
    expectedShape: expected.shape,
    yourShape: yours.shape,
    part: spans.map(([from, to], i) => partText(from, to, expected.shape[i]!)),
  };
}

/** One place of each outer axis, and of the last two a span around the place. */
function spansOf(shape: number[], flat: number): Span[] {
  let rest = flat;
  const places = [...shape].reverse().map((size) => {
    const place = size > 0 ? rest % size : 0;
    rest = size > 0 ? Math.floor(rest / size) : 0;
    return place;
  });
  places.reverse();
  return shape.map((size, axis) => {
    const place = places[axis]!;
    return axis < shape.length - 2 ? [place, place + 1] : spanAround(place, size);
  });
}

function partText(from: number, to: number, size: number): string {
  if (from === 0 && to === size) return ":";
  return to - from === 1 ? String(from) : `${from}…${to - 1}`;
}

/** The rectangle of numbers in these spans; a vector is one row. */
function gridOf({ shape, data }: Numbers, spans: Span[], isWrong: (i: number) => boolean): Grid {
  const columns = spans.at(-1) ?? [0, 0];
  const rows = spans.length > 1 ? spans.at(-2)! : ([0, 1] as Span);
  const width = shape.at(-1) ?? 0;
  const height = shape.at(-2) ?? 1;
  const outer = spans.slice(0, -2).reduce((n, [place], axis) => n * shape[axis]! + place, 0);
  const flat = (r: number, c: number) => (outer * height + r) * width + c;
  const grid = <T>(f: (i: number) => T): T[][] =>
    range(rows).map((r) => range(columns).map((c) => f(flat(r, c))));
  return { cells: grid((i) => data[i]!), wrong: grid(isWrong) };
}

const range = ([from, to]: Span): number[] =>
  Array.from({ length: Math.max(0, to - from) }, (_, i) => from + i);
