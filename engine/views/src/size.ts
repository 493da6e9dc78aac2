/**
 * How large a chart is drawn: in a column of a given width, and on a slide, which it fills with
 * larger type and lines for the last row of a lecture hall.
 */
import {
  axesOf,
  hasSquares,
  hidesAxes,
  isPanelTitle,
  marginOf,
  metaOf,
  MIN_WIDE_COLUMN,
  panelCount,
  type Chart,
  type Layout,
  type Margin,
  type Trace,
} from "./chart";
import {
  isScaleNamed,
  isScaleOutside,
  nameInLines,
  ownLength,
  showsScale,
  withScaleAbove,
} from "./colorScale";
import { apartAtEnds } from "./lineEnds";
import { closeRows, everyName, matricesOf, namesThatFit } from "./matrixRows";
import { legendRows, ROW_HEIGHT } from "./legendRows";
import { sheetForSlide, sheetSize } from "./sheet";
import { inOneRow, tightRows } from "./slidePanels";
import { namesAbove } from "./slideScale";
import { columnCellRatio, stretched } from "./stretch";
import { slideTicks } from "./tickLabels";

/** A figure wider than this is harder to read, not easier. */
const MAX_CHART_WIDTH = 900;
const MIN_CHART_WIDTH = 220;
/**
 * Pixels: the largest cell of a matrix, and the largest height of the whole matrix, which leaves room
 * in a laptop's window for the controls above it.
 */
const MAX_CELL_SIZE = 46;
const MAX_MATRIX_HEIGHT = 360;
/** Pixels for the color bar, and for the name that stands along it. */
const COLOR_SCALE_WIDTH = 90;
const SCALE_NAME_WIDTH = 24;

export interface Size {
  width: number;
  height: number;
}

/** The approximate width of a letter at a tick, in pixels. */
const TICK_LETTER_WIDTH = 7.5;

/** The width of an axis's longest tick label at any position of the slider, in pixels. */
function longestName({ layout, frames = [] }: Chart, axis: "xaxis" | "yaxis"): number {
  const layouts = [layout, ...frames.map((frame) => frame.layout ?? {})];
  const names = layouts.flatMap((one) => ((one[axis] as Layout)?.ticktext ?? []) as string[]);
  return TICK_LETTER_WIDTH * Math.max(0, ...names.map((name) => String(name).length));
}

/** The height of rotated tick labels; plotly rotates those that don't fit. */
function namesHeight(chart: Chart, cell: number): number {
  const longest = longestName(chart, "xaxis");
  return longest > cell ? longest * 0.8 : 0;
}

/** Pixels below a color scale. */
const SCALE_PADDING = 12;

/** The length of a color scale that has one of its own, in pixels. */
const scaleLength = ({ data }: Chart) => Math.max(0, ...data.map(ownLength));

/** Pixels of a color scale above the matrix, as in a narrow column, and of its name. */
const SCALE_ABOVE_HEIGHT = 36;
const SCALE_NAME_HEIGHT = 22;

/** A matrix in a column: its cells' side, the room beside them, and where its color scale stands. */
function matrixIn(chart: Chart, columnWidth: number) {
  const { cells } = metaOf(chart);
  if (!cells || !hasSquares(chart)) return undefined;
  const width = Math.max(MIN_CHART_WIDTH, Math.min(MAX_CHART_WIDTH, columnWidth));
  const { l, r } = marginOf(chart.layout);
  const scaled = chart.data.filter((trace) => trace.showscale !== false);
  const hasNames = scaled.some(({ colorbar }) => (colorbar as Layout | undefined)?.ticktext);
  const isScaleAbove = scaled.length > 0 && !hasNames && width < MIN_WIDE_COLUMN;
  const isNamed = scaled.some(isScaleNamed);
  const scaleWidth = COLOR_SCALE_WIDTH + (isNamed ? SCALE_NAME_WIDTH : 0);
  const scale = scaled.length > 0 && !isScaleAbove ? scaleWidth : 0;
  const scaleHeight = SCALE_ABOVE_HEIGHT + (isNamed ? SCALE_NAME_HEIGHT : 0);
  // a color scale stands in the right margin
  const beside = Math.max(l, longestName(chart, "yaxis") + 40) + Math.max(r, scale);
  const side = Math.max(
    1,
    Math.min(MAX_CELL_SIZE, (width - beside) / cells.columns, MAX_MATRIX_HEIGHT / cells.rows),
  );
  const heights: [number, number] = [scaleLength(chart), MAX_MATRIX_HEIGHT];
  const ratio = columnCellRatio(chart, side, heights, columnWidth);
  const cellHeight = side * ratio;
  return { ...cells, width, beside, side, cellHeight, ratio, isScaleAbove, scaleHeight };
}

