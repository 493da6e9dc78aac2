/**
 * Weights in the blocks of a GGUF file, Q4_1 and Q8_0 (llama.cpp, ggml-common.h): 32 weights and a
 * scale.
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

/** Bytes of weights that are asked for early: the rows that follow, since rows are short. */
constexpr int64_t AHEAD = 2048;
