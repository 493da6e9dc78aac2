/**
 * Whole layers and their gradients in one pass over memory. Rows lie one behind the other; n is a
 * row's length, at least 1.
 */
#pragma once
#include <cmath>

#include "simd.h"

/** Rows that one worker takes at a time. */
constexpr int64_t BAND = 64;
template <class F>
static void bands(int64_t rows, double cost, F f) {
  share((rows + BAND - 1) / BAND, cost,
        [&](int64_t band) { f(band * BAND, std::min(rows, (band + 1) * BAND)); });
}

struct Moments {
  float mean, r;
};

/** The mean of a row and 1/√(variance + eps). */
static inline Moments moments(const float* x, int64_t n, float eps) {
  Floats sum{};
  along(
      n, [&](int64_t i) { sum += load(x + i); },
      [&](int64_t i, int64_t k) { sum += loadPart(x + i, k); });
  const float mean = sumOf(sum) / n;
  Floats squares{};
  float rest = 0;
  along(
      n,
      [&](int64_t i) {
        const Floats d = load(x + i) - mean;
        squares += d * d;
      },
      [&](int64_t i, int64_t k) {
        for (int64_t j = i; j < i + k; j++) rest += (x[j] - mean) * (x[j] - mean);
      });
  return {mean, 1 / std::sqrt((sumOf(squares) + rest) / n + eps)};
}

/** y = n·gamma + beta, n = (x − mean)·r. */
static void layerNorm(const float* x, const float* gamma, const float* beta, float* y, int64_t rows,
                      int64_t n, float eps) {
  bands(rows, 8.0 * rows * n, [&](int64_t from, int64_t to) {
    for (int64_t row = from; row < to; row++) {
      const float* a = x + row * n;
      float* b = y + row * n;
      const auto [mean, r] = moments(a, n, eps);
      along(
          n,
          [&, mean = mean, r = r](int64_t i) {
            store(b + i, (load(a + i) - mean) * r * load(gamma + i) + load(beta + i));
          },
          [&, mean = mean, r = r](int64_t i, int64_t k) {
            storePart(
                b + i,
                (loadPart(a + i, k) - mean) * r * loadPart(gamma + i, k) + loadPart(beta + i, k),
                k);
          });
    }
  });
}

/**
 * dx = r·(g − mean(g) − n·mean(g·n)) with g = dy·gamma; dGamma = Σ dy·n and dBeta = Σ dy over the
 * rows, summed for each band and then over the bands in their order, whoever computed them.
 */
static void layerNormGrad(const float* x, const float* gamma, const float* dy, float* dx,
                          float* dGamma, float* dBeta, int64_t rows, int64_t n, float eps) {
  // of a band alone: rounding errors grow with the length of a sum
  std::vector<float> parts(2 * n * ((rows + BAND - 1) / BAND));
  bands(rows, 16.0 * rows * n, [&](int64_t from, int64_t to) {
    std::vector<float> memory(n);
    float *g = memory.data(), *gammas = parts.data() + 2 * n * (from / BAND), *betas = gammas + n;
    for (int64_t row = from; row < to; row++) {
      const float *a = x + row * n, *d = dy + row * n;
      float* out = dx + row * n;
      const auto [mean, r] = moments(a, n, eps);
      Floats sum{}, products{};
      along(
          n,
          [&, mean = mean, r = r](int64_t i) {
            const Floats back = load(d + i), normed = (load(a + i) - mean) * r,
                         weighted = back * load(gamma + i);
            store(out + i, normed);
            store(g + i, weighted);
            store(gammas + i, load(gammas + i) + back * normed);
            store(betas + i, load(betas + i) + back);
            sum += weighted;
            products += weighted * normed;
          },
          [&, mean = mean, r = r](int64_t i, int64_t k) {
            const Floats back = loadPart(d + i, k), normed = (loadPart(a + i, k) - mean) * r,
                         weighted = back * loadPart(gamma + i, k);
            storePart(out + i, normed, k);
            storePart(g + i, weighted, k);
            storePart(gammas + i, loadPart(gammas + i, k) + back * normed, k);
            storePart(betas + i, loadPart(betas + i, k) + back, k);
            sum += weighted;  // zero beyond the row, since back is
            products += weighted * normed;
          });
      const float meanG = sumOf(sum) / n, meanGn = sumOf(products) / n, scale = r;
      along(
          n,
          [&](int64_t i) {
            store(out + i, (load(g + i) - meanG - load(out + i) * meanGn) * scale);
          },
          [&](int64_t i, int64_t k) {
            storePart(out + i, (loadPart(g + i, k) - meanG - loadPart(out + i, k) * meanGn) * scale,
                      k);
          });
    }
  });
  std::vector<double> totals(2 * n);
  for (size_t i = 0; i < parts.size(); i++) totals[i % (2 * n)] += parts[i];
  for (int64_t i = 0; i < n; i++) {
    dGamma[i] = static_cast<float>(totals[i]);
    dBeta[i] = static_cast<float>(totals[n + i]);
  }
}