/** The width of a matrix of squares in a column, in pixels; undefined for other charts. */
export function squaresWidth(chart: Chart, columnWidth: number): number | undefined {
  const matrix = matrixIn(chart, columnWidth);
  return matrix && matrix.side * matrix.columns;
}

/** A legend stands on the color scale where both are above the matrix. */
const legendHeight = (chart: Chart, columnWidth: number) =>
  chart.layout.showlegend === true ? (1 + legendRows(chart, columnWidth)) * ROW_HEIGHT : 0;

/** Pixels; a lower matrix has room for two numbers at its side. */
const MIN_HEIGHT_FOR_ALL_NUMBERS = 48;

/** Pixels between a color scale's numbers and the matrix below it, of the margin that is there. */
const SCALE_GAP = 16;

/**
 * A matrix as it fits in a column: without names that would lie over each other, and in a narrow
 * column with its color scale above it. Other charts stay as they are.
 * @param whole the chart with all of its frames, which decides for all of them
 */
export function fittedMatrix(chart: Chart, whole: Chart, columnWidth: number): Chart {
  const matrix = matrixIn(whole, columnWidth);
  if (!matrix) return chart;
  const { isScaleAbove, scaleHeight, cellHeight, ratio, rows } = matrix;
  const named = namesThatFit((chart.layout.yaxis ?? {}) as Layout, cellHeight);
  const isLow = cellHeight * rows < MIN_HEIGHT_FOR_ALL_NUMBERS && !named.ticktext;
  const yaxis: Layout = {
    ...named,
    ...(isLow ? { dtick: undefined, nticks: 2 } : {}),
    ...(ratio > 1 ? { scaleratio: ratio } : {}),
  };
  const isScaleBeside = !isScaleAbove && chart.data.some(isScaleOutside);
  // what squares leave empty isn't between them and their color scale
  const xaxis = isScaleBeside
    ? { ...(chart.layout.xaxis as Layout), constraintoward: "right" }
    : {};
  const across = isScaleBeside ? { xaxis } : {};
  const y = 1 + (scaleHeight + SCALE_GAP) / (cellHeight * rows);
  const data = isScaleAbove
    ? chart.data.map((trace) => (trace.showscale === false ? trace : withScaleAbove(trace, { y })))
    : chart.data;
  const legend = isScaleAbove ? { legend: { ...(chart.layout.legend as Layout), y } } : {};
  return { ...chart, data, layout: { ...chart.layout, ...legend, ...across, yaxis } };
}

/**
 * The chart's size without plotly's title and slider, which the page draws outside of it. The size
 * is the same for all positions of the slider.
 * @param chart with all of its frames
 * @param columnWidth the width of the column in pixels
 */
export function sizeOf(chart: Chart, columnWidth: number): Size & { margin: Margin } {
  const { captionRoom = 0, slider } = metaOf(chart);
  const own = marginOf(chart.layout);
  const margin = { ...own, t: own.t - captionRoom, b: own.b - (slider?.room ?? 0) };
  const height =
    ((chart.layout.height as number | undefined) ?? 360) - captionRoom - (slider?.room ?? 0);
  const width = Math.max(MIN_CHART_WIDTH, Math.min(MAX_CHART_WIDTH, columnWidth));
  const sheet = sheetSize(chart, { width, height }, columnWidth < MIN_WIDE_COLUMN, margin);
  if (sheet) return { width: Math.max(MIN_CHART_WIDTH, sheet.width), height: sheet.height, margin };
  const matrix = matrixIn(chart, columnWidth);
  if (!matrix) return { width, height, margin };
  const { side, cellHeight, beside, rows, columns, isScaleAbove, scaleHeight } = matrix;
  const matrixHeight = cellHeight * rows;
  const scaleBelow = Math.max(0, scaleLength(chart) - matrixHeight) + SCALE_PADDING;
  const b = Math.max(margin.b, scaleBelow);
  const legend = legendHeight(chart, columnWidth);
  const above = isScaleAbove ? scaleHeight + legend : 0;
  const t = margin.t + above;
  return {
    width: Math.min(width, Math.ceil(side * columns + beside)),
    height: Math.ceil(matrixHeight + t + Math.max(b, namesHeight(chart, side) + 40)),
    margin: { ...margin, t, b },
  };
}

