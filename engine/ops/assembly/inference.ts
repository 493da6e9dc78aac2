/**
 * Layers of a decoder that writes, without gradients: RMSNorm, the gate of SwiGLU, RoPE, and causal
 * attention over a cache.
 */
import { fma } from "./fma";
import { products } from "./fused";
import { loadTail, storeTail } from "./lanes";
import { expUnder } from "./math";
import { rowWeights } from "./reduce";

/** x·gamma / √(mean of squares + eps) for each of the rows. */
export function rmsNorm(x: usize, gamma: usize, y: usize, rows: usize, n: usize, eps: f64): void {
  const width = n << 2,
    whole = (n & ~3) << 2,
    tail = n & 3;
  for (let i: usize = 0; i < rows; i++, x += width, y += width) {
    const squares = products(x, x, n, f32x4.splat(0)),
      r = f32x4.splat(f32(1 / Math.sqrt(squares / f64(n) + eps)));
    for (let j: usize = 0; j < whole; j += 16)
      v128.store(y + j, f32x4.mul(f32x4.mul(v128.load(x + j), r), v128.load(gamma + j)));
    if (tail > 0)
      storeTail(
        y + whole,
        f32x4.mul(f32x4.mul(loadTail(x + whole, tail), r), loadTail(gamma + whole, tail)),
        tail,
      );
  }
}

/** a / (1 + e⁻ᵃ) · b of four numbers each. */
// @ts-ignore: decorator
@inline
function gate4(a: v128, b: v128): v128 {
  const one = f32x4.splat(1);
  return f32x4.mul(f32x4.div(a, f32x4.add(one, expUnder(f32x4.neg(a)))), b);
}

/** silu(a)·b, number by number. */
export function gatedSilu(a: usize, b: usize, y: usize, n: usize): void {
  const whole = (n & ~3) << 2,
    tail = n & 3;
  let j: usize = 0;
  for (; j < (n & ~7) << 2; j += 32) {
    v128.store(y + j, gate4(v128.load(a + j), v128.load(b + j)));
    v128.store(y + j, gate4(v128.load(a + j, 16), v128.load(b + j, 16)), 16);
  }
  if (j < whole) v128.store(y + j, gate4(v128.load(a + j), v128.load(b + j)));
  if (tail > 0)
    storeTail(y + whole, gate4(loadTail(a + whole, tail), loadTail(b + whole, tail)), tail);
}

/** One head's features turned: the pairs (i, i + D/2), or (2i, 2i + 1). */
// @ts-ignore: decorator
@inline
function turn(x: usize, y: usize, D: usize, cos: usize, sin: usize, halves: bool): void {
  const half = D >> 1;
  let i: usize = 0;
  if (halves) {
    for (; i + 4 <= half; i += 4) {
      const at = i << 2,
        far = (i + half) << 2,
        a = v128.load(x + at),
        b = v128.load(x + far),
        c = v128.load(cos + at),
        s = v128.load(sin + at);
      v128.store(y + at, f32x4.sub(f32x4.mul(a, c), f32x4.mul(b, s)));
      v128.store(y + far, f32x4.add(f32x4.mul(b, c), f32x4.mul(a, s)));
    }
  }
  for (; i < half; i++) {
    const at = (halves ? i : i << 1) << 2,
      far = (halves ? i + half : (i << 1) + 1) << 2,
      a = f32.load(x + at),
      b = f32.load(x + far),
      c = f32.load(cos + (i << 2)),
      s = f32.load(sin + (i << 2));
    f32.store(y + at, a * c - b * s);
    f32.store(y + far, b * c + a * s);
  }
}

/**
 * Puts x [B, T, heads, D] where a step of each of these axes takes so many bytes, turned by RoPE.
 * @param cos of the angles [T, D/2], the sines behind them; 0 where nothing turns
 */
export function placeHeads(
  x: usize,
  y: usize,
  B: usize,
  T: usize,
  heads: usize,
  D: usize,
  stepB: usize,
  stepT: usize,
  stepHead: usize,
  cos: usize,
  halves: bool,
): void {
  const row = D << 2,
    half = row >> 1;
  for (let b: usize = 0; b < B; b++)
    for (let t: usize = 0; t < T; t++)
      for (let h: usize = 0; h < heads; h++, x += row) {
        const to = y + b * stepB + t * stepT + h * stepHead,
          angles = cos + t * half;
        if (cos == 0) memory.copy(to, x, row);
        else turn(x, to, D, angles, angles + T * half, halves);
      }
}

