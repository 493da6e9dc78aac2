/**
 * The inner loops of a product: six, four, two rows or one of A times a panel of eight columns of
 * B, whose sums stay in registers. V8 manages that only if no branch follows the loop and the
 * function stands alone: tile6, tile4 and tile2 are exported from the module, so that the compiler
 * does not put them into their only caller.
 */
import { fma } from "./fma";

/** Writes one row of a tile. */
// @ts-ignore: decorator
@inline
export function put(c: usize, left: v128, right: v128): void {
  v128.store(c, left);
  v128.store(c, right, 16);
}

/** Six rows of A times one panel, kc numbers long. */
export function tile6(
  a: usize,
  rowStride: usize,
  columnStride: usize,
  panel: usize,
  kc: usize,
  c: usize,
  cStride: usize,
): void {
  let c00 = f32x4.splat(0),
    c01 = c00,
    c10 = c00,
    c11 = c00,
    c20 = c00,
    c21 = c00,
    c30 = c00,
    c31 = c00,
    c40 = c00,
    c41 = c00,
    c50 = c00,
    c51 = c00;
  let a1 = a + rowStride,
    a2 = a1 + rowStride,
    a3 = a2 + rowStride,
    a4 = a3 + rowStride,
    a5 = a4 + rowStride;
  const end = panel + (kc << 5);
  while (panel < end) {
    const b0 = v128.load(panel),
      b1 = v128.load(panel, 16);
    const x0 = v128.load32_splat(a);
    c00 = fma(x0, b0, c00);
    c01 = fma(x0, b1, c01);
    a += columnStride;
    const x1 = v128.load32_splat(a1);
    c10 = fma(x1, b0, c10);
    c11 = fma(x1, b1, c11);
    a1 += columnStride;
    const x2 = v128.load32_splat(a2);
    c20 = fma(x2, b0, c20);
    c21 = fma(x2, b1, c21);
    a2 += columnStride;
    const x3 = v128.load32_splat(a3);
    c30 = fma(x3, b0, c30);
    c31 = fma(x3, b1, c31);
    a3 += columnStride;
    const x4 = v128.load32_splat(a4);
    c40 = fma(x4, b0, c40);
    c41 = fma(x4, b1, c41);
    a4 += columnStride;
    const x5 = v128.load32_splat(a5);
    c50 = fma(x5, b0, c50);
    c51 = fma(x5, b1, c51);
    a5 += columnStride;
    panel += 32;
  }
  put(c, c00, c01);
  c += cStride;
  put(c, c10, c11);
  c += cStride;
  put(c, c20, c21);
  c += cStride;
  put(c, c30, c31);
  c += cStride;
  put(c, c40, c41);
  c += cStride;
  put(c, c50, c51);
}

/** Four rows; each of the sums is the same as in `tile6`. */
export function tile4(
  a: usize,
  rowStride: usize,
  columnStride: usize,
  panel: usize,
  kc: usize,
  c: usize,
  cStride: usize,
): void {
  let c00 = f32x4.splat(0),
    c01 = c00,
    c10 = c00,
    c11 = c00,
    c20 = c00,
    c21 = c00,
    c30 = c00,
    c31 = c00;
  let a1 = a + rowStride,
    a2 = a1 + rowStride,
    a3 = a2 + rowStride;
  const end = panel + (kc << 5);
  while (panel < end) {
    const b0 = v128.load(panel),
      b1 = v128.load(panel, 16);
    const x0 = v128.load32_splat(a);
    c00 = fma(x0, b0, c00);
    c01 = fma(x0, b1, c01);
    a += columnStride;
    const x1 = v128.load32_splat(a1);
    c10 = fma(x1, b0, c10);
    c11 = fma(x1, b1, c11);
    a1 += columnStride;
    const x2 = v128.load32_splat(a2);
    c20 = fma(x2, b0, c20);
    c21 = fma(x2, b1, c21);
    a2 += columnStride;
    const x3 = v128.load32_splat(a3);
    c30 = fma(x3, b0, c30);
    c31 = fma(x3, b1, c31);
    a3 += columnStride;
    panel += 32;
  }
  put(c, c00, c01);
  c += cStride;
  put(c, c10, c11);
  c += cStride;
  put(c, c20, c21);
  c += cStride;
  put(c, c30, c31);
}

/** Two rows. */
export function tile2(
  a: usize,
  rowStride: usize,
  columnStride: usize,
  panel: usize,
  kc: usize,
  c: usize,
  cStride: usize,
): void {
  let c00 = f32x4.splat(0),
    c01 = c00,
    c10 = c00,
    c11 = c00;
  let a1 = a + rowStride;
  const end = panel + (kc << 5);
  while (panel < end) {
    const b0 = v128.load(panel),
      b1 = v128.load(panel, 16);
    const x0 = v128.load32_splat(a);
    c00 = fma(x0, b0, c00);
    c01 = fma(x0, b1, c01);
    a += columnStride;
    const x1 = v128.load32_splat(a1);
    c10 = fma(x1, b0, c10);
    c11 = fma(x1, b1, c11);
    a1 += columnStride;
    panel += 32;
  }
  put(c, c00, c01);
  c += cStride;
  put(c, c10, c11);
}

/** One row, the even and the odd numbers by themselves. */
export function tile1(a: usize, columnStride: usize, panel: usize, kc: usize, c: usize): void {
  let c00 = f32x4.splat(0),
    c01 = c00,
    c10 = c00,
    c11 = c00;
  const end = panel + (kc << 5),
    even = end - ((kc & 1) << 5);
  while (panel < even) {
    let x = v128.load32_splat(a);
    c00 = fma(x, v128.load(panel), c00);
    c01 = fma(x, v128.load(panel, 16), c01);
    x = v128.load32_splat(a + columnStride);
    c10 = fma(x, v128.load(panel, 32), c10);
    c11 = fma(x, v128.load(panel, 48), c11);
    panel += 64;
    a += columnStride << 1;
  }
  if (panel < end) {
    const x = v128.load32_splat(a);
    c00 = fma(x, v128.load(panel), c00);
    c01 = fma(x, v128.load(panel, 16), c01);
  }
  put(c, f32x4.add(c00, c10), f32x4.add(c01, c11));
}
