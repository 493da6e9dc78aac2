/** Gives a chart, which is made for white paper, the colors of the page's theme. */
import { BINARY, DARK_BINARY } from "./binary";
import { axesOf, axisName, MIN_FONT_SIZE, type Chart, type Layout, type Trace } from "./chart";
import { CATEGORIES, CLEARER, clearer, DARK_INK, DARK_STEPS, lighter, shownColor } from "./shades";
import { withDeepCells, withReadableValues } from "./tints";

/** The colors that a theme sets; a chart keeps its others. */
interface Colors {
  ink: string;
  grid: string;
  /** The background of hover labels. */
  label: string;
  /** The background of gray pictures, so that white ones have an edge. */
  mat: string;
  /** Behind the labels of a matrix's cells. */
  plate: string;
}

const LIGHT: Colors = {
  ink: "#222222",
  grid: "#e4e4e4",
  label: "#ffffff",
  mat: "#eeeeee",
  plate: "rgba(255, 255, 255, 0.85)",
};
const DARK: Colors = {
  ink: DARK_INK,
  grid: "#333333",
  label: "#2b2b2b",
  mat: "#333333",
  plate: "rgba(17, 17, 17, 0.85)",
};
const CLEAR = "rgba(0, 0, 0, 0)";

/** The edge of lines over a matrix: white on a light page. */
const EDGE = "#ffffff";
const DARK_EDGE = "#1b1b1b";
function darkerEdge(color: unknown): unknown {
  if (color === EDGE) return DARK_EDGE;
  return color === OUTLINE ? DARK_OUTLINE : lighter(color);
}

/** The scale around zero with a dark middle: white zeros glare on a dark page. */
const LIGHT_ZERO = [0.5, "#ffffff"];
const DARK_DIVERGING: [number, string][] = [
  [0, "#8cc8f0"],
  [0.25, "#2f7cb5"],
  [0.5, "#242424"],
  [0.75, "#b8601f"],
  [1, "#ffb070"],
];

/** The scale from nearly white to dark blue, from nearly the page to light blue. */
const LIGHTEST_BLUE = "#f7fbff";
const DARK_BLUES: [number, string][] = [
  [0, "#16202b"],
  [0.25, "#1f4a70"],
  [0.5, "#2f7cb5"],
  [0.75, "#7dbde8"],
  [1, "#d6ecfb"],
];

/**
 * The same beside blank cells, which are as dark as the page and hatched: zeros are a little lighter
 * and blue, so that no value looks blank, and far from the colors of large values.
 */
const LIFTED_BLUES: [number, string][] = [
  [0, "#1d3a58"],
  [0.25, "#25598a"],
  [0.5, "#3483c0"],
  [0.75, "#7dbde8"],
  [1, "#e2f2fd"],
];

/**
 * The colors of amounts, from dark purple to yellow. On a dark page, they begin a little lighter than
 * the page and blank cells, so that zeros recede, and their lightness rises in even steps over as much as on paper.
 */
const SEQUENTIAL = "Viridis";
const DARK_SEQUENTIAL: [number, string][] = [
  [0, "#30275a"],
  [0.2, "#424a8d"],
  [0.4, "#2f7a9e"],
  [0.6, "#27aa90"],
  [0.8, "#84d056"],
  [1, "#fde725"],
];

/** The lightest gray of pictures: much of it, as in noise, would glare on a dark page. */
const WHITE = "#ffffff";
const DARK_WHITE = "#d4d4d4";

/** The line around each picture of a sheet. */
const OUTLINE = "#999999";
const DARK_OUTLINE = "#4a4f55";
const startsAt = (scale: unknown[]) => (scale[0] as unknown[] | undefined)?.[1];

function isDiverging(scale: unknown): boolean {
  if (!Array.isArray(scale)) return false;
  return scale.length === 5 && JSON.stringify(scale[2]) === JSON.stringify(LIGHT_ZERO);
}

/** What lies behind the other categories of a matrix: nearly the page. */
const BACKGROUND = "#dcdcdc";
const DARK_BACKGROUND = "#3c4046";

const isGray = (scale: unknown) => Array.isArray(scale) && scale.length === 2;
const withoutGlare = (scale: [number, string][]) =>
  scale.map(([at, color]) => [at, color === WHITE ? DARK_WHITE : color]);

function categoryColor(color: string): string {
  if (color === BACKGROUND) return DARK_BACKGROUND;
  return DARK_STEPS.get(color) ?? shownColor(color, CATEGORIES.has(color));
}

