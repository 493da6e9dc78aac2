/**
 * Products of matrices as small as a lesson's, for which a library's preparations cost more than
 * the product. b is laid out in panels of as many columns as the registers hold; a tile of rows
 * meets a panel, and its sums stay in registers (Goto & van de Geijn 2008,
 * doi:10.1145/1356052.1356053, without the blocking for a third cache, which these sizes do not
 * need).
 */
#pragma once
#include "layers.h"

/** A tile of sums that stays in registers: TILE rows × WIDTH columns. */
constexpr int64_t TILE = LANES == 16 ? 8 : 6, WIDTH = 2 * LANES;
/** As much of the sum as is taken at a time, so that a panel stays in the first caches. */
constexpr int64_t DEPTH = 256;

/** a(i, p) = data[i·row + p·step] in place of a copy of a transposed matrix. */
struct Strided {
  const float* data;
  int64_t row, step;
};

/**
 * c[R, columns] (+)= a·b over `depth` terms; b's rows are `bRow` apart and hold V vectors, c's are
 * `cRow` apart.
 */
template <int64_t R, int64_t V>
static void tile(Strided a, const float* b, int64_t bRow, float* c, int64_t cRow, int64_t depth,
                 int64_t columns, bool adds) {
  Floats sums[R][V] = {};
  for (int64_t p = 0; p < depth; p++) {
    Floats right[V];
    for (int64_t v = 0; v < V; v++) right[v] = load(b + p * bRow + v * LANES);
    const float* from = a.data + p * a.step;
#pragma GCC unroll 8
    for (int64_t r = 0; r < R; r++) {
      const Floats left = all(from[r * a.row]);
      for (int64_t v = 0; v < V; v++) sums[r][v] += left * right[v];
    }
  }
  for (int64_t r = 0; r < R; r++) {
    for (int64_t v = 0; v < V; v++) {
      float* to = c + r * cRow + v * LANES;
      const int64_t here = std::min(LANES, columns - v * LANES);
      if (here == LANES)
        store(to, adds ? load(to) + sums[r][v] : sums[r][v]);
      else
        storePart(to, adds ? loadPart(to, here) + sums[r][v] : sums[r][v], here);
    }
  }
}

/** tile with as many rows as are left, at most TILE, and as many vectors as the columns need. */
static void tileOf(int64_t rows, Strided a, const float* b, int64_t bRow, float* c, int64_t cRow,
                   int64_t depth, int64_t columns, bool adds) {
  constexpr decltype(&tile<1, 1>) OF_ONE[] = {tile<1, 1>, tile<2, 1>, tile<3, 1>, tile<4, 1>,
                                              tile<5, 1>, tile<6, 1>, tile<7, 1>, tile<8, 1>};
  constexpr decltype(&tile<1, 2>) OF_TWO[] = {tile<1, 2>, tile<2, 2>, tile<3, 2>, tile<4, 2>,
                                              tile<5, 2>, tile<6, 2>, tile<7, 2>, tile<8, 2>};
  (columns <= LANES ? OF_ONE : OF_TWO)[std::min(rows, TILE) - 1](a, b, bRow, c, cRow, depth,
                                                                 columns, adds);
}

struct Sizes {
  int64_t M, K, N;
};

static int64_t panelsOf(Sizes s) { return (s.N + WIDTH - 1) / WIDTH; }
static int64_t packedSize(Sizes s) { return panelsOf(s) * s.K * WIDTH; }

/** One panel: the columns from WIDTH·panel on, zeros behind the last. */
static void packPanel(Strided b, float* packed, int64_t panel, Sizes s) {
  const int64_t first = panel * WIDTH, here = std::min(WIDTH, s.N - first);
  float* to = packed + panel * s.K * WIDTH;
  if (here < WIDTH) std::fill(to, to + s.K * WIDTH, 0.0f);
  if (b.step == 1) {
    for (int64_t p = 0; p < s.K; p++) memcpy(to + p * WIDTH, b.data + p * b.row + first, 4 * here);
  } else {
    for (int64_t p = 0; p < s.K; p++) {
      for (int64_t j = 0; j < here; j++)
        to[p * WIDTH + j] = b.data[p * b.row + (first + j) * b.step];
    }
  }
}

