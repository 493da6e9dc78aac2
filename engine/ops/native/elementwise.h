/** Functions of single numbers, and arithmetic of two arrays. */
#pragma once
#include "layers.h"

static inline Floats choose(Ints where, Floats a, Floats b) { return where ? a : b; }
static inline Ints bitsOf(Floats x) { return loadAs<Ints>(&x); }
static inline Floats ofBits(Ints x) { return loadAs<Floats>(&x); }

/** As engine/ops/assembly/math.ts has it. */
static inline Floats tangent(Floats x) {
  const Ints sign = bitsOf(x) & static_cast<int32_t>(0x80000000);
  const Floats a = ofBits(bitsOf(x) ^ sign), t = x * x;
  Floats p = t * all(-0.005138604436069727f) + all(0.020091908052563667f);
  p = t * p + all(-0.0535588376224041f);
  p = t * p + all(0.1332911103963852f);
  p = t * p + all(-0.3333319127559662f);
  const Floats near = t * a * p + a, far = 1 - 2 / (exponential<false>(a + a) + 1);
  return ofBits(bitsOf(choose(a < all(0.7f), near, far)) | sign);
}

/** x·P(x²) / Q(x²), as there; from 3.92 on it is 1 in float32. */
static inline Floats errorFunction(Floats x) {
  const Floats high = all(3.92f), low = -high;
  Floats a = choose(x > high, high, x);
  a = choose(a < low, low, a);
  const Floats t = a * a;
  Floats p = t * all(2.0465186025830917e-6f) + all(0.0002848495205398649f);
  p = t * p + all(0.0037717462982982397f);
  p = t * p + all(0.05276691913604736f);
  p = t * p + all(0.1905718445777893f);
  p = t * p + all(1.1283791065216064f);
  Floats q = t * all(3.805315645877272e-5f) + all(0.0011637071147561073f);
  q = t * q + all(0.01498157624155283f);
  q = t * q + all(0.11417413502931595f);
  q = t * q + all(0.5022226572036743f);
  q = t * q + 1;
  const Floats y = a * p / q, one = all(1);
  return choose(x >= high, one, choose(x <= low, -one, y));
}

static inline Floats roots(Floats x) {
  for (int64_t i = 0; i < LANES; i++) x[i] = std::sqrt(x[i]);
  return x;
}

/** Φ(x) = (1 + erf(x/√2))/2, as engine/ops/assembly/fused.ts has it. */
static inline Floats below(Floats x) {
  return (errorFunction(x * 0.70710678118654752f) + 1) * 0.5f;
}
static inline Floats exactSlope(Floats x, Floats dy) {
  const Floats density = exponential<false>(x * x * -0.5f) * 0.39894228040143268f;
  return dy * (below(x) + x * density);
}

/** dx = dy·(Φ(x) + x·φ(x)), with the normal density φ(x) = exp(−x²/2)/√(2π). */
static void geluGrad(const float* x, const float* dy, float* dx, int64_t n) {
  stretches(n, 20.0 * n, [&](int64_t from, int64_t to) {
    along(
        to - from,
        [&](int64_t i) {
          store(dx + from + i, exactSlope(load(x + from + i), load(dy + from + i)));
        },
        [&](int64_t i, int64_t k) {
          storePart(dx + from + i,
                    exactSlope(loadPart(x + from + i, k), loadPart(dy + from + i, k)), k);
        });
  });
}

/**
 * ln x within a unit in the last place: the exponent's part, and Cephes' polynomial for the rest,
 * which lies from √½ to √2.
 */
static inline Floats logarithm(Floats x) {
  const Ints tiny = x < all(1.17549435e-38f);  // below the normal numbers
  const Ints bits = bitsOf(choose(tiny, x * all(8388608.0f), x));
  const Floats half = ofBits((bits & 0x007fffff) | 0x3f000000);
  const Ints low = half < all(0.70710678f);
  const Floats e = __builtin_convertvector((bits >> 23) - 126 + low, Floats) -
                   choose(tiny, all(23), all(0)),
               m = choose(low, half + half, half) - 1, z = m * m;
  Floats p = m * all(7.0376836292e-2f) + all(-1.1514610310e-1f);
  p = p * m + all(1.1676998740e-1f);
  p = p * m + all(-1.2420140846e-1f);
  p = p * m + all(1.4249322787e-1f);
  p = p * m + all(-1.6668057665e-1f);
  p = p * m + all(2.0000714765e-1f);
  p = p * m + all(-2.4999993993e-1f);
  p = p * m + all(3.3333331174e-1f);
  const Floats rest = m * z * p + e * all(-2.12194440e-4f) - z * all(0.5f);
  const Floats y = m + rest + e * all(0.693359375f), none = all(0), most = all(__builtin_inff());
  const Floats positive = choose(x == most, most, choose(x == none, -most, y));
  return choose((x < none) | (x != x), all(__builtin_nanf("")), positive);
}

