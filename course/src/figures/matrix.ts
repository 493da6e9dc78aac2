/** Matrices as colours: attention maps, weights, grey pictures. */
import { axis, DIVERGING, layout, SEQUENTIAL, type Layout, type PlotFigure } from "./figure";
import { expectMatrix, expectSameLength, expectSome } from "./validate";

const finite = (v: number) => (Number.isFinite(v) ? v : null);

/** Least and largest finite entry; a range of its own where all are the same. */
function extent(rows: readonly (readonly number[])[], diverging = false): [number, number] {
  let low = Infinity;
  let high = -Infinity;
  for (const row of rows) {
    for (const v of row) {
      if (Number.isFinite(v)) {
        low = Math.min(low, v);
        high = Math.max(high, v);
      }
    }
  }
  if (low > high) return [0, 1];
  if (diverging) {
    const far = Math.max(Math.abs(low), Math.abs(high)) || 1;
    return [-far, far];
  }
  return low === high ? [low - 0.5, high + 0.5] : [low, high];
}

/** Whole numbers where a matrix has no labels. */
const counted = (n: number): Layout => (n <= 16 ? { tick0: 0, dtick: 1 } : {});
const named = (labels: string[]): Layout => ({
  tickmode: "array",
  tickvals: labels.map((_, i) => i),
  ticktext: labels,
});

/**
 * A matrix as colours, its first row on top. An infinite entry, such as a masked score, stays
 * blank.
 * @param options range: the values at both ends of the colours; diverging: white at zero
 * @throws when the matrix is empty or ragged or holds NaN, or when there is not one label for each
 *   row or column
 */
export function heatmap(
  matrix: number[][],
  options: {
    x?: string;
    y?: string;
    xLabels?: string[];
    yLabels?: string[];
    range?: [number, number];
    diverging?: boolean;
  } = {},
): PlotFigure {
  expectMatrix("heatmap", "the matrix", matrix);
  const { x, y, xLabels, yLabels, diverging, range } = options;
  if (xLabels) expectSameLength("heatmap", "xLabels", xLabels, "a row", matrix[0]!);
  if (yLabels) expectSameLength("heatmap", "yLabels", yLabels, "the matrix", matrix);
  const [zmin, zmax] = range ?? extent(matrix, diverging);
  const text =
    xLabels || yLabels
      ? matrix.map((row, i) => row.map((_, j) => `${yLabels?.[i] ?? i} → ${xLabels?.[j] ?? j}`))
      : undefined;
  return {
    data: [
      {
        type: "heatmap",
        z: matrix.map((row) => row.map(finite)),
        zmin,
        zmax,
        colorscale: diverging ? DIVERGING : SEQUENTIAL,
        hoverongaps: false,
        colorbar: { thickness: 12, outlinewidth: 0 },
        ...(text
          ? { text, hovertemplate: "%{text}<br>%{z}<extra></extra>" }
          : { hovertemplate: "row %{y}, column %{x}<br>%{z}<extra></extra>" }),
      },
    ],
    layout: layout({
      xaxis: axis(x, {
        showgrid: false,
        ...(xLabels ? named(xLabels) : counted(matrix[0]!.length)),
      }),
      yaxis: axis(y, {
        showgrid: false,
        autorange: "reversed",
        ...(yLabels ? named(yLabels) : counted(matrix.length)),
      }),
    }),
  };
}

/**
 * Grey pictures side by side, white where the value is high, each with its label below.
 * @param pictures [N][H][W]
 * @param options columns: pictures in a row, 8; range: the values of black and white, by default
 *   the least and largest of all
 * @throws when a picture is empty or ragged, holds NaN or differs in size from the first
 */
export function images(
  pictures: number[][][],
  options: { labels?: string[]; columns?: number; range?: [number, number] } = {},
): PlotFigure {
  expectSome("images", "pictures", pictures);
  pictures.forEach((p, i) => expectMatrix("images", `picture ${i}`, p));
  const H = pictures[0]!.length;
  const W = pictures[0]![0]!.length;
  const odd = pictures.findIndex((p) => p.length !== H || p[0]!.length !== W);
  if (odd >= 0) {
    throw new Error(
      `images: expected pictures of one size, got ${H} × ${W} and, at index ${odd}, ` +
        `${pictures[odd]!.length} × ${pictures[odd]![0]!.length}`,
    );
  }
  if (options.labels) expectSameLength("images", "labels", options.labels, "pictures", pictures);
  const columns = Math.min(options.columns ?? 8, pictures.length);
  const rows = Math.ceil(pictures.length / columns);
  if (!Number.isInteger(columns) || columns < 1) {
    throw new Error(`images: expected columns as a whole number from 1, got ${options.columns}`);
  }

  // one heatmap holds them all: pictures with a gap of blank pixels between them
  const gap = Math.max(1, Math.round(W / 14));
  const below = options.labels ? Math.max(gap, Math.round(H / 4)) : gap;
  const left = (i: number) => (i % columns) * (W + gap);
  const top = (i: number) => Math.floor(i / columns) * (H + below);
  const height = rows * (H + below);
  const width = columns * (W + gap) - gap;
  const canvas = Array.from({ length: height }, () => new Array<number | null>(width).fill(null));
  pictures.forEach((p, i) =>
    p.forEach((row, r) =>
      row.forEach((v, c) => {
        canvas[top(i) + r]![left(i) + c] = finite(v);
      }),
    ),
  );

  const [zmin, zmax] = options.range ?? extent(pictures.flat());
  const hidden = { visible: false, showgrid: false };
  return {
    data: [
      {
        type: "heatmap",
        z: canvas,
        zmin,
        zmax,
        colorscale: [
          [0, "#000000"],
          [1, "#ffffff"],
        ],
        showscale: false,
        hoverongaps: false,
        hovertemplate: "%{z}<extra></extra>",
      },
    ],
    layout: layout({
      height: Math.min(640, 40 + Math.ceil((720 * height) / Math.max(width, 4 * W))),
      margin: { l: 12, r: 12, t: 12, b: 12 },
      plot_bgcolor: "#eeeeee",
      xaxis: { ...hidden, constrain: "domain" },
      yaxis: { ...hidden, autorange: "reversed", scaleanchor: "x", constrain: "domain" },
      annotations: (options.labels ?? []).map((text, i) => ({
        text,
        x: left(i) + (W - 1) / 2,
        y: top(i) + H - 0.5,
        yanchor: "top",
        showarrow: false,
        font: { size: 11 },
      })),
    }),
  };
}
