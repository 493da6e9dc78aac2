/** Vectors of as many float32 as the processor takes at once. */
#pragma once
#include <algorithm>
#include <cstdint>
#include <cstring>
#include <vector>

#include "workers.h"

#if defined(__AVX512F__)
constexpr int64_t LANES = 16;
#elif defined(__AVX__)
constexpr int64_t LANES = 8;
#else
constexpr int64_t LANES = 4;
#endif

typedef float Floats __attribute__((vector_size(4 * LANES)));
typedef int32_t Ints __attribute__((vector_size(4 * LANES)));

static inline Floats all(float x) { return x - Floats{}; }
template <class V>
static inline V loadAs(const void* from) {
  V x;
  memcpy(&x, from, sizeof x);
  return x;
}
static inline Floats load(const float* from) { return loadAs<Floats>(from); }
static inline void store(float* to, Floats x) { memcpy(to, &x, sizeof x); }
/** The first n numbers, zeros behind them. */
static inline Floats loadPart(const float* from, int64_t n) {
  Floats x{};
  memcpy(&x, from, 4 * n);
  return x;
}
static inline void storePart(float* to, Floats x, int64_t n) { memcpy(to, &x, 4 * n); }

static inline Floats larger(Floats a, Floats b) { return a > b ? a : b; }
static inline float sumOf(Floats x) {
  float s = 0;
  for (int64_t i = 0; i < LANES; i++) s += x[i];
  return s;
}
static inline float largestOf(Floats x) {
  float m = x[0];
  for (int64_t i = 1; i < LANES; i++) m = x[i] > m ? x[i] : m;
  return m;
}

/** Calls f(at, n) for each vector of a row, the last with the n < LANES numbers that are left. */
template <class Whole, class Part>
static inline void along(int64_t n, Whole whole, Part part) {
  int64_t i = 0;
  for (; i + LANES <= n; i += LANES) whole(i);
  if (i < n) part(i, n - i);
}

/** 2ᵏ for whole k from −126 to 127, from the bits. */
static inline Floats power(Ints k) {
  const Ints bits = (k + 127) << 23;
  return loadAs<Floats>(&bits);
}

/**
 * eˣ within two units in the last place: 2ᵏ times a polynomial of what is left (Cephes'
 * coefficients). What is below 1.2e-38 becomes 0, what is above float32's range ∞; NaN stays.
 * AT_MOST_ONE saves the steps that only a positive x needs.
 */
template <bool AT_MOST_ONE>
static inline Floats exponential(Floats x) {
  const Floats low = all(-87.33654f), high = all(88.72283f);
  Floats t = x < low ? low : x;
  if (!AT_MOST_ONE) t = t > high ? high : t;
  const Floats shift = all(12582912.0f);  // 1.5·2²³: adding it rounds to a whole number
  const Floats k = (t * all(1.44269504f) + shift) - shift;
  const Floats r = (t - k * all(0.693359375f)) + k * all(2.12194440e-4f);
  Floats p = all(1.9875691500e-4f);
  p = p * r + all(1.3981999507e-3f);
  p = p * r + all(8.3334519073e-3f);
  p = p * r + all(4.1665795894e-2f);
  p = p * r + all(1.6666665459e-1f);
  p = p * r + all(5.0000001201e-1f);
  const Floats y = p * r * r + r + all(1);
  const Ints whole = __builtin_convertvector(k, Ints);
  if (AT_MOST_ONE) return x < low ? all(0) : y * power(whole);
  const Ints half = whole >> 1;  // 2¹²⁸ is no float32
  const Floats e = x < low ? all(0) : y * power(half) * power(whole - half);
  return x > high ? all(__builtin_inff()) : e;
}
