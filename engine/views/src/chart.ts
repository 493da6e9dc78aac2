/**
 * A chart as plain data: plotly.js's format, with the course's own fields in `layout.meta`.
 * Programs that know only plotly's format draw the same JSON, with plotly's own slider.
 */
import { isObject } from "./json";

export type Trace = Record<string, unknown>;
export type Layout = Record<string, unknown>;

/** The parts of traces and layout that change at one position of the slider. */
export interface Frame {
  name?: string;
  data: Trace[];
  layout?: Layout;
}

export interface Chart {
  data: Trace[];
  layout: Layout;
  frames?: Frame[];
}

/** The course's own fields of a chart; all are optional. */
export interface Meta {
  /** One sentence that describes the chart. */
  caption?: string;
  /** Pixels at the top that plotly reserves for the caption as its title. */
  captionRoom?: number;
  slider?: {
    /** The quantity that the slider sets: "temperature". */
    label: string;
    /** The value of each frame, as text. */
    values: string[];
    /** The index of the frame that the caption describes. */
    start?: number;
    /** Whether the slider plays when this chart replaces another one. */
    plays?: boolean;
    /** Pixels at the bottom that plotly reserves for its own slider. */
    room: number;
  };
  /** Rows and columns of a matrix whose cells are drawn as squares. */
  cells?: { rows: number; columns: number };
  /** The number of panels, and the largest number of them in a row. */
  panels?: { count: number; columns: number };
}

/** Allow-list of trace types; a notebook's output may contain any. */
const ALLOWED_TRACES = new Set([
  "scatter",
  "bar",
  "heatmap",
  "histogram",
  "box",
  "violin",
  "contour",
]);
/** Parts of a layout that could load something from another server. */
const BLOCKED_LAYOUT_KEYS = new Set(["images", "template", "mapbox", "geo", "updatemenus"]);

const traces = (value: unknown): Trace[] =>
  Array.isArray(value)
    ? value.filter(
        (t): t is Trace => isObject(t) && ALLOWED_TRACES.has(String(t.type ?? "scatter")),
      )
    : [];

function layoutOf(value: unknown): Layout {
  const parts = Object.entries(isObject(value) ? value : {});
  return Object.fromEntries(parts.filter(([name]) => !BLOCKED_LAYOUT_KEYS.has(name)));
}

/**
 * Copies a chart's allowed parts from a notebook's output: no configuration, and no types of traces
 * that load maps or pictures.
 * @returns undefined if no trace is left
 */
export function readChart(json: unknown): Chart | undefined {
  if (!isObject(json)) return undefined;
  const data = traces(json.data);
  if (data.length === 0) return undefined;
  const frames = Array.isArray(json.frames) ? json.frames.filter(isObject) : [];
  return {
    data,
    layout: layoutOf(json.layout),
    frames: frames.map((frame) => ({
      data: traces(frame.data),
      ...(isObject(frame.layout) ? { layout: layoutOf(frame.layout) } : {}),
    })),
  };
}

/** The course's own fields of a chart; {} if it has none. */
export const metaOf = (chart: Chart): Meta =>
  isObject(chart.layout.meta) ? (chart.layout.meta as Meta) : {};

/** Merges two layouts one level deep; keys of `change` win. */
function merged(base: Layout, change: Layout): Layout {
  const out: Layout = { ...base };
  for (const [key, value] of Object.entries(change)) {
    const before = base[key];
    out[key] = isObject(before) && isObject(value) ? { ...before, ...value } : value;
  }
  return out;
}

/** The chart as it looks at one position of its slider. */
export function atFrame(chart: Chart, index: number): Chart {
  const frame = chart.frames?.[index];
  if (!frame) return chart;
  return {
    ...chart,
    data: chart.data.map((trace, i) => ({ ...trace, ...frame.data[i] })),
    layout: frame.layout ? merged(chart.layout, frame.layout) : chart.layout,
  };
}

/** Pixels around a plot. */
export interface Margin {
  l: number;
  r: number;
  t: number;
  b: number;
}

export const marginOf = ({ margin }: Layout): Margin => ({
  l: 60,
  r: 20,
  t: 20,
  b: 50,
  ...(margin as Partial<Margin>),
});

/** The number of a chart's panels; 0 unless there are several. */
export function panelCount(chart: Chart): number {
  const { count = 0 } = metaOf(chart).panels ?? {};
  return Number.isInteger(count) && count > 1 && count <= 100 ? count : 0;
}

/** What traces call an axis of a panel, counted from 0: x, x2 … */
export const panelAxis = (letter: "x" | "y", panel: number): string =>
  `${letter}${panel === 0 ? "" : panel + 1}`;

/** What the layout calls an axis of a trace: x2 → xaxis2. */
export const axisName = (ofTrace: unknown): string => String(ofTrace).replace(/^[xy]/, "$&axis");

/** Pixels; narrower columns, such as a phone's, stack what stands side by side in a page's column. */
export const MIN_WIDE_COLUMN = 480;

/** Pixels: smaller letters in a chart are hard to read. */
export const MIN_FONT_SIZE = 13;

/** Whether a chart's cells are as high as wide, whatever the width. */
export const hasSquares = ({ layout }: Chart) =>
  (layout.yaxis as Layout | undefined)?.scaleanchor !== undefined;

/** Whether a chart shows no axes, as sheets of pictures and texts in cells do. */
export const hidesAxes = ({ xaxis }: Layout): boolean => isObject(xaxis) && xaxis.visible === false;

/** The names of a chart's axes: xaxis, xaxis2, yaxis … */
export const axesOf = (layout: Layout): string[] =>
  Object.keys(layout).filter((key) => /^[xy]axis\d*$/.test(key));

/** The name of a panel's title among the notes, as the course's `panels` writes it. */
const PANEL_TITLE = /^panel \d+$/;
export const isPanelTitle = ({ name }: Layout) => PANEL_TITLE.test(String(name));
