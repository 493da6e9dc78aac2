/** Matrices as colors: attention maps, weights, gray pictures. */
import { banded, binaryColors, discrete } from "./categories";
import { expectPaths, overlay, type Path } from "./paths";
import {
  axis,
  BLUES,
  DIVERGING,
  GRAY,
  layout,
  plain,
  SEQUENTIAL,
  type Layout,
  type PlotFigure,
  type Trace,
} from "./figure";
import { expectMatrix, expectSameLength, expectSome } from "./validate";

const finite = (v: number) => (Number.isFinite(v) ? v : null);

/** The least and largest finite entry. Where all entries are equal, a range around them. */
function extent(rows: number[][], diverging = false): [number, number] {
  const values = rows.flat().filter(Number.isFinite);
  const low = values.reduce((a, b) => Math.min(a, b), Infinity);
  const high = values.reduce((a, b) => Math.max(a, b), -Infinity);
  if (low > high) return [0, 1];
  if (diverging) {
    const far = Math.max(Math.abs(low), Math.abs(high)) || 1;
    return [-far, far];
  }
  return low === high ? [low - 0.5, high + 0.5] : [low, high];
}

/** The ticks of an axis: at each label or, without labels, at whole numbers. */
function ticks(labels: string[] | undefined, count: number): Layout {
  if (!labels) return count <= 16 ? { tick0: 0, dtick: 1 } : {};
  return { tickmode: "array", tickvals: labels.map((_, i) => i), ticktext: labels };
}

interface HeatmapOptions {
  x?: string;
  y?: string;
  xLabels?: string[];
  yLabels?: string[];
  range?: [number, number];
  diverging?: boolean;
  /** What the colors count, with its unit: "weight", "distance, Å". */
  scale?: string;
  /** What the whole numbers 0, 1, … stand for: each gets a color of its own. */
  categories?: string[];
  /** Numbers from one of these values on have its color, and each cell its number. */
  bands?: { name: string; from: number }[];
  /** A category that is the background of the others, such as "not yet": it is drawn in gray. */
  gray?: string;
  /** Whether the categories are amounts, such as none, some and all: they get shades of one color. */
  ordered?: boolean;
  /** What 0 and 1 stand for in a matrix of nothing else: `["may not read", "may read"]`. */
  binary?: [zero: string, one: string];
  /**
   * Colors from black to white, as `images` has them, for a picture shown as its numbers; or from
   * nearly white to dark blue, where most values are low and small differences count.
   */
  colors?: "gray" | "blue";
  /** What a column stands for, such as 100 steps: the axis counts 100, 200, … Cells fill the plot. */
  xStep?: number;
  /** Lines over the matrix, from cell to cell. */
  paths?: Path[];
}

/** A value with three digits, never as 167.9861µ. */
const HOVER_VALUE = "%{z:.3~g}";
/** How many times as long as wide a matrix may be for its cells to be squares. */
const MAX_SQUARE_CELL_RATIO = 8;

/** Cells that fill the plot. */
const FILLED = { x: {}, y: {}, meta: {} };

/** Cells as squares, unless the matrix is so long that they would be too small to see. */
function squares(rows: number, columns: number) {
  if (Math.max(rows / columns, columns / rows) > MAX_SQUARE_CELL_RATIO) {
    return FILLED;
  }
  return {
    x: { constrain: "domain" },
    y: { constrain: "domain", scaleanchor: "x" },
    meta: { meta: { cells: { rows, columns } } },
  };
}

/** The colors of amounts; gray ones have a scale here, which `images` has not. */
function amountColors({ diverging, colors }: HeatmapOptions): unknown {
  if (colors === "gray") return [...GRAY];
  if (colors === "blue") return BLUES;
  return diverging ? DIVERGING : SEQUENTIAL;
}

