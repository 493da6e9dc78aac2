/**
 * Products with weights that stay packed: GGUF's blocks Q4_1 and Q8_0 of 32 weights (llama.cpp,
 * ggml-common.h). The other factor becomes, block by block, integers of 16 bits with a scale of
 * their own, and as many for what rounding leaves, which is all that a float32 holds. A block's
 * product is then two sums of integers, exact until they are scaled.
 */
import { fma } from "./fma";

/** GGUF's numbers of the types. */
const Q4_1: i32 = 3;
const Q4_BYTES: usize = 20,
  Q8_BYTES: usize = 34;
/** Of a rounded block: 32 integers, 32 for what is left, its scale, and its sum. */
const ROUNDED: usize = 144;
/** What is left of a number, at most half a unit, is counted in so many parts of a unit. */
const PARTS: f32 = 65534;
const WEIGHTS: usize = 32;
/** 2¹¹²: a float16's exponent and fraction, moved into a float32, are too small by this factor. */
const HALF: f32 = 5.192296858534828e33;
/** Blocks whose largest number is below this count as zeros. */
const TINY: f32 = 1e-33;

/** Two float16 numbers in the lowest 16-bit lanes → float32 in lanes 0 and 1; they are finite. */
// @ts-ignore: decorator
@inline
function halves(x: v128): v128 {
  const moved = i32x4.shl(i32x4.extend_low_i16x8_s(x), 13);
  const bits = v128.and(moved, i32x4.splat(0x8fffe000));
  return f32x4.mul(bits, f32x4.splat(HALF));
}

/** Four numbers in units of a block's scale: `low` false, to whole units; else what is left. */
// @ts-ignore: decorator
@inline
function four(x: usize, inverse: v128, low: bool): v128 {
  const scaled = f32x4.mul(v128.load(x), inverse);
  const whole = f32x4.nearest(scaled);
  if (!low) return i32x4.trunc_sat_f32x4_s(whole);
  const left = f32x4.mul(f32x4.sub(scaled, whole), f32x4.splat(PARTS));
  return i32x4.trunc_sat_f32x4_s(f32x4.nearest(left));
}

/** Sixteen of a block's numbers as integers: the even ones, and 32 bytes on the odd ones. */
// @ts-ignore: decorator
@inline
function roundHalf(x: usize, inverse: v128, low: bool, to: usize): void {
  const a = i16x8.narrow_i32x4_s(four(x, inverse, low), four(x + 16, inverse, low)),
    b = i16x8.narrow_i32x4_s(four(x + 32, inverse, low), four(x + 48, inverse, low));
  v128.store(to, v128.shuffle<i16>(a, b, 0, 2, 4, 6, 8, 10, 12, 14));
  v128.store(to + 32, v128.shuffle<i16>(a, b, 1, 3, 5, 7, 9, 11, 13, 15));
}

// @ts-ignore: decorator
@inline
function sumOf(x: v128): f32 {
  const pairs = f32x4.add(x, v128.shuffle<f32>(x, x, 2, 3, 0, 1));
  return f32x4.extract_lane(pairs, 0) + f32x4.extract_lane(pairs, 1);
}

/**
 * Rounds `blocks` blocks of 32 numbers. In memory: the integers of numbers 0, 2, … 14, 16, 18, … 30,
 * 1, 3, … 15, 17, 19, … 31; in the same order what is left; then scale and sum as float32.
 * @returns 1, or 0 where a number is infinite or NaN
 */
export function roundBlocks(x: usize, to: usize, blocks: usize): i32 {
  for (let i: usize = 0; i < blocks; i++, x += WEIGHTS << 2, to += ROUNDED) {
    let most = f32x4.splat(0),
      sum = f32x4.splat(0);
    for (let at: usize = 0; at < 128; at += 16) {
      const some = v128.load(x + at);
      most = f32x4.max(most, f32x4.abs(some));
      sum = f32x4.add(sum, some);
    }
    most = f32x4.max(most, v128.shuffle<f32>(most, most, 2, 3, 0, 1));
    const largest = max(f32x4.extract_lane(most, 0), f32x4.extract_lane(most, 1));
    if (!(largest < Infinity)) return 0;
    const inverse: f32 = largest > TINY ? 32767 / largest : 0;
    const all = f32x4.splat(inverse);
    roundHalf(x, all, false, to);
    roundHalf(x + 64, all, false, to + 16);
    roundHalf(x, all, true, to + 64);
    roundHalf(x + 64, all, true, to + 80);
    f32.store(to + 128, largest > TINY ? largest / 32767 : 0);
    f32.store(to + 132, sumOf(sum));
    f64.store(to + 136, 0);
  }
  return 1;
}

