/** Bad input to a figure: one sentence that says what and where, instead of an empty picture. */

export function expectSome(builder: string, what: string, list: readonly unknown[]): void {
  if (!Array.isArray(list)) {
    throw new Error(
      `${builder}: expected ${what} as a list, got ${list === null ? "null" : typeof list}; ` +
        "read a tensor with await t.array()",
    );
  }
  if (list.length === 0) {
    throw new Error(`${builder}: expected at least one entry in ${what}, got none`);
  }
}

/** Throws on what is no finite number; in a logarithmic plot also on what is not positive. */
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
        `${builder}: expected numbers in ${what}, got ${typeof v} at index ${i}; ` +
          "read a tensor with await t.array()",
      );
    }
    if (!Number.isFinite(v)) {
      throw new Error(
        `${builder}: ${what} holds ${v} at index ${i}, which has no place in a plot; ` +
          "leave it out, or find where it comes from",
      );
    }
    if (log && v <= 0) {
      throw new Error(
        `${builder}: ${what} holds ${v} at index ${i}, and a logarithmic axis shows positive ` +
          "numbers only",
      );
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

/** Throws on empty and ragged matrices and on NaN; infinite entries pass. */
export function expectMatrix(
  builder: string,
  what: string,
  matrix: readonly (readonly number[])[],
): void {
  expectSome(builder, what, matrix);
  matrix.forEach((row, i) => {
    expectSome(builder, `row ${i} of ${what}`, row);
    if (row.length !== matrix[0]!.length) {
      throw new Error(
        `${builder}: expected rows of ${matrix[0]!.length} numbers in ${what} as in its ` +
          `first row, got ${row.length} in row ${i}`,
      );
    }
    row.forEach((v, j) => {
      if (typeof v !== "number") {
        throw new Error(
          `${builder}: expected numbers in ${what}, got ` +
            `${Array.isArray(v) ? "a list" : typeof v} at [${i}, ${j}]`,
        );
      }
      if (Number.isNaN(v)) {
        throw new Error(
          `${builder}: ${what} holds NaN at [${i}, ${j}]; ` +
            "find where it comes from before you draw it",
        );
      }
    });
  });
}
