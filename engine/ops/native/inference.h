/**
 * Whole layers of a model that writes, without gradients: self-attention over a cache, SwiGLU, and
 * a block of both. Products that read the same x are shared among the threads as one.
 */
#pragma once
#include "blocks.h"
#include "matMul.h"

/** The weights of a product and its bias, nullptr without one. */
struct Weights {
  /** GGUF's number of the packed type, whose n rows are blocks; 0 for float32 [k, n]. */
  int64_t type;
  const uint8_t* data;
  int64_t n;
  const float* bias;
};
constexpr int64_t FLOATS = 0, TYPE_Q4_1 = 3;

/** y = x·w + b. */
struct Product {
  Weights w;
  float* y;
};

/** One piece of a product of few rows of k numbers: the columns from j to end. */
static void pieceOf(const Product& p, const FewRows& rows, int64_t k, int64_t j, int64_t end) {
  const auto [x, m] = std::pair(rows.x, rows.m);
  const auto& [type, data, n, bias] = p.w;
  if (type == FLOATS) {
    const float* w = reinterpret_cast<const float*>(data);
    for (int64_t i = 0; bias && i < m; i++) std::copy(bias + j, bias + end, p.y + i * n + j);
    return multiplyFew({x, k, 1}, {w + j, n, 1}, p.y + j, n, {m, k, end - j}, bias != nullptr);
  }
  const auto times = type == TYPE_Q4_1 ? fewTimes<Q4_1> : fewTimes<Q8_0>;
  times(data, rows, p.y, n, j, end);
  for (int64_t i = 0; bias && i < m; i++)
    for (int64_t c = j; c < end; c++) p.y[i * n + c] += bias[c];
}

/** A product of many rows. */
static void productOfMany(const Product& p, const float* x, int64_t m, int64_t k) {
  const auto& [type, data, n, bias] = p.w;
  if (type == FLOATS) {
    const float* w = reinterpret_cast<const float*>(data);
    for (int64_t i = 0; bias && i < m; i++) std::copy(bias, bias + n, p.y + i * n);
    return matMul({x, k, 1}, 0, {w, n, 1}, 0, p.y, 1, {m, k, n}, bias != nullptr);
  }
  (type == TYPE_Q4_1 ? blockProduct<Q4_1> : blockProduct<Q8_0>)(x, m, data, n, k / BLOCK, p.y);
  for (int64_t i = 0; bias && i < m; i++)
    for (int64_t c = 0; c < n; c++) p.y[i * n + c] += bias[c];
}

/** All products of x [m, k]. */
static void products(const float* x, int64_t m, int64_t k, std::initializer_list<Product> all) {
  if (m > FEW && k > 0) {
    for (const Product& p : all) productOfMany(p, x, m, k);
    return;
  }
  const bool anyPacked = std::any_of(all.begin(), all.end(), [](auto& p) { return p.w.type; });
  const FewRows rows{x, m, anyPacked ? k / BLOCK : 0};
  int64_t columns = 0, count = 0;
  for (const Product& p : all) columns += p.w.n;
  const int64_t some = rowsAtATime(columns);
  const auto pieces = [some](const Product& p) { return (p.w.n + some - 1) / some; };
  for (const Product& p : all) count += pieces(p);
  share(count, 1.25 * (m + 8) * columns * k, [&](int64_t piece) {
    const Product* p = all.begin();
    for (; piece >= pieces(*p); p++) piece -= pieces(*p);
    pieceOf(*p, rows, k, piece * some, std::min(p->w.n, (piece + 1) * some));
  });
}

/**
 * B texts of T new tokens over P old ones; H query heads read G groups of keys and values, D wide.
 */
struct Heads {
  int64_t B, T, P, H, G, D;
  int64_t tokens() const { return P + T; }
};

/** RoPE: its base, 0 where nothing turns, and whether features i and i + D/2 are a pair. */
struct Turning {
  double base;
  bool halves;
};

/** Cosines of the angles of the new tokens [T, D/2], and sines behind them, made in float64. */
static const float* anglesOf(const Heads& s, double base) {
  thread_local std::vector<float> angles;
  thread_local int64_t T = 0, P = 0, D = 0;
  thread_local double made = 0;
  if (T == s.T && P == s.P && D == s.D && made == base) return angles.data();
  T = s.T, P = s.P, D = s.D, made = base;
  const int64_t half = D / 2;
  angles.resize(2 * T * half);
  for (int64_t i = 0; i < half; i++) {
    const double rate = std::pow(base, -2.0 * i / D);
    for (int64_t t = 0; t < T; t++) {
      angles[t * half + i] = static_cast<float>(std::cos((P + t) * rate));
      angles[(T + t) * half + i] = static_cast<float>(std::sin((P + t) * rate));
    }
  }
  return angles.data();
}

