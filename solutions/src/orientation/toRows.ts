/**
 * A long row of numbers, read as a table: the same numbers in the same order, `width` in each row.
 * Tensors store a matrix in this order, which is called row-major.
 */

/**
 * result[y][x] = values[y · width + x]
 * @param values numbers, a multiple of width of them
 * @param width numbers per row, a whole number of at least 1
 * @returns rows of width numbers each; no rows if there are no values
 * @throws when the values don't fill whole rows
 */
export function toRows(values: number[], width: number): number[][] {
  if (!Number.isInteger(width) || width < 1 || values.length % width !== 0) {
    throw new Error(`toRows: expected rows of ${width}, got ${values.length} values`);
  }
  // yours
  const rows: number[][] = [];
  for (let from = 0; from < values.length; from += width) {
    rows.push(values.slice(from, from + width));
  }
  return rows;
}
