/**
 * Functions of four numbers at once. The polynomials are weighted least-squares fits that approach
 * the smallest largest relative error (Lawson 1961); each function is within a few units in the
 * last place of a float32.
 */
import { fma } from "./fma";

// @ts-ignore: decorator
@inline
function splat(x: f32): v128 {
  return f32x4.splat(x);
}

/** 1.5·2²³: a number of moderate size added to it is rounded to a whole one, in the last bits. */
const ROUNDING: f32 = 12582912;

/** eʳ for |r| ≤ ln 2 / 2. */
// @ts-ignore: decorator
@inline
function expNear(r: v128): v128 {
  let p = fma(r, splat(0.0013814540579915047), splat(0.00836874544620514));
  p = fma(r, p, splat(0.04166838899254799));
  p = fma(r, p, splat(0.1666652113199234));
  p = fma(r, p, splat(0.4999999403953552));
  return f32x4.add(fma(f32x4.mul(r, r), p, r), splat(1));
}

/** x − k·ln 2, of which ln 2 is in two parts, so that the first product is exact. */
// @ts-ignore: decorator
@inline
function withoutPowers(x: v128, k: v128): v128 {
  return fma(k, splat(2.1219444e-4), fma(k, splat(-0.693359375), x));
}

/**
 * eˣ for x ≤ 88.3, and ∞ from there to 88.7, in a few steps less than `exp4` takes. Below −87.7 it
 * is 0.
 */
// @ts-ignore: decorator
@inline
export function expBelow88(x: v128): v128 {
  const t = f32x4.pmax(x, splat(-88)); // NaN stays
  const shifted = fma(t, splat(1.44269504), splat(ROUNDING + 127)),
    y = expNear(withoutPowers(t, f32x4.sub(shifted, splat(ROUNDING + 127))));
  return f32x4.mul(y, i32x4.shl(shifted, 23)); // 2ᵏ has k + 127 as its exponent's bits
}

/** eˣ; results below the smallest normal number become 0. */
// @ts-ignore: decorator
@inline
export function exp4(x: v128): v128 {
  const t = f32x4.pmin(f32x4.pmax(x, splat(-87.33654)), splat(89));
  const shifted = fma(t, splat(1.44269504), splat(ROUNDING)),
    y = expNear(withoutPowers(t, f32x4.sub(shifted, splat(ROUNDING)))),
    k = i32x4.sub(shifted, i32x4.splat(0x4b400000)),
    half = i32x4.shr_s(k, 1); // 2ᵏ in two factors, since 2¹²⁸ is no float32
  const scaled = f32x4.mul(f32x4.mul(y, power(half)), power(i32x4.sub(k, half)));
  return v128.andnot(scaled, f32x4.lt(x, splat(-87.33654)));
}

/** The same where it only has to be ∞ beyond 88.3, under a fraction. */
// @ts-ignore: decorator
@inline
export function expUnder(x: v128): v128 {
  return expBelow88(f32x4.pmin(x, splat(88.7)));
}

/** 2ⁱ, from the bits. */
// @ts-ignore: decorator
@inline
function power(i: v128): v128 {
  return i32x4.shl(i32x4.add(i, i32x4.splat(127)), 23);
}

/** tanh x: a polynomial near zero, where 1 − 2 / (e²ˣ + 1) would lose digits. */
// @ts-ignore: decorator
@inline
export function tanh4(x: v128): v128 {
  const sign = v128.and(x, i32x4.splat(0x80000000)),
    a = v128.xor(x, sign),
    t = f32x4.mul(x, x);
  let p = fma(t, splat(-0.005138604436069727), splat(0.020091908052563667));
  p = fma(t, p, splat(-0.0535588376224041));
  p = fma(t, p, splat(0.1332911103963852));
  p = fma(t, p, splat(-0.3333319127559662));
  const near = fma(f32x4.mul(t, a), p, a);
  const far = f32x4.sub(
    splat(1),
    f32x4.div(splat(2), f32x4.add(expUnder(f32x4.add(a, a)), splat(1))),
  );
  return v128.or(v128.bitselect(near, far, f32x4.lt(a, splat(0.7))), sign);
}

/** The error function as x·P(x²) / Q(x²); from 3.92 on it is 1 in float32. */
// @ts-ignore: decorator
@inline
export function erf4(x: v128): v128 {
  const a = f32x4.pmax(f32x4.pmin(x, splat(3.92)), splat(-3.92)),
    t = f32x4.mul(a, a);
  let p = fma(t, splat(2.0465186025830917e-6), splat(0.0002848495205398649));
  p = fma(t, p, splat(0.0037717462982982397));
  p = fma(t, p, splat(0.05276691913604736));
  p = fma(t, p, splat(0.1905718445777893));
  p = fma(t, p, splat(1.1283791065216064));
  let q = fma(t, splat(3.805315645877272e-5), splat(0.0011637071147561073));
  q = fma(t, q, splat(0.01498157624155283));
  q = fma(t, q, splat(0.11417413502931595));
  q = fma(t, q, splat(0.5022226572036743));
  q = fma(t, q, splat(1));
  const y = f32x4.div(f32x4.mul(a, p), q),
    one = v128.or(splat(1), v128.and(x, i32x4.splat(0x80000000)));
  return v128.bitselect(one, y, f32x4.ge(f32x4.abs(x), splat(3.92)));
}

/** ln x: the exponent's part, and Cephes' polynomial for the rest, which lies from √½ to √2. */
// @ts-ignore: decorator
@inline
export function log4(x: v128): v128 {
  const zero = splat(0),
    tiny = f32x4.lt(x, splat(1.17549435e-38)), // below the normal numbers
    bits = v128.bitselect(f32x4.mul(x, splat(8388608)), x, tiny),
    half = v128.or(v128.and(bits, i32x4.splat(0x007fffff)), i32x4.splat(0x3f000000)),
    low = f32x4.lt(half, splat(0.70710678)),
    exponent = i32x4.add(i32x4.sub(i32x4.shr_s(bits, 23), i32x4.splat(126)), low),
    e = f32x4.sub(f32x4.convert_i32x4_s(exponent), v128.and(tiny, splat(23))),
    m = f32x4.sub(v128.bitselect(f32x4.add(half, half), half, low), splat(1)),
    z = f32x4.mul(m, m);
  let p = fma(m, splat(7.0376836292e-2), splat(-1.151461031e-1));
  p = fma(p, m, splat(1.167699874e-1));
  p = fma(p, m, splat(-1.2420140846e-1));
  p = fma(p, m, splat(1.4249322787e-1));
  p = fma(p, m, splat(-1.6668057665e-1));
  p = fma(p, m, splat(2.0000714765e-1));
  p = fma(p, m, splat(-2.4999993993e-1));
  p = fma(p, m, splat(3.3333331174e-1));
  let rest = fma(e, splat(-2.1219444e-4), f32x4.mul(f32x4.mul(m, z), p));
  rest = fma(z, splat(-0.5), rest);
  const y = fma(e, splat(0.693359375), f32x4.add(m, rest)),
    most = splat(Infinity);
  let result = v128.bitselect(splat(-Infinity), y, f32x4.eq(x, zero));
  result = v128.bitselect(most, result, f32x4.eq(x, most));
  return v128.bitselect(splat(NaN), result, v128.or(f32x4.lt(x, zero), f32x4.ne(x, x)));
}
