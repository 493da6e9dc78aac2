/**
 * A chart as plain data: what plotly.js draws, and under `layout.meta` what the course adds to it.
 * The same JSON serves programs that know plotly's format only; there the slider is plotly's own.
 */
import { isObject } from "./json";

export type Trace = Record<string, unknown>;
export type Layout = Record<string, unknown>;

/** What changes when the slider moves: parts of the traces and of the layout. */
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

/** What the course says about a chart; each part may be missing. */
export interface Meta {
  /** One sentence that says what there is to see. */
  caption?: string;
  /** Pixels that the caption takes at the top when plotly draws it as the title. */
  captionRoom?: number;
  slider?: {
    /** What the slider sets: "temperature". */
    label: string;
    /** The value of each frame, as text. */
    values: string[];
    /** The frame that shows what the caption speaks of, from 0. */
    start?: number;
    /** Whether it plays by itself when another chart takes the place of this one. */
    plays?: boolean;
    /** Pixels that plotly's own slider takes at the bottom. */
    room: number;
  };
  /** Rows and columns of a matrix whose cells are drawn as squares. */
  cells?: { rows: number; columns: number };
  /** How many charts stand side by side, and how many of them in a row where there is room. */
  panels?: { count: number; columns: number };
}

/** Kinds of traces that are drawn; a notebook's output may claim anything. */
const ALLOWED_TRACES = new Set([
  "scatter",
  "bar",
  "heatmap",
  "histogram",
  "box",
  "violin",
  "contour",
]);
/** Parts of a layout that would load something from elsewhere. */
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
 * Takes from a notebook's output what a chart needs, and nothing else: no configuration, no kinds
 * of traces that load maps or pictures.
 * @returns undefined where there is nothing to draw
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

/** What the course says about a chart. */
export const metaOf = (chart: Chart): Meta =>
  isObject(chart.layout.meta) ? (chart.layout.meta as Meta) : {};

/** One level of objects merged: what the second says wins, key by key. */
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

/** The names of a chart's axes: xaxis, xaxis2, yaxis … */
export const axesOf = (layout: Layout): string[] =>
  Object.keys(layout).filter((key) => /^[xy]axis\d*$/.test(key));