static inline Floats positivePart(Floats x) { return choose((x > all(0)) | (x != x), x, all(0)); }

template <class F>
static void eachOf(const float* x, float* y, int64_t n, F f) {
  stretches(n, 4.0 * n, [&](int64_t from, int64_t to) {
    along(
        to - from, [&](int64_t i) { store(y + from + i, f(load(x + from + i))); },
        [&](int64_t i, int64_t k) { storePart(y + from + i, f(loadPart(x + from + i, k)), k); });
  });
}

/** y = x·Φ(x), GELU as it is defined. */
static void exactGelu(const float* x, float* y, int64_t n) {
  eachOf(x, y, n, [](Floats x) { return x * below(x); });
}

/**
 * op: 0 exp, 1 tanh, 2 erf, 3 square, 4 sqrt, 5 1/√x, 6 negation, 7 sigmoid, 8 max(x, 0), 9 ln.
 */
static void unary(int64_t op, const float* x, float* y, int64_t n) {
  switch (op) {
    case 0:
      return eachOf(x, y, n, exponential<false>);
    case 1:
      return eachOf(x, y, n, tangent);
    case 2:
      return eachOf(x, y, n, errorFunction);
    case 3:
      return eachOf(x, y, n, [](Floats x) { return x * x; });
    case 4:
      return eachOf(x, y, n, roots);
    case 5:
      return eachOf(x, y, n, [](Floats x) { return 1 / roots(x); });
    case 6:
      return eachOf(x, y, n, [](Floats x) { return -x; });
    case 7:
      return eachOf(x, y, n, [](Floats x) { return 1 / (1 + exponential<false>(-x)); });
    case 8:
      return eachOf(x, y, n, positivePart);
    case 9:
      return eachOf(x, y, n, logarithm);
  }
}

/** One side of a row: it runs along, or is one number. */
struct Side {
  const float* x;
  /** Numbers from one row to the next; `step` is 1 or 0. */
  int64_t row, step;
};

/** to [rows, n] = f(a, b). */
template <class F>
static void pairs(Side a, Side b, float* to, int64_t rows, int64_t n, F f) {
  const auto some = [&](int64_t row, int64_t from, int64_t until) {
    const float *left = a.x + row * a.row + from * a.step,
                *right = b.x + row * b.row + from * b.step;
    float* out = to + row * n + from;
    const auto go = [&](auto l, auto r) {
      along(
          until - from, [&](int64_t i) { store(out + i, f(l(i, LANES), r(i, LANES))); },
          [&](int64_t i, int64_t k) { storePart(out + i, f(l(i, k), r(i, k)), k); });
    };
    const auto runs = [](const float* x) {
      return [x](int64_t i, int64_t k) { return k == LANES ? load(x + i) : loadPart(x + i, k); };
    };
    const auto stays = [](const float* x) {
      return [one = all(*x)](int64_t, int64_t) { return one; };
    };
    if (a.step && b.step) return go(runs(left), runs(right));
    if (a.step) return go(runs(left), stays(right));
    return go(stays(left), runs(right));
  };
  if (rows == 1)
    return stretches(n, 1.0 * n, [&](int64_t from, int64_t until) { some(0, from, until); });
  bands(rows, 1.0 * rows * n, [&](int64_t from, int64_t until) {
    for (int64_t row = from; row < until; row++) some(row, 0, n);
  });
}

/** op: 0 +, 1 −, 2 ·, 3 /, 4 max, 5 min, 6 (a − b)²; a NaN stays. */
static void binary(int64_t op, Side a, Side b, float* to, int64_t rows, int64_t n) {
  const auto run = [&](auto f) { pairs(a, b, to, rows, n, f); };
  switch (op) {
    case 0:
      return run([](Floats a, Floats b) { return a + b; });
    case 1:
      return run([](Floats a, Floats b) { return a - b; });
    case 2:
      return run([](Floats a, Floats b) { return a * b; });
    case 3:
      return run([](Floats a, Floats b) { return a / b; });
    case 4:
      return run([](Floats a, Floats b) { return choose((a > b) | (a != a), a, b); });
    case 5:
      return run([](Floats a, Floats b) { return choose((a < b) | (a != a), a, b); });
    case 6:
      return run([](Floats a, Floats b) { return (a - b) * (a - b); });
  }
}
