/**
 * Arithmetic and comparisons of two arrays with broadcasting. The caller joins axes as far as it
 * can; what is left are rows, in which each side either runs along or is one number, and two axes
 * of rows around them.
 */
import { loadTail, storeTail } from "./lanes";

// @ts-ignore: decorator
@inline
function apply(op: i32, a: v128, b: v128): v128 {
  if (op == 0) return f32x4.add(a, b);
  if (op == 1) return f32x4.sub(a, b);
  if (op == 2) return f32x4.mul(a, b);
  if (op == 3) return f32x4.div(a, b);
  if (op == 4) return f32x4.max(a, b);
  if (op == 5) return f32x4.min(a, b);
  if (op == 6) {
    const d = f32x4.sub(a, b);
    return f32x4.mul(d, d);
  }
  if (op == 7) return i32x4.add(a, b);
  if (op == 8) return i32x4.sub(a, b);
  if (op == 9) return i32x4.mul(a, b);
  if (op == 10) return f32x4.eq(a, b);
  if (op == 11) return f32x4.ne(a, b);
  if (op == 12) return f32x4.lt(a, b);
  if (op == 13) return f32x4.le(a, b);
  if (op == 14) return f32x4.gt(a, b);
  if (op == 15) return f32x4.ge(a, b);
  if (op == 16) return i32x4.eq(a, b);
  if (op == 17) return i32x4.ne(a, b);
  if (op == 18) return i32x4.lt_s(a, b);
  if (op == 19) return i32x4.le_s(a, b);
  if (op == 20) return i32x4.gt_s(a, b);
  return i32x4.ge_s(a, b);
}

/** From here on the result is true or false, a byte each. */
const FIRST_COMPARISON: i32 = 10;

// @ts-ignore: decorator
@inline
function side(runs: bool, x: usize, at: usize, one: v128): v128 {
  return runs ? v128.load(x + at) : one;
}

// @ts-ignore: decorator
@inline
function row(op: i32, aRuns: bool, bRuns: bool, a: usize, b: usize, to: usize, n: usize): void {
  const oneA = v128.load32_splat(a),
    oneB = v128.load32_splat(b),
    tail = n & 3;
  let i: usize = 0;
  if (op < FIRST_COMPARISON) {
    const fours = (n & ~15) << 2,
      whole = (n & ~3) << 2;
    for (; i < fours; i += 64) {
      v128.store(to + i, apply(op, side(aRuns, a, i, oneA), side(bRuns, b, i, oneB)));
      v128.store(to + i, apply(op, side(aRuns, a, i + 16, oneA), side(bRuns, b, i + 16, oneB)), 16);
      v128.store(to + i, apply(op, side(aRuns, a, i + 32, oneA), side(bRuns, b, i + 32, oneB)), 32);
      v128.store(to + i, apply(op, side(aRuns, a, i + 48, oneA), side(bRuns, b, i + 48, oneB)), 48);
    }
    for (; i < whole; i += 16)
      v128.store(to + i, apply(op, side(aRuns, a, i, oneA), side(bRuns, b, i, oneB)));
    if (tail > 0)
      storeTail(
        to + i,
        apply(op, aRuns ? loadTail(a + i, tail) : oneA, bRuns ? loadTail(b + i, tail) : oneB),
        tail,
      );
    return;
  }
  const whole = (n & ~15) << 2,
    ones = i8x16.splat(1);
  for (; i < whole; i += 64, to += 16) {
    const first = i16x8.narrow_i32x4_s(
      apply(op, side(aRuns, a, i, oneA), side(bRuns, b, i, oneB)),
      apply(op, side(aRuns, a, i + 16, oneA), side(bRuns, b, i + 16, oneB)),
    );
    const second = i16x8.narrow_i32x4_s(
      apply(op, side(aRuns, a, i + 32, oneA), side(bRuns, b, i + 32, oneB)),
      apply(op, side(aRuns, a, i + 48, oneA), side(bRuns, b, i + 48, oneB)),
    );
    v128.store(to, v128.and(i8x16.narrow_i16x8_s(first, second), ones));
  }
  for (const end = n << 2; i < end; i += 4, to++) {
    store<u8>(
      to,
      u8(
        i32x4.extract_lane(
          apply(op, aRuns ? v128.load32_zero(a + i) : oneA, bRuns ? v128.load32_zero(b + i) : oneB),
          0,
        ) & 1,
      ),
    );
  }
}

// @ts-ignore: decorator
@inline
function rows(
  op: i32,
  aRuns: bool,
  bRuns: bool,
  a: usize,
  b: usize,
  to: usize,
  n: usize,
  rows1: usize,
  a1: usize,
  b1: usize,
  rows2: usize,
  a2: usize,
  b2: usize,
): void {
  const step = op < FIRST_COMPARISON ? n << 2 : n;
  for (let j: usize = 0; j < rows2; j++) {
    let atA = a + j * a2,
      atB = b + j * b2;
    for (let i: usize = 0; i < rows1; i++, atA += a1, atB += b1, to += step)
      row(op, aRuns, bRuns, atA, atB, to, n);
  }
}

