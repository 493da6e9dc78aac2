/**
 * The forward pass of FlashAttention-2 (Dao 2023, arXiv:2307.08691, algorithm 1): a tile of queries
 * meets the keys tile by tile, and the scores of two tiles are all that exist at a time.
 */
import { COLUMNS, multiplyPacked, pack } from "./gemm";
import { loadTail, storeTail } from "./lanes";
import { expBelow88 } from "./math";
import { chunk, weights } from "./reduce";

/** Scores of a tile stay in the second-level cache, with the keys and values that it meets. */
const QUERIES: usize = 96,
  KEYS: usize = 256;

/**
 * Bytes of memory in between: scores, the output so far, and for each query the largest score and
 * the sum.
 */
export function flashScratch(D: usize): usize {
  return (QUERIES * (KEYS + D + 2)) << 2;
}

/** Bytes of KEYS keys in panels, features below each other; their values follow, keys below. */
// @ts-ignore: decorator
@inline
function keyBytes(D: usize): usize {
  return (KEYS * D) << 2;
}

/** Bytes of KEYS keys and their values in panels. */
export function flashPackedBytes(D: usize): usize {
  return keyBytes(D) + ((KEYS * ((D + COLUMNS - 1) & ~(COLUMNS - 1))) << 2);
}

/** Tiles of keys: for each head, those of its S keys. */
export function flashKeyTiles(heads: usize, S: usize): usize {
  return heads * ((S + KEYS - 1) / KEYS);
}

/** Copies keys and values [heads, S, D] into panels: `count` tiles of keys from `tile` on. */
export function flashPack(
  k: usize,
  v: usize,
  to: usize,
  tile: usize,
  count: usize,
  S: usize,
  D: usize,
): void {
  const row = D << 2,
    perHead = flashKeyTiles(1, S);
  for (const end = tile + count; tile < end; tile++) {
    const first = (tile % perHead) * KEYS,
      from = ((tile / perHead) * S + first) * row,
      here = min(KEYS, S - first),
      keys = to + tile * flashPackedBytes(D);
    pack(k + from, 4, row, D, here, keys);
    pack(v + from, row, 4, here, D, keys + keyBytes(D));
  }
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
 * y [heads, T, D + 1] of q [heads, T, D], scaled already, and the keys and values of flashPack; its
 * last feature is the logarithm of the sum. A query that sees nothing gets zeros and −∞. causal:
 * the queries are the last T of S tokens, and see none later than themselves. Only `count` of the
 * tiles are computed, from `tile` on.
 */
export function flashAttention(
  q: usize,
  packed: usize,
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
    perHead = tilesOf(T),
    ofHead = flashKeyTiles(1, S) * flashPackedBytes(D);
  for (const end = tile + count; tile < end; tile++) {
    const head = tile / perHead,
      first = isize((tile % perHead) * QUERIES),
      at = head * T + first,
      from = packed + head * ofHead;
    flashTile(q + at * row, from, y + at * (row + 4), first, T, S, D, causal, scratch, gemmScratch);
  }
}

/**
 * Scores of a query become weights under the new maximum, and what was gathered so far is scaled to
 * it; only the first `visible` of the `here` scores count.
 * @param top the largest score so far, and QUERIES numbers after it the sum
 */
// @ts-ignore: decorator
@inline
function weigh(
  scores: usize,
  here: isize,
  visible: isize,
  output: usize,
  D: usize,
  top: usize,
): void {
  if (visible < here) memory.fill(scores + (visible << 2), 0, (here - visible) << 2);
  if (visible == 0) return;
  const before = f32.load(top),
    next = max(before, chunk(3, scores, visible)), // a NaN comes back with the weights
    base: f32 = next == -Infinity ? 0 : next,
    kept = f32x4.extract_lane(expBelow88(f32x4.splat(before - base)), 0),
    sum = weights(scores, scores, visible, f32x4.splat(base));
  f32.store(top, next);
  f32.store(top, f32.load(top, QUERIES << 2) * kept + sum, QUERIES << 2);
  if (kept != 1) scale(output, D, kept);
}

/** One tile of a head's queries, which begins at query `first`. */
function flashTile(
  q: usize,
  packed: usize,
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
    tops = output + QUERIES * row,
    sums = tops + (QUERIES << 2);
  const count = min<isize>(QUERIES, T - first),
    seen = causal ? first + S - T + 1 : S; // by the first query; each next one sees one more
  const end = causal ? min(S, seen + count - 1) : S;
  memory.fill(output, 0, count * row);
  for (let i: isize = 0; i < count; i++) {
    f32.store(tops + (i << 2), -Infinity);
    f32.store(sums + (i << 2), 0);
  }
  for (let j: isize = 0; j < end; j += KEYS, packed += flashPackedBytes(D)) {
    const here = min<isize>(KEYS, end - j),
      wide = here << 2;
    multiplyPacked(q, row, packed, D << 5, scores, wide, count, here, D, false, gemmScratch);
    for (let i: isize = 0; i < count; i++) {
      const visible = causal ? max<isize>(0, min(here, seen + i - j)) : here;
      weigh(scores + i * wide, here, visible, output + i * row, D, tops + (i << 2));
    }
    const values = packed + keyBytes(D),
      full = min<isize>(KEYS, S - j) << 5; // bytes of a panel
    multiplyPacked(scores, wide, values, full, output, row, count, D, here, true, gemmScratch);
  }
  for (let i: isize = 0; i < count; i++, y += row + 4) {
    const sum = f32.load(sums + (i << 2));
    memory.copy(y, output + i * row, row);
    scale(y, D, sum == 0 ? 0 : 1 / sum);
    f32.store(y + row, f32.load(tops + (i << 2)) + f32(log(sum)));
  }
}