/**
 * exp(x − max) / Σ exp(x − max). least: the smallest number that counts as the largest of a row;
 * with −∞ a row of nothing but −∞ gives NaN, with the lowest float32 it gives zeros.
 */
static void softmax(const float* x, float* y, int64_t rows, int64_t n, float least) {
  bands(rows, 12.0 * rows * n, [&](int64_t from, int64_t to) {
    for (int64_t row = from; row < to; row++) {
      const float* a = x + row * n;
      float* b = y + row * n;
      Floats top = all(least);
      float largest = least;
      along(
          n, [&](int64_t i) { top = larger(load(a + i), top); },
          [&](int64_t i, int64_t k) {
            for (int64_t j = i; j < i + k; j++) largest = a[j] > largest ? a[j] : largest;
          });
      largest = std::max(largest, largestOf(top));
      Floats sum{};
      float rest = 0;
      along(
          n,
          [&](int64_t i) {
            const Floats e = exponential<true>(load(a + i) - largest);
            store(b + i, e);
            sum += e;
          },
          [&](int64_t i, int64_t k) {
            storePart(b + i, exponential<true>(loadPart(a + i, k) - largest), k);
            for (int64_t j = i; j < i + k; j++) rest += b[j];
          });
      // the largest alone gives exp(0) = 1; NaN stays
      const float total = sumOf(sum) + rest, part = 1 / (total < 1 ? 1 : total);
      along(
          n, [&](int64_t i) { store(b + i, load(b + i) * part); },
          [&](int64_t i, int64_t k) { storePart(b + i, loadPart(b + i, k) * part, k); });
    }
  });
}

/** dx = y·(dy − Σ dy·y), y being what softmax gave. */
static void softmaxGrad(const float* y, const float* dy, float* dx, int64_t rows, int64_t n) {
  bands(rows, 4.0 * rows * n, [&](int64_t from, int64_t to) {
    for (int64_t row = from; row < to; row++) {
      const float *a = y + row * n, *d = dy + row * n;
      float* out = dx + row * n;
      Floats products{};
      along(
          n, [&](int64_t i) { products += load(a + i) * load(d + i); },
          [&](int64_t i, int64_t k) { products += loadPart(a + i, k) * loadPart(d + i, k); });
      const float sum = sumOf(products);
      along(
          n, [&](int64_t i) { store(out + i, load(a + i) * (load(d + i) - sum)); },
          [&](int64_t i, int64_t k) {
            storePart(out + i, loadPart(a + i, k) * (loadPart(d + i, k) - sum), k);
          });
    }
  });
}

// GELU's tanh form is x·s with s = σ(z), z = x·(LINEAR + CUBIC·x²)
constexpr float LINEAR = 1.5957691216057308f, CUBIC = 0.07135481627260025f;
/**
 * From |x| = 10 on s is 0 or 1, so that the slope beside s·(1 − s) does not matter, as long as it
 * is finite.
 */
constexpr float FAR_SQUARE = 100;

static inline Floats gate(Floats x, Floats square) {
  return 1 / (1 + exponential<false>(-(square * CUBIC + LINEAR) * x));
}
static inline Floats gelu(Floats x) { return x * gate(x, x * x); }
static inline Floats geluSlope(Floats x, Floats dy) {
  const Floats square = x * x, s = gate(x, square),
               near = square > all(FAR_SQUARE) ? all(FAR_SQUARE) : square;
  return dy * (s + (s - s * s) * x * (near * (3 * CUBIC) + LINEAR));
}

/** Numbers that one worker takes at a time. */
constexpr int64_t STRETCH = 16384;
template <class F>
static void stretches(int64_t n, double cost, F f) {
  share((n + STRETCH - 1) / STRETCH, cost,
        [&](int64_t s) { f(s * STRETCH, std::min(n, (s + 1) * STRETCH)); });
}

static void geluTanh(const float* x, float* y, int64_t n) {
  stretches(n, 12.0 * n, [&](int64_t from, int64_t to) {
    along(
        to - from, [&](int64_t i) { store(y + from + i, gelu(load(x + from + i))); },
        [&](int64_t i, int64_t k) { storePart(y + from + i, gelu(loadPart(x + from + i, k)), k); });
  });
}

static void geluTanhGrad(const float* x, const float* dy, float* dx, int64_t n) {
  stretches(n, 16.0 * n, [&](int64_t from, int64_t to) {
    along(
        to - from,
        [&](int64_t i) {
          store(dx + from + i, geluSlope(load(x + from + i), load(dy + from + i)));
        },
        [&](int64_t i, int64_t k) {
          storePart(dx + from + i, geluSlope(loadPart(x + from + i, k), loadPart(dy + from + i, k)),
                    k);
        });
  });
}
