/** Bars: one value for each label. */
import { COLORS, cycle, type Layout, type PlotFigure } from "./figure";
import { wordsText } from "./numbers";
import { axes } from "./series";
import { expectNumbers, expectSameLength, expectSome } from "./validate";

/** More bars have no room for values side by side. */
const MAX_LEVEL_VALUES = 5;

const PATTERNS = ["", "/", ".", "x", "-", "\\", "+"];

/** Bars beside those that a caption names. */
const QUIET_COLOR = "#a9b7c4";

/** One color for all bars, or a quiet one for those that aren't marked. */
function barColor(labels: string[], color: string, marked?: string[]): string | string[] {
  if (!marked) return color;
  return labels.map((label) => (marked.includes(label) ? color : QUIET_COLOR));
}

function expectMarked(labels: string[], series: object[], marked: string[]): void {
  if (series.length > 1) throw new Error("bars: expected one series with marked, got several");
  const unknown = marked.find((label) => !labels.includes(label));
  if (unknown === undefined) return;
  throw new Error(`bars: expected marked to hold labels of bars, got "${unknown}"`);
}

interface BarsOptions {
  x?: string;
  y?: string;
  yRange?: [number, number];
  stacked?: boolean;
  marked?: string[];
  level?: { name: string; y: number };
  decimals?: number;
}

interface BarSeries {
  name: string;
  y: number[];
  from?: number[];
}

/** Bars from one value to another, such as the two bounds of a range; others stand on zero. */
function rangeOf({ name, y, from }: BarSeries) {
  if (!from) return { y };
  expectNumbers("bars", `from of "${name}"`, from);
  expectSameLength("bars", `from of "${name}"`, from, "y", y);
  const customdata = y.map((upper, i) => [from[i], upper]);
  const hovertemplate = `%{x}: %{customdata[0]:.3~g} to %{customdata[1]:.3~g}<extra>${name}</extra>`;
  return { y: y.map((upper, i) => upper - from[i]!), base: from, customdata, hovertemplate };
}

/** Each bar's value above it, upright where many bars stand side by side. */
function valuesAbove(y: number[], decimals: number | undefined) {
  if (decimals === undefined) return {};
  return {
    texttemplate: y.map((v) => v.toFixed(decimals).replace("-", "−")),
    textposition: "outside",
    textangle: y.length > MAX_LEVEL_VALUES ? -90 : 0,
    constraintext: "none",
    cliponaxis: false,
  };
}

/** A broken line across all bars. */
const levelOf = (count: number, { name, y }: { name: string; y: number }, i: number) => ({
  type: "scatter",
  mode: "lines",
  name: wordsText(name),
  x: [-0.5, count - 0.5],
  y: [y, y],
  line: { color: cycle(COLORS, i), width: 2, dash: "dash" },
});

/**
 * Bars, side by side or stacked, one group per label.
 * @param series from: where bars begin that show ranges up to y; others stand on zero
 * @param options marked: the labels of the bars that the caption speaks of; the others are drawn in
 *   a quiet color; level: a value that all bars are compared with, as a broken line; decimals: writes
 *   each value above its bar, with so many decimals
 * @throws as lines does, when a series does not have one value per label, and when marked holds
 *   what isn't a label or there are several series beside it
 */
export function bars(labels: string[], series: BarSeries[], options: BarsOptions = {}): PlotFigure {
  const { marked, level } = options;
  expectSome("bars", "labels", labels);
  expectSome("bars", "series", series);
  if (marked) expectMarked(labels, series, marked);
  const drawn = series.map((one, i) => {
    const { name, y } = one;
    expectNumbers("bars", `"${name}"`, y);
    expectSameLength("bars", `"${name}"`, y, "labels", labels);
    const marker = {
      // a level's line stands out from ranges
      color: one.from && level ? QUIET_COLOR : barColor(labels, cycle(COLORS, i), marked),
      pattern: { shape: cycle(PATTERNS, i), fgcolor: "#ffffff", fillmode: "overlay" },
    };
    return {
      type: "bar",
      name: wordsText(name),
      x: labels.map((_, j) => j),
      ...rangeOf(one),
      ...valuesAbove(y, options.decimals),
      marker,
    };
  });
  const data = level ? [...drawn, levelOf(labels.length, level, drawn.length)] : drawn;
  // positions are numbers, named by the labels, so that a label may occur twice, as words do
  const named = {
    tickmode: "array",
    tickvals: labels.map((_, j) => j),
    ticktext: labels.map(wordsText),
  };
  const figure = axes(options, data, { barmode: options.stacked ? "stack" : "group" });
  const grid = level ? { showgrid: false } : {};
  return { data, layout: { ...figure, xaxis: { ...(figure.xaxis as Layout), ...named, ...grid } } };
}
