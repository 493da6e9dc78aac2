/** Lines, points and bars: one value against another. */
import {
  axis,
  COLOURS,
  cycle,
  DASHES,
  layout,
  logAxis,
  SYMBOLS,
  type Layout,
  type PlotFigure,
} from "./figure";
import { expectNumbers, expectSameLength, expectSome } from "./validate";

interface Axes {
  x?: string;
  y?: string;
  logX?: boolean;
  logY?: boolean;
  yRange?: [number, number];
  height?: number;
}

function axes(
  { x, y, logX, logY, yRange, height }: Axes,
  data: { x: number[]; y: number[] }[],
  more: Layout = {},
): Layout {
  const series = data.length;
  const log = (values: number[]): Layout =>
    logAxis(
      Math.log10(
        values.reduce((a, b) => Math.max(a, b), -Infinity) /
          values.reduce((a, b) => Math.min(a, b), Infinity),
      ),
    );
  return layout({
    xaxis: axis(x, logX ? log(data.flatMap((d) => d.x)) : {}),
    yaxis: axis(y, {
      ...(logY ? log(yRange ?? data.flatMap((d) => d.y)) : {}),
      ...(yRange ? { range: logY ? yRange.map(Math.log10) : yRange } : {}),
    }),
    showlegend: series > 1,
    legend: { orientation: "h", yanchor: "bottom", y: 1, x: 0 },
    ...(series > 1 ? { margin: { l: 60, r: 20, t: 36, b: 50 } } : {}),
    ...(height ? { height } : {}),
    ...more,
  });
}

/**
 * Lines through points; x counts from 0 where it is not given.
 * @param series dash draws a line broken, for what is compared against
 * @param options marks draws the points as well
 * @throws when a series is empty, uneven, or holds what a plot cannot show
 */
export function lines(
  series: { name: string; x?: number[]; y: number[]; dash?: boolean }[],
  options: Axes & { marks?: boolean } = {},
): PlotFigure {
  expectSome("lines", "series", series);
  const data = series.map(({ name, x, y, dash }, i) => {
    expectNumbers("lines", `"${name}"`, y, options.logY);
    if (x) {
      expectSameLength("lines", `x of "${name}"`, x, "y", y);
      expectNumbers("lines", `x of "${name}"`, x, options.logX);
    }
    // a logarithmic axis has no 0
    const positions = x ?? y.map((_, j) => (options.logX ? j + 1 : j));
    return {
      type: "scatter",
      mode: options.marks ? "lines+markers" : "lines",
      name,
      x: positions,
      y,
      line: {
        color: cycle(COLOURS, i),
        width: 2,
        dash: dash ? "dash" : options.marks ? "solid" : cycle(DASHES, i),
      },
      ...(options.marks ? { marker: { symbol: cycle(SYMBOLS, i), size: 7 } } : {}),
    };
  });
  return { data, layout: axes(options, data) };
}

/**
 * Points in the plane; text shows under the pointer.
 * @throws as lines
 */
export function points(
  series: { name: string; x: number[]; y: number[]; text?: string[] }[],
  options: Omit<Axes, "yRange" | "height"> = {},
): PlotFigure {
  expectSome("points", "series", series);
  const data = series.map(({ name, x, y, text }, i) => {
    expectNumbers("points", `x of "${name}"`, x, options.logX);
    expectNumbers("points", `y of "${name}"`, y, options.logY);
    expectSameLength("points", `x of "${name}"`, x, "y", y);
    if (text) expectSameLength("points", `text of "${name}"`, text, "y", y);
    return {
      type: "scatter",
      mode: "markers",
      name,
      x,
      y,
      marker: { color: cycle(COLOURS, i), symbol: cycle(SYMBOLS, i), size: 8, opacity: 0.8 },
      ...(text ? { text, hovertemplate: "%{text}<br>%{x}, %{y}<extra></extra>" } : {}),
    };
  });
  return { data, layout: axes(options, data) };
}

const PATTERNS = ["", "/", ".", "x", "-", "\\", "+"];

/**
 * Bars, beside each other or stacked, one group for each label.
 * @throws as lines, and when a series does not have one value for each label
 */
export function bars(
  labels: string[],
  series: { name: string; y: number[] }[],
  options: { x?: string; y?: string; yRange?: [number, number]; stacked?: boolean } = {},
): PlotFigure {
  expectSome("bars", "labels", labels);
  expectSome("bars", "series", series);
  const data = series.map(({ name, y }, i) => {
    expectNumbers("bars", `"${name}"`, y);
    expectSameLength("bars", `"${name}"`, y, "labels", labels);
    const marker = {
      color: cycle(COLOURS, i),
      pattern: { shape: cycle(PATTERNS, i), fgcolor: "#ffffff", fillmode: "overlay" },
    };
    return { type: "bar", name, x: labels.map((_, j) => j), y, marker };
  });
  // positions are numbers and labels only their names, so that a label may come twice, as words of
  // a sentence do
  const named = { tickmode: "array", tickvals: labels.map((_, j) => j), ticktext: labels };
  const figure = axes(options, data, { barmode: options.stacked ? "stack" : "group" });
  return { data, layout: { ...figure, xaxis: { ...(figure.xaxis as Layout), ...named } } };
}
