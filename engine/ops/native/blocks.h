/**
 * Products with weights that stay in the blocks of a GGUF file. Blocks become float32 in registers,
 * or x becomes integers, so a product is as exact as one of the unpacked weights.
 */
#pragma once
#include "integers.h"

/**
 * W rows of weights times R rows of x, both of `blocks` blocks; y's rows are n numbers apart.
 */
template <class Type, int64_t W, int64_t R>
static void dots(const uint8_t* w, const float* x, float* y, int64_t blocks, int64_t n) {
  Floats sums[W][R] = {};
  const int64_t next = blocks * Type::BYTES;
  for (int64_t i = 0; i < blocks; i++) {
#pragma GCC unroll 4
    for (int64_t j = 0; j < W; j++) {
      Floats weights[PARTS];
      Type::unpack(w + j * next + i * Type::BYTES, weights);
#pragma GCC unroll 4
      for (int64_t r = 0; r < R; r++) {
        for (int64_t v = 0; v < PARTS; v++)
          sums[j][r] += load(x + (r * blocks + i) * BLOCK + v * LANES) * weights[v];
      }
    }
  }
  for (int64_t j = 0; j < W; j++)
    for (int64_t r = 0; r < R; r++) y[r * n + j] = folded(sums[j][r]);
}

/** W rows of weights times all m rows of x. */
template <class Type, int64_t W>
static void dotsOf(const uint8_t* w, const float* x, float* y, int64_t m, int64_t blocks,
                   int64_t n) {
  int64_t i = 0;
  for (; i + 4 <= m; i += 4) dots<Type, W, 4>(w, x + i * blocks * BLOCK, y + i * n, blocks, n);
  for (; i < m; i++) dots<Type, W, 1>(w, x + i * blocks * BLOCK, y + i * n, blocks, n);
}

/**
 * One row of weights times R rows of x, whose sums over each block are given. Memory is read in one
 * stream, and a block is scaled only after its products are added.
 */
template <class Type, int64_t R>
static void rowTimes(const uint8_t* w, const float* x, const float* sums, float* y, int64_t blocks,
                     int64_t n) {
  Floats totals[R] = {};
  float leasts[R] = {};
  for (int64_t i = 0; i < blocks; i++, w += Type::BYTES) {
    __builtin_prefetch(w + AHEAD);
    Floats weights[PARTS];
    Type::integers(w, weights);
    const Head head = Type::head(w);
    const Floats scale = all(head.scale);
#pragma GCC unroll 4
    for (int64_t r = 0; r < R; r++) {
      const float* from = x + (r * blocks + i) * BLOCK;
      Floats part = load(from) * weights[0];
      for (int64_t v = 1; v < PARTS; v++) part += load(from + v * LANES) * weights[v];
      totals[r] += part * scale;
      leasts[r] += head.least * sums[r * blocks + i];
    }
  }
  for (int64_t r = 0; r < R; r++) y[r * n] = folded(totals[r]) + leasts[r];
}

/** As many rows of x as meet each row of weights where it lies. */
constexpr int64_t FEW = 4;

/** The sums of blocks of x. */
static std::vector<float> blockSums(const float* x, int64_t blocks) {
  std::vector<float> sums(blocks);
  for (int64_t i = 0; i < blocks; i++) {
    Floats sum{};
    for (int64_t v = 0; v < PARTS; v++) sum += load(x + i * BLOCK + v * LANES);
    sums[i] = folded(sum);
  }
  return sums;
}

/** Few rows of x, ready to meet packed weights: as integers where that is possible. */
struct FewRows {
  const float* x;
  int64_t m, blocks;
  RoundedRows rounded{x, m, blocks};
  std::vector<float> sums = blockSums(x, rounded.made ? 0 : m * blocks);
};

/** Rows of weights from j to end times few rows of x. */
template <class Type>
static void fewTimes(const uint8_t* w, const FewRows& rows, float* y, int64_t n, int64_t j,
                     int64_t end) {
  const auto& [x, m, blocks, rounded, sums] = rows;
  if (rounded.made) return roundedTimes<Type>(w, rounded, y, m, blocks, n, j, end);
  constexpr decltype(&rowTimes<Type, 1>) OF[] = {rowTimes<Type, 1>, rowTimes<Type, 2>,
                                                 rowTimes<Type, 3>, rowTimes<Type, 4>};
  for (; j < end; j++) OF[m - 1](w + j * blocks * Type::BYTES, x, sums.data(), y + j, blocks, n);
}

/** The same where so many rows read the weights that they are unpacked once for all of them. */
template <class Type, int64_t W>
static void dotsOfMany(const uint8_t* w, const float* x, float* y, int64_t m, int64_t blocks,
                       int64_t n) {
  thread_local std::vector<float> unpacked;
  unpacked.resize(W * blocks * BLOCK);
  for (int64_t i = 0; i < W * blocks; i++) {
    Floats weights[PARTS];
    Type::unpack(w + i * Type::BYTES, weights);
    for (int64_t v = 0; v < PARTS; v++) store(unpacked.data() + i * BLOCK + v * LANES, weights[v]);
  }
  dotsOf<Unpacked, W>(reinterpret_cast<const uint8_t*>(unpacked.data()), x, y, m, blocks, n);
}

/** Rows of weights that are read at a time, and the fewest that one worker takes. */
constexpr int64_t AT_ONCE = 4, SOME = 64;

/**
 * Rows of weights that one worker takes, of n that are read together: each piece is a stream from
 * memory, whose beginning is slow, and the last one is waited for.
 */
static int64_t rowsAtATime(int64_t n) {
  return std::max<int64_t>(1, (n / (8 * Workers::all().threads()) + SOME - 1) / SOME) * SOME;
}

/** y [m, n] = x·wᵀ, with x [m, blocks · 32] and w n rows of blocks. */
template <class Type>
static void blockProduct(const float* x, int64_t m, const uint8_t* w, int64_t n, int64_t blocks,
                         float* y) {
  const int64_t row = blocks * Type::BYTES;
  const FewRows rows{x, m <= FEW ? m : 0, blocks};
  const int64_t some = rowsAtATime(n);
  share((n + some - 1) / some, 40.0 * (m + 8) * n * blocks, [&](int64_t task) {
    const int64_t end = std::min(n, (task + 1) * some);
    int64_t j = task * some;
    if (m <= FEW) return fewTimes<Type>(w, rows, y, n, j, end);
    for (; j + AT_ONCE <= end; j += AT_ONCE)
      dotsOfMany<Type, AT_ONCE>(w + j * row, x, y + j, m, blocks, n);
    for (; j < end; j++) dotsOfMany<Type, 1>(w + j * row, x, y + j, m, blocks, n);
  });
}