/** The size that a chart fills, in pixels, and its font size. */
export interface SlideSize {
  width: number;
  height: number;
  type: number;
}

const SLIDE_LINE_WIDTH = 3.5;
/** Pixels. */
const SLIDE_SCALE_THICKNESS = 18;
/** plotly's default font size. */
const DEFAULT_FONT_SIZE = 12;

/** How much larger points are on a slide, so that they stand out from lines of that width. */
const SLIDE_POINT_GROWTH = 1.7;

/** A trace with larger points, if it has any of a given size. */
function withLargerPoints(trace: Trace): Trace {
  const { size } = (trace.marker ?? {}) as { size?: unknown };
  if (!/markers/.test(String(trace.mode)) || size === undefined) return trace;
  const grown = (one: unknown) => Number(one) * SLIDE_POINT_GROWTH;
  const larger = Array.isArray(size) ? size.map(grown) : grown(size);
  return { ...trace, marker: { ...(trace.marker as object), size: larger } };
}

function thicker(trace: Trace): Trace {
  const pointed = withLargerPoints(trace);
  if (!/lines/.test(String(trace.mode))) return pointed;
  return { ...pointed, line: { ...(trace.line as object), width: SLIDE_LINE_WIDTH } };
}

/** A color scale as much larger as its type; one with a name per color has a length in pixels. */
function largerScale(trace: Trace, growth: number, type: number): Trace {
  const scale = trace.colorbar as Layout | undefined;
  if (!scale) return trace;
  const isShort = scale.lenmode === "pixels";
  const len = isShort ? { len: Number(scale.len) * growth } : {};
  // plotly draws the name larger than the numbers, and cuts it where the chart ends
  const font = { size: type };
  // along the scale, it would stand between the numbers
  const title = scale.title
    ? { title: { ...(scale.title as Layout), text: nameInLines(trace), side: "top", font } }
    : {};
  const tickfont = { size: Math.max(MIN_SLIDE_SCALE_SIZE, type - 2) };
  const thickness = SLIDE_SCALE_THICKNESS;
  return { ...trace, colorbar: { ...scale, ...len, ...title, tickfont, thickness } };
}

/** An annotation in larger type, and as much farther from its place. */
const larger = (note: Layout, growth: number): Layout => {
  const font = note.font as { size?: number } | undefined;
  const { xshift = 0, yshift = 0 } = note as { xshift?: number; yshift?: number };
  const shifts = { xshift: xshift * growth, yshift: yshift * growth };
  if (!font?.size) return isPanelTitle(note) ? { ...note, ...shifts } : note;
  return { ...note, ...shifts, font: { ...font, size: font.size * growth } };
};

/** Pixels; of smaller names, every second or third has room in this size. */
const MIN_SLIDE_TICK_SIZE = 16;

/** A row's name in letters' sizes, so that it keeps off the names above and below. */
const NAME_HEIGHT = 1.05;

/** Names below a matrix take at most this part of its height, where plotly rotates them. */
const MAX_NAMES_SHARE = 0.35;

/** The names of a matrix's columns as they fit below it, and the height that is left for cells. */
function namesBelow(chart: Chart, { width, height }: Size, type: number) {
  const { columns } = metaOf(chart).cells!;
  const axis = chart.layout.xaxis as Layout;
  const letterWidth = (TICK_LETTER_WIDTH * type) / DEFAULT_FONT_SIZE;
  const letters = Math.floor((MAX_NAMES_SHARE * height) / letterWidth);
  const longest = longestName(chart, "xaxis") / TICK_LETTER_WIDTH;
  if (longest * letterWidth <= width / columns) return { axis, height };
  if (longest <= letters) return { axis, height: height - longest * letterWidth };
  const names = ((axis.ticktext ?? []) as unknown[]).map(String);
  const cut = (name: string) => `${name.slice(0, letters - 1).trimEnd()}…`;
  const ticktext = names.map((name) => (name.length > letters ? cut(name) : name));
  return { axis: { ...axis, ticktext }, height: (1 - MAX_NAMES_SHARE) * height };
}

