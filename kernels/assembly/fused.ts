/**
 * Whole layers and their gradients in one pass over memory: layer norm, the gradient of softmax,
 * GELU in its exact and in its tanh form.
 */
import { fma } from "./fma";
import { loadTail, storeTail } from "./lanes";
import { erf4, expBelow88, expUnder } from "./math";
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

/** Φ(x) = (1 + erf(x/√2))/2, the probability that a standard normal number lies below x. */
// @ts-ignore: decorator
@inline
function below(x: v128): v128 {
  const half = f32x4.splat(0.5);
  return f32x4.mul(f32x4.add(erf4(f32x4.mul(x, splat(Math.SQRT1_2))), f32x4.splat(1)), half);
}

/** dy·(Φ(x) + x·φ(x)), with the normal density φ(x) = exp(−x²/2)/√(2π). */
// @ts-ignore: decorator
@inline
function exactGrad4(x: v128, dy: v128): v128 {
  const density = f32x4.mul(
    expBelow88(f32x4.mul(f32x4.mul(x, x), f32x4.splat(-0.5))),
    splat(1 / Math.sqrt(2 * Math.PI)),
  );
  return f32x4.mul(dy, f32x4.add(below(x), f32x4.mul(x, density)));
}

// @ts-ignore: decorator
@inline
function exact4(x: v128): v128 {
  return f32x4.mul(x, below(x));
}

// GELU's tanh form is x·s with s = σ(z), z = x·(LINEAR + CUBIC·x²)
const LINEAR: f32 = 1.5957691216057308,
  CUBIC: f32 = 0.07135481627159942;
/**
 * From |x| = 10 on s is 0 or 1, so that the slope beside s·(1 − s) does not matter, as long as it
 * is finite.
 */
const FAR: f32 = 100;

// @ts-ignore: decorator
@inline
function gate(x: v128, square: v128): v128 {
  const z = f32x4.mul(fma(square, f32x4.splat(CUBIC), f32x4.splat(LINEAR)), x);
  return f32x4.div(f32x4.splat(1), f32x4.add(f32x4.splat(1), expUnder(f32x4.neg(z))));
}

// @ts-ignore: decorator
@inline
function gelu4(x: v128): v128 {
  return f32x4.mul(x, gate(x, f32x4.mul(x, x)));
}

// @ts-ignore: decorator
@inline
function geluGrad4(x: v128, dy: v128): v128 {
  const square = f32x4.mul(x, x),
    s = gate(x, square);
  const slope = fma(
    f32x4.pmin(square, f32x4.splat(FAR)),
    f32x4.splat(3 * CUBIC),
    f32x4.splat(LINEAR),
  );
  return f32x4.mul(dy, fma(f32x4.mul(f32x4.sub(s, f32x4.mul(s, s)), x), slope, s));
}

// @ts-ignore: decorator
@inline
function values4(exact: bool, x: v128): v128 {
  return exact ? exact4(x) : gelu4(x);
}

// @ts-ignore: decorator
@inline
function values(exact: bool, x: usize, y: usize, n: usize): void {
  const fours = x + ((n & ~15) << 2),
    whole = x + ((n & ~3) << 2),
    tail = n & 3;
  for (; x < fours; x += 64, y += 64) {
    v128.store(y, values4(exact, v128.load(x)));
    v128.store(y, values4(exact, v128.load(x, 16)), 16);
    v128.store(y, values4(exact, v128.load(x, 32)), 32);
    v128.store(y, values4(exact, v128.load(x, 48)), 48);
  }
  for (; x < whole; x += 16, y += 16) v128.store(y, values4(exact, v128.load(x)));
  if (tail > 0) storeTail(y, values4(exact, loadTail(x, tail)), tail);
}

// @ts-ignore: decorator
@inline
function slopes4(exact: bool, x: v128, dy: v128): v128 {
  return exact ? exactGrad4(x, dy) : geluGrad4(x, dy);
}

// @ts-ignore: decorator
@inline
function slopes(exact: bool, x: usize, dy: usize, dx: usize, n: usize): void {
  const twos = x + ((n & ~7) << 2),
    tail = n & 3;
  for (; x < twos; x += 32, dy += 32, dx += 32) {
    v128.store(dx, slopes4(exact, v128.load(x), v128.load(dy)));
    v128.store(dx, slopes4(exact, v128.load(x, 16), v128.load(dy, 16)), 16);
  }
  if ((n & 4) > 0) {
    v128.store(dx, slopes4(exact, v128.load(x), v128.load(dy)));
    x += 16;
    dy += 16;
    dx += 16;
  }
  if (tail > 0) storeTail(dx, slopes4(exact, loadTail(x, tail), loadTail(dy, tail)), tail);
}

/** y = x·Φ(x) for n numbers. */
export function gelu(x: usize, y: usize, n: usize): void {
  values(true, x, y, n);
}

/** dx = dy·(Φ(x) + x·φ(x)) for n numbers. */
export function geluGrad(x: usize, dy: usize, dx: usize, n: usize): void {
  slopes(true, x, dy, dx, n);
}

/** y = x·σ(z) for n numbers. */
export function geluTanh(x: usize, y: usize, n: usize): void {
  values(false, x, y, n);
}

/** dx = dy·(s + x·s·(1 − s)·z′) for n numbers. */
export function geluTanhGrad(x: usize, dy: usize, dx: usize, n: usize): void {
  slopes(false, x, dy, dx, n);
}
