/** What a figure is: plotly.js's plain data or HTML. And the one look that all figures share. */

export type Trace = Record<string, unknown>;
export type Layout = Record<string, unknown>;
export interface PlotFigure {
  data: Trace[];
  layout: Layout;
  frames?: { name: string; data: Trace[]; layout?: Layout }[];
  html?: never;
}
export interface HtmlFigure {
  html: string;
  /** The same as plain data, which the package `views` draws. */
  view?: { view: string; version: number; [part: string]: unknown };
  /** Whether the view shows more than the HTML, so that it's drawn where it can be. */
  isRicher?: boolean;
}
export type Figure = PlotFigure | HtmlFigure;

/** Okabe & Ito's colors for all kinds of color vision, without yellow, which is faint on white. */
export const COLORS = ["#0072b2", "#d55e00", "#009e73", "#cc79a7", "#e69f00", "#56b4e9", "#000000"];
/**
 * The colors of lines and points. Sky blue comes last: as a thin line or a name it looks like the
 * first, though not as a bar.
 */
export const LINE_COLORS = [...COLORS.slice(0, 5), "#000000", "#56b4e9"];
/**
 * Shades for series that have an order, such as sizes or budgets. They get darker and differ in hue,
 * too; dark pages have others.
 */
export const RAMP = [
  "#5cb85c",
  "#2fa77a",
  "#1f9489",
  "#277f8e",
  "#31688e",
  "#3b528b",
  "#443983",
  "#440154",
];
/** Shades for cells that stand for steps. */
export const STEPS = [
  "#7db8da",
  "#5ba3cf",
  "#3f8fc5",
  "#2a7ab9",
  "#1a66a8",
  "#0f5291",
  "#083e75",
  "#052a54",
];
/** Series differ by more than color. */
export const DASHES = ["solid", "dot", "dashdot", "longdashdot", "longdash"];
export const SYMBOLS = ["circle", "square", "diamond", "triangle-up", "x", "cross", "star"];
/** From light to dark: reads the same in gray and on a projector. */
export const SEQUENTIAL = "Viridis";
/** Blue below, white at zero, orange above. */
export const DIVERGING: [number, string][] = [
  [0, "#08519c"],
  [0.25, "#6baed6"],
  [0.5, "#ffffff"],
  [0.75, "#fd8d3c"],
  [1, "#a63603"],
];

/** From nearly white to dark blue, where most values are low and small differences count. */
export const BLUES: [number, string][] = [
  [0, "#f7fbff"],
  [0.25, "#bad6eb"],
  [0.5, "#6aaed6"],
  [0.75, "#2070b4"],
  [1, "#08306b"],
];

/** Gray pictures, from black to white. */
export const GRAY: [number, string][] = [
  [0, "#000000"],
  [1, "#ffffff"],
];

export const TEXT_COLOR = "#222222";
const GRID_COLOR = "#dddddd";
const FONT = "system-ui, -apple-system, 'Segoe UI', Roboto, 'Noto Sans', sans-serif";

export const cycle = <T>(items: readonly T[], i: number): T => items[i % items.length]!;

export const axis = (title: string | undefined, more: Layout = {}): Layout => ({
  ...(title ? { title: { text: title, standoff: 8 } } : {}),
  gridcolor: GRID_COLOR,
  linecolor: TEXT_COLOR,
  zeroline: false,
  showline: true,
  ticks: "outside",
  automargin: true,
  hoverformat: ".4~g",
  ...more,
});

/**
 * A logarithmic axis with ticks at powers of ten, few enough that their numbers don't collide. Over
 * less than two decades, which hold one or two powers, ticks are at 1, 2 and 5 of each; over less
 * than one, where plotly puts them.
 */
export function logAxis(decades: number): Layout {
  if (decades < 0.8) return { type: "log", dtick: undefined, tickformat: undefined };
  if (decades < 2) return { type: "log", dtick: "D2", tickformat: ",~r" };
  const dtick = Math.max(1, Math.ceil(decades / 9));
  // over many decades all ticks are powers of ten, or some would read 0.00001 and others 1e+10
  const powers = decades > 6 ? { exponentformat: "power" } : {};
  return { type: "log", dtick, tickformat: undefined, ...powers };
}