function darkScale(scale: unknown, besideBlanks: boolean): unknown {
  if (JSON.stringify(scale) === JSON.stringify(BINARY)) return DARK_BINARY;
  if (scale === SEQUENTIAL) return DARK_SEQUENTIAL;
  if (isDiverging(scale)) return DARK_DIVERGING;
  if (!Array.isArray(scale)) return scale;
  if (startsAt(scale) === LIGHTEST_BLUE) return besideBlanks ? LIFTED_BLUES : DARK_BLUES;
  if (isGray(scale)) return withoutGlare(scale as [number, string][]);
  return (scale as [number, string][]).map(([at, color]) => [at, categoryColor(color)]);
}

/** Dots and dashes of the usual width fade on a dark page. */
const DARK_DASH_WIDTH = 2.6;

/** Patterns tell bars apart; their lines are thin and half clear, so that colors stay themselves. */
const PATTERN = { solidity: 0.18, fgopacity: 0.4 };

function softer(trace: Trace): Trace {
  const marker = trace.marker as { pattern?: object } | undefined;
  if (trace.type !== "bar" || !marker?.pattern) return trace;
  return { ...trace, marker: { ...marker, pattern: { ...marker.pattern, ...PATTERN } } };
}

/** A bar lower than this share of the highest one can't be seen. */
const MIN_BAR_SHARE = 0.006;
/** Pixels: the height of the tick that shows such a bar, so that a group of bars stays whole. */
const SMALL_TICK = 3;

const valuesOf = ({ x, y, orientation }: Trace): number[] => {
  const values = orientation === "h" ? x : y;
  return Array.isArray(values) ? values.map(Number) : [];
};

/**
 * In a group of bars, writes 0 where a bar is zero, and gives one that is too small to be seen a tick
 * on the axis in its color.
 */
function withSmallBars({ data, layout }: Chart): Trace[] {
  const bars = data.filter(({ type }) => type === "bar");
  if ((layout.barmode ?? "group") !== "group" || bars.length < 2) return data;
  const axis = ({ yaxis = "y" }: Trace) => yaxis;
  const highest = (of: Trace) => {
    const beside = bars.filter((bar) => axis(bar) === axis(of)).flatMap(valuesOf);
    // where the axis has a range of its own, as beside a panel of higher bars, that counts
    const { range = [] } = (layout[axisName(axis(of))] ?? {}) as { range?: number[] };
    return Math.max(...[...beside, ...range].map(Math.abs));
  };
  return data.map((trace) => {
    const marker = trace.marker as { color?: unknown } | undefined;
    if (trace.type !== "bar" || !marker || trace.base !== undefined) return trace;
    const limit = MIN_BAR_SHARE * highest(trace);
    const values = valuesOf(trace);
    const width = values.map((v) => (v !== 0 && Math.abs(v) < limit ? SMALL_TICK : 0));
    const edged = width.some(Boolean)
      ? { ...trace, marker: { ...marker, line: { color: marker.color, width } } }
      : trace;
    return values.includes(0) && !trace.text ? { ...edged, ...zeroLabels(values) } : edged;
  });
}

/** A template and no text, which would be shown under the pointer, too. */
const zeroLabels = (values: number[]) => ({
  texttemplate: values.map((v) => (v === 0 ? "0" : "")),
  textposition: "outside",
  textangle: 0,
  cliponaxis: false,
});

/** A trace whose line or marks are in the present shades of series that have an order. */
function withClearShades(trace: Trace): Trace {
  const part = (name: "line" | "marker") => {
    const value = trace[name] as { color?: unknown } | undefined;
    return value && CLEARER.has(value.color)
      ? { [name]: { ...value, color: clearer(value.color) } }
      : {};
  };
  return { ...trace, ...part("line"), ...part("marker") };
}

/** So few points don't hide each other. */
const MAX_SOLID_POINTS = 60;
/** Dots that let a dark page through would be dimmer than the lines beside them. */
function solidDots({ x }: Trace, opacity: unknown) {
  const isFew = Array.isArray(x) && x.length <= MAX_SOLID_POINTS;
  return typeof opacity === "number" && isFew ? { opacity: 1 } : {};
}

/**
 * Makes dark lines and marks light on a dark page.
 * @param besideBlanks whether the chart is matrices of which some cells are blank
 */
function visible(trace: Trace, besideBlanks: boolean): Trace {
  const part = (name: "line" | "marker") => {
    const value = trace[name] as
      { color?: unknown; line?: { color?: unknown }; opacity?: unknown } | undefined;
    if (!value) return {};
    const color = Array.isArray(value.color) ? value.color.map(lighter) : darkerEdge(value.color);
    const edge = value.line && { line: { ...value.line, color: darkerEdge(value.line.color) } };
    const solid = solidDots(trace, value.opacity);
    return { [name]: { ...value, ...(color === undefined ? {} : { color }), ...edge, ...solid } };
  };
  const drawn = withDeepCells({ ...trace, ...part("line"), ...part("marker") }, DARK.ink);
  const line = drawn.line as { dash?: string; width?: number } | undefined;
  if (line?.dash && line.dash !== "solid" && line.width === 2) {
    drawn.line = { ...line, width: DARK_DASH_WIDTH };
  }
  const { colorscale } = drawn;
  return colorscale ? { ...drawn, colorscale: darkScale(colorscale, besideBlanks) } : drawn;
}

