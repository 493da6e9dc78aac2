/**
 * Sums, largest and smallest numbers along one axis of [outer, n, inner], and softmax along the
 * last.
 */
import { loadTail, storeTail } from "./lanes";
import { expBelow88 } from "./math";

// @ts-ignore: decorator
@inline
function join(op: i32, a: v128, b: v128): v128 {
  if (op == 0) return f32x4.add(a, b);
  if (op == 1) return f32x4.max(a, b);
  if (op == 2) return f32x4.min(a, b);
  return f32x4.pmax(a, b);
}

/** The four lanes joined, in lane 0. */
// @ts-ignore: decorator
@inline
function fold(op: i32, a: v128): v128 {
  const pairs = join(op, a, i32x4.shuffle(a, a, 2, 3, 0, 1));
  return join(op, pairs, i32x4.shuffle(pairs, pairs, 1, 0, 3, 2));
}

/** The number that changes nothing: 0, −∞, ∞, −∞. */
// @ts-ignore: decorator
@inline
function nothing(op: i32): v128 {
  return f32x4.splat(op == 0 ? 0 : op == 2 ? Infinity : -Infinity);
}

/** A row of up to CHUNK numbers; op: 0 sum, 1 largest, 2 smallest, 3 largest of those not NaN. */
// @ts-ignore: decorator
@inline
export function chunk(op: i32, x: usize, n: usize): f32 {
  let a = nothing(op),
    b = a,
    c = a,
    d = a;
  const end = x + (n << 2),
    whole = x + ((n & ~15) << 2);
  for (; x < whole; x += 64) {
    a = join(op, a, v128.load(x));
    b = join(op, b, v128.load(x, 16));
    c = join(op, c, v128.load(x, 32));
    d = join(op, d, v128.load(x, 48));
  }
  for (; x + 16 <= end; x += 16) a = join(op, a, v128.load(x));
  let result = fold(op, join(op, join(op, a, b), join(op, c, d)));
  for (; x < end; x += 4) result = join(op, result, v128.load32_splat(x));
  return f32x4.extract_lane(result, 0);
}

/**
 * Rounding errors grow with the length of a sum: long rows are summed in pieces, the pieces in
 * float64.
 */
export const CHUNK: usize = 1024;

/** The sum of a row of any length. */
// @ts-ignore: decorator
@inline
export function rowSum(x: usize, n: usize): f64 {
  let total: f64 = 0;
  for (let done: usize = 0; done < n; done += CHUNK)
    total += chunk(0, x + (done << 2), min(CHUNK, n - done));
  return total;
}

// @ts-ignore: decorator
@inline
function alongRows(op: i32, x: usize, y: usize, rows: usize, n: usize, scale: f64): void {
  for (let i: usize = 0; i < rows; i++, y += 4) {
    if (op == 0) {
      f32.store(y, f32(rowSum(x, n) * scale));
    } else {
      f32.store(y, chunk(op, x, n));
    }
    x += n << 2;
  }
}

/** Rows that are joined in a register before they meet the result. */
const TOGETHER: usize = 32;

/** Four vectors of `count` rows that are `row` bytes apart, joined and then joined with y. */
// @ts-ignore: decorator
@inline
function line(op: i32, x: usize, y: usize, count: usize, row: usize, first: bool): void {
  let a = nothing(op),
    b = a,
    c = a,
    d = a;
  for (let i: usize = 0; i < count; i++, x += row) {
    a = join(op, a, v128.load(x));
    b = join(op, b, v128.load(x, 16));
    c = join(op, c, v128.load(x, 32));
    d = join(op, d, v128.load(x, 48));
  }
  if (!first) {
    a = join(op, v128.load(y), a);
    b = join(op, v128.load(y, 16), b);
    c = join(op, v128.load(y, 32), c);
    d = join(op, v128.load(y, 48), d);
  }
  v128.store(y, a);
  v128.store(y, b, 16);
  v128.store(y, c, 32);
  v128.store(y, d, 48);
}