/** The axes of a matrix or of panels, with fewer numbers and names where cells are small. */
function fewerNumbers(chart: Chart, room: Size, { type }: SlideSize): Record<string, Layout> {
  const { cells, panels } = metaOf(chart);
  if (panels) return fewerInPanels(chart, room, type);
  if (!cells) return {};
  const { axis: xaxis, height } = namesBelow(chart, room, type);
  const ratio = Number((chart.layout.yaxis as Layout | undefined)?.scaleratio ?? 1);
  const side = Math.min(room.width / cells.columns, height / cells.rows / ratio);
  const across = { name: "xaxis", side, count: cells.columns };
  const up = { name: "yaxis", side: side * ratio, count: cells.rows };
  return {
    xaxis: readableTicks(xaxis, across, type),
    yaxis: readableTicks(chart.layout.yaxis as Layout, up, type),
  };
}

/** One axis of a matrix: the pixels of a cell along it, and their number. */
interface CellAxis {
  name: string;
  side: number;
  count: number;
}

/** In letters' sizes: a digit's width, and the gap between two numbers. */
const DIGIT_WIDTH = 0.6;
const NUMBER_GAP = 0.6;
/** Cells from one number to the next. */
const TICK_STEPS = [1, 2, 5, 10, 20, 50];

/** An axis with the numbers or names that have room beside its cells, in type that can be read. */
function readableTicks(axis: Layout, { name, side, count }: CellAxis, type: number): Layout {
  const isAcross = name.startsWith("x");
  const { ticktext } = axis;
  if (!Array.isArray(ticktext)) {
    const numberWidth = (DIGIT_WIDTH * String(count - 1).length + NUMBER_GAP) * type;
    const room = isAcross ? numberWidth : NAME_HEIGHT * type;
    const dtick = TICK_STEPS.find((step) => step * side >= room);
    return axis.dtick === 1 ? { ...axis, dtick } : axis;
  }
  const longest = Math.max(0, ...ticktext.map((text) => String(text).length));
  const each = (side * ticktext.length) / ticktext.filter((text) => text !== "").length;
  if (isAcross && (DIGIT_WIDTH * longest + NUMBER_GAP) * type <= each) return axis;
  // long words would take the room of the matrix itself
  const size = Math.min(type, Math.max(MIN_SLIDE_TICK_SIZE, each / NAME_HEIGHT));
  const step = Math.ceil((NAME_HEIGHT * size) / each - 0.01);
  return { ...everyName(axis, step), ...(size < type ? { tickfont: { size } } : {}) };
}

/** Axes of panels: those of matrices, and those with a name per row. */
function fewerInPanels(chart: Chart, room: Size, type: number): Record<string, Layout> {
  const { layout } = chart;
  const matrices = matricesOf(chart, chart, panelCount(chart)).flatMap((panel): CellAxis[] => {
    const { rows, columns, cellRatio } = panel;
    const high = (panel.high * room.height) / rows / cellRatio;
    const side = Math.min((panel.across * room.width) / columns, high);
    return [
      { name: panel.x, side, count: columns },
      { name: panel.y, side: side * cellRatio, count: rows },
    ];
  });
  const known = new Set(matrices.map(({ name }) => name));
  const others = axesOf(layout).flatMap((name): CellAxis[] => {
    const { domain = [0, 1], ticktext } = layout[name] as { domain?: number[]; ticktext?: unknown };
    if (known.has(name) || !name.startsWith("y") || !Array.isArray(ticktext)) return [];
    const side = ((domain[1]! - domain[0]!) * room.height) / ticktext.length;
    return [{ name, side, count: ticktext.length }];
  });
  const fitted = [...matrices, ...others].map((axis) => [
    axis.name,
    readableTicks(layout[axis.name] as Layout, axis, type),
  ]);
  return Object.fromEntries(fitted) as Record<string, Layout>;
}

/** The room of a plot on a slide without its color scale and the names beside its rows. */
function plotRoom(chart: Chart, inside: Size, growth: number): Size {
  const hasScale = chart.data.some(showsScale);
  const names = longestName(chart, "yaxis") * growth;
  const scale = hasScale ? COLOR_SCALE_WIDTH : 0;
  return { width: Math.max(1, inside.width - names - scale), height: inside.height };
}