/**
 * Behind blank cells of a matrix: nearly the page, so that data stand out. The lines over them tell
 * them from zeros, which are as light or dark as the page, and low values are purple or blue.
 */
const LIGHT_BLANK = "#ececec";
const DARK_BLANK = "#17181a";
/** Lines over them, since a gray cell alone could be a value. */
const LIGHT_HATCH = "#c2c2c2";
const DARK_HATCH = "#43484f";
/** How many lines cross the diagonal of a matrix, and of one of several panels. */
const HATCH_LINES = 72;
const PANEL_HATCH_LINES = 40;
const hasBlanks = ({ type, z, colorscale }: Trace) =>
  type === "heatmap" && !isGray(colorscale) && Array.isArray(z) && z.flat().includes(null);

/**
 * Whether the chart shows matrices only, with or without lines over them, and some have blanks. What
 * is blank on a sheet of pictures, whose axes are hidden, is the page between them.
 */
function showsBlanks({ data, layout }: Chart): boolean {
  if ((layout.xaxis as Layout | undefined)?.visible === false) return false;
  const axis = ({ xaxis = "x" }: Trace) => xaxis;
  const maps = new Set(data.filter(({ type }) => type === "heatmap").map(axis));
  return data.some(hasBlanks) && data.every((trace) => maps.has(axis(trace)));
}

/** Lines from the lower left to the upper right of a square, in parts of its sides. */
function hatch(count: number): string {
  return Array.from({ length: count - 1 }, (_, i) => {
    const at = (2 * (i + 1)) / count; // where x + (1 - y) stays the same
    const [from, to] = [Math.max(0, at - 1), Math.min(1, at)];
    const y = (x: number) => (1 - (at - x)).toFixed(4);
    return `M${from.toFixed(4)},${y(from)}L${to.toFixed(4)},${y(to)}`;
  }).join("");
}

/** Hatched squares below the matrices, which show where cells are blank. */
function hatchedPanels({ data }: Chart, dark: boolean): Layout[] {
  const maps = data.filter(({ type }) => type === "heatmap");
  return data.filter(hasBlanks).map(({ xaxis = "x", yaxis = "y" }) => ({
    type: "path",
    layer: "below",
    xref: `${String(xaxis)} domain`,
    yref: `${String(yaxis)} domain`,
    path: hatch(maps.length > 1 ? PANEL_HATCH_LINES : HATCH_LINES),
    line: { color: dark ? DARK_HATCH : LIGHT_HATCH, width: 1 },
  }));
}

/** Makes a white background transparent; a mat follows the theme. */
function background(color: unknown, { mat }: Colors): unknown {
  if (color === "#ffffff") return CLEAR;
  return color === LIGHT.mat ? mat : color;
}

/** plotly's own font size, where a chart has none. */
const DEFAULT_FONT_SIZE = 12;

/**
 * Gives an annotation the theme's text color, and letters that can be read; a color of its own only
 * gets lighter in the dark. A label beside a cell of a matrix has the page's color behind it.
 */
const written = (note: Layout, { ink, plate }: Colors, isOverMap: boolean): Layout => {
  const font = (note.font ?? {}) as { color?: string; size?: number };
  const size = font.size === undefined ? {} : { size: Math.max(MIN_FONT_SIZE, font.size) };
  const own = font.color !== undefined && font.color !== LIGHT.ink;
  const lit = own && ink === DARK.ink ? lighter(font.color) : font.color;
  const color = own ? lit : ink;
  const leader = note.showarrow === true ? { arrowcolor: color } : {};
  const isLabel = isOverMap && own && note.xshift !== undefined && note.showarrow === false;
  const ground = isLabel ? { bgcolor: plate } : {};
  return { ...note, ...leader, ...ground, font: { ...font, ...size, color } };
};

/** The axes on which nothing but bars stand: each bar has its label, so grid lines show nothing. */
function axesUnderBars({ data }: Chart): Set<string> {
  const standsOn = ({ orientation, xaxis = "x", yaxis = "y" }: Trace) =>
    String(orientation === "h" ? yaxis : xaxis);
  const others = data.filter(({ type }) => type !== "bar");
  const shared = new Set(others.flatMap(({ xaxis = "x", yaxis = "y" }) => [xaxis, yaxis]));
  const under = data.filter(({ type }) => type === "bar").map(standsOn);
  return new Set(under.filter((id) => !shared.has(id)).map(axisName));
}

/** plotly writes powers of ten 1.25 times as large as other numbers at ticks. */
const POWER_SIZE = 0.85;
/** Pixels between the ticks of a logarithmic axis, some of them without a number, and the numbers. */
const LOG_TICK_GAP = 3;