/** One head's features, turned; x and y may be the same. */
static void turn(const float* x, float* y, int64_t D, const float* cos, const float* sin,
                 bool halves) {
  const int64_t half = D / 2, step = halves ? 1 : 2, apart = halves ? half : 1;
  for (int64_t i = 0; i < half; i++) {
    const float a = x[step * i], b = x[step * i + apart];
    y[step * i] = a * cos[i] - b * sin[i];
    y[step * i + apart] = b * cos[i] + a * sin[i];
  }
}

/** The old tokens of a cache [B, G, P, D], and then the new ones of x [B, T, G·D], turned or not.
 */
static void append(const float* old, const float* x, float* to, const Heads& s, const float* angles,
                   bool halves) {
  const int64_t S = s.tokens(), half = s.D / 2;
  for (int64_t b = 0; b < s.B; b++)
    for (int64_t g = 0; g < s.G; g++) {
      const int64_t group = b * s.G + g;
      float* y = to + group * S * s.D;
      if (s.P > 0) memcpy(y, old + group * s.P * s.D, 4 * s.P * s.D);
      y += s.P * s.D;
      for (int64_t t = 0; t < s.T; t++, y += s.D) {
        const float* from = x + ((b * s.T + t) * s.G + g) * s.D;
        if (angles)
          turn(from, y, s.D, angles + t * half, angles + (s.T + t) * half, halves);
        else
          memcpy(y, from, 4 * s.D);
      }
    }
}

static float dotOf(const float* a, const float* b, int64_t n) {
  Floats sum{};
  along(
      n, [&](int64_t i) { sum += load(a + i) * load(b + i); },
      [&](int64_t i, int64_t k) { sum += loadPart(a + i, k) * loadPart(b + i, k); });
  return folded(sum);
}

/** x = e^(x − top) for n numbers; returns their sum. */
static float weighted(float* x, int64_t n, float top) {
  Floats sum{};
  float rest = 0;
  along(
      n,
      [&](int64_t i) {
        const Floats e = exponential<true>(load(x + i) - top);
        store(x + i, e);
        sum += e;
      },
      [&](int64_t i, int64_t k) {
        storePart(x + i, exponential<true>(loadPart(x + i, k) - top), k);
        for (int64_t j = i; j < i + k; j++) rest += x[j];
      });
  return sumOf(sum) + rest;
}

/** y = Σ weights[j]·rows[j] / sum, over n rows of D numbers; zeros where the sum is 0. */
static void mix(const float* weights, const float* rows, int64_t n, int64_t D, float sum,
                float* y) {
  const float by = sum == 0 ? 0 : 1 / sum;
  along(
      D,
      [&](int64_t d) {
        Floats total{};
        for (int64_t j = 0; j < n; j++) total += load(rows + j * D + d) * weights[j];
        store(y + d, total * by);
      },
      [&](int64_t d, int64_t k) {
        Floats total{};
        for (int64_t j = 0; j < n; j++) total += loadPart(rows + j * D + d, k) * weights[j];
        storePart(y + d, total * by, k);
      });
}

/**
 * Causal attention of the queries q [B, T, H, D], which are the last T of all tokens, over k and v
 * [B, G, P + T, D]; head h reads group ⌊h·G/H⌋. A query whose scores are all −∞ gets zeros.
 */
static void attend(const float* q, const float* k, const float* v, float* y, const Heads& s,
                   float scale) {
  const int64_t S = s.tokens(), D = s.D;
  share(s.B * s.T * s.H, 2.0 * s.B * s.T * s.H * S * D, [&](int64_t i) {
    const int64_t head = i % s.H, t = i / s.H % s.T, b = i / (s.H * s.T), seen = s.P + t + 1,
                  group = (b * s.G + head * s.G / s.H) * S * D;
    thread_local std::vector<float> scores;
    scores.resize(seen);
    float top = -__builtin_inff();
    for (int64_t j = 0; j < seen; j++) {
      scores[j] = dotOf(q + i * D, k + group + j * D, D) * scale;
      top = scores[j] > top ? scores[j] : top;
    }
    const float sum = weighted(scores.data(), seen, top == -__builtin_inff() ? 0 : top);
    mix(scores.data(), v + group, seen, D, sum, y + i * D);
  });
}

