/**
 * Checks of figures' arguments: one sentence says what is wrong and where, instead of an empty
 * picture.
 */
import type { Figure, PlotFigure } from "./figure";

const READ_TENSOR = "read a tensor with await t.array()";

export function expectSome(builder: string, what: string, list: readonly unknown[]): void {
  if (!Array.isArray(list)) {
    const got = list === null ? "null" : typeof list;
    throw new Error(`${builder}: expected ${what} as a list, got ${got}; ${READ_TENSOR}`);
  }
  if (list.length === 0) {
    throw new Error(`${builder}: expected at least one entry in ${what}, got none`);
  }
}

/** Throws on entries that aren't finite numbers; with log, also on those that aren't positive. */
export function expectNumbers(
  builder: string,
  what: string,
  values: readonly number[],
  log = false,
): void {
  expectSome(builder, what, values);
  values.forEach((v, i) => {
    if (typeof v !== "number") {
      throw new Error(
        `${builder}: expected numbers in ${what}, got ${typeof v} at index ${i}; ${READ_TENSOR}`,
      );
    }
    const held = `${builder}: ${what} holds ${v} at index ${i}`;
    if (!Number.isFinite(v)) {
      throw new Error(
        `${held}, which has no place in a plot; leave it out, or find where it comes from`,
      );
    }
    if (log && v <= 0) {
      throw new Error(`${held}, and a logarithmic axis shows positive numbers only`);
    }
  });
}

export function expectSameLength(
  builder: string,
  a: string,
  left: readonly unknown[],
  b: string,
  right: readonly unknown[],
): void {
  if (left.length !== right.length) {
    throw new Error(
      `${builder}: expected as many entries in ${a} as in ${b}, got ${left.length} and ` +
        `${right.length}`,
    );
  }
}

/** Throws on empty and ragged matrices and on NaN. Infinite entries pass. */
export function expectMatrix(
  builder: string,
  what: string,
  matrix: readonly (readonly number[])[],
): void {
  expectSome(builder, what, matrix);
  const width = matrix[0]!.length;
  matrix.forEach((row, i) => {
    expectSome(builder, `row ${i} of ${what}`, row);
    if (row.length !== width) {
      throw new Error(
        `${builder}: expected rows of ${width} numbers in ${what} as in its first row, ` +
          `got ${row.length} in row ${i}`,
      );
    }
    row.forEach((v, j) => expectEntry(builder, what, v, `[${i}, ${j}]`));
  });
}

function expectEntry(builder: string, what: string, v: number, place: string): void {
  if (typeof v !== "number") {
    const got = Array.isArray(v) ? "a list" : typeof v;
    throw new Error(`${builder}: expected numbers in ${what}, got ${got} at ${place}`);
  }
  if (Number.isNaN(v)) {
    throw new Error(
      `${builder}: ${what} holds NaN at ${place}; find where it comes from before you draw it`,
    );
  }
}

/** @throws when the figure is text, or has a slider of its own */
export function expectPlot(builder: string, what: string, figure: Figure): PlotFigure {
  if (figure?.html !== undefined || !Array.isArray(figure?.data)) {
    throw new Error(`${builder}: expected ${what} to be a plot such as lines or heatmap gives`);
  }
  if (figure.frames) {
    throw new Error(
      `${builder}: ${what} has a slider; put the slider outside: slider(…, () => ${builder}(…))`,
    );
  }
  return figure;
}
