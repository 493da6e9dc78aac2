/**
 * Products with weights that stay packed: GGUF's blocks Q4_1 and Q8_0 of 32 weights (llama.cpp,
 * ggml-common.h). The other factor becomes, block by block, integers of 23 bits with a scale of
 * their own: 16 bits, and 7 for what they leave. A block's product is then two sums of integers,
 * exact until they are scaled.
 */
import { fma } from "./fma";

/** GGUF's numbers of the types. */
export const Q4_1: i32 = 3;
export const Q4_BYTES: usize = 20,
  Q8_BYTES: usize = 34;
/**
 * Rounded rows begin with vectors that products need: V8 would make a constant anew in each round
 * of a loop, while what was read from memory stays in a register.
 */
const FIFTEENS: usize = 0,
  BYTES: usize = 16,
  ONES: usize = 32,
  WHOLE: usize = 48,
  HEAD: usize = 64;
/** Of a rounded block: the upper 16 bits of 32 integers, their lower 7, the scale, and the sum. */
const ROUNDED: usize = 96;
const LOWER: usize = 64;
export const WEIGHTS: usize = 32;
/** 2¹¹²: a float16's exponent and fraction, moved into a float32, are too small by this factor. */
export const HALF: f32 = 5.192296858534828e33;
/** Blocks whose largest number is below this count as zeros. */
const TINY: f32 = 1e-33;

/** Float16 numbers in the upper halves of the lanes → float32; they are finite. */
// @ts-ignore: decorator
@inline
export function halves(x: v128, bits: v128, scale: v128): v128 {
  return f32x4.mul(v128.and(i32x4.shr_s(x, 3), bits), scale);
}

/** Four numbers in units of a block's scale. */
// @ts-ignore: decorator
@inline
function four(x: usize, inverse: v128): v128 {
  const upper = f32x4.mul(v128.load(x), inverse);
  return i32x4.trunc_sat_f32x4_s(f32x4.nearest(f32x4.mul(upper, f32x4.splat(128))));
}

/**
 * Sixteen of a block's numbers as integers.
 * @param even whether numbers 0, 2, … 14 come first, then 1, 3, … 15
 */
// @ts-ignore: decorator
@inline
function roundHalf(x: usize, inverse: v128, even: bool, upper: usize, lower: usize): void {
  const a = four(x, inverse),
    b = four(x + 16, inverse),
    c = four(x + 32, inverse),
    d = four(x + 48, inverse);
  const left = i16x8.narrow_i32x4_s(i32x4.shr_s(a, 7), i32x4.shr_s(b, 7)),
    right = i16x8.narrow_i32x4_s(i32x4.shr_s(c, 7), i32x4.shr_s(d, 7));
  if (even) {
    v128.store(upper, v128.shuffle<i16>(left, right, 0, 2, 4, 6, 8, 10, 12, 14));
    v128.store(upper, v128.shuffle<i16>(left, right, 1, 3, 5, 7, 9, 11, 13, 15), 16);
  } else {
    v128.store(upper, left);
    v128.store(upper, right, 16);
  }
  const seven = i32x4.splat(127);
  const low = i16x8.narrow_i32x4_s(v128.and(a, seven), v128.and(b, seven)),
    high = i16x8.narrow_i32x4_s(v128.and(c, seven), v128.and(d, seven));
  v128.store(lower, i8x16.narrow_i16x8_u(low, high));
}

// @ts-ignore: decorator
@inline
function sumOf(x: v128): f32 {
  const pairs = f32x4.add(x, v128.shuffle<f32>(x, x, 2, 3, 0, 1));
  return f32x4.extract_lane(pairs, 0) + f32x4.extract_lane(pairs, 1);
}

