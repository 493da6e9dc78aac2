/** Lines, points and lanes: one value against another. */
import {
  axis,
  COLORS,
  cycle,
  DASHES,
  layout,
  LINE_COLORS,
  logAxis,
  RAMP,
  plain,
  SYMBOLS,
  type Layout,
  type PlotFigure,
  TEXT_COLOR,
} from "./figure";
import { wordsText } from "./numbers";
import { expectNumbers, expectSameLength, expectSome } from "./validate";

interface Axes {
  x?: string;
  y?: string;
  logX?: boolean;
  logY?: boolean;
  yRange?: [number, number];
  height?: number;
  /** Circles are round: one unit is as long along x as along y, and yRange counts for both. */
  equal?: boolean;
}

/** A logarithmic axis over these values, which are positive. */
function logOver(values: number[]): Layout {
  const low = values.reduce((a, b) => Math.min(a, b), Infinity);
  const high = values.reduce((a, b) => Math.max(a, b), -Infinity);
  return logAxis(Math.log10(high / low));
}

/** The layout of a plot of series: its axes, and a legend where there are several. */
export function axes(
  { x, y, logX, logY, yRange, height, equal }: Axes,
  data: { x: number[]; y: number[] }[],
  more: Layout = {},
): Layout {
  const xScale = logX ? logOver(data.flatMap((d) => d.x)) : {};
  const yScale = logY ? logOver(yRange ?? data.flatMap((d) => d.y)) : {};
  const range = logY ? yRange?.map(Math.log10) : yRange;
  const several = data.length > 1;
  const ranged = range ? { range } : {};
  const round = equal ? { constrain: "domain", nticks: 3, ...ranged } : {};
  const anchored = equal ? { ...round, scaleanchor: "x" } : {};
  return layout({
    xaxis: axis(x, { ...xScale, ...round }),
    yaxis: axis(y, { ...yScale, ...anchored, ...ranged }),
    showlegend: several,
    legend: { orientation: "h", yanchor: "bottom", y: 1, x: 0 },
    ...(several ? { margin: { l: 60, r: 20, t: 36, b: 50 } } : {}),
    ...(height ? { height } : {}),
    ...more,
  });
}

/** Text in the color of a line, dark enough to be read on white. */
const TEXT_COLORS = new Map([
  ["#d55e00", "#b34f00"],
  ["#009e73", "#00795a"],
  ["#cc79a7", "#a34b7c"],
  ["#e69f00", "#8f6300"],
  ["#56b4e9", "#1f7fb8"],
]);

/** The color of a line's name; the pale shades of a ramp couldn't be read. */
const nameColor = (color: string): string =>
  RAMP.includes(color) ? TEXT_COLOR : (TEXT_COLORS.get(color) ?? color);

/** Pixels: the least distance between two names, and the width of a letter. */
const NAME_DISTANCE = 15;
const NAME_LETTER_WIDTH = 7;
const NAME_GAP = 8;
/** What a chart's margins take of its height. */
const CHART_MARGINS = 70;
const MIN_RIGHT_MARGIN = 20;
/** The width of a plot on a phone, where a name reaches farthest beyond the plot. */
const NARROW_PLOT_WIDTH = 240;

/** Moves names apart that would overlap. @param heights from the bottom, in pixels */
function spread(heights: number[]): number[] {
  const order = heights.map((_, i) => i).sort((a, b) => heights[a]! - heights[b]!);
  const apart = [...heights];
  // each pass pushes both neighbors, so that a crowd grows around its middle
  for (let pass = 0; pass < 60; pass++) {
    for (let k = 1; k < order.length; k++) {
      const [below, above] = [order[k - 1]!, order[k]!];
      const missing = NAME_DISTANCE - (apart[above]! - apart[below]!);
      if (missing <= 0) continue;
      apart[below]! -= missing / 2;
      apart[above]! += missing / 2;
    }
  }
  return apart;
}

interface NamedLine {
  name: string;
  x: number[];
  y: number[];
  line: { color: string };
}

/** How much longer than the lines the axis is, so that marks at the ends stay whole. */
const END_MARGIN = 0.02;