/** A block's weights times 32 integers: four partial sums. */
// @ts-ignore: decorator
@inline
function sums(a: v128, b: v128, c: v128, d: v128, x: usize): v128 {
  const left = i32x4.add(
    i32x4.dot_i16x8_s(a, v128.load(x)),
    i32x4.dot_i16x8_s(b, v128.load(x, 16)),
  );
  const right = i32x4.add(
    i32x4.dot_i16x8_s(c, v128.load(x, 32)),
    i32x4.dot_i16x8_s(d, v128.load(x, 48)),
  );
  return f32x4.convert_i32x4_s(i32x4.add(left, right));
}

/** A block's weights times one rounded block, in units of its scale: four partial sums. */
// @ts-ignore: decorator
@inline
function dot(a: v128, b: v128, c: v128, d: v128, x: usize): v128 {
  return fma(sums(a, b, c, d, x + 64), f32x4.splat(1 / PARTS), sums(a, b, c, d, x));
}

// @ts-ignore: decorator
@inline
function first(x: v128): v128 {
  return v128.shuffle<f32>(x, x, 0, 0, 0, 0);
}

/** One row of weights times four rounded rows, `next` bytes apart; writes four numbers. */
function fourRows(
  type: i32,
  w: usize,
  blocks: usize,
  x: usize,
  next: usize,
  y: usize,
  n: usize,
): void {
  const x1 = next,
    x2 = next << 1,
    x3 = next * 3;
  const low = i16x8.splat(15);
  let s0 = f32x4.splat(0),
    s1 = s0,
    s2 = s0,
    s3 = s0,
    least0 = s0,
    least1 = s0,
    least2 = s0,
    least3 = s0;
  for (let i: usize = 0; i < blocks; i++, x += ROUNDED) {
    let a: v128, b: v128, c: v128, d: v128, scales: v128;
    if (type == Q4_1) {
      scales = halves(v128.load32_zero(w));
      const v = v128.load(w, 4);
      a = v128.and(v, low);
      b = v128.and(i16x8.shr_u(v, 4), low);
      c = v128.and(i16x8.shr_u(v, 8), low);
      d = i16x8.shr_u(v, 12);
      w += Q4_BYTES;
    } else {
      scales = halves(v128.load16_lane(w, i32x4.splat(0), 0));
      const u = v128.load(w, 2),
        v = v128.load(w, 18);
      a = i16x8.shr_s(i16x8.shl(u, 8), 8);
      b = i16x8.shr_s(i16x8.shl(v, 8), 8);
      c = i16x8.shr_s(u, 8);
      d = i16x8.shr_s(v, 8);
      w += Q8_BYTES;
    }
    let both = f32x4.mul(scales, v128.load64_zero(x, 128));
    least0 = f32x4.add(least0, both);
    s0 = fma(dot(a, b, c, d, x), first(both), s0);
    both = f32x4.mul(scales, v128.load64_zero(x + x1, 128));
    least1 = f32x4.add(least1, both);
    s1 = fma(dot(a, b, c, d, x + x1), first(both), s1);
    both = f32x4.mul(scales, v128.load64_zero(x + x2, 128));
    least2 = f32x4.add(least2, both);
    s2 = fma(dot(a, b, c, d, x + x2), first(both), s2);
    both = f32x4.mul(scales, v128.load64_zero(x + x3, 128));
    least3 = f32x4.add(least3, both);
    s3 = fma(dot(a, b, c, d, x + x3), first(both), s3);
  }
  f32.store(y, sumOf(s0) + f32x4.extract_lane(least0, 1));
  f32.store(y + n, sumOf(s1) + f32x4.extract_lane(least1, 1));
  f32.store(y + (n << 1), sumOf(s2) + f32x4.extract_lane(least2, 1));
  f32.store(y + n * 3, sumOf(s3) + f32x4.extract_lane(least3, 1));
}

