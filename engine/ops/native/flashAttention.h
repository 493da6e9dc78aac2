/**
 * The forward pass of FlashAttention-2 (Dao 2023, arXiv:2307.08691, algorithm 1) on a processor: a
 * tile of queries meets the keys tile by tile, all of which stays in the first two caches. Scores
 * of T × S numbers never exist.
 */
#pragma once
#include <cmath>

#include "simd.h"

constexpr int64_t QUERIES = 64, KEYS = 128;
/** A tile of sums that stays in registers: ROWS × WIDE vectors. */
constexpr int64_t ROWS = LANES == 16 ? 8 : 4, WIDE = 2;
static_assert(QUERIES % ROWS == 0 && KEYS % (WIDE * LANES) == 0, "whole tiles");

/**
 * c (+)= a·b for QUERIES rows: a [QUERIES, k] with rows `aStride` apart, b [k, n], c [QUERIES, n];
 * n is a multiple of WIDE·LANES.
 */
template <bool ADDS>
static void product(const float* a, int64_t aStride, const float* b, float* c, int64_t k,
                    int64_t n) {
  for (int64_t row = 0; row < QUERIES; row += ROWS) {
    for (int64_t column = 0; column < n; column += WIDE * LANES) {
      Floats sums[ROWS][WIDE] = {};
      for (int64_t i = 0; i < k; i++) {
        const float* from = b + i * n + column;
        Floats right[WIDE];
        for (int64_t w = 0; w < WIDE; w++) right[w] = load(from + w * LANES);
#pragma GCC unroll 8
        for (int64_t r = 0; r < ROWS; r++) {
          const Floats left = all(a[(row + r) * aStride + i]);
          for (int64_t w = 0; w < WIDE; w++) sums[r][w] += left * right[w];
        }
      }
      for (int64_t r = 0; r < ROWS; r++) {
        for (int64_t w = 0; w < WIDE; w++) {
          float* to = c + (row + r) * n + column + w * LANES;
          store(to, ADDS ? load(to) + sums[r][w] : sums[r][w]);
        }
      }
    }
  }
}

/**
 * How a head's keys and values lie for the products: KEYS keys side by side for each feature, and
 * values padded to whole vectors.
 */
struct Packed {
  int64_t D, wide, tiles;
  std::vector<float> keys, values;
  Packed(int64_t heads, int64_t S, int64_t D)
      : D(D),
        wide((D + WIDE * LANES - 1) / (WIDE * LANES) * (WIDE * LANES)),
        tiles((S + KEYS - 1) / KEYS),
        keys(heads * tiles * D * KEYS),
        values(heads * tiles * KEYS * wide) {}
  float* keysOf(int64_t head, int64_t tile) {
    return keys.data() + (head * tiles + tile) * D * KEYS;
  }
  float* valuesOf(int64_t head, int64_t tile) {
    return values.data() + (head * tiles + tile) * KEYS * wide;
  }

  /** k and v [S, D] of one head; only the tile's `here` keys exist, the rest stays zero. */
  void pack(int64_t head, int64_t tile, const float* k, const float* v, int64_t here) {
    float *keys = keysOf(head, tile), *values = valuesOf(head, tile);
    for (int64_t j = 0; j < here; j++) {
      for (int64_t d = 0; d < D; d++) keys[d * KEYS + j] = k[(tile * KEYS + j) * D + d];
      memcpy(values + j * wide, v + (tile * KEYS + j) * D, 4 * D);
    }
  }
};

/**
 * One tile of queries of one head. result [queries, D + 1], its last feature the logarithm of the
 * sum.
 */
struct FlashTile {
  const int64_t D, wide;
  std::vector<float> queries, scores, output, top, sum;
  FlashTile(int64_t D, int64_t wide)
      : D(D),
        wide(wide),
        queries(QUERIES * D),
        scores(QUERIES * KEYS),
        output(QUERIES * wide),
        top(QUERIES),
        sum(QUERIES) {}

