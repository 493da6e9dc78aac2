/**
 * Products with weights that stay in the blocks of a GGUF file, Q4_1 and Q8_0 (llama.cpp,
 * ggml-common.h): 32 weights and a scale. Blocks become float32 in registers, so a product is as
 * exact as one of the unpacked weights.
 */
#pragma once
#include "layers.h"

#if defined(__AVX2__)
#include <immintrin.h>
#endif

constexpr int64_t BLOCK = 32;
/** Vectors of a block. */
constexpr int64_t PARTS = BLOCK / LANES;

typedef uint8_t Bytes __attribute__((vector_size(LANES)));
typedef int8_t SignedBytes __attribute__((vector_size(LANES)));

typedef float Four __attribute__((vector_size(16)));

/** Bytes as whole numbers; compilers take those from memory apart one by one. */
static inline Ints unsignedFrom(const uint8_t* from) {
#if defined(__AVX512F__)
  return (Ints)_mm512_cvtepu8_epi32(loadAs<__m128i>(from));
#elif defined(__AVX2__)
  return (Ints)_mm256_cvtepu8_epi32(_mm_loadl_epi64(reinterpret_cast<const __m128i*>(from)));
#else
  return __builtin_convertvector(loadAs<Bytes>(from), Ints);
#endif
}
static inline Ints signedFrom(const uint8_t* from) {
#if defined(__AVX512F__)
  return (Ints)_mm512_cvtepi8_epi32(loadAs<__m128i>(from));
#elif defined(__AVX2__)
  return (Ints)_mm256_cvtepi8_epi32(_mm_loadl_epi64(reinterpret_cast<const __m128i*>(from)));
#else
  return __builtin_convertvector(loadAs<SignedBytes>(from), Ints);
#endif
}

static inline Floats floatsOf(Bytes x) {
  return __builtin_convertvector(__builtin_convertvector(x, Ints), Floats);
}

/** A finite float16 → float32. */
static inline float half(const uint8_t* from) {
  const int16_t bits = loadAs<int16_t>(from);
#if defined(__F16C__)
  float x;
  asm("vmovd %1, %0\n\tvcvtph2ps %0, %0" : "=x"(x) : "r"(static_cast<int32_t>(bits)));
  return x;
#else
  // exponent and fraction, moved into a float32, are too small by 2¹¹²
  const int32_t moved = (bits * (1 << 13)) & static_cast<int32_t>(0x8fffe000);
  return loadAs<float>(&moved) * 5.192296858534828e33f;
#endif
}

/** What a block begins with, as float32: its scale, and its smallest weight. */
struct Head {
  float scale, least;
};

/** Scale and smallest weight, then a byte for weights i and i + 16. */
struct Q4_1 {
  static constexpr int64_t BYTES = 20;
  static inline Head head(const uint8_t* from) {
#if defined(__F16C__)
    Four x;
    asm("vmovd %1, %0\n\tvcvtph2ps %0, %0" : "=x"(x) : "r"(loadAs<int32_t>(from)));
    return {x[0], x[1]};
#else
    return {half(from), half(from + 2)};
#endif
  }
  /** Its weights before they are scaled. */
  static inline void integers(const uint8_t* from, Floats* w) {
    for (int64_t v = 0; v < PARTS / 2; v++) {
      const Ints both = unsignedFrom(from + 4 + v * LANES);
      w[v] = __builtin_convertvector(both & 15, Floats);
      w[v + PARTS / 2] = __builtin_convertvector(both >> 4, Floats);
    }
  }
  static inline void unpack(const uint8_t* from, Floats* w) {
    const Floats scale = all(half(from)), least = all(half(from + 2));
    for (int64_t v = 0; v < PARTS / 2; v++) {
      const Bytes both = loadAs<Bytes>(from + 4 + v * LANES);
      w[v] = floatsOf(both & 15) * scale + least;
      w[v + PARTS / 2] = floatsOf(both >> 4) * scale + least;
    }
  }
};

/** A scale, then a signed byte for each weight. */
struct Q8_0 {
  static constexpr int64_t BYTES = 34;
  static inline Head head(const uint8_t* from) { return {half(from), 0}; }
  static inline void integers(const uint8_t* from, Floats* w) {
    for (int64_t v = 0; v < PARTS; v++)
      w[v] = __builtin_convertvector(signedFrom(from + 2 + v * LANES), Floats);
  }
  static inline void unpack(const uint8_t* from, Floats* w) {
    const Floats scale = all(half(from));
    for (int64_t v = 0; v < PARTS; v++) {
      // compilers are good at widening bytes without a sign
      const Bytes shifted = loadAs<Bytes>(from + 2 + v * LANES) ^ 128;
      w[v] = (floatsOf(shifted) - 128) * scale;
    }
  }
};

/** Weights that were unpacked before. */
struct Unpacked {
  static constexpr int64_t BYTES = 4 * BLOCK;
  static inline void unpack(const uint8_t* from, Floats* w) {
    for (int64_t v = 0; v < PARTS; v++) w[v] = loadAs<Floats>(from + 4 * v * LANES);
  }
};

/** The sum of a vector, in as few steps as possible. */
static inline float folded(Floats x) {
  Four parts[LANES / 4], sum{};
  memcpy(parts, &x, sizeof x);
  for (int64_t i = 0; i < LANES / 4; i++) sum += parts[i];
  return (sum[0] + sum[2]) + (sum[1] + sum[3]);
}

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

/** Bytes of weights that are asked for early: the rows that follow, since rows are short. */
constexpr int64_t AHEAD = 2048;

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

/** Rows of weights from j to end times few rows of x. */
template <class Type>
static void fewTimes(const uint8_t* w, const float* x, const float* sums, float* y, int64_t m,
                     int64_t blocks, int64_t n, int64_t j, int64_t end) {
  constexpr decltype(&rowTimes<Type, 1>) OF[] = {rowTimes<Type, 1>, rowTimes<Type, 2>,
                                                 rowTimes<Type, 3>, rowTimes<Type, 4>};
  for (; j < end; j++) OF[m - 1](w + j * blocks * Type::BYTES, x, sums, y + j, blocks, n);
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

/** y [m, n] = x·wᵀ, with x [m, blocks · 32] and w n rows of blocks. */
template <class Type>
static void blockProduct(const float* x, int64_t m, const uint8_t* w, int64_t n, int64_t blocks,
                         float* y) {
  const int64_t row = blocks * Type::BYTES;
  const std::vector<float> sums = blockSums(x, m <= FEW ? m * blocks : 0);
  const int64_t some = rowsAtATime(n);
  share((n + some - 1) / some, 40.0 * (m + 8) * n * blocks, [&](int64_t task) {
    const int64_t end = std::min(n, (task + 1) * some);
    int64_t j = task * some;
    if (m <= FEW) return fewTimes<Type>(w, x, sums.data(), y, m, blocks, n, j, end);
    for (; j + AT_ONCE <= end; j += AT_ONCE)
      dotsOfMany<Type, AT_ONCE>(w + j * row, x, y + j, m, blocks, n);
    for (; j < end; j++) dotsOfMany<Type, 1>(w + j * row, x, y + j, m, blocks, n);
  });
}