/** The caches and results of a layer of attention; the old ones are not read where P is 0. */
struct Cache {
  const float *oldK, *oldV;
  float *k, *v;
};

/** y [B, T, C] = attention of x over a cache, with its four products w: q, k, v and o. */
static void attentionLayer(const float* x, int64_t C, const Weights* w, const Cache& cache,
                           float* y, const Heads& s, float scale, Turning turning) {
  const int64_t rows = s.B * s.T, width = s.H * s.D, narrow = s.G * s.D;
  thread_local std::vector<float> scratch;
  scratch.resize(rows * (2 * width + 2 * narrow));
  float *q = scratch.data(), *heard = q + rows * width, *k = heard + rows * width,
        *v = k + rows * narrow;
  products(x, rows, C, {{w[0], q}, {w[1], k}, {w[2], v}});
  const float* angles = turning.base > 0 ? anglesOf(s, turning.base) : nullptr;
  append(cache.oldK, k, cache.k, s, angles, turning.halves);
  append(cache.oldV, v, cache.v, s, nullptr, false);
  for (int64_t i = 0; angles && i < rows * s.H; i++) {
    const float *cos = angles + i / s.H % s.T * (s.D / 2), *sin = cos + s.T * (s.D / 2);
    turn(q + i * s.D, q + i * s.D, s.D, cos, sin, turning.halves);
  }
  attend(q, cache.k, cache.v, heard, s, scale);
  products(heard, rows, width, {{w[3], y}});
}

/** a = silu(a)·b. */
static void gateBySilu(float* a, const float* b, int64_t n) {
  const auto gated = [](Floats a, Floats b) { return a / (1 + exponential<false>(-a)) * b; };
  stretches(n, 12.0 * n, [&](int64_t from, int64_t to) {
    along(
        to - from,
        [&](int64_t i) { store(a + from + i, gated(load(a + from + i), load(b + from + i))); },
        [&](int64_t i, int64_t k) {
          storePart(a + from + i, gated(loadPart(a + from + i, k), loadPart(b + from + i, k)), k);
        });
  });
}

/** y = (silu(x·gate)·(x·up))·down for x [rows, C]; w are the three. */
static void swiGlu(const float* x, int64_t rows, int64_t C, const Weights* w, float* y) {
  const int64_t F = w[0].n;
  thread_local std::vector<float> scratch;
  scratch.resize(2 * rows * F);
  float *gate = scratch.data(), *up = gate + rows * F;
  products(x, rows, C, {{w[0], gate}, {w[1], up}});
  gateBySilu(gate, up, rows * F);
  products(gate, rows, F, {{w[2], y}});
}

/** y = x·gamma / √(mean of squares + eps) for each row. */
static void rmsNorm(const float* x, const float* gamma, float* y, int64_t rows, int64_t n,
                    double eps) {
  for (int64_t i = 0; i < rows; i++, x += n, y += n) {
    const float r =
        static_cast<float>(1 / std::sqrt(dotOf(x, x, n) / static_cast<double>(n) + eps));
    along(
        n, [&](int64_t j) { store(y + j, load(x + j) * r * load(gamma + j)); },
        [&](int64_t j, int64_t k) {
          storePart(y + j, loadPart(x + j, k) * r * loadPart(gamma + j, k), k);
        });
  }
}

/** What a block has beside its attention: the norms before both layers, and SwiGLU's weights. */
struct Rest {
  const float *norm1, *norm2;
  double eps;
  const Weights* mlp;
};

/** h = x + attention of rmsNorm(x), y = h + swiGlu(rmsNorm(h)), for x [B, T, C]. */
static void decoderBlock(const float* x, int64_t C, const Weights* w, const Cache& cache, float* y,
                         const Heads& s, float scale, Turning turning, const Rest& rest) {
  const int64_t rows = s.B * s.T, n = rows * C;
  thread_local std::vector<float> scratch;
  scratch.resize(2 * n);
  float *normed = scratch.data(), *h = normed + n;
  rmsNorm(x, rest.norm1, normed, rows, C, rest.eps);
  attentionLayer(normed, C, w, cache, h, s, scale, turning);
  for (int64_t i = 0; i < n; i++) h[i] += x[i];
  rmsNorm(h, rest.norm2, normed, rows, C, rest.eps);
  swiGlu(normed, rows, C, rest.mlp, y);
  for (int64_t i = 0; i < n; i++) y[i] += h[i];
}