/** Rounds a row; returns false where a number is infinite or NaN. */
function roundRow(x: usize, to: usize, blocks: usize, even: bool): bool {
  const sums = blocks << 2;
  let scale = to + blocks * ROUNDED;
  for (let i: usize = 0; i < blocks; i++, x += WEIGHTS << 2, to += ROUNDED, scale += 4) {
    let most = f32x4.splat(0),
      sum = f32x4.splat(0);
    for (let at: usize = 0; at < 128; at += 16) {
      const some = v128.load(x + at);
      most = f32x4.max(most, f32x4.abs(some));
      sum = f32x4.add(sum, some);
    }
    most = f32x4.max(most, v128.shuffle<f32>(most, most, 2, 3, 0, 1));
    const largest = max(f32x4.extract_lane(most, 0), f32x4.extract_lane(most, 1));
    if (!(largest < Infinity)) return false;
    const inverse: f32 = largest > TINY ? 32767 / largest : 0;
    const all = f32x4.splat(inverse);
    roundHalf(x, all, even, to, to + LOWER);
    roundHalf(x + 64, all, even, to + 32, to + LOWER + 16);
    f32.store(scale, largest > TINY ? largest / (32767 * 128) : 0);
    f32.store(scale + sums, sumOf(sum));
  }
  return true;
}

/** Bytes of m rounded rows. */
export function roundedBytes(m: usize, blocks: usize): usize {
  return HEAD + m * blocks * (ROUNDED + 8);
}

/**
 * Rounds m rows of `blocks` blocks of 32 numbers for weights of this type. In memory, after the
 * vectors, each row: for each block the integers' upper 16 bits, in the order in which the type's
 * weights come out of their bytes, and their lower 7 bits, a byte each; then all blocks' scales, and
 * all sums, as float32.
 * @returns 1, or 0 where a number is infinite or NaN
 */
export function roundBlocks(type: i32, x: usize, m: usize, blocks: usize, to: usize): i32 {
  v128.store(to, i8x16.splat(15), FIFTEENS);
  v128.store(to, i16x8.splat(255), BYTES);
  v128.store(to, i16x8.splat(1), ONES);
  v128.store(to, f32x4.splat(128), WHOLE);
  to += HEAD;
  for (let i: usize = 0; i < m; i++) {
    if (!roundRow(x, to, blocks, type == Q4_1)) return 0;
    x += blocks * (WEIGHTS << 2);
    to += blocks * (ROUNDED + 8);
  }
  return 1;
}

/** Products of signed bytes and bytes below 128, the sums of pairs in some order. */
// @ts-ignore: decorator
@inline
function pairs(w: v128, x: v128): v128 {
  // @ts-ignore: set by the build
  if (FUSED) return i16x8.relaxed_dot_i8x16_i7x16_s(w, x);
  const left = i16x8.extmul_low_i8x16_s(w, x),
    right = i16x8.extmul_high_i8x16_s(w, x);
  return i16x8.add(
    v128.shuffle<i16>(left, right, 0, 2, 4, 6, 8, 10, 12, 14),
    v128.shuffle<i16>(left, right, 1, 3, 5, 7, 9, 11, 13, 15),
  );
}

/** Sums of the products of a block's weights, as 16-bit integers, and the upper bits. */
// @ts-ignore: decorator
@inline
function upper(a: v128, b: v128, c: v128, d: v128, x: usize): v128 {
  return i32x4.add(
    i32x4.add(i32x4.dot_i16x8_s(a, v128.load(x)), i32x4.dot_i16x8_s(b, v128.load(x, 16))),
    i32x4.add(i32x4.dot_i16x8_s(c, v128.load(x, 32)), i32x4.dot_i16x8_s(d, v128.load(x, 48))),
  );
}

/**
 * A block of Q4_1 times a rounded one, in units of both scales: four partial sums. l and r are its
 * weights as bytes, a to d as 16-bit integers.
 */
// @ts-ignore: decorator
@inline
function dot4(l: v128, r: v128, a: v128, b: v128, c: v128, d: v128, x: usize, ones: v128): v128 {
  const low = i16x8.add(pairs(l, v128.load(x, LOWER)), pairs(r, v128.load(x, LOWER + 16)));
  const high = i32x4.shl(upper(a, b, c, d, x), 7);
  return f32x4.convert_i32x4_s(i32x4.add(high, i32x4.dot_i16x8_s(low, ones)));
}

/** What starts four blocks, `step` bytes apart: a scale, and for Q4_1 the smallest weight. */
// @ts-ignore: decorator
@inline
function heads4(w: usize, step: usize): v128 {
  const two = v128.load32_lane(w + step, v128.load32_zero(w), 1);
  return v128.load32_lane(w + 3 * step, v128.load32_lane(w + 2 * step, two, 2), 3);
}

/**
 * Writes the products of a row's scales with those of a rounded one, and for Q4_1 returns the sum of
 * the smallest weights times the block's sums.
 */
