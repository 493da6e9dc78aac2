/**
 * Bars of one series in a narrow column, such as a phone's: where their names are wider than a bar,
 * the bars lie on their side, each with its whole name at its left.
 */
import { marginOf, metaOf, MIN_WIDE_COLUMN, type Chart, type Layout, type Trace } from "./chart";
import { isObject } from "./json";
import { linesOf } from "./lines";
import { breaksBelow } from "./tickLabels";

/** Pixels: a letter of a name, a name's line, and the least height of a bar with the room around it. */
const LETTER_WIDTH = 7;
const LINE_HEIGHT = 16;
const MIN_BAR_HEIGHT = 24;
/** The part of the column that names may take. */
const NAMES_SHARE = 0.4;
/** More bars would be higher than a phone's screen. */
const MAX_BARS = 26;

const namesOf = (layout: Layout | undefined): string[] => {
  const { ticktext } = (layout?.xaxis ?? {}) as { ticktext?: unknown };
  return Array.isArray(ticktext) ? ticktext.map(String) : [];
};

const hasNone = (value: unknown) => value === undefined || (value as unknown[]).length === 0;

/** Whether a chart is upright bars of one series, and nothing else. */
function isOneSeries({ data, layout }: Chart): boolean {
  const [bars] = data;
  const isUpright = bars?.type === "bar" && bars.orientation !== "h" && bars.base === undefined;
  const isAlone = data.length === 1 && hasNone(layout.annotations) && hasNone(layout.shapes);
  return isUpright && isAlone && isObject(layout.xaxis) && isObject(layout.yaxis);
}

/** Texts such as "%{x}: %{y}" with x and y exchanged. */
const exchanged = (template: unknown): unknown =>
  typeof template === "string"
    ? template.replace(/%\{([xy])\b/g, (_, letter) => `%{${letter === "x" ? "y" : "x"}`)
    : template;

function lying(trace: Trace): Trace {
  const { x, y, hovertemplate, texttemplate } = trace;
  const templates = {
    ...(hovertemplate === undefined ? {} : { hovertemplate: exchanged(hovertemplate) }),
    ...(texttemplate === undefined ? {} : { texttemplate: exchanged(texttemplate) }),
  };
  return { ...trace, ...templates, orientation: "h", x: y, y: x };
}

/** An axis of names from the top down. */
function downward(axis: Layout): Layout {
  const { range } = axis;
  return Array.isArray(range)
    ? { ...axis, range: range.toReversed() }
    : { ...axis, autorange: "reversed" };
}

/**
 * @param chart of any kind, at one position of its slider
 * @param whole the chart with all of its frames, whose names decide for each of them
 * @param columnWidth the width of the column in pixels
 */
export function sidewaysBars(chart: Chart, whole: Chart, columnWidth: number): Chart {
  if (columnWidth >= MIN_WIDE_COLUMN || metaOf(chart).panels || !isOneSeries(chart)) return chart;
  const { layout } = chart;
  const lists = [whole.layout, ...(whole.frames ?? []).map((frame) => frame.layout)].map(namesOf);
  const { l, r, t, b } = marginOf(layout);
  const count = Math.max(...lists.map((names) => names.length));
  const fits = (names: string[]) => breaksBelow(names, columnWidth - l - r);
  if (count > MAX_BARS || lists.every(fits)) return chart;
  const letters = Math.floor((NAMES_SHARE * columnWidth) / LETTER_WIDTH);
  const broken = (name: string) => linesOf(name.split(" "), letters);
  const lines = Math.max(...lists.flat().map((name) => broken(name).length));
  const bar = Math.max(MIN_BAR_HEIGHT, lines * LINE_HEIGHT + 4);
  const { xaxis, yaxis } = layout as { xaxis: Layout; yaxis: Layout };
  const ticktext = namesOf(layout).map((name) => broken(name).join("<br>"));
  const names = { ...xaxis, ticktext, showgrid: false, tickangle: 0 };
  const axes = { xaxis: { ...yaxis, nticks: 4 }, yaxis: downward(names) };
  return {
    ...chart,
    data: chart.data.map(lying),
    layout: { ...layout, ...axes, height: t + b + count * bar },
  };
}