/** Pixels above and below a chart on a slide; a sheet of pictures has no numbers at its edges. */
const MIN_SLIDE_MARGIN = { chart: 24, sheet: 8 };

/** The size of a chart's letters in a column, in pixels. */
export const fontSize = ({ layout }: Chart): number =>
  (layout.font as { size?: number } | undefined)?.size ?? DEFAULT_FONT_SIZE;

/** The room around a chart on a slide, without plotly's title and slider. */
function slideMargin(chart: Chart, growth: number): Margin {
  const { layout } = chart;
  const { captionRoom = 0, slider } = metaOf(chart);
  const margin = marginOf(layout);
  const hasNotes = ((layout.annotations ?? []) as Layout[]).length > 0;
  const least = hidesAxes(layout) ? MIN_SLIDE_MARGIN.sheet : MIN_SLIDE_MARGIN.chart;
  return {
    // names of rows stand beside a sheet of pictures
    l: hidesAxes(layout) ? margin.l * growth : margin.l,
    t: Math.max(least, (margin.t - captionRoom) * growth),
    b: Math.max(least, (margin.b - (slider?.room ?? 0)) * growth),
    // names at the ends of lines stand there
    r: layout.showlegend === false && hasNotes ? margin.r * growth : margin.r,
  };
}

/** The part of a chart's width by which panels begin later on slides, where words are larger. */
const NAME_ROOM = 0.014;

/** Panels that begin later, so that the names of their axes keep off the panels at their left. */
function roomForNames(layout: Layout): Record<string, Layout> {
  const named = axesOf(layout).filter((name) => name.startsWith("yaxis"));
  const moved = named.flatMap((name): [string, Layout][] => {
    const across = name.replace("y", "x");
    const axis = layout[across] as (Layout & { domain?: [number, number] }) | undefined;
    const [start = 0, end = 1] = axis?.domain ?? [];
    if (!axis || start === 0 || !(layout[name] as Layout).title) return [];
    return [[across, { ...axis, domain: [start + NAME_ROOM, end] }]];
  });
  return Object.fromEntries(moved);
}

/** Pixels; smaller labels below pictures or beside colors can't be read from the last row. */
const MIN_SLIDE_LABEL_SIZE = 20;
const MIN_SLIDE_SCALE_SIZE = 18;

/** How much larger notes are on a slide; those of a sheet of pictures have a least size. */
function noteGrowth({ layout }: Chart, growth: number): number {
  if (!hidesAxes(layout)) return growth;
  const notes = (layout.annotations ?? []) as Layout[];
  const sizes = notes.map(({ font }) => (font as { size?: number } | undefined)?.size ?? Infinity);
  return Math.max(growth, MIN_SLIDE_LABEL_SIZE / Math.min(...sizes, DEFAULT_FONT_SIZE));
}

/** The chart in a slide's size and type, without plotly's title and slider. */
export function sizedForSlide(whole: Chart, slide: SlideSize): Chart {
  const { width, height, type } = slide;
  const font = whole.layout.font as { size?: number } | undefined;
  const growth = type / fontSize(whole);
  const margin = slideMargin(whole, growth);
  const inside = {
    width: width - margin.l - margin.r,
    height: height - margin.t - margin.b,
    growth: noteGrowth(whole, growth),
  };
  const sheet = sheetForSlide(whole, inside);
  const rows = tightRows(inOneRow(sheet, width), slide);
  const close = closeRows(stretched(rows, plotRoom(whole, inside, growth)), slide);
  const chart = slideTicks(close, inside, type);
  const { layout } = chart;
  const notes = (layout.annotations ?? []) as Layout[];
  const sized = {
    ...chart,
    data: chart.data.map((trace) => largerScale(thicker(trace), growth, type)),
    layout: {
      ...layout,
      ...(metaOf(chart).cells ? {} : roomForNames(layout)),
      ...fewerNumbers(chart, inside, slide),
      width,
      height,
      autosize: false,
      dragmode: false,
      font: { ...font, size: type },
      annotations: notes.map((note) => larger(note, inside.growth)),
      margin,
    },
  };
  return apartAtEnds(namesAbove(sized, inside, type), inside);
}
