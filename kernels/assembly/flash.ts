/**
 * The forward pass of FlashAttention-2 (Dao 2023, arXiv:2307.08691, algorithm 1): a tile of queries
 * meets the keys tile by tile, and the scores of two tiles are all that exist at a time.
 */
import { multiply } from "./gemm";
import { loadTail, storeTail } from "./lanes";
import { exp4 } from "./math";
import { chunk } from "./reduce";

const QUERIES: usize = 192,
  KEYS: usize = 256;

/**
 * Bytes of memory in between: scores, the output so far, what a tile adds to it, and for each query
 * the largest score and the sum.
 */
export function flashScratch(D: usize): usize {
  return (QUERIES * (KEYS + 2 * D + 2)) << 2;
}

// @ts-ignore: decorator
@inline
function scale(x: usize, n: usize, by: f32): void {
  const whole = (n & ~3) << 2,
    tail = n & 3,
    times = f32x4.splat(by);
  for (let j: usize = 0; j < whole; j += 16) v128.store(x + j, f32x4.mul(v128.load(x + j), times));
  if (tail > 0) storeTail(x + whole, f32x4.mul(loadTail(x + whole, tail), times), tail);
}

// @ts-ignore: decorator
@inline
function add(x: usize, to: usize, n: usize): void {
  const whole = n & ~15,
    end = (n & ~3) << 2,
    tail = n & 3;
  let j: usize = 0;
  for (; j < whole << 2; j += 64) {
    v128.store(to + j, f32x4.add(v128.load(to + j), v128.load(x + j)));
    v128.store(to + j, f32x4.add(v128.load(to + j, 16), v128.load(x + j, 16)), 16);
    v128.store(to + j, f32x4.add(v128.load(to + j, 32), v128.load(x + j, 32)), 32);
    v128.store(to + j, f32x4.add(v128.load(to + j, 48), v128.load(x + j, 48)), 48);
  }
  for (; j < end; j += 16) v128.store(to + j, f32x4.add(v128.load(to + j), v128.load(x + j)));
  if (tail > 0) storeTail(to + j, f32x4.add(loadTail(to + j, tail), loadTail(x + j, tail)), tail);
}

/**
 * log x for x > 0, −∞ for 0; AssemblyScript's own reads a table, and a module on another's memory
 * has no place for one.
 */
function log(x: f64): f64 {
  if (!(x > 0)) return x == 0 ? -Infinity : NaN;
  if (x == Infinity) return x;
  const bits = reinterpret<i64>(x); // no subnormal: x is a sum of weights, 0 or about 1 and above
  let e = f64((bits >> 52) - 1023),
    m = reinterpret<f64>((bits & 0xfffffffffffff) | 0x3ff0000000000000); // 1 ≤ m < 2
  if (m > 1.4142135623730951) {
    m *= 0.5;
    e += 1;
  }
  const s = (m - 1) / (m + 1),
    t = s * s; // log m = 2·(s + s³/3 + s⁵/5 + …), |s| < 0.172
  const series =
    1 +
    t * (1 / 3.0 + t * (1 / 5.0 + t * (1 / 7.0 + t * (1 / 9.0 + t * (1 / 11.0 + t * (1 / 13.0))))));
  return e * 0.6931471805599453 + 2 * s * series;
}

/** x = exp(x − top) for n ≤ KEYS numbers; returns their sum. */
// @ts-ignore: decorator
@inline
function weights(x: usize, n: usize, top: f32): f32 {
  const whole = (n & ~3) << 2,
    tail = n & 3,
    largest = f32x4.splat(top);
  for (let j: usize = 0; j < whole; j += 16)
    v128.store(x + j, exp4(f32x4.sub(v128.load(x + j), largest)));
  if (tail > 0) storeTail(x + whole, exp4(f32x4.sub(loadTail(x + whole, tail), largest)), tail);
  return chunk(0, x, n);
}

/** Parts of the work that can be done by themselves: for each head, its tiles of queries. */
export function flashTiles(heads: usize, T: usize): usize {
  return heads * tilesOf(T);
}

// @ts-ignore: decorator
@inline
function tilesOf(T: usize): usize {
  return (T + QUERIES - 1) / QUERIES;
}

/**
 * y [heads, T, D + 1] of q [heads, T, D], scaled already, and k and v [heads, S, D]; its last
 * feature is the logarithm of the sum. A query that sees nothing gets zeros and −∞. causal: the
 * queries are the last T of S tokens, and see none later than themselves. Only `count` of the tiles
 * are computed, from `tile` on.
 */
export function flashAttention(
  q: usize,
  k: usize,
  v: usize,
  y: usize,
  tile: usize,
  count: usize,
  T: isize,
  S: isize,
  D: usize,
  causal: bool,
  scratch: usize,
  gemmScratch: usize,
): void {
  const row = D << 2,
    perHead = tilesOf(T);
  for (const end = tile + count; tile < end; tile++) {
    const head = tile / perHead,
      first = isize((tile % perHead) * QUERIES),
      at = head * T + first;
    flashTile(
      q + at * row,
      k + head * S * row,
      v + head * S * row,
      y + at * (row + 4),
      first,
      T,
      S,
      D,
      causal,
      scratch,
      gemmScratch,
    );
  }
}

/** One tile of a head's queries, which begins at query `first`. */
function flashTile(
  q: usize,
  k: usize,
  v: usize,
  y: usize,
  first: isize,
  T: isize,
  S: isize,
  D: usize,
  causal: bool,
  scratch: usize,
  gemmScratch: usize,
): void {
  const row = D << 2,
    scores = scratch,
    output = scores + ((QUERIES * KEYS) << 2),
    part = output + QUERIES * row,
    tops = part + QUERIES * row,
    sums = tops + (QUERIES << 2);
  const count = min<isize>(QUERIES, T - first),
    seen = causal ? first + S - T + 1 : S; // by the first query; each next one sees one more
  const end = causal ? min(S, seen + count - 1) : S;
  memory.fill(output, 0, count * row);
  for (let i: isize = 0; i < count; i++) {
    f32.store(tops + (i << 2), -Infinity);
    f32.store(sums + (i << 2), 0);
  }
  for (let j: isize = 0; j < end; j += KEYS) {
    const here = min<isize>(KEYS, end - j),
      wide = here << 2;
    multiply(q, row, 4, k + j * row, 4, row, scores, wide, count, here, D, gemmScratch);
    for (let i: isize = 0; i < count; i++) {
      const visible = causal ? max<isize>(0, min(here, seen + i - j)) : here,
        from = scores + i * wide,
        top = f32.load(tops + (i << 2));
      if (visible < here) memory.fill(from + (visible << 2), 0, (here - visible) << 2);
      if (visible == 0) continue;
      const next = max(top, chunk(1, from, visible)),
        base: f32 = next == -Infinity ? 0 : next;
      const kept = f32x4.extract_lane(exp4(f32x4.splat(top - base)), 0);
      f32.store(tops + (i << 2), next);
      f32.store(sums + (i << 2), f32.load(sums + (i << 2)) * kept + weights(from, visible, base));
      if (kept != 1) scale(output + i * row, D, kept);
    }
    multiply(scores, wide, 4, v + j * row, row, 4, part, row, count, D, here, gemmScratch);
    add(part, output, count * D);
  }
  for (let i: isize = 0; i < count; i++, y += row + 4) {
    const sum = f32.load(sums + (i << 2));
    memory.copy(y, output + i * row, row);
    scale(y, D, sum == 0 ? 0 : 1 / sum);
    f32.store(y + row, f32.load(tops + (i << 2)) + f32(log(sum)));
  }
}