/** Rows from `from` to `to` of c (+)= a·b. */
static void multiplyRows(Strided a, const float* packed, float* c, int64_t from, int64_t to,
                         Sizes s, bool adds) {
  for (int64_t first = 0; first < s.K; first += DEPTH) {
    const int64_t depth = std::min(DEPTH, s.K - first);
    for (int64_t panel = 0; panel < panelsOf(s); panel++) {
      const float* b = packed + (panel * s.K + first) * WIDTH;
      for (int64_t i = from; i < to; i += TILE) {
        tileOf(to - i, {a.data + i * a.row + first * a.step, a.row, a.step}, b, WIDTH,
               c + i * s.N + panel * WIDTH, s.N, depth, s.N - panel * WIDTH, adds || first > 0);
      }
    }
  }
}

/** The same for so few rows that b is better read where it lies; c's rows are `cRow` apart. */
static void multiplyFew(Strided a, Strided b, float* c, int64_t cRow, Sizes s, bool adds) {
  if (b.step == 1) {
    const int64_t whole = s.N / WIDTH * WIDTH;
    for (int64_t j = 0; j < whole; j += WIDTH)
      tileOf(s.M, a, b.data + j, b.row, c + j, cRow, s.K, WIDTH, adds);
    for (int64_t i = 0; i < s.M; i++) {
      if (!adds) std::fill(c + i * cRow + whole, c + i * cRow + s.N, 0.0f);
      for (int64_t p = 0; p < s.K; p++) {
        for (int64_t j = whole; j < s.N; j++)
          c[i * cRow + j] += a.data[i * a.row + p * a.step] * b.data[p * b.row + j];
      }
    }
    return;
  }
  for (int64_t i = 0; i < s.M; i++) {
    std::vector<float> row(s.K);
    for (int64_t p = 0; p < s.K; p++) row[p] = a.data[i * a.row + p * a.step];
    // a column of b lies in one piece: its products are added in vectors
    for (int64_t j = 0; j < s.N; j++) {
      const float* column = b.data + j * b.step;
      Floats sum{};
      along(
          s.K, [&](int64_t p) { sum += load(row.data() + p) * load(column + p); },
          [&](int64_t p, int64_t k) {
            sum += loadPart(row.data() + p, k) * loadPart(column + p, k);
          });
      c[i * cRow + j] = sumOf(sum) + (adds ? c[i * cRow + j] : 0);
    }
  }
}

/** The same from b as it lies, of which as much is packed at a time as is taken at a time. */
static void multiplyPacking(Strided a, Strided b, float* c, Sizes s, bool adds) {
  thread_local std::vector<float> packed;
  packed.resize(panelsOf(s) * std::min(DEPTH, s.K) * WIDTH);
  for (int64_t first = 0; first < s.K; first += DEPTH) {
    const Sizes part{s.M, std::min(DEPTH, s.K - first), s.N};
    for (int64_t panel = 0; panel < panelsOf(s); panel++)
      packPanel({b.data + first * b.row, b.row, b.step}, packed.data(), panel, part);
    multiplyRows({a.data + first * a.step, a.row, a.step}, packed.data(), c, 0, s.M, part,
                 adds || first > 0);
  }
}

/** Terms of a long sum that make a product of their own. */
constexpr int64_t TERMS = 4 * DEPTH;

/**
 * A product whose sums are far longer than its sides, as in linear attention: one product for each
 * stretch of them, which cores share, and the sum of these in the order of the stretches, so that
 * shapes alone decide how it is rounded.
 */
