/** Layer norm and its gradient in one pass over memory, and the gradient of softmax. */
import { fma } from "./fma";
import { loadTail, storeTail } from "./lanes";
import { CHUNK, rowSum } from "./reduce";

// @ts-ignore: decorator
@inline
function splat(x: f64): v128 {
  return f32x4.splat(f32(x));
}

/** The sum of four lanes. */
// @ts-ignore: decorator
@inline
function across(x: v128): f64 {
  return (
    f64(f32x4.extract_lane(x, 0)) +
    f32x4.extract_lane(x, 1) +
    f32x4.extract_lane(x, 2) +
    f32x4.extract_lane(x, 3)
  );
}

/** Σ (a − shift)·(b − shift), in pieces that are added in float64. */
// @ts-ignore: decorator
@inline
export function products(a: usize, b: usize, n: usize, shift: v128): f64 {
  let total: f64 = 0;
  for (let done: usize = 0; done < n; done += CHUNK) {
    const count = min(CHUNK, n - done),
      whole = (count & ~3) << 2,
      tail = count & 3;
    let one = f32x4.splat(0),
      two = one,
      j: usize = 0;
    for (; j + 16 < whole; j += 32) {
      one = fma(f32x4.sub(v128.load(a + j), shift), f32x4.sub(v128.load(b + j), shift), one);
      two = fma(
        f32x4.sub(v128.load(a + j, 16), shift),
        f32x4.sub(v128.load(b + j, 16), shift),
        two,
      );
    }
    if (j < whole)
      one = fma(f32x4.sub(v128.load(a + j), shift), f32x4.sub(v128.load(b + j), shift), one);
    total += across(f32x4.add(one, two));
    a += whole;
    b += whole;
    for (let t: usize = 0; t < tail; t++, a += 4, b += 4) {
      const d = f32x4.extract_lane(shift, 0);
      total += (f32.load(a) - d) * (f32.load(b) - d);
    }
  }
  return total;
}

/** n·gamma + beta for each of the rows, n = (x − mean)·r and r = 1/√(variance + eps). */
export function layerNorm(
  x: usize,
  gamma: usize,
  beta: usize,
  y: usize,
  rows: usize,
  n: usize,
  eps: f64,
): void {
  const width = n << 2,
    whole = (n & ~3) << 2,
    tail = n & 3;
  for (let i: usize = 0; i < rows; i++, x += width, y += width) {
    const mean = splat(rowSum(x, n) / f64(n)),
      r = splat(1 / Math.sqrt(products(x, x, n, mean) / f64(n) + eps));
    for (let j: usize = 0; j < whole; j += 16)
      v128.store(
        y + j,
        fma(
          f32x4.mul(f32x4.sub(v128.load(x + j), mean), r),
          v128.load(gamma + j),
          v128.load(beta + j),
        ),
      );
    if (tail > 0)
      storeTail(
        y + whole,
        fma(
          f32x4.mul(f32x4.sub(loadTail(x + whole, tail), mean), r),
          loadTail(gamma + whole, tail),
          loadTail(beta + whole, tail),
        ),
        tail,
      );
  }
}

/**
 * Rows whose gradients of gamma and beta are added up by themselves: rounding errors grow with the
 * length of a sum, and threads can share the bands.
 */
const BAND: usize = 32;

export function layerNormBands(rows: usize): usize {
  return (rows + BAND - 1) / BAND;
}

/**
 * dx = r·(g − mean(g) − n·mean(g·n)) with g = dy·gamma, for `count` bands of rows from `band` on;
 * for each of them dGammas [bands, n] gets Σ dy·n and dBetas [bands, n] gets Σ dy. g [n] is memory
 * in between.
 */
export function layerNormGrad(
  x: usize,
  gamma: usize,
  dy: usize,
  dx: usize,
  dGammas: usize,
  dBetas: usize,
  band: usize,
  count: usize,
  rows: usize,
  n: usize,
  eps: f64,
  g: usize,
): void {
  const width = n << 2;
  for (const end = band + count; band < end; band++) {
    const first = band * BAND,
      at = first * width;
    memory.fill(dGammas + band * width, 0, width);
    memory.fill(dBetas + band * width, 0, width);
    bandGrad(
      x + at,
      gamma,
      dy + at,
      dx + at,
      dGammas + band * width,
      dBetas + band * width,
      min(BAND, rows - first),
      n,
      eps,
      g,
    );
  }
}

/** The same for one band; dGamma and dBeta hold zeros at first. */
function bandGrad(
  x: usize,
  gamma: usize,
  dy: usize,
  dx: usize,
  dGamma: usize,
  dBeta: usize,
  rows: usize,
  n: usize,
  eps: f64,
  g: usize,
): void {
  const width = n << 2,
    whole = (n & ~3) << 2,
    tail = n & 3,
    count = f64(n),
    zero = f32x4.splat(0);
  for (let i: usize = 0; i < rows; i++, x += width, dy += width, dx += width) {
    const mean = splat(rowSum(x, n) / count),
      scale = 1 / Math.sqrt(products(x, x, n, mean) / count + eps),
      r = splat(scale);
    for (let j: usize = 0; j < whole; j += 16) {
      const d = v128.load(dy + j),
        normed = f32x4.mul(f32x4.sub(v128.load(x + j), mean), r);
      v128.store(dx + j, normed);
      v128.store(g + j, f32x4.mul(d, v128.load(gamma + j)));
      v128.store(dGamma + j, fma(d, normed, v128.load(dGamma + j)));
      v128.store(dBeta + j, f32x4.add(d, v128.load(dBeta + j)));
    }
    if (tail > 0) {
      const d = loadTail(dy + whole, tail),
        normed = f32x4.mul(f32x4.sub(loadTail(x + whole, tail), mean), r);
      storeTail(dx + whole, normed, tail);
      storeTail(g + whole, f32x4.mul(d, loadTail(gamma + whole, tail)), tail);
      storeTail(dGamma + whole, fma(d, normed, loadTail(dGamma + whole, tail)), tail);
      storeTail(dBeta + whole, f32x4.add(d, loadTail(dBeta + whole, tail)), tail);
    }
    const meanG = splat(rowSum(g, n) / count),
      meanGn = splat(-products(g, dx, n, zero) / count);
    for (let j: usize = 0; j < whole; j += 16)
      v128.store(
        dx + j,
        f32x4.mul(fma(v128.load(dx + j), meanGn, f32x4.sub(v128.load(g + j), meanG)), r),
      );
    if (tail > 0)
      storeTail(
        dx + whole,
        f32x4.mul(
          fma(loadTail(dx + whole, tail), meanGn, f32x4.sub(loadTail(g + whole, tail), meanG)),
          r,
        ),
        tail,
      );
  }
}

/** dx = y·(dy − Σ dy·y) for each of the rows, y being what softmax gave. */
export function softmaxGrad(y: usize, dy: usize, dx: usize, rows: usize, n: usize): void {
  const width = n << 2,
    whole = (n & ~3) << 2,
    tail = n & 3,
    zero = f32x4.splat(0);
  for (let i: usize = 0; i < rows; i++, y += width, dy += width, dx += width) {
    const sum = splat(products(y, dy, n, zero));
    for (let j: usize = 0; j < whole; j += 16)
      v128.store(dx + j, f32x4.mul(v128.load(y + j), f32x4.sub(v128.load(dy + j), sum)));
    if (tail > 0)
      storeTail(
        dx + whole,
        f32x4.mul(loadTail(y + whole, tail), f32x4.sub(loadTail(dy + whole, tail), sum)),
        tail,
      );
  }
}
