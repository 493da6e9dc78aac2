/** A slider over figures that are computed beforehand, so that it works offline. */
import { expectPlot, expectSome } from "./validate";
import { wordsText } from "./numbers";
import { logAxis, type Figure, type Layout, type PlotFigure, sharedColors } from "./figure";

type Value = number | string;

/** Pixels below the plot for the slider. */
const SLIDER_HEIGHT = 90;

/**
 * A slider over figures that are computed now, so that it works offline and in a saved notebook.
 * All frames share their scales.
 * @param label what the slider sets: "temperature"
 * @param frame the figure for a value; each has the same number of series
 * @param options start: the value that shows first, and in print; the first one unless given;
 *   plays: whether it plays by itself when a control answers with it
 * @throws when there is no value, when start is none of them, when a frame is a table, or when a
 *   frame differs from the first in its number of series or panels
 */
export function slider(
  label: string,
  values: Value[],
  frame: (value: Value, index: number) => Figure,
  options: { start?: Value; plays?: boolean } = {},
): PlotFigure {
  expectSome("slider", "values", values);
  const start = options.start === undefined ? 0 : values.indexOf(options.start);
  if (start < 0) {
    throw new Error(`slider: expected start to be one of the values, got ${options.start}`);
  }
  const plots = values.map((value, i) =>
    expectPlot("slider", `the frame for ${value}`, frame(value, i)),
  );
  expectSameSeries(plots, values);
  const frames = framesOf(plots);
  const { layout } = plots[0]!;
  const { margin, height } = layout as { margin: { b: number }; height: number };
  const shown = frames[start]!;
  const plays = options.plays ? { plays: true } : {};
  return {
    data: shown.data,
    frames,
    layout: {
      ...layout,
      ...withLabels(layout, shown.layout),
      ...steadyAxes(plots),
      meta: {
        ...(layout.meta as Layout),
        slider: {
          label,
          values: values.map((value) => wordsText(String(value))),
          start,
          room: SLIDER_HEIGHT,
          ...plays,
        },
      },
      height: height + SLIDER_HEIGHT,
      margin: { ...margin, b: margin.b + SLIDER_HEIGHT },
      sliders: [control(label, values, start)],
    },
  };
}

function expectSameSeries(plots: PlotFigure[], values: Value[]): void {
  const count = plots[0]!.data.length;
  const odd = plots.findIndex((p) => p.data.length !== count);
  if (odd < 0) return;
  throw new Error(
    `slider: expected ${count} series in each frame as in the first, got ` +
      `${plots[odd]!.data.length} for ${values[odd]}`,
  );
}

/** plotly's frames: the series of each plot, and its labels where they change. */
function framesOf(plots: PlotFigure[]) {
  const count = plots[0]!.data.length;
  const traces = sharedColors(plots.flatMap((p) => p.data));
  const labels = changingLabels(plots.map((p) => p.layout));
  return plots.map((_, i) => ({
    name: String(i),
    data: traces.slice(i * count, (i + 1) * count),
    ...(labels ? { layout: labels[i] } : {}),
  }));
}

/** What each frame writes at its ticks and into its plot; undefined where all write the same. */
function changingLabels(layouts: Layout[]): Layout[] | undefined {
  const labels = layouts.map(labelsOf);
  const different = new Set(labels.map((l) => JSON.stringify(l)));
  return different.size > 1 ? labels : undefined;
}

function labelsOf(layout: Layout): Layout {
  const labels: Layout = {};
  for (const [key, value] of Object.entries(layout)) {
    if (key === "annotations") labels[key] = value;
    if (!/^[xy]axis\d*$/.test(key)) continue;
    const { tickvals, ticktext } = value as Layout;
    if (ticktext) labels[key] = { tickvals, ticktext };
  }
  return labels;
}

/** The axes of a layout with the labels of a frame. */
function withLabels(layout: Layout, labels: Layout = {}): Layout {
  const changed = Object.entries(labels).map(([key, value]) => {
    const isAxis = key !== "annotations";
    return [key, isAxis ? { ...(layout[key] as Layout), ...(value as Layout) } : value];
  });
  return Object.fromEntries(changed);
}

/** Axes that stay while the slider moves. Panels share their ranges already. */
function steadyAxes(plots: PlotFigure[]): Layout {
  const { layout } = plots[0]!;
  const steady: Layout = {};
  if (layout.xaxis2 !== undefined) return steady;
  for (const axis of ["x", "y"] as const) {
    const name = `${axis}axis` as const;
    const range = steadyRange(plots, axis);
    if (range) steady[name] = { ...(layout[name] as Layout), ...range };
  }
  return steady;
}

/**
 * The range of one axis over all frames with a margin of 5 %, and a logarithmic axis's ticks.
 * Undefined where the axis has a range or named positions of its own.
 */
function steadyRange(frames: PlotFigure[], axis: "x" | "y"): Layout | undefined {
  const axes = frames.map((f) => (f.layout[`${axis}axis`] ?? {}) as Layout);
  const log = axes[0]!.type === "log";
  const fixed = axes.some((a) => a.range || a.ticktext || (a.type === "log") !== log);
  const values = positions(frames, axis).map((v) => (log ? Math.log10(v) : v));
  if (fixed || values.length === 0) return undefined;
  const bars = frames.some((f) => f.data.some((t) => t.type === "bar"));
  const low = values.reduce((a, b) => Math.min(a, b), bars ? 0 : Infinity);
  const high = values.reduce((a, b) => Math.max(a, b), bars ? 0 : -Infinity);
  const margin = (high - low || 1) * 0.05;
  const start = bars && low === 0 ? 0 : low - margin; // bars stand on the axis
  return { range: [start, high + margin], ...(log ? logAxis(high - low) : {}) };
}

function positions(frames: PlotFigure[], axis: "x" | "y"): number[] {
  const traces = frames.flatMap((f) => f.data);
  const placed = traces.filter((t) => t.type === "scatter" || t.type === "bar");
  return placed.flatMap((t) => t[axis] as number[]);
}

/** plotly's slider: each step shows the frame of its number, at once. */
function control(label: string, values: Value[], start: number): Layout {
  const animation = {
    mode: "immediate",
    transition: { duration: 0 },
    frame: { duration: 0, redraw: true },
  };
  return {
    active: start,
    y: 0,
    yanchor: "top",
    pad: { t: 60 },
    currentvalue: { prefix: `${label}: ` },
    steps: values.map((value, i) => ({
      label: String(value),
      method: "animate",
      args: [[String(i)], animation],
    })),
  };
}