// @ts-ignore: decorator
@inline
function acrossRows(
  op: i32,
  x: usize,
  y: usize,
  outer: usize,
  n: usize,
  inner: usize,
  scale: f64,
  row: usize,
): void {
  const width = inner << 2,
    lines = (inner & ~15) << 2,
    whole = (inner & ~3) << 2,
    tail = inner & 3;
  for (let o: usize = 0; o < outer; o++, y += width) {
    for (let done: usize = 0; done < n; done += TOGETHER) {
      const count = min(TOGETHER, n - done);
      let j: usize = 0;
      for (; j < lines; j += 64) line(op, x + j, y + j, count, row, done == 0);
      for (; j < whole; j += 16) {
        let from = x + j,
          sum = done > 0 ? v128.load(y + j) : nothing(op),
          part = nothing(op);
        for (let i: usize = 0; i < count; i++, from += row) part = join(op, part, v128.load(from));
        v128.store(y + j, join(op, sum, part));
      }
      if (tail > 0) {
        let from = x + whole,
          sum = done > 0 ? loadTail(y + whole, tail) : nothing(op),
          part = nothing(op);
        for (let i: usize = 0; i < count; i++, from += row)
          part = join(op, part, loadTail(from, tail));
        storeTail(y + whole, join(op, sum, part), tail);
      }
      x += count * row;
    }
    if (op == 0 && scale != 1)
      for (let j: usize = 0; j < width; j += 4) f32.store(y + j, f32(f64(f32.load(y + j)) * scale));
  }
}

/**
 * y [outer, inner] of x [outer, n, inner]; op: 0 sum · scale, 1 largest, 2 smallest. n is at least
 * 1. row: bytes from one of the n to the next.
 */
export function reduce(
  op: i32,
  x: usize,
  y: usize,
  outer: usize,
  n: usize,
  inner: usize,
  scale: f64,
  row: usize,
): void {
  if (row == 4) {
    if (op == 0) alongRows(0, x, y, outer, n, scale);
    else if (op == 1) alongRows(1, x, y, outer, n, 1);
    else alongRows(2, x, y, outer, n, 1);
  } else if (op == 0) acrossRows(0, x, y, outer, n, inner, scale, row);
  else if (op == 1) acrossRows(1, x, y, outer, n, inner, 1, row);
  else acrossRows(2, x, y, outer, n, inner, 1, row);
}

/** y = exp(x − top) for up to CHUNK numbers, none above top; returns their sum. */
// @ts-ignore: decorator
@inline
export function weights(x: usize, y: usize, n: usize, top: v128): f32 {
  const fours = (n & ~15) << 2,
    whole = (n & ~3) << 2,
    tail = n & 3;
  let a = f32x4.splat(0),
    b = a,
    j: usize = 0;
  for (; j < fours; j += 64) {
    const e0 = expBelow88(f32x4.sub(v128.load(x + j), top)),
      e1 = expBelow88(f32x4.sub(v128.load(x + j, 16), top)),
      e2 = expBelow88(f32x4.sub(v128.load(x + j, 32), top)),
      e3 = expBelow88(f32x4.sub(v128.load(x + j, 48), top));
    v128.store(y + j, e0);
    v128.store(y + j, e1, 16);
    v128.store(y + j, e2, 32);
    v128.store(y + j, e3, 48);
    a = f32x4.add(a, f32x4.add(e0, e1));
    b = f32x4.add(b, f32x4.add(e2, e3));
  }
  for (; j < whole; j += 16) {
    const e = expBelow88(f32x4.sub(v128.load(x + j), top));
    v128.store(y + j, e);
    a = f32x4.add(a, e);
  }
  if (tail > 0) storeTail(y + whole, expBelow88(f32x4.sub(loadTail(x + whole, tail), top)), tail);
  let sum = f32x4.extract_lane(fold(0, f32x4.add(a, b)), 0);
  for (; j < n << 2; j += 4) sum += f32.load(y + j);
  return sum;
}

/** The same for a row of any length. */
// @ts-ignore: decorator
@inline
export function rowWeights(x: usize, y: usize, n: usize, top: v128): f64 {
  let total: f64 = 0;
  for (let done: usize = 0; done < n; done += CHUNK)
    total += weights(x + (done << 2), y + (done << 2), min(CHUNK, n - done), top);
  return total;
}

/**
 * exp(x − max) / Σ exp(x − max) for each of the rows. least: the smallest number that counts as the
 * largest of a row; with −∞ a row of nothing but −∞ gives NaN, with the lowest float32 it gives
 * zeros.
 */
export function softmax(x: usize, y: usize, rows: usize, n: usize, least: f32): void {
  const whole = (n & ~3) << 2,
    tail = n & 3,
    fewest: f64 = least > -Infinity ? 1 : 0; // the largest alone gives exp(0) = 1
  for (let i: usize = 0; i < rows; i++, x += n << 2, y += n << 2) {
    const top = f32x4.splat(max(chunk(3, x, n), least)); // a NaN comes back with the weights
    const share = f32x4.splat(f32(1 / max(rowWeights(x, y, n, top), fewest)));
    for (let j: usize = 0; j < whole; j += 16)
      v128.store(y + j, f32x4.mul(v128.load(y + j), share));
    if (tail > 0) storeTail(y + whole, f32x4.mul(loadTail(y + whole, tail), share), tail);
  }
}