  /**
   * q [count, D]; `seen` is how many of the S keys the first query sees, each next one sees one
   * more where `causal`.
   */
  void attend(const float* q, Packed& packed, int64_t head, float* result, int64_t count, int64_t S,
              int64_t seen, bool causal) {
    std::fill(queries.begin(), queries.end(), 0.0f);
    memcpy(queries.data(), q, 4 * count * D);
    std::fill(output.begin(), output.end(), 0.0f);
    std::fill(sum.begin(), sum.end(), 0.0f);
    std::fill(top.begin(), top.end(), -__builtin_inff());
    // beyond it, no query of the tile sees a key
    const int64_t end = causal ? std::min(S, seen + count - 1) : S;
    for (int64_t first = 0; first < end; first += KEYS) {
      const int64_t here = std::min(KEYS, end - first);
      product<false>(queries.data(), D, packed.keysOf(head, first / KEYS), scores.data(), D, KEYS);
      for (int64_t row = 0; row < count; row++)
        weigh(row, causal ? std::max<int64_t>(0, std::min(here, seen + row - first)) : here);
      product<true>(scores.data(), KEYS, packed.valuesOf(head, first / KEYS), output.data(), KEYS,
                    wide);
    }
    for (int64_t row = 0; row < count; row++) {
      float* to = result + row * (D + 1);
      // a query that sees nothing gets zeros; NaN stays
      const float share = sum[row] > 0 || sum[row] != sum[row] ? 1 / sum[row] : 0;
      for (int64_t d = 0; d < D; d++) to[d] = output[row * wide + d] * share;
      to[D] = top[row] + std::log(sum[row]);
    }
  }

 private:
  /**
   * Scores of a row become weights under the new maximum, and what was gathered so far is scaled to
   * it; only the first `visible` count.
   */
  void weigh(int64_t row, int64_t visible) {
    float* s = scores.data() + row * KEYS;
    for (int64_t j = visible; j < KEYS; j++) s[j] = -__builtin_inff();
    Floats most = load(s), total{};
    for (int64_t j = LANES; j < KEYS; j += LANES) most = larger(load(s + j), most);
    const float next = std::max(top[row], largestOf(most)),
                base = next == -__builtin_inff() ? 0 : next;
    for (int64_t j = 0; j < KEYS; j += LANES) {
      const Floats e = exponential<true>(load(s + j) - base);
      store(s + j, e);
      total += e;
    }
    const float kept = std::exp(top[row] - base);
    sum[row] = sum[row] * kept + sumOf(total);
    top[row] = next;
    float* o = output.data() + row * wide;
    if (kept != 1)
      for (int64_t d = 0; d < wide; d += LANES) store(o + d, load(o + d) * kept);
  }
};

/**
 * q [heads, T, D], scaled already, k and v [heads, S, D] → result [heads, T, D + 1]. Causal queries
 * are the last T of S tokens.
 */
static void flashAttention(const float* q, const float* k, const float* v, float* result,
                           int64_t heads, int64_t T, int64_t S, int64_t D, bool causal) {
  Packed packed(heads, S, D);
  share(heads * packed.tiles, 4.0 * heads * S * D, [&](int64_t task) {
    const int64_t head = task / packed.tiles, tile = task % packed.tiles;
    packed.pack(head, tile, k + head * S * D, v + head * S * D, std::min(KEYS, S - tile * KEYS));
  });
  const int64_t tiles = (T + QUERIES - 1) / QUERIES;
  share(heads * tiles, 0.5 * heads * T * S * D, [&](int64_t task) {
    FlashTile tile(D, packed.wide);
    // the longest first, so that no core is left with it
    const int64_t head = task / tiles, first = (tiles - 1 - task % tiles) * QUERIES;
    tile.attend(q + (head * T + first) * D, packed, head, result + (head * T + first) * (D + 1),
                std::min(QUERIES, T - first), S, first + S - T + 1, causal);
  });
}