// @ts-ignore: decorator
@inline
function ways(
  op: i32,
  aRuns: bool,
  bRuns: bool,
  a: usize,
  b: usize,
  to: usize,
  n: usize,
  rows1: usize,
  a1: usize,
  b1: usize,
  rows2: usize,
  a2: usize,
  b2: usize,
): void {
  if (aRuns && bRuns) rows(op, true, true, a, b, to, n, rows1, a1, b1, rows2, a2, b2);
  else if (aRuns) rows(op, true, false, a, b, to, n, rows1, a1, b1, rows2, a2, b2);
  else rows(op, false, true, a, b, to, n, rows1, a1, b1, rows2, a2, b2);
}

/**
 * to = op(a, b), rows1 · rows2 rows of n numbers. a1, b1, a2, b2: bytes from one row to the next, 0
 * to use the same again. op: 0 +, 1 −, 2 ·, 3 /, 4 max, 5 min, 6 (a − b)² of float32; 7 +, 8 −, 9 ·
 * of int32; 10 =, 11 ≠, 12 <, 13 ≤, 14 >, 15 ≥ of float32; 16 … 21 the same of int32.
 */
export function binary(
  op: i32,
  aRuns: bool,
  bRuns: bool,
  a: usize,
  b: usize,
  to: usize,
  n: usize,
  rows1: usize,
  a1: usize,
  b1: usize,
  rows2: usize,
  a2: usize,
  b2: usize,
): void {
  switch (op) {
    case 0:
      ways(0, aRuns, bRuns, a, b, to, n, rows1, a1, b1, rows2, a2, b2);
      break;
    case 1:
      ways(1, aRuns, bRuns, a, b, to, n, rows1, a1, b1, rows2, a2, b2);
      break;
    case 2:
      ways(2, aRuns, bRuns, a, b, to, n, rows1, a1, b1, rows2, a2, b2);
      break;
    case 3:
      ways(3, aRuns, bRuns, a, b, to, n, rows1, a1, b1, rows2, a2, b2);
      break;
    case 4:
      ways(4, aRuns, bRuns, a, b, to, n, rows1, a1, b1, rows2, a2, b2);
      break;
    case 5:
      ways(5, aRuns, bRuns, a, b, to, n, rows1, a1, b1, rows2, a2, b2);
      break;
    case 6:
      ways(6, aRuns, bRuns, a, b, to, n, rows1, a1, b1, rows2, a2, b2);
      break;
    case 7:
      ways(7, aRuns, bRuns, a, b, to, n, rows1, a1, b1, rows2, a2, b2);
      break;
    case 8:
      ways(8, aRuns, bRuns, a, b, to, n, rows1, a1, b1, rows2, a2, b2);
      break;
    case 9:
      ways(9, aRuns, bRuns, a, b, to, n, rows1, a1, b1, rows2, a2, b2);
      break;
    case 10:
      ways(10, aRuns, bRuns, a, b, to, n, rows1, a1, b1, rows2, a2, b2);
      break;
    case 11:
      ways(11, aRuns, bRuns, a, b, to, n, rows1, a1, b1, rows2, a2, b2);
      break;
    case 12:
      ways(12, aRuns, bRuns, a, b, to, n, rows1, a1, b1, rows2, a2, b2);
      break;
    case 13:
      ways(13, aRuns, bRuns, a, b, to, n, rows1, a1, b1, rows2, a2, b2);
      break;
    case 14:
      ways(14, aRuns, bRuns, a, b, to, n, rows1, a1, b1, rows2, a2, b2);
      break;
    case 15:
      ways(15, aRuns, bRuns, a, b, to, n, rows1, a1, b1, rows2, a2, b2);
      break;
    case 16:
      ways(16, aRuns, bRuns, a, b, to, n, rows1, a1, b1, rows2, a2, b2);
      break;
    case 17:
      ways(17, aRuns, bRuns, a, b, to, n, rows1, a1, b1, rows2, a2, b2);
      break;
    case 18:
      ways(18, aRuns, bRuns, a, b, to, n, rows1, a1, b1, rows2, a2, b2);
      break;
    case 19:
      ways(19, aRuns, bRuns, a, b, to, n, rows1, a1, b1, rows2, a2, b2);
      break;
    case 20:
      ways(20, aRuns, bRuns, a, b, to, n, rows1, a1, b1, rows2, a2, b2);
      break;
    case 21:
      ways(21, aRuns, bRuns, a, b, to, n, rows1, a1, b1, rows2, a2, b2);
      break;
  }
}