function expectCategories(matrix: number[][], categories: string[], gray?: string): void {
  expectSome("heatmap", "categories", categories);
  if (gray !== undefined && !categories.includes(gray)) {
    throw new Error(`heatmap: expected gray to be one of the categories, got "${gray}"`);
  }
  const odd = matrix.flat().find((v) => Number.isFinite(v) && categories[v] === undefined);
  if (odd === undefined) return;
  throw new Error(
    `heatmap: expected whole numbers from 0 to ${categories.length - 1}, one per category, ` +
      `got ${odd}`,
  );
}

/**
 * What shows under the pointer: the row, the column, and the value or the category's name. Labels of
 * rows and columns are written out per cell, since an axis may leave some of them out.
 */
function hover(matrix: number[][], options: HeatmapOptions): Trace {
  const { x = "column", y = "row", xLabels, yLabels, binary } = options;
  const categories = binary ?? options.categories;
  const nameOf = (v: number) => categories?.[v] ?? "";
  const end = "<extra></extra>";
  if (!xLabels && !yLabels) {
    const at = `${y}: %{y}<br>${x}: %{x}<br>`;
    if (!categories) return { hovertemplate: `${at}${HOVER_VALUE}${end}` };
    return { text: matrix.map((row) => row.map(nameOf)), hovertemplate: `${at}%{text}${end}` };
  }
  const word = (labels: string[] | undefined, i: number) => plain(labels?.[i] ?? String(i));
  const value = (v: number) => (categories ? `<br>${nameOf(v)}` : "");
  const text = matrix.map((row, i) =>
    row.map((v, j) => `${y}: ${word(yLabels, i)}<br>${x}: ${word(xLabels, j)}${value(v)}`),
  );
  return { text, hovertemplate: `%{text}${categories ? "" : `<br>${HOVER_VALUE}`}${end}` };
}

/** The scale beside a matrix, with what it counts along it. */
const colorScale = (text?: string): Layout => ({
  thickness: 12,
  outlinewidth: 0,
  ...(text ? { title: { text, side: "right" } } : {}),
});

/**
 * A matrix as colors, with its first row on top. An infinite entry, such as a masked score, stays
 * blank.
 * @param options range: the values at both ends of the color scale; scale: what the colors count,
 *   written along it; diverging: white at zero; categories: the names of 0, 1, …, where numbers stand
 *   for kinds of things; gray: the one of them that is drawn in gray; ordered: categories that are
 *   amounts, in shades of one color; binary: the names of 0 and 1; bands: names for whole numbers
 *   from a value on, in rising order, each with a color, where the numbers stand in their cells;
 *   colors: "gray" for a picture shown as its numbers, "blue" where most values are low; xStep: what
 *   a column stands for, such as 100 steps; paths: lines over the matrix, such as `{ name: "k = 7", cells: [[2, 9], [2, 7], [7, 9], [2, 9]] }`
 * @throws when the matrix is empty or ragged or holds NaN, when the labels are not one per row or
 *   column, when an entry is no category, or when a path leaves the matrix
 */
export function heatmap(matrix: number[][], options: HeatmapOptions = {}): PlotFigure {
  expectMatrix("heatmap", "the matrix", matrix);
  const {
    x,
    y,
    xLabels,
    yLabels,
    diverging,
    range,
    categories,
    binary,
    bands,
    xStep,
    paths = [],
  } = options;
  expectPaths(paths, matrix);
  const kinds = binary ?? categories;
  if (kinds) expectCategories(matrix, kinds, options.gray);
  if (xLabels) expectSameLength("heatmap", "xLabels", xLabels, "a row", matrix[0]!);
  if (yLabels) expectSameLength("heatmap", "yLabels", yLabels, "the matrix", matrix);
  const [zmin, zmax] = range ?? extent(matrix, diverging);
  const trace = {
    type: "heatmap",
    z: matrix.map((row) => row.map(finite)),
    ...(xStep ? { x0: xStep, dx: xStep } : {}),
    zmin,
    zmax,
    colorscale: amountColors(options),
    hoverongaps: false,
    colorbar: colorScale(options.scale),
    ...(categories ? discrete(categories, options.gray, options.ordered) : {}),
    ...(binary ? binaryColors(binary) : {}),
    ...(bands ? banded(bands, zmax) : {}),
    ...hover(matrix, options),
  };
  const xTicks = xStep ? {} : ticks(xLabels, matrix[0]!.length);
  const yTicks = ticks(yLabels, matrix.length);
  const square = xStep ? FILLED : squares(matrix.length, matrix[0]!.length);
  const over = overlay(paths, matrix);
  // lines must not widen the axes
  const fixed = (range: [number, number]) => (paths.length > 0 ? { autorange: false, range } : {});
  // white cells end where the page begins
  const framed = options.colors === "gray" ? { mirror: true } : {};
  return {
    data: [trace, ...over.data],
    layout: layout({
      ...square.meta,
      ...over.layout,
      xaxis: axis(x, {
        showgrid: false,
        ...framed,
        ...square.x,
        ...xTicks,
        ...fixed([-0.5, matrix[0]!.length - 0.5]),
      }),
      yaxis: axis(y, {
        showgrid: false,
        autorange: "reversed",
        ...framed,
        ...square.y,
        ...yTicks,
        ...fixed([matrix.length - 0.5, -0.5]),
      }),
    }),
  };
}

