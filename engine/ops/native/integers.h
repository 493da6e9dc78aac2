/**
 * Few rows of x times packed weights, on processors that add products of integers (AVX-512 VNNI).
 * As in engine/ops/assembly/packed.ts, a block of x becomes integers of 23 bits with a scale: 16
 * bits, and 7 for what they leave. A block's product is then a sum of integers, exact until it is
 * scaled.
 */
#pragma once
#include "packed.h"

#if defined(__AVX512VNNI__) && defined(__AVX512BW__)
/** Two blocks: upper bits of numbers 0, 2, …, then of 1, 3, …, and the lower bits of all. */
struct alignas(64) Rounded {
  int16_t even[32], odd[32];
  uint8_t lower[64];
};

/** What two blocks of x are scaled by, and their sums: for each a pair, as blocks begin. */
struct alignas(16) Scales {
  float of[4];
};

/** Where all numbers of a block are below this, its scale would leave float32's range. */
constexpr float TINY = 1e-20f;

/**
 * Rounds block b, 0 or 1, of a pair; false where the sum of its numbers is infinite or NaN, or all
 * are tiny.
 */
static bool roundBlock(const float* x, int64_t b, Rounded& to, Scales& scales) {
  const Floats left = load(x), right = load(x + 16);
  const float sum = folded(left + right);
  if (sum - sum != 0) return false;
  const float most = largestOf(larger(larger(left, -left), larger(right, -right)));
  if (most < TINY && most > 0) return false;
  const float by = most > 0 ? 32767 / most : 0;
  const __m512i l = _mm512_cvtps_epi32(left * by * 128), r = _mm512_cvtps_epi32(right * by * 128);
  const auto half = [&](int first) {
    const __m512i step =
        _mm512_setr_epi32(0, 2, 4, 6, 8, 10, 12, 14, 16, 18, 20, 22, 24, 26, 28, 30);
    const __m512i some = _mm512_permutex2var_epi32(l, step + _mm512_set1_epi32(first), r);
    return _mm512_cvtepi32_epi16(_mm512_srai_epi32(some, 7));
  };
  const __m256i even = half(0), odd = half(1);
  memcpy(to.even + 16 * b, &even, sizeof even);
  memcpy(to.odd + 16 * b, &odd, sizeof odd);
  const __m512i seven = _mm512_set1_epi32(127);
  const __m128i low = _mm512_cvtepi32_epi8(l & seven), high = _mm512_cvtepi32_epi8(r & seven);
  memcpy(to.lower + 32 * b, &low, sizeof low);
  memcpy(to.lower + 32 * b + 16, &high, sizeof high);
  scales.of[2 * b] = most / (32767 * 128.0f);
  scales.of[2 * b + 1] = sum;
  return true;
}

/** The weights of two blocks as bytes, and what the blocks begin with, as float32. */
static inline __m512i bytesOf(Q4_1, const uint8_t* w) {
  const __m256i both = _mm256_inserti128_si256(_mm256_castsi128_si256(loadAs<__m128i>(w + 4)),
                                               loadAs<__m128i>(w + 24), 1);
  const __m512i twice = _mm512_permutexvar_epi64(_mm512_setr_epi64(0, 1, 0, 1, 2, 3, 2, 3),
                                                 _mm512_castsi256_si512(both));
  constexpr int64_t FOURS = 0x0004000400040004;
  const __m512i shifts = _mm512_setr_epi64(0, 0, FOURS, FOURS, 0, 0, FOURS, FOURS);
  return _mm512_srlv_epi16(twice, shifts) & _mm512_set1_epi8(15);
}
static inline __m512i bytesOf(Q8_0, const uint8_t* w) {
  return _mm512_inserti64x4(_mm512_castsi256_si512(loadAs<__m256i>(w + 2)), loadAs<__m256i>(w + 36),
                            1);
}
static inline __m128 headsOf(Q4_1, const uint8_t* w) {
  return _mm_cvtph_ps(_mm_set_epi32(0, 0, loadAs<int32_t>(w + 20), loadAs<int32_t>(w)));
}
static inline __m128 headsOf(Q8_0, const uint8_t* w) {
  return _mm_cvtph_ps(_mm_set_epi32(0, 0, loadAs<uint16_t>(w + 34), loadAs<uint16_t>(w)));
}