/**
 * A layout with our defaults. Figures have a white background of their own, so that they read the
 * same in a light and a dark notebook, on slides and in print.
 */
export const layout = (more: Layout): Layout => ({
  autosize: true,
  height: 360,
  margin: { l: 60, r: 20, t: 20, b: 50 },
  paper_bgcolor: "#ffffff",
  plot_bgcolor: "#ffffff",
  font: { family: FONT, size: 13, color: TEXT_COLOR },
  colorway: COLORS,
  hoverlabel: { font: { family: FONT } },
  ...more,
});

/**
 * Not responsive: with it, plotly in JupyterLab gives a figure no height when it draws it again.
 */
export const CONFIG = { responsive: false, displaylogo: false, showSendToCloud: false };

const CAPTION_LINE_LENGTH = 90;
const CAPTION_LINE_HEIGHT = 20;
const CAPTION_GAP = 8;

/** Breaks a sentence into lines of about 90 letters, which plotly doesn't do. */
function wrap(text: string): string[] {
  const lines: string[] = [];
  for (const word of text.split(/\s+/)) {
    const last = lines.at(-1);
    if (last !== undefined && last.length + word.length < CAPTION_LINE_LENGTH) {
      lines[lines.length - 1] = `${last} ${word}`;
    } else lines.push(word);
  }
  return lines;
}

/** plotly reads a few HTML tags in text; captions and words have none. */
export const plain = (text: string) => text.replace(/&/g, "&amp;").replace(/</g, "&lt;");

/**
 * Puts the caption above the figure, where it stays when the picture is saved. Slides find it in
 * layout.meta.caption.
 */
export function withCaption(caption: string, figure: PlotFigure): PlotFigure {
  const lines = wrap(plain(caption));
  const room = lines.length * CAPTION_LINE_HEIGHT;
  const { margin, height } = figure.layout as { margin: { t: number }; height: number };
  return {
    ...figure,
    layout: {
      ...figure.layout,
      meta: { ...(figure.layout.meta as Layout), caption, captionRoom: room + CAPTION_GAP },
      height: height + room + CAPTION_GAP,
      margin: { ...margin, t: margin.t + room + CAPTION_GAP },
      // plotly starts the first of several lines higher than a single one
      title: {
        text: lines.join("<br>"),
        x: 0,
        xanchor: "left",
        xref: "container",
        pad: { l: 12, t: lines.length > 1 ? 20 : 10 },
        y: 1,
        yanchor: "top",
        yref: "container",
        font: { size: 14 },
      },
    },
  };
}

/** Whether a trace is a matrix in colors, not gray pictures. */
export const isMatrix = (trace: Trace) => trace.type === "heatmap" && trace.colorscale !== GRAY;

/** Equal for matrices in the same colors. */
export const colorsOf = (trace: Trace) => JSON.stringify(trace.colorscale);

/** One scale for all matrices in the same colors, from the least lower end to the largest upper. */
export function sharedColors(traces: Trace[]): Trace[] {
  const ranges = new Map<string, { zmin: number; zmax: number }>();
  for (const trace of traces) {
    if (trace.type !== "heatmap") continue;
    const { zmin, zmax } = trace as { zmin: number; zmax: number };
    const range = ranges.get(colorsOf(trace)) ?? { zmin, zmax };
    ranges.set(colorsOf(trace), {
      zmin: Math.min(range.zmin, zmin),
      zmax: Math.max(range.zmax, zmax),
    });
  }
  return traces.map((t) => (t.type === "heatmap" ? { ...t, ...ranges.get(colorsOf(t)) } : t));
}

/** Hovering shows four digits, and zooming in needs a few more. */
const SIGNIFICANT_DIGITS = 6;

/** The same plain data; whole numbers stay as they are. */
export function roundNumbers<T>(data: T): T {
  if (typeof data === "number") return roundNumber(data) as T;
  if (typeof data !== "object" || data === null) return data;
  if (Array.isArray(data)) return data.map(roundNumbers) as T;
  if (ArrayBuffer.isView(data)) return data;
  return Object.fromEntries(
    Object.entries(data).map(([key, part]) => [key, roundNumbers(part)]),
  ) as T;
}

const roundNumber = (value: number) =>
  Number.isInteger(value) ? value : Number(value.toPrecision(SIGNIFICANT_DIGITS));