/** Names of axes in the size of the numbers along them, and powers of ten that are not larger. */
function axisType({ title, tickfont, type, exponentformat }: Layout, size: number): Layout {
  const { text, font } = (title ?? {}) as { text?: string; font?: Layout };
  const named = text ? { title: { ...(title as Layout), font: { size, ...font } } } : {};
  if (type !== "log") return named;
  const powers = exponentformat === "power" && tickfont === undefined;
  const small = powers ? { tickfont: { size: Math.round(POWER_SIZE * size) } } : {};
  return { ...named, ...small, ticklabelstandoff: LOG_TICK_GAP };
}

/** The same for the name of a color scale. */
function scaleType(trace: Trace, size: number): Trace {
  const { title } = (trace.colorbar ?? {}) as { title?: { text?: string; font?: Layout } };
  if (!title?.text) return trace;
  const named = { ...title, font: { size, ...title.font } };
  return { ...trace, colorbar: { ...(trace.colorbar as Layout), title: named } };
}

/** A hairline around a color scale, as around the matrix. */
function outlined(trace: Trace, dark: boolean): Trace {
  if (trace.type !== "heatmap" || !trace.colorbar) return trace;
  const outline = { outlinewidth: 1, outlinecolor: dark ? DARK_FRAME : LIGHT_FRAME };
  return { ...trace, colorbar: { ...(trace.colorbar as Layout), ...outline } };
}

function axis(value: Layout, { ink, grid }: Colors, size: number): Layout {
  return {
    ...value,
    separatethousands: true,
    ...axisType(value, size),
    gridcolor: grid,
    linecolor: ink,
    tickcolor: ink,
    zerolinecolor: ink,
    // ticks without numbers, as inside of rows of panels, say nothing
    ...(value.showticklabels === false ? { ticks: "" } : {}),
  };
}

/** Around matrices and color scales, whose lowest or highest colors may be as the page. */
const LIGHT_FRAME = "#767676";
const DARK_FRAME = "#5c6269";

/** A hairline around each matrix whose axes are shown. */
function framed({ data }: Chart, dark: boolean): Record<string, Layout> {
  const maps = data.filter(({ type }) => type === "heatmap");
  const names = maps.flatMap(({ xaxis = "x", yaxis = "y" }) => [xaxis, yaxis].map(axisName));
  const linecolor = dark ? DARK_FRAME : LIGHT_FRAME;
  return Object.fromEntries(names.map((name) => [name, { mirror: true, linecolor }]));
}

/**
 * The chart in the colors of a light or a dark page; the page shows through.
 * @param family the page's own font, so that a chart reads like the text beside it
 */
export function themed(chart: Chart, dark: boolean, family?: string): Chart {
  const colors = dark ? DARK : LIGHT;
  const { layout } = chart;
  const { size = DEFAULT_FONT_SIZE } = (layout.font ?? {}) as { size?: number };
  const underBars = axesUnderBars(chart);
  const frames = framed(chart, dark);
  const axes = axesOf(layout).map((name) => [
    name,
    {
      ...axis(layout[name] as Layout, colors, size),
      ...(underBars.has(name) ? { showgrid: false } : {}),
      ...frames[name],
    },
  ]);
  const notes = (layout.annotations ?? []) as Layout[];
  const colorway = (layout.colorway ?? []) as string[];
  const hasGaps = showsBlanks(chart);
  const isOverMap = chart.data.some(({ type }) => type === "heatmap");
  const blank = hasGaps
    ? {
        plot_bgcolor: dark ? DARK_BLANK : LIGHT_BLANK,
        shapes: hatchedPanels(chart, dark),
      }
    : {};
  const shaded = chart.data.map(withClearShades);
  const lit = dark ? shaded.map((trace) => visible(trace, hasGaps)) : shaded;
  return {
    ...chart,
    data: withSmallBars({ ...chart, data: lit }).map((trace) =>
      withReadableValues(outlined(scaleType(softer(trace), size), dark), size),
    ),
    layout: {
      ...layout,
      ...Object.fromEntries(axes),
      annotations: notes.map((note) => written(note, colors, isOverMap)),
      ...(dark ? { colorway: colorway.map(lighter) } : {}),
      modebar: { bgcolor: CLEAR, color: colors.ink, activecolor: colors.ink },
      paper_bgcolor: CLEAR,
      plot_bgcolor: background(layout.plot_bgcolor, colors),
      ...blank,
      font: { ...(layout.font as Layout), ...(family ? { family } : {}), color: colors.ink },
      hoverlabel: {
        ...(layout.hoverlabel as Layout),
        bgcolor: colors.label,
        font: { ...((layout.hoverlabel as Layout)?.font as Layout), color: colors.ink },
      },
    },
  };
}
