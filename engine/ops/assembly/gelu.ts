/** GELU in its exact and in its tanh form, and their gradients. */
import { fma } from "./fma";
import { loadTail, storeTail } from "./lanes";
import { erf4, expBelow88, expUnder } from "./math";

// @ts-ignore: decorator
@inline
function splat(x: f64): v128 {
  return f32x4.splat(f32(x));
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