/** A layout with the names of lines at their right ends, where the axis ends, and no legend. */
function withNames(
  layout: Layout,
  data: NamedLine[],
  others: Pick<NamedLine, "x" | "y">[],
  options: Axes,
): Layout {
  const { logX, logY, yRange, height = 360 } = options;
  const scale = (v: number, log?: boolean) => (log ? Math.log10(v) : v);
  const drawn = [...data, ...others];
  const all = (yRange ?? drawn.flatMap(({ y }) => y)).map((v) => scale(v, logY));
  const low = all.reduce((a, b) => Math.min(a, b));
  const high = all.reduce((a, b) => Math.max(a, b));
  const ends = data.map(({ x, y }) => {
    const last = x.reduce((best, v, i) => (v >= x[best]! ? i : best), 0);
    return { x: scale(x[last]!, logX), y: scale(y[last]!, logY) };
  });
  const pixel = (height - CHART_MARGINS) / (high - low || 1);
  const heights = ends.map(({ y }) => (y - low) * pixel);
  const apart = spread(heights);
  const annotations = data.map(({ name, line }, i) => ({
    text: plain(name),
    ...ends[i],
    xanchor: "left",
    yanchor: "middle",
    xshift: NAME_GAP,
    yshift: Math.round(apart[i]! - heights[i]!),
    showarrow: false,
    font: { size: 12, color: nameColor(line.color) },
  }));
  const places = drawn.flatMap(({ x }) => x).map((v) => scale(v, logX));
  const first = places.reduce((a, b) => Math.min(a, b));
  const last = places.reduce((a, b) => Math.max(a, b));
  const length = last - first || 1;
  const margin = END_MARGIN * length;
  const beyond = data.map(({ name }, i) => {
    const before = ((last - ends[i]!.x) / length) * NARROW_PLOT_WIDTH;
    return 2 * NAME_GAP + name.length * NAME_LETTER_WIDTH - before;
  });
  const r = Math.round(Math.max(MIN_RIGHT_MARGIN, ...beyond));
  return {
    ...layout,
    annotations,
    showlegend: false,
    // plotly would make the axis long enough for the names, too
    xaxis: { ...(layout.xaxis as Layout), range: [first - margin, last + margin] },
    margin: { l: 60, r, t: 20, b: 50 },
  };
}

/** Pixels. */
const ARROW_SIZE = 14;

interface Marks {
  marks?: boolean;
  arrows?: boolean;
  ramp?: boolean;
}

interface LineSeries {
  name: string;
  x?: number[];
  y: number[];
  dash?: boolean;
  dots?: { x: number[]; y: number[]; name?: string };
  stars?: boolean;
}

/** Baselines beside a ramp. */
const BASELINE_COLOR = "#6b6b6b";
const STAR_COLOR = LINE_COLORS[1]!;

/**
 * How the line of series i is broken. With marks or a ramp, shapes or shades tell the series apart
 * already.
 */
function dashOf(i: number, dash: boolean | undefined, { marks, arrows, ramp }: Marks): string {
  if (dash) return "dash";
  return marks || arrows || ramp ? "solid" : cycle(DASHES, i);
}

/** The color of each series; in a ramp, those that aren't baselines get darker from first to last. */
function lineColors(series: LineSeries[], ramp: boolean | undefined): string[] {
  const isOrdered = ({ dash, stars }: LineSeries) => !dash && !stars;
  const count = series.filter(isOrdered).length;
  let ordered = 0;
  return series.map((one, i) => {
    if (!ramp) return cycle(LINE_COLORS, i);
    if (one.stars) return STAR_COLOR;
    if (one.dash) return BASELINE_COLOR;
    return RAMP[Math.round((ordered++ * (RAMP.length - 1)) / Math.max(1, count - 1))]!;
  });
}

/** The points that a line was fitted to, in its color. */
const dotsOf = ({ name, dots }: LineSeries, color: string) =>
  dots
    ? [
        {
          type: "scatter",
          mode: "markers",
          ...dots,
          name: wordsText(dots.name ?? name),
          marker: { color, size: 7, opacity: 0.8 },
          showlegend: dots.name !== undefined,
        },
      ]
    : [];

/** What stands on line i: a mark at each point, or the head of an arrow at the last one. */
function marker(i: number, count: number, { marks, arrows }: Marks, stars = false) {
  if (stars) return { marker: { symbol: "star", size: 15, line: { color: "#ffffff", width: 1 } } };
  if (arrows) {
    const size = Array.from({ length: count }, (_, j) => (j === count - 1 ? ARROW_SIZE : 0));
    return { marker: { symbol: "arrow", angleref: "previous", size } };
  }
  return marks ? { marker: { symbol: cycle(SYMBOLS, i), size: 7 } } : {};
}

