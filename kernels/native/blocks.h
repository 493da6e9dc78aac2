/**
 * Products with weights that stay in the blocks of a GGUF file, Q4_1 and Q8_0 (llama.cpp,
 * ggml-common.h): 32 weights and a scale. Blocks become float32 in registers, so a product is as
 * exact as one of the unpacked weights.
 */
#pragma once
#include "layers.h"

constexpr int64_t BLOCK = 32;
/** Vectors of a block. */
constexpr int64_t PARTS = BLOCK / LANES;

typedef uint8_t Bytes __attribute__((vector_size(LANES)));

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

/** Scale and smallest weight, then a byte for weights i and i + 16. */
struct Q4_1 {
  static constexpr int64_t BYTES = 20;
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
    for (int64_t r = 0; r < R; r++) y[r * n + j] = sumOf(sums[j][r]);
}

/** W rows of weights times all m rows of x. */
template <class Type, int64_t W>
static void dotsOf(const uint8_t* w, const float* x, float* y, int64_t m, int64_t blocks,
                   int64_t n) {
  int64_t i = 0;
  for (; i + 4 <= m; i += 4) dots<Type, W, 4>(w, x + i * blocks * BLOCK, y + i * n, blocks, n);
  for (; i < m; i++) dots<Type, W, 1>(w, x + i * blocks * BLOCK, y + i * n, blocks, n);
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

/** Rows of weights that are read at a time, and those that one worker takes. */
constexpr int64_t AT_ONCE = 4, SOME = 32;

/** y [m, n] = x·wᵀ, with x [m, blocks · 32] and w n rows of blocks. */
template <class Type>
static void blockProduct(const float* x, int64_t m, const uint8_t* w, int64_t n, int64_t blocks,
                         float* y) {
  const int64_t row = blocks * Type::BYTES;
  const auto four = m > 4 ? dotsOfMany<Type, AT_ONCE> : dotsOf<Type, AT_ONCE>;
  const auto one = m > 4 ? dotsOfMany<Type, 1> : dotsOf<Type, 1>;
  share((n + SOME - 1) / SOME, 40.0 * (m + 8) * n * blocks, [&](int64_t task) {
    const int64_t end = std::min(n, (task + 1) * SOME);
    int64_t j = task * SOME;
    for (; j + AT_ONCE <= end; j += AT_ONCE) four(w + j * row, x, y + j, m, blocks, n);
    for (; j < end; j++) one(w + j * row, x, y + j, m, blocks, n);
  });
}
