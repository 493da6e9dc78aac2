/**
 * Products of matrices. The inner loop keeps a tile of 6 × 8 sums in registers (Goto & van de Geijn
 * 2008, "Anatomy of high-performance matrix multiplication"): B is copied into panels of 8 columns
 * that lie together, a block of KC × NC at a time, so that it comes from the second-level cache; A
 * is read where it lies, or six rows of it are copied when the next number of a row lies far away.
 * Strides make every transposition the same case.
 */
import { transpose4 } from "./layout";
import { put, tile1, tile2, tile4, tile6 } from "./tiles";

const ROWS: usize = 6;
/** Columns of a panel. */
export const COLUMNS: usize = 8;
const KC: usize = 256,
  NC: usize = 512;
/** Bytes that `scratch` must hold: a block of B, six rows of A and one tile. */
const GEMM_SCRATCH: usize = (KC * NC + KC * COLUMNS + ROWS * COLUMNS) << 2;

/**
 * Copies B's block of kc × nc into panels of 8 columns, zeros beyond its last column. Strides in
 * bytes.
 */
export function pack(
  b: usize,
  rowStride: usize,
  columnStride: usize,
  kc: usize,
  nc: usize,
  to: usize,
): void {
  for (let j: usize = 0; j < nc; j += COLUMNS) {
    const width = min(COLUMNS, nc - j);
    let from = b + j * columnStride;
    if (width == COLUMNS && columnStride == 4) {
      for (let k: usize = 0; k < kc; k++, from += rowStride, to += 32) {
        v128.store(to, v128.load(from));
        v128.store(to, v128.load(from, 16), 16);
      }
    } else if (width == COLUMNS && rowStride == 4) {
      let k: usize = 0;
      for (; k + 4 <= kc; k += 4, from += 16, to += 128) {
        transpose4(from, columnStride, to, 32);
        transpose4(from + 4 * columnStride, columnStride, to + 16, 32);
      }
      for (; k < kc; k++, from += 4, to += 32)
        for (let i: usize = 0; i < COLUMNS; i++)
          f32.store(to + (i << 2), f32.load(from + i * columnStride));
    } else {
      for (let k: usize = 0; k < kc; k++, from += rowStride, to += 32) {
        for (let i: usize = 0; i < COLUMNS; i++)
          f32.store(to + (i << 2), i < width ? f32.load(from + i * columnStride) : 0);
      }
    }
  }
}

/**
 * Copies six rows of A, whose rows lie side by side, so that a column of six takes the place of
 * eight.
 */
function packRows(a: usize, columnStride: usize, kc: usize, to: usize): void {
  for (let k: usize = 0; k < kc; k++, a += columnStride, to += 32) {
    v128.store(to, v128.load(a));
    v128.store(to, v128.load64_zero(a, 16), 16);
  }
}

/** Copies the used part of a tile to C, or adds it. */
function place(tile: usize, rows: usize, width: usize, c: usize, cRow: usize, adds: bool): void {
  for (let r: usize = 0; r < rows; r++, tile += COLUMNS << 2, c += cRow) {
    if (width == COLUMNS)
      put(
        c,
        f32x4.add(v128.load(c), v128.load(tile)),
        f32x4.add(v128.load(c, 16), v128.load(tile, 16)),
      ); // a whole one is only added
    else
      for (let s: usize = 0; s < width << 2; s += 4)
        f32.store(c + s, (adds ? f32.load(c + s) : 0) + f32.load(tile + s));
  }
}

/**
 * How many rows the next tile takes of those that are left. A row that is summed by `tile1` is the
 * last one wherever a multiple of six rows before it is left out.
 */
// @ts-ignore: decorator
@inline
function rowsOf(left: usize): usize {
  if (left == 8) return 4; // twice four take less time than six and two
  if (left >= ROWS) return ROWS;
  if (left >= 4) return 4;
  return left >= 2 ? 2 : 1;
}

/**
 * C (+)= A·B for m rows of A and a block of B in panels, of which each begins `next` bytes after
 * the one before.
 * @param scratch memory for six rows of A and a tile
 */