/**
 * Lines through points. Without x, positions count from 0, or from 1 on a logarithmic axis.
 * @param series dash draws a broken line, for a baseline; dots are the points that the line was
 *   fitted to, with a name if the legend shows them; stars draws a star at each of its points
 * @param options marks draws the points as well; arrows draws the head of an arrow at the last point;
 *   ramp gives series that have an order, such as sizes, shades of one color from pale to dark;
 *   atEnds writes short names at the right ends of the lines instead of into a legend, but not in
 *   panels, which have no room for them
 * @throws when a series is empty, has x and y of different lengths, or holds what a plot can't show
 */
export function lines(
  series: LineSeries[],
  options: Axes & Marks & { atEnds?: boolean } = {},
): PlotFigure {
  expectSome("lines", "series", series);
  for (const one of series) expectSeries(one, options);
  let drawn = 0; // lines that aren't baselines: they differ by their dashes
  const colors = lineColors(series, options.ramp);
  const data = series.map(({ name, x, y, dash, stars }, i) => {
    const own = dash ? i : drawn++;
    const isMarked = options.marks || options.arrows || stars;
    return {
      type: "scatter",
      mode: isMarked ? "lines+markers" : "lines",
      name: wordsText(name),
      // a logarithmic axis has no 0
      x: x ?? y.map((_, j) => (options.logX ? j + 1 : j)),
      y,
      line: { color: colors[i]!, width: 2, dash: dashOf(own, dash, options) },
      ...marker(i, y.length, options, stars),
    };
  });
  const dots = series.flatMap((one, i) => dotsOf(one, colors[i]!));
  const all = [...dots, ...data];
  const layout = axes(options, all);
  if (!options.atEnds) return { data: all, layout };
  const named = data.filter((_, i) => !series[i]!.stars);
  const others = all.filter((trace) => !named.some((one) => one === trace));
  return { data: all, layout: withNames(layout, named, others, options) };
}

function expectSeries({ name, x, y, dots }: LineSeries, { logX, logY }: Axes): void {
  expectNumbers("lines", `"${name}"`, y, logY);
  if (x) {
    expectSameLength("lines", `x of "${name}"`, x, "y", y);
    expectNumbers("lines", `x of "${name}"`, x, logX);
  }
  if (!dots) return;
  expectSameLength("lines", `x of the dots of "${name}"`, dots.x, "y", dots.y);
  expectNumbers("lines", `x of the dots of "${name}"`, dots.x, logX);
  expectNumbers("lines", `the dots of "${name}"`, dots.y, logY);
}

/**
 * Points in the plane. A point's text shows under the pointer.
 * @throws as lines does
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
      name: wordsText(name),
      x,
      y,
      marker: { color: cycle(LINE_COLORS, i), symbol: cycle(SYMBOLS, i), size: 8, opacity: 0.8 },
      ...(text ? { text, hovertemplate: "%{text}<br>%{x}, %{y}<extra></extra>" } : {}),
    };
  });
  return { data, layout: axes(options, data) };
}

/** How far apart the base lines of two lanes are, in heights of the largest value. */
const LANE_DISTANCE = 1.25;

/**
 * Series that would hide each other as lines: each has a base line of its own, below the one
 * before, its name beside it and bars that stand on it, all to one scale.
 * @param series y at the places x, which are evenly spaced and count from 0 unless given
 * @throws as lines does, and when a value is negative
 */
export function lanes(
  series: { name: string; x?: number[]; y: number[] }[],
  options: { x?: string; y?: string; height?: number } = {},
): PlotFigure {
  expectSome("lanes", "series", series);
  for (const { name, x, y } of series) {
    expectNumbers("lanes", `"${name}"`, y);
    const below = y.find((v) => v < 0);
    if (below !== undefined) throw new Error(`lanes: "${name}" holds ${below}, expected 0 or more`);
    if (x) expectSameLength("lanes", `x of "${name}"`, x, "y", y);
  }
  const distance = LANE_DISTANCE * (Math.max(...series.flatMap(({ y }) => y)) || 1);
  const bases = series.map((_, i) => (series.length - 1 - i) * distance);
  const data = series.map(({ name, x, y }, i) => ({
    type: "bar",
    name,
    x: x ?? y.map((_, j) => j),
    y,
    base: bases[i],
    marker: { color: cycle(COLORS, i) },
    customdata: y,
    hovertemplate: `%{x}: %{customdata:.3~g}<extra>${name}</extra>`,
  }));
  const named = {
    tickmode: "array",
    tickvals: bases,
    ticktext: series.map(({ name }) => name),
    range: [-0.02 * distance, series.length * distance],
  };
  const figure = axes(options, data, { barmode: "overlay", bargap: 0, showlegend: false });
  return {
    data,
    layout: { ...figure, margin: { l: 60, r: 20, t: 20, b: 50 }, yaxis: axis(options.y, named) },
  };
}