/** Weights as 16-bit integers: of bytes 0, 2, …, and of 1, 3, …. */
static inline __m512i evenOf(Q4_1, __m512i w) { return w & _mm512_set1_epi16(255); }
static inline __m512i evenOf(Q8_0, __m512i w) {
  return _mm512_srai_epi16(_mm512_slli_epi16(w, 8), 8);
}
static inline __m512i oddOf(__m512i w) { return _mm512_srai_epi16(w, 8); }

/** Two blocks of weights times those of R rows, `pairs` apart. */
template <class Type, int64_t R>
static inline void addPair(const uint8_t* w, const Rounded* x, const Scales* scales, int64_t pairs,
                           __m512* totals, __m128* leasts) {
  const __m512i bytes = bytesOf(Type{}, w), even = evenOf(Type{}, bytes), odd = oddOf(bytes);
  const __m128 heads = headsOf(Type{}, w);
  const __m512i each = _mm512_setr_epi32(0, 0, 0, 0, 0, 0, 0, 0, 2, 2, 2, 2, 2, 2, 2, 2);
#pragma GCC unroll 4
  for (int64_t r = 0; r < R; r++) {
    const Rounded& of = x[r * pairs];
    __m512i sum = _mm512_dpwssd_epi32(_mm512_setzero_si512(), even, loadAs<__m512i>(of.even));
    sum = _mm512_slli_epi32(_mm512_dpwssd_epi32(sum, odd, loadAs<__m512i>(of.odd)), 7);
    sum = _mm512_dpbusd_epi32(sum, loadAs<__m512i>(of.lower), bytes);
    const __m128 by = heads * loadAs<__m128>(scales[r * pairs].of);
    leasts[r] += by;
    totals[r] += _mm512_cvtepi32_ps(sum) * _mm512_permutexvar_ps(each, _mm512_castps128_ps512(by));
  }
}

/** One row of weights times R rounded rows; y's rows are n numbers apart. */
template <class Type, int64_t R>
static void rowTimesRounded(const uint8_t* w, const Rounded* x, const Scales* scales, float* y,
                            int64_t blocks, int64_t n) {
  __m512 totals[R] = {};
  __m128 leasts[R] = {};
  const int64_t pairs = (blocks + 1) / 2;
  int64_t i = 0;
  for (; 2 * i + 2 <= blocks; i++, w += 2 * Type::BYTES) {
    __builtin_prefetch(w + AHEAD);
    addPair<Type, R>(w, x + i, scales + i, pairs, totals, leasts);
  }
  if (2 * i < blocks) {  // what would follow is another row's, or nobody's
    uint8_t last[2 * Type::BYTES] = {};
    memcpy(last, w, Type::BYTES);
    addPair<Type, R>(last, x + i, scales + i, pairs, totals, leasts);
  }
  for (int64_t r = 0; r < R; r++) y[r * n] = folded(totals[r]) + (leasts[r][1] + leasts[r][3]);
}

/** Few rows of x as integers, and whether their numbers allowed that. */
struct RoundedRows {
  std::vector<Rounded> blocks;
  std::vector<Scales> scales;
  bool made = true;

  RoundedRows(const float* x, int64_t m, int64_t blocksOfRow) {
    const int64_t pairs = (blocksOfRow + 1) / 2;
    blocks.resize(m * pairs);
    scales.resize(m * pairs);
    for (int64_t i = 0; made && i < m * blocksOfRow; i++) {
      const int64_t block = i % blocksOfRow, at = i / blocksOfRow * pairs + block / 2;
      made = roundBlock(x + i * BLOCK, block % 2, blocks[at], scales[at]);
    }
  }
};

/** Rows of weights from j to end times m rounded rows, at most four. */
template <class Type>
static void roundedTimes(const uint8_t* w, const RoundedRows& x, float* y, int64_t m,
                         int64_t blocks, int64_t n, int64_t j, int64_t end) {
  constexpr decltype(&rowTimesRounded<Type, 1>) OF[] = {
      rowTimesRounded<Type, 1>, rowTimesRounded<Type, 2>, rowTimesRounded<Type, 3>,
      rowTimesRounded<Type, 4>};
  const uint8_t* row = w + j * blocks * Type::BYTES;
  for (; j < end; j++, row += blocks * Type::BYTES)
    OF[m - 1](row, x.blocks.data(), x.scales.data(), y + j, blocks, n);
}
#else
/** Not on this processor. */
struct RoundedRows {
  static constexpr bool made = false;
  RoundedRows(const float*, int64_t, int64_t) {}
};
template <class Type>
static void roundedTimes(const uint8_t*, const RoundedRows&, float*, int64_t, int64_t, int64_t,
                         int64_t, int64_t) {}
#endif