// @ts-ignore: decorator
@inline
function multiplyPanels(
  a: usize,
  aRow: usize,
  aColumn: usize,
  panels: usize,
  next: usize,
  c: usize,
  cRow: usize,
  m: usize,
  nc: usize,
  kc: usize,
  adds: bool,
  scratch: usize,
): void {
  const tile = scratch + ((KC * COLUMNS) << 2);
  for (let i: usize = 0; i < m;) {
    const rows = rowsOf(m - i);
    let from = a + i * aRow,
      fromColumn = aColumn;
    if (rows == ROWS && aRow == 4 && aColumn != 4) {
      packRows(from, aColumn, kc, scratch);
      from = scratch;
      fromColumn = COLUMNS << 2;
    }
    let panel = panels;
    for (let j: usize = 0; j < nc; j += COLUMNS, panel += next) {
      const width = min(COLUMNS, nc - j),
        to = c + i * cRow + (j << 2);
      const direct = width == COLUMNS && !adds,
        target = direct ? to : tile,
        stride = direct ? cRow : COLUMNS << 2;
      if (rows == ROWS) tile6(from, aRow, fromColumn, panel, kc, target, stride);
      else if (rows == 4) tile4(from, aRow, fromColumn, panel, kc, target, stride);
      else if (rows == 2) tile2(from, aRow, fromColumn, panel, kc, target, stride);
      else tile1(from, fromColumn, panel, kc, target);
      if (!direct) place(tile, rows, width, to, cRow, adds);
    }
    i += rows;
  }
}

/** C = A·B for one matrix each. Strides in bytes. */
export function multiply(
  a: usize,
  aRow: usize,
  aColumn: usize,
  b: usize,
  bRow: usize,
  bColumn: usize,
  c: usize,
  cRow: usize,
  m: usize,
  n: usize,
  k: usize,
  scratch: usize,
): void {
  const rest = scratch + ((KC * NC) << 2);
  for (let j0: usize = 0; j0 < n; j0 += NC) {
    const nc = min(NC, n - j0),
      to = c + (j0 << 2);
    for (let k0: usize = 0; k0 < k; k0 += KC) {
      const kc = min(KC, k - k0),
        from = a + k0 * aColumn;
      pack(b + k0 * bRow + j0 * bColumn, bRow, bColumn, kc, nc, scratch);
      multiplyPanels(from, aRow, aColumn, scratch, kc << 5, to, cRow, m, nc, kc, k0 > 0, rest);
    }
  }
}

/** The same for rows of A that are contiguous and panels that `pack` has made before. */
export function multiplyPacked(
  a: usize,
  aRow: usize,
  panels: usize,
  next: usize,
  c: usize,
  cRow: usize,
  m: usize,
  n: usize,
  k: usize,
  adds: bool,
  scratch: usize,
): void {
  multiplyPanels(a, aRow, 4, panels, next, c, cRow, m, n, k, adds, scratch);
}

/**
 * C[i] = A[i]·B[i] for a batch. A is [m, k] with the given strides, B [k, n], C [m, n]; a batch
 * stride of 0 uses the same matrix each time. All strides in bytes; k is at least 1. A part of C
 * comes out the same to the last bit when its rows begin at a multiple of 6 and its columns at one
 * of 8.
 */
export function gemm(
  batch: usize,
  m: usize,
  n: usize,
  k: usize,
  a: usize,
  aBatch: usize,
  aRow: usize,
  aColumn: usize,
  b: usize,
  bBatch: usize,
  bRow: usize,
  bColumn: usize,
  c: usize,
  cBatch: usize,
  cRow: usize,
  scratch: usize,
): void {
  for (let i: usize = 0; i < batch; i++) {
    multiply(a, aRow, aColumn, b, bRow, bColumn, c, cRow, m, n, k, scratch);
    a += aBatch;
    b += bBatch;
    c += cBatch;
  }
}

/** Bytes of scratch that gemm needs. */
export function gemmScratch(): usize {
  return GEMM_SCRATCH;
}
