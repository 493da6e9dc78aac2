/** C = A·B for matrices in memory, shared among threads. */
import type { BackendWasm } from "@tensorflow/tfjs-backend-wasm";
import { wasm, withScratch } from "./module";
import { reduceAxis } from "./reduce";
import { runParallel, type Partition } from "./threads";

/** Where matrices are: bytes between rows, columns and matrices; next 0 uses the same each time. */
export interface Matrices {
  at: number;
  next: number;
  row: number;
  column: number;
}
export interface Sizes {
  m: number;
  n: number;
  k: number;
}

/** Nanoseconds of a multiplication and addition. */
const NS_PER_MULTIPLY = 1 / 15;
/**
 * Parts of a product begin at multiples of a tile; smaller ones would copy more than they compute.
 */
const ROW_LIMITS = { unit: 6, atLeast: 48 };
const COLUMN_LIMITS = { unit: 8, atLeast: 32 };

/** How gemm is cut: by matrices, by rows or by columns, whichever there is more of. */
function partitionOf(batch: number, { m, n, k }: Sizes, a: Matrices, b: Matrices): Partition {
  if (batch > 1) {
    const perItem = { 4: a.next, 8: b.next, 12: 4 * m * n };
    return { count: 0, perItem, cost: NS_PER_MULTIPLY * m * n * k };
  }
  return m >= n
    ? { count: 1, perItem: { 4: a.row, 12: 4 * n }, ...ROW_LIMITS, cost: NS_PER_MULTIPLY * n * k }
    : {
        count: 2,
        perItem: { 8: b.column, 12: 4 },
        ...COLUMN_LIMITS,
        cost: NS_PER_MULTIPLY * m * k,
      };
}

/** Writes `batch` products [m, n] one after the other; k is at least 1. */
export function product(
  backend: BackendWasm,
  batch: number,
  sizes: Sizes,
  a: Matrices,
  b: Matrices,
  to: number,
): void {
  const isLong = sizes.k >= 4 * Math.max(SPLIT_K, sizes.m, sizes.n);
  if (batch === 1 && isLong) longProduct(backend, sizes, a, b, to);
  else products(backend, batch, sizes, a, b, to);
}

/** Numbers of a long inner axis that make a product of their own. */
const SPLIT_K = 256;

/**
 * A product whose inner axis is far longer than the others, such as a weight's gradient: one
 * product for each stretch of it, and their sum. Stretches depend on shapes alone.
 */
function longProduct(
  backend: BackendWasm,
  { m, n, k }: Sizes,
  a: Matrices,
  b: Matrices,
  to: number,
): void {
  const whole = Math.floor(k / SPLIT_K);
  const rest = k - whole * SPLIT_K;
  const count = whole + (rest > 0 ? 1 : 0);
  const from = (x: Matrices, step: number) => ({ ...x, at: x.at + step * SPLIT_K * whole });
  const next = (x: Matrices, step: number) => ({ ...x, next: step * SPLIT_K });
  withScratch(backend, 4 * count * m * n, (parts) => {
    products(backend, whole, { m, n, k: SPLIT_K }, next(a, a.column), next(b, b.row), parts);
    if (rest > 0) {
      const last = parts + 4 * whole * m * n;
      products(backend, 1, { m, n, k: rest }, from(a, a.column), from(b, b.row), last);
    }
    reduceAxis(backend, 0, parts, to, [1, count, m * n], 1);
  });
}

function products(
  backend: BackendWasm,
  batch: number,
  sizes: Sizes,
  a: Matrices,
  b: Matrices,
  to: number,
): void {
  const { scratch, gemmScratch } = wasm(backend);
  const { m, n, k } = sizes;
  // prettier-ignore
  const args = [
    batch, m, n, k,
    a.at, a.next, a.row, a.column,
    b.at, b.next, b.row, b.column,
    to, 4 * m * n, 4 * n, scratch,
  ];
  const cut: Partition = partitionOf(batch, sizes, a, b);
  cut.perThread = { 15: gemmScratch() };
  runParallel(backend, "gemm", args, cut);
}
