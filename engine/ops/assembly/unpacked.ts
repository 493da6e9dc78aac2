/**
 * Packed weights as float32, and their products with so many rows that unpacking is little work
 * beside them; packed.ts has the format.
 */
import { COLUMNS, multiplyPacked } from "./gemm";
import { HALF, halves, Q4_1, Q4_BYTES, Q8_BYTES, WEIGHTS } from "./packed";

/** Four bytes as floats, times a scale. */
// @ts-ignore: decorator
@inline
function scaled(x: v128, scale: v128): v128 {
  return f32x4.mul(f32x4.convert_i32x4_s(x), scale);
}

/** Sixteen weights below 16, a byte each → float32. */
// @ts-ignore: decorator
@inline
function unpackHalf(x: v128, scale: v128, least: v128, to: usize): void {
  const low = i16x8.extend_low_i8x16_u(x),
    high = i16x8.extend_high_i8x16_u(x);
  v128.store(to, f32x4.add(scaled(i32x4.extend_low_i16x8_u(low), scale), least));
  v128.store(to, f32x4.add(scaled(i32x4.extend_high_i16x8_u(low), scale), least), 16);
  v128.store(to, f32x4.add(scaled(i32x4.extend_low_i16x8_u(high), scale), least), 32);
  v128.store(to, f32x4.add(scaled(i32x4.extend_high_i16x8_u(high), scale), least), 48);
}

/** Packed blocks → float32. */
export function unpackBlocks(type: i32, w: usize, to: usize, blocks: usize): void {
  const bits = i32x4.splat(0x8fffe000),
    half = f32x4.splat(HALF);
  for (let i: usize = 0; i < blocks; i++) {
    const head = v128.load32_splat(w),
      scale = halves(i32x4.shl(head, 16), bits, half);
    if (type == Q4_1) {
      const least = halves(head, bits, half),
        v = v128.load(w, 4);
      unpackHalf(v128.and(v, i8x16.splat(15)), scale, least, to);
      unpackHalf(i8x16.shr_u(v, 4), scale, least, to + 64);
      to += WEIGHTS << 2;
      w += Q4_BYTES;
    } else {
      for (const end = to + (WEIGHTS << 2); to < end; to += 32, w += 8) {
        const some = v128.load8x8_s(w, 2);
        v128.store(to, scaled(i32x4.extend_low_i16x8_s(some), scale));
        v128.store(to, scaled(i32x4.extend_high_i16x8_s(some), scale), 16);
      }
      w += 2;
    }
  }
}

/** Bytes of two vectors in turn: of the first eight of each, or of the last eight. */
// @ts-ignore: decorator
@inline
function low(a: v128, b: v128): v128 {
  return i8x16.shuffle(a, b, 0, 16, 1, 17, 2, 18, 3, 19, 4, 20, 5, 21, 6, 22, 7, 23);
}

// @ts-ignore: decorator
@inline
function high(a: v128, b: v128): v128 {
  return i8x16.shuffle(a, b, 8, 24, 9, 25, 10, 26, 11, 27, 12, 28, 13, 29, 14, 30, 15, 31);
}

/** The first numbers of four blocks. */
// @ts-ignore: decorator
@inline
function heads(a: usize, b: usize, c: usize, d: usize): v128 {
  const two = v128.load32_lane(b, v128.load32_zero(a), 1);
  return v128.load32_lane(d, v128.load32_lane(c, two, 2), 3);
}

/** Eight 16-bit integers, times the scales s and t, and for Q4_1 plus the smallest weights. */
// @ts-ignore: decorator
@inline
function put(type: i32, x: v128, s: v128, t: v128, least: v128, least2: v128, to: usize): void {
  const a = scaled(i32x4.extend_low_i16x8_s(x), s),
    b = scaled(i32x4.extend_high_i16x8_s(x), t);
  v128.store(to, type == Q4_1 ? f32x4.add(a, least) : a);
  v128.store(to, type == Q4_1 ? f32x4.add(b, least2) : b, 16);
}

/** Bytes from one row of a panel to the next. */
const ROW: usize = COLUMNS << 2;

/** Sixteen bytes are the weights of eight columns at two neighboring places, or at twice two. */
// @ts-ignore: decorator
@inline
function place(type: i32, x: v128, s: v128, t: v128, least: v128, least2: v128, to: usize): void {
  if (type != Q4_1) {
    put(type, i16x8.extend_low_i8x16_s(x), s, t, least, least2, to);
    put(type, i16x8.extend_high_i8x16_s(x), s, t, least, least2, to + ROW);
    return;
  }
  const fifteens = i8x16.splat(15),
    a = v128.and(x, fifteens),
    b = v128.and(i16x8.shr_u(x, 4), fifteens);
  put(type, i16x8.extend_low_i8x16_u(a), s, t, least, least2, to);
  put(type, i16x8.extend_high_i8x16_u(a), s, t, least, least2, to + ROW);
  put(type, i16x8.extend_low_i8x16_u(b), s, t, least, least2, to + 16 * ROW);
  put(type, i16x8.extend_high_i8x16_u(b), s, t, least, least2, to + 17 * ROW);
}

