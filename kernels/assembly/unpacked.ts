/**
 * Packed weights as float32, and their products with so many rows that unpacking is little work
 * beside them; packed.ts has the format.
 */
import { multiply } from "./gemm";
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

/** Rows of weights that are unpacked at a time. */
const UNPACKED: usize = 32;

/** Bytes of memory in between that unpackedProduct needs. */
export function unpackedBytes(blocks: usize): usize {
  return UNPACKED * blocks * (WEIGHTS << 2);
}

/**
 * y[m, n] = x·wᵀ for so many rows x [m, 32·blocks] that unpacking the weights is little work beside
 * their products. A part of y comes out the same to the last bit when it begins at a multiple of 8.
 * @param unpacked memory for unpackedBytes(blocks)
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
  unpacked: usize,
  gemmScratch: usize,
): void {
  const k = blocks * WEIGHTS,
    row = k << 2,
    stepW = blocks * (type == Q4_1 ? Q4_BYTES : Q8_BYTES);
  for (let j: usize = 0; j < n; j += UNPACKED, w += UNPACKED * stepW, y += UNPACKED << 2) {
    const here = min(UNPACKED, n - j);
    unpackBlocks(type, w, unpacked, here * blocks);
    multiply(x, row, 4, unpacked, 4, row, y, stepY, m, here, k, gemmScratch);
  }
}