// @ts-ignore: decorator
@inline
function scalesOf(type: i32, w: usize, step: usize, blocks: usize, x: usize, to: usize): f32 {
  const bits = i32x4.splat(0x8fffe000),
    half = f32x4.splat(HALF),
    end = w + blocks * step,
    sums = blocks << 2;
  let least = f32x4.splat(0);
  for (; w + 4 * step <= end; w += 4 * step, x += 16, to += 16) {
    const heads = heads4(w, step);
    v128.store(to, f32x4.mul(halves(i32x4.shl(heads, 16), bits, half), v128.load(x)));
    if (type == Q4_1) least = fma(halves(heads, bits, half), v128.load(x + sums), least);
  }
  for (; w < end; w += step, x += 4, to += 4) {
    const head = v128.load32_zero(w),
      by = f32x4.mul(halves(i32x4.shl(head, 16), bits, half), v128.load32_zero(x));
    v128.store32_lane(to, by, 0);
    if (type == Q4_1) least = fma(halves(head, bits, half), v128.load32_zero(x + sums), least);
  }
  return sumOf(least);
}

/**
 * One row of Q4_1 weights times one rounded row. A round of the loop is one block: of several, V8
 * would keep more in registers than there are.
 * @param scales memory for as many numbers as blocks
 */
function row4(w: usize, blocks: usize, head: usize, x: usize, scales: usize): f32 {
  const least = scalesOf(Q4_1, w, Q4_BYTES, blocks, x + blocks * ROUNDED, scales);
  const fifteens = v128.load(head, FIFTEENS),
    bytes = v128.load(head, BYTES),
    ones = v128.load(head, ONES),
    end = scales + (blocks << 2);
  let sum = f32x4.splat(0);
  for (; scales < end; x += ROUNDED, w += Q4_BYTES, scales += 4) {
    const v = v128.load(w, 4),
      l = v128.and(v, fifteens),
      r = v128.and(i16x8.shr_u(v, 4), fifteens),
      a = v128.and(l, bytes),
      b = i16x8.shr_u(l, 8),
      c = v128.and(r, bytes),
      d = i16x8.shr_u(r, 8);
    sum = fma(dot4(l, r, a, b, c, d, x, ones), v128.load32_splat(scales), sum);
  }
  return sumOf(sum) + least;
}

/** One row of Q8_0 weights times one rounded row. */
function row8(w: usize, blocks: usize, head: usize, x: usize, scales: usize): f32 {
  scalesOf(0, w, Q8_BYTES, blocks, x + blocks * ROUNDED, scales);
  const ones = v128.load(head, ONES),
    whole = v128.load(head, WHOLE),
    end = scales + (blocks << 2);
  let sum = f32x4.splat(0);
  for (; scales < end; x += ROUNDED, w += Q8_BYTES, scales += 4) {
    const by = v128.load32_splat(scales);
    const high = upper(
      v128.load8x8_s(w, 2),
      v128.load8x8_s(w, 10),
      v128.load8x8_s(w, 18),
      v128.load8x8_s(w, 26),
      x,
    );
    const low = i32x4.add(
      i32x4.dot_i16x8_s(pairs(v128.load(w, 2), v128.load(x, LOWER)), ones),
      i32x4.dot_i16x8_s(pairs(v128.load(w, 18), v128.load(x, LOWER + 16)), ones),
    );
    const both = fma(f32x4.convert_i32x4_s(high), whole, f32x4.convert_i32x4_s(low));
    sum = fma(both, by, sum);
  }
  return sumOf(sum);
}

/**
 * y[m, n] = x·wᵀ.
 * @param x m rounded rows of `blocks` blocks, and the vectors before them
 * @param w n rows of `blocks` packed blocks of this type
 * @param stepY bytes from row to row of y
 * @param scratch memory for as many numbers as blocks
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
  scratch: usize,
): void {
  const stepX = blocks * (ROUNDED + 8),
    stepW = blocks * (type == Q4_1 ? Q4_BYTES : Q8_BYTES);
  for (let j: usize = 0; j < n; j++, w += stepW, y += 4) {
    let at = x + HEAD;
    for (let i: usize = 0; i < m; i++, at += stepX) {
      f32.store(
        y + i * stepY,
        type == Q4_1 ? row4(w, blocks, x, at, scratch) : row8(w, blocks, x, at, scratch),
      );
    }
  }
}