interface ImagesOptions {
  labels?: string[];
  rows?: string[];
  columns?: number;
  range?: [number, number];
}

/**
 * Gray pictures side by side, white where the value is high, each with its label below, which breaks
 * between words where it's wider than its picture.
 * @param pictures [N][H][W]
 * @param options columns: pictures in a row, 8 unless given; rows: a name at the left of each row;
 *   range: the values of black and white, by default the least and largest of all
 * @throws when a picture is empty or ragged, holds NaN or differs in size from the first, or there
 *   isn't one name per row
 */
export function images(pictures: number[][][], options: ImagesOptions = {}): PlotFigure {
  checkPictures(pictures, options);
  const sheet = contactSheet(pictures, options);
  const [zmin, zmax] = options.range ?? extent(pictures.flat());
  const trace = {
    type: "heatmap",
    z: sheet.pixels,
    zmin,
    zmax,
    colorscale: GRAY,
    showscale: false,
    hoverongaps: false,
    hovertemplate: `${HOVER_VALUE}<extra></extra>`,
  };
  const hidden = { visible: false, showgrid: false, constrain: "domain" };
  return {
    data: [trace, sheet.frames],
    layout: layout({
      height: sheet.screenHeight,
      margin: { l: 12 + nameWidth(options.rows), r: 12, t: 12, b: 12 },
      xaxis: hidden,
      yaxis: { ...hidden, autorange: "reversed", scaleanchor: "x" },
      annotations: sheet.annotations,
    }),
  };
}

function checkPictures(pictures: number[][][], { labels, rows, columns }: ImagesOptions): void {
  expectSome("images", "pictures", pictures);
  pictures.forEach((p, i) => expectMatrix("images", `picture ${i}`, p));
  const size = (p: number[][]) => `${p.length} × ${p[0]!.length}`;
  const odd = pictures.findIndex((p) => size(p) !== size(pictures[0]!));
  if (odd >= 0) {
    throw new Error(
      `images: expected pictures of one size, got ${size(pictures[0]!)} and, at index ${odd}, ` +
        size(pictures[odd]!),
    );
  }
  if (labels) expectSameLength("images", "labels", labels, "pictures", pictures);
  if (columns !== undefined && (!Number.isInteger(columns) || columns < 1)) {
    throw new Error(`images: expected columns as a whole number from 1, got ${columns}`);
  }
  const count = Math.ceil(pictures.length / (columns ?? DEFAULT_COLUMNS));
  if (rows && rows.length !== count) {
    throw new Error(`images: expected a name for each of ${count} rows, got ${rows.length}`);
  }
}

const ROW_NAME_SIZE = 13;
/** Pixels that the names of rows take at the left of the pictures. */
const nameWidth = (rows: string[] = []) =>
  Math.ceil(0.66 * ROW_NAME_SIZE * Math.max(0, ...rows.map((name) => name.length)));