/**
 * Sixteen bytes of each of eight columns: those that belong together come together in three
 * rounds.
 */
// @ts-ignore: decorator
@inline
function mirror(
  type: i32,
  a0: v128,
  a1: v128,
  a2: v128,
  a3: v128,
  a4: v128,
  a5: v128,
  a6: v128,
  a7: v128,
  s: v128,
  t: v128,
  least: v128,
  least2: v128,
  to: usize,
): void {
  const b0 = low(a0, a4),
    b1 = low(a1, a5),
    b2 = low(a2, a6),
    b3 = low(a3, a7),
    c0 = low(b0, b2),
    c1 = low(b1, b3),
    c2 = high(b0, b2),
    c3 = high(b1, b3);
  place(type, low(c0, c1), s, t, least, least2, to);
  place(type, high(c0, c1), s, t, least, least2, to + 2 * ROW);
  place(type, low(c2, c3), s, t, least, least2, to + 4 * ROW);
  place(type, high(c2, c3), s, t, least, least2, to + 6 * ROW);
  const b4 = high(a0, a4),
    b5 = high(a1, a5),
    b6 = high(a2, a6),
    b7 = high(a3, a7),
    c4 = low(b4, b6),
    c5 = low(b5, b7),
    c6 = high(b4, b6),
    c7 = high(b5, b7);
  place(type, low(c4, c5), s, t, least, least2, to + 8 * ROW);
  place(type, high(c4, c5), s, t, least, least2, to + 10 * ROW);
  place(type, low(c6, c7), s, t, least, least2, to + 12 * ROW);
  place(type, high(c6, c7), s, t, least, least2, to + 14 * ROW);
}

/**
 * `blocks` blocks of eight rows of weights → a panel for `multiplyPacked`, whose columns they are.
 * There are only `rows` of them, and the last one stands for those that are missing.
 */
// @ts-ignore: decorator
@inline
function unpackPanel(
  type: i32,
  w: usize,
  rows: usize,
  stepW: usize,
  blocks: usize,
  to: usize,
): void {
  const bits = i32x4.splat(0x8fffe000),
    half = f32x4.splat(HALF),
    last = w + (rows - 1) * stepW,
    bytes = type == Q4_1 ? Q4_BYTES : Q8_BYTES;
  const b = min(w + stepW, last),
    c = min(b + stepW, last),
    d = min(c + stepW, last),
    e = min(d + stepW, last),
    f = min(e + stepW, last),
    g = min(f + stepW, last),
    h = min(g + stepW, last);
  for (let at: usize = 0; at < blocks * bytes; at += bytes) {
    const left = heads(w + at, b + at, c + at, d + at),
      right = heads(e + at, f + at, g + at, h + at);
    const s = halves(i32x4.shl(left, 16), bits, half),
      t = halves(i32x4.shl(right, 16), bits, half),
      least = halves(left, bits, half),
      least2 = halves(right, bits, half);
    for (let i: usize = 0; i < bytes - 4; i += 16, to += 16 * ROW) {
      const from = at + i + (type == Q4_1 ? 4 : 2);
      mirror(
        type,
        v128.load(w + from),
        v128.load(b + from),
        v128.load(c + from),
        v128.load(d + from),
        v128.load(e + from),
        v128.load(f + from),
        v128.load(g + from),
        v128.load(h + from),
        s,
        t,
        least,
        least2,
        to,
      );
    }
    if (type == Q4_1) to += 16 * ROW; // the upper halves of the bytes went there
  }
}

/** Bytes of memory in between that unpackedProduct needs. */
export function unpackedBytes(blocks: usize): usize {
  return blocks * WEIGHTS * ROW;
}

/**
 * y[m, n] = x·wᵀ for so many rows x [m, 32·blocks] that unpacking the weights is little work beside
 * their products. A part of y comes out the same to the last bit when it begins at a multiple of 8.
 * @param panel memory for unpackedBytes(blocks)
 */
export function unpackedProduct(
  type: i32,
  x: usize,
  m: usize,
  w: usize,
  n: usize,
  blocks: usize,
  y: usize,
  stepY: usize,
  panel: usize,
  gemmScratch: usize,
): void {
  const k = blocks * WEIGHTS,
    stepW = blocks * (type == Q4_1 ? Q4_BYTES : Q8_BYTES);
  for (let j: usize = 0; j < n; j += COLUMNS, w += COLUMNS * stepW, y += ROW) {
    const here = min(COLUMNS, n - j);
    if (type == Q4_1) unpackPanel(Q4_1, w, here, stepW, blocks, panel);
    else unpackPanel(0, w, here, stepW, blocks, panel);
    multiplyPacked(x, k << 2, panel, 0, y, stepY, m, here, k, false, gemmScratch);
  }
}