/** Σ a·b of n numbers, in four sums. */
// @ts-ignore: decorator
@inline
function dot(a: usize, b: usize, n: usize): f32 {
  const whole = (n & ~15) << 2,
    all = (n & ~3) << 2;
  let j: usize = 0,
    s0 = f32x4.splat(0),
    s1 = s0,
    s2 = s0,
    s3 = s0;
  for (; j < whole; j += 64) {
    s0 = fma(v128.load(a + j), v128.load(b + j), s0);
    s1 = fma(v128.load(a + j, 16), v128.load(b + j, 16), s1);
    s2 = fma(v128.load(a + j, 32), v128.load(b + j, 32), s2);
    s3 = fma(v128.load(a + j, 48), v128.load(b + j, 48), s3);
  }
  for (; j < all; j += 16) s0 = fma(v128.load(a + j), v128.load(b + j), s0);
  if ((n & 3) > 0) s1 = fma(loadTail(a + j, n & 3), loadTail(b + j, n & 3), s1);
  const s = f32x4.add(f32x4.add(s0, s1), f32x4.add(s2, s3)),
    pairs = f32x4.add(s, v128.shuffle<f32>(s, s, 2, 3, 0, 1));
  return f32x4.extract_lane(pairs, 0) + f32x4.extract_lane(pairs, 1);
}

/** y = Σ weights[j]·rows[j] over n rows of D numbers, divided by `sum`. */
// @ts-ignore: decorator
@inline
function mix(weights: usize, rows: usize, n: usize, D: usize, sum: f32, y: usize): void {
  const row = D << 2,
    by = f32x4.splat(sum == 0 ? 0 : 1 / sum);
  let d: usize = 0;
  for (; d + 16 <= D; d += 16) {
    let s0 = f32x4.splat(0),
      s1 = s0,
      s2 = s0,
      s3 = s0,
      at = rows + (d << 2);
    for (let j: usize = 0; j < n; j++, at += row) {
      const w = v128.load32_splat(weights + (j << 2));
      s0 = fma(v128.load(at), w, s0);
      s1 = fma(v128.load(at, 16), w, s1);
      s2 = fma(v128.load(at, 32), w, s2);
      s3 = fma(v128.load(at, 48), w, s3);
    }
    const to = y + (d << 2);
    v128.store(to, f32x4.mul(s0, by));
    v128.store(to, f32x4.mul(s1, by), 16);
    v128.store(to, f32x4.mul(s2, by), 32);
    v128.store(to, f32x4.mul(s3, by), 48);
  }
  for (; d < D; d += 4) {
    const here = min<usize>(4, D - d);
    let s = f32x4.splat(0),
      at = rows + (d << 2);
    for (let j: usize = 0; j < n; j++, at += row) {
      const some = here == 4 ? v128.load(at) : loadTail(at, here);
      s = fma(some, v128.load32_splat(weights + (j << 2)), s);
    }
    if (here == 4) v128.store(y + (d << 2), f32x4.mul(s, by));
    else storeTail(y + (d << 2), f32x4.mul(s, by), here);
  }
}

/**
 * Causal attention of `count` queries from the one numbered `first` on, in the order of y and q
 * [B, T, H, D]; k and v are [B, G, S, D], the queries the last T of the S tokens, and query head h
 * reads group ⌊h·G/H⌋. A query whose scores are all −∞ gets zeros.
 * @param scratch memory for S numbers
 */
export function cachedAttention(
  q: usize,
  k: usize,
  v: usize,
  y: usize,
  first: usize,
  count: usize,
  T: usize,
  S: usize,
  H: usize,
  G: usize,
  D: usize,
  scale: f32,
  scratch: usize,
): void {
  const row = D << 2;
  for (let i = first; i < first + count; i++) {
    const head = i % H,
      t = (i / H) % T,
      b = i / (H * T),
      seen = S - T + t + 1,
      group = (b * G + (head * G) / H) * S * row,
      query = q + i * row;
    let key = k + group,
      top: f32 = -Infinity;
    for (let j: usize = 0; j < seen; j++, key += row) {
      const score = dot(query, key, D) * scale;
      f32.store(scratch + (j << 2), score);
      top = max(top, score); // NaN stays
    }
    const base = f32x4.splat(top == -Infinity ? 0 : top),
      sum = f32(rowWeights(scratch, scratch, seen, base));
    mix(scratch, v + group, seen, D, sum, y + i * row);
  }
}