/** A thin line around each picture, so that white ones have an edge. */
function pictureFrames(corners: { x: number; y: number }[], H: number, W: number): Trace {
  const around = (from: number, size: number, turns: number[]) => [
    ...turns.map((end) => from - 0.5 + end * size),
    null,
  ];
  return {
    type: "scatter",
    mode: "lines",
    x: corners.flatMap(({ x }) => around(x, W, [0, 1, 1, 0, 0])),
    y: corners.flatMap(({ y }) => around(y, H, [0, 0, 1, 1, 0])),
    line: { color: "#999999", width: 1 },
    hoverinfo: "skip",
    showlegend: false,
  };
}

const DEFAULT_COLUMNS = 8;

/** On the screen: the width of all pictures in a notebook, a label's line's height, its letter's width. */
const SHEET_WIDTH = 560;
const LABEL_HEIGHT = 16;
const LETTER_WIDTH = 6;

/** Breaks a label at spaces, so that no line of several words has more letters than fit. */
function brokenLabel(label: string, letters: number): string[] {
  const lines: string[] = [];
  for (const word of label.split(" ")) {
    const longer = lines.length > 0 ? `${lines.at(-1)!} ${word}` : word;
    if (lines.length > 0 && longer.length <= letters) lines[lines.length - 1] = longer;
    else lines.push(word);
  }
  return lines;
}

/** One matrix that holds all pictures with blank pixels between them, and where labels go. */
function contactSheet(pictures: number[][][], options: ImagesOptions) {
  const { labels, columns = DEFAULT_COLUMNS } = options;
  const H = pictures[0]!.length;
  const W = pictures[0]![0]!.length;
  const across = Math.min(columns, pictures.length);
  const rows = Math.ceil(pictures.length / across);
  const gap = Math.max(1, Math.round(W / 14));
  const width = across * (W + gap) - gap;
  const pixelSize = SHEET_WIDTH / Math.max(width, 4 * W); // on the screen
  const letters = Math.floor(((W + gap) * pixelSize) / LETTER_WIDTH);
  const broken = (labels ?? []).map((label) => brokenLabel(label, letters));
  // a row without labels needs no room for them, and the last one nothing below it
  const labelRoom = (row: number) => {
    const inRow = broken.slice(row * across, (row + 1) * across);
    const count = Math.max(0, ...inRow.map((lines) => (lines.join("") === "" ? 0 : lines.length)));
    return Math.ceil((LABEL_HEIGHT * count) / pixelSize);
  };
  const tops = [0];
  for (let row = 1; row < rows; row++) {
    tops.push(tops[row - 1]! + H + Math.max(gap, labelRoom(row - 1)));
  }
  const height = tops.at(-1)! + H + labelRoom(rows - 1);
  const left = (i: number) => (i % across) * (W + gap);
  const top = (i: number) => tops[Math.floor(i / across)]!;

  const pixels = Array.from({ length: height }, () => new Array<number | null>(width).fill(null));
  pictures.forEach((picture, i) =>
    picture.forEach((row, r) => pixels[top(i) + r]!.splice(left(i), W, ...row.map(finite))),
  );
  const annotations = broken.map((lines, i) => ({
    text: lines.join("<br>"),
    x: left(i) + (W - 1) / 2,
    y: top(i) + H - 0.5,
    yanchor: "top",
    showarrow: false,
    font: { size: 11 },
  }));
  const names = (options.rows ?? []).map((text, row) => ({
    text,
    x: -0.5,
    y: tops[row]! + (H - 1) / 2,
    xanchor: "right",
    xshift: -8,
    showarrow: false,
    font: { size: ROW_NAME_SIZE },
  }));
  const frames = pictureFrames(
    pictures.map((_, i) => ({ x: left(i), y: top(i) })),
    H,
    W,
  );
  const scaled = Math.ceil((720 * height) / Math.max(width, 4 * W));
  return {
    pixels,
    annotations: [...annotations, ...names],
    frames,
    screenHeight: Math.min(640, 40 + scaled),
  };
}