static void longProduct(Strided a, Strided b, float* c, Sizes s, bool adds) {
  const int64_t count = (s.K + TERMS - 1) / TERMS, n = s.M * s.N;
  std::vector<float> parts(count * n);
  share(count, 1.0 * s.K * n, [&](int64_t i) {
    const int64_t first = i * TERMS;
    multiplyPacking({a.data + first * a.step, a.row, a.step},
                    {b.data + first * b.row, b.row, b.step}, parts.data() + i * n,
                    {s.M, std::min(TERMS, s.K - first), s.N}, false);
  });
  for (int64_t i = 0; i < count; i++) {
    const float* part = parts.data() + i * n;
    for (int64_t j = 0; j < n; j++) c[j] = (adds || i > 0 ? c[j] : 0) + part[j];
  }
}

/**
 * c [batches, M, N] (+)= a·b for each batch; an operand whose `next` is 0 is the same for all of
 * them. K is at least 1.
 */
static void matMul(Strided a, int64_t nextA, Strided b, int64_t nextB, float* c, int64_t batches,
                   Sizes s, bool adds = false) {
  const auto of = [](Strided x, int64_t offset) { return Strided{x.data + offset, x.row, x.step}; };
  const double cost = 1.0 * batches * s.M * s.K * s.N;
  if (s.M < TILE) {
    share(batches, cost, [&](int64_t i) {
      multiplyFew(of(a, i * nextA), of(b, i * nextB), c + i * s.M * s.N, s.N, s, adds);
    });
    return;
  }
  if (nextB != 0 && batches > 4) {  // each batch by one core, which packs for itself
    share(batches, cost, [&](int64_t i) {
      multiplyPacking(of(a, i * nextA), of(b, i * nextB), c + i * s.M * s.N, s, adds);
    });
    return;
  }
  if (batches == 1 && s.K >= std::max(2 * TERMS, 4 * std::max(s.M, s.N)))
    return longProduct(a, b, c, s, adds);
  const int64_t kinds = nextB == 0 ? 1 : batches, panels = panelsOf(s);
  std::vector<float> packed(kinds * packedSize(s));
  share(kinds * panels, 8.0 * kinds * s.K * s.N, [&](int64_t task) {
    packPanel(of(b, task / panels * nextB), packed.data() + task / panels * packedSize(s),
              task % panels, s);
  });
  // of rows, for one core at a time
  const int64_t band = std::max<int64_t>(1, std::min<int64_t>(8, s.M / (8 * TILE))) * TILE,
                bands = (s.M + band - 1) / band;
  share(batches * bands, cost, [&](int64_t task) {
    const int64_t i = task / bands, from = task % bands * band;
    multiplyRows(of(a, i * nextA), packed.data() + (nextB == 0 ? 0 : i * packedSize(s)),
                 c + i * s.M * s.N, from, std::min(s.M, from + band), s, adds);
  });
}

/** y [rows, N] = x·w + b, with x [rows, K], w [K, N] and b [N]. */
static void linear(const float* x, const float* w, const float* b, float* y, Sizes s) {
  for (int64_t i = 0; i < s.M; i++) memcpy(y + i * s.N, b, 4 * s.N);
  matMul({x, s.K, 1}, 0, {w, s.N, 1}, 0, y, 1, s, true);
}

/** dx = dy·wᵀ, dw = xᵀ·dy, db = Σ dy over the rows. */
static void linearGrad(const float* x, const float* w, const float* dy, float* dx, float* dw,
                       float* db, Sizes s) {
  matMul({dy, s.N, 1}, 0, {w, 1, s.N}, 0, dx, 1, {s.M, s.N, s.K});
  matMul({x, 1, s.K}, 0, {dy, s.N, 1}, 0, dw, 1, {s.K, s.M, s.N});
  std::vector<double> totals(s.N);
  std::vector<float> band(s.N);  // rounding errors grow with the length of a sum
  for (int64_t from = 0; from < s.M; from += BAND) {
    std::fill(band.begin(), band.end(), 0.0f);
    for (int64_t i = from; i < std::min(s.M, from + BAND); i++) {
      const float* row = dy + i * s.N;
      for (int64_t j = 0; j < s.N; j++) band[j] += row[j];
    }
    for (int64_t j = 0; j < s.N; j++) totals[j] += band[j];
  }
  for (int64_t j = 0; j < s.N; j++) db[j] = static_cast<float>(totals[j]);
}