/** One row of Q4_1 weights times one rounded row. */
// @ts-ignore: decorator
@inline
function row4(w: usize, blocks: usize, x: usize): f32 {
  const low = i16x8.splat(15);
  let sum = f32x4.splat(0),
    least = sum;
  for (let i: usize = 0; i < blocks; i++, x += ROUNDED, w += Q4_BYTES) {
    const v = v128.load(w, 4);
    const a = v128.and(v, low),
      b = v128.and(i16x8.shr_u(v, 4), low),
      c = v128.and(i16x8.shr_u(v, 8), low),
      d = i16x8.shr_u(v, 12);
    const both = f32x4.mul(halves(v128.load32_zero(w)), v128.load64_zero(x, 128));
    least = f32x4.add(least, both);
    sum = fma(dot(a, b, c, d, x), first(both), sum);
  }
  return sumOf(sum) + f32x4.extract_lane(least, 1);
}

/** One row of Q8_0 weights times one rounded row. */
// @ts-ignore: decorator
@inline
function row8(w: usize, blocks: usize, x: usize): f32 {
  let sum = f32x4.splat(0);
  for (let i: usize = 0; i < blocks; i++, x += ROUNDED, w += Q8_BYTES) {
    const u = v128.load(w, 2),
      v = v128.load(w, 18);
    const a = i16x8.shr_s(i16x8.shl(u, 8), 8),
      b = i16x8.shr_s(i16x8.shl(v, 8), 8),
      c = i16x8.shr_s(u, 8),
      d = i16x8.shr_s(v, 8);
    const scale = halves(v128.load16_lane(w, i32x4.splat(0), 0));
    sum = fma(dot(a, b, c, d, x), first(f32x4.mul(scale, v128.load64_zero(x, 128))), sum);
  }
  return sumOf(sum);
}

/**
 * y[m, n] = x·wᵀ.
 * @param x m rows of `blocks` rounded blocks
 * @param w n rows of `blocks` packed blocks of this type
 * @param stepY bytes from row to row of y
 */
export function packedProduct(
  type: i32,
  x: usize,
  m: usize,
  w: usize,
  n: usize,
  blocks: usize,
  y: usize,
  stepY: usize,
): void {
  const stepX = blocks * ROUNDED,
    stepW = blocks * (type == Q4_1 ? Q4_BYTES : Q8_BYTES);
  for (let j: usize = 0; j < n; j++, w += stepW, y += 4) {
    let i: usize = 0;
    for (; i + 4 <= m; i += 4)
      fourRows(type, w, blocks, x + i * stepX, stepX, y + i * stepY, stepY);
    for (; i < m; i++) {
      const at = x + i * stepX;
      f32.store(y + i * stepY, type == Q4_1 ? row4(w, blocks, at) : row8(w, blocks, at));
    }
  }
}

/** Packed blocks → float32. */
export function unpackBlocks(type: i32, w: usize, to: usize, blocks: usize): void {
  for (let i: usize = 0; i < blocks; i++, to += WEIGHTS << 2) {
    if (type == Q4_1) {
      const both = halves(v128.load32_zero(w));
      const scale = f32x4.extract_lane(both, 0),
        least = f32x4.extract_lane(both, 1);
      for (let j: usize = 0; j < 16; j++) {
        const byte = load<u8>(w + 4 + j);
        f32.store(to + (j << 2), f32(byte & 15) * scale + least);
        f32.store(to + ((j + 16) << 2), f32(byte >> 4) * scale + least);
      }
      w += Q4_BYTES;
    } else {
      const scale = f32x4.extract_lane(halves(v128.load16_lane(w, i32x4.splat(0), 0)), 0);
      for (let j: usize = 0; j < WEIGHTS; j++) {
        f32.store(to + (j << 2), f32(load<i8>(w + 2 + j)) * scale);
      }
      w += Q8_BYTES;
    }
  }
}
