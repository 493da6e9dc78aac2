/**
 * Where the names of series stand. Every chart of the course follows one rule: a few lines that end
 * at the right and can be told apart have their names at their ends, and all other legends stand above the plot and
 * begin at its left edge.
 */
import {
  marginOf,
  metaOf,
  MIN_WIDE_COLUMN,
  type Chart,
  type Layout,
  type Margin,
  type Trace,
} from "./chart";
import { heightRange } from "./lineEnds";
import { linesOf } from "./lines";
import { legendRows, ROW_HEIGHT, ROOM_BELOW } from "./legendRows";
import { legendPerPanel } from "./panelLegends";

/** Pixels that a legend needs above the titles of panels. */
const LEGEND_PADDING = 8;

/** A legend of panels above all of them; a chart with any other legend or none stays as it is. */
export function legendAbove(chart: Chart, columnWidth: number): Chart {
  const { layout } = chart;
  const legend = (layout.legend ?? {}) as Layout;
  if (layout.showlegend !== true || legend.yref !== "container") return chart;
  const own = legendPerPanel(chart, columnWidth);
  if (own) return own;
  const margin = marginOf(layout);
  const width = columnWidth - margin.l - margin.r;
  const above = LEGEND_PADDING + (1 + legendRows(chart, width)) * ROW_HEIGHT;
  return {
    ...chart,
    layout: {
      ...layout,
      height: Number(layout.height ?? 360) + above - ROOM_BELOW,
      margin: { ...margin, t: margin.t + above, b: margin.b - ROOM_BELOW },
      // each series of panels is a group of its own, and rows of groups stand no farther apart
      legend: { ...legend, x: 0, xanchor: "left", y: 1, yanchor: "top", tracegroupgap: 0 },
    },
  };
}

/** The plot's width and height in pixels, without margins. */
interface Room {
  width: number;
  height: number;
}

/** At most so many lines have names at their ends, of at most so many letters. */
const MAX_NAMES = 6;
/** So few lines have them where they end together, too: leaders go to names that stand apart. */
const MAX_LED_NAMES = 4;
/** The part of a plot's height that such names may take. */
const MAX_LED_SHARE = 0.8;
/** Pixels: two lines are told apart at their ends, or shortly before those. */
const MIN_LINE_DISTANCE = 3;
const MAX_NAME_LETTERS = 26;
/** A longer name stands in two lines. */
const MAX_LINE_LETTERS = 16;
/** Pixels: a name's height and letter, and the room before and after it. */
const NAME_HEIGHT = 17;
const LETTER_WIDTH = 7.8;
const NAME_GAP = 8;
/** A line ends at the right if no more than this part of the axis is beyond it. */
const END_SHARE = 0.02;
/** Another line may come from elsewhere where the last part of a line, so long, begins. */
const ARRIVAL_SHARE = 0.05;
/** Pixels above a plot that a legend no longer needs. */
const LEGEND_ROOM = 16;

/** Text in the color of a line, dark enough to be read on white. */
const TEXT_COLORS = new Map([
  ["#d55e00", "#b34f00"],
  ["#009e73", "#00795a"],
  ["#cc79a7", "#a34b7c"],
  ["#e69f00", "#8f6300"],
  ["#56b4e9", "#1f7fb8"],
]);

/** A line with a name, where it ends in the units of its axes, and its heights there and before. */
interface EndedLine {
  name: string;
  color: string;
  x: number;
  y: number;
  before: number;
}

const isNumbers = (list: unknown): list is number[] =>
  Array.isArray(list) && list.length > 1 && list.every((v) => Number.isFinite(v));

/** What an axis counts: a number, or its power of ten. */
const scaleOf = (layout: Layout, axis: "xaxis" | "yaxis") =>
  (layout[axis] as Layout | undefined)?.type === "log" ? Math.log10 : (v: number) => v;

/** The height of a line at its last point that is well before its end. */
function heightBefore(end: number, places: number[], heights: number[]): number {
  const first = places.reduce((a, b) => Math.min(a, b), end);
  const limit = end - ARRIVAL_SHARE * (end - first);
  const early = places.reduce((best, v, i) => {
    return v <= limit && (best < 0 || v >= places[best]!) ? i : best;
  }, -1);
  return heights[early] ?? heights[0]!;
}

/** The end of a line; undefined for points, arrows and lines without a name or a color. */
function endOf({ type, mode, name, x, y, line, marker }: Trace, layout: Layout) {
  const { color } = (line ?? {}) as { color?: unknown };
  const { symbol } = (marker ?? {}) as { symbol?: unknown };
  const isLine = (type ?? "scatter") === "scatter" && String(mode).includes("lines");
  if (!isLine || symbol === "arrow" || symbol === "star") return undefined;
  if (typeof name !== "string" || typeof color !== "string") return undefined;
  if (!isNumbers(x) || !isNumbers(y) || x.length !== y.length) return undefined;
  const last = x.reduce((best, v, i) => (v >= x[best]! ? i : best), 0);
  const [ofX, ofY] = [scaleOf(layout, "xaxis"), scaleOf(layout, "yaxis")];
  const [places, heights] = [x.map(ofX), y.map(ofY)];
  const [end, height] = [places[last]!, heights[last]!];
  const before = heightBefore(end, places, heights);
  return { name, color, x: end, y: height, before };
}

/** Whether a chart is one plot with a caption and a legend, and keeps its axes as it is looked at. */
function isPlainPlot({ layout, frames = [], ...chart }: Chart): boolean {
  const { caption, panels, cells, slider } = metaOf({ ...chart, layout });
  const { range } = (layout.xaxis ?? {}) as { range?: unknown };
  const { scaleanchor } = (layout.yaxis ?? {}) as { scaleanchor?: unknown };
  return (
    layout.showlegend === true &&
    Boolean(caption) && // inside a control, names would jump with every change
    !(panels || cells || slider || range || scaleanchor) &&
    frames.length === 0 &&
    ((layout.annotations ?? []) as unknown[]).length === 0
  );
}

/** A name in the lines in which it stands beside its line. */
const nameLines = (name: string) => linesOf(name.split(" "), MAX_LINE_LETTERS);

/** Whether lines end so far apart that each name can stand beside its own. */
function areApart(ends: EndedLine[], [low, high]: [number, number], height: number): boolean {
  const places = ends
    .map(({ name, y }) => ({
      middle: ((y - low) / (high - low)) * height,
      half: (NAME_HEIGHT * nameLines(name).length) / 2,
    }))
    .sort((a, b) => a.middle - b.middle);
  return places.every(({ middle, half }, i) => {
    const below = places[i - 1];
    return !below || middle - below.middle >= half + below.half;
  });
}

/** Whether names can stand apart, with leaders to lines that a reader can tell from each other. */
function canBeLed(ends: EndedLine[], [low, high]: [number, number], height: number): boolean {
  const needed = ends.reduce((sum, { name }) => sum + NAME_HEIGHT * nameLines(name).length, 0);
  const isFar = (a: number, b: number) =>
    (Math.abs(a - b) / (high - low)) * height >= MIN_LINE_DISTANCE;
  const areTold = ends.every((one, i) =>
    ends.slice(i + 1).every(({ y, before }) => isFar(one.y, y) || isFar(one.before, before)),
  );
  return ends.length <= MAX_LED_NAMES && needed <= MAX_LED_SHARE * height && areTold;
}

/** The least and the largest of all places along x. */
function extentOf({ data, layout }: Chart): [number, number] {
  const places = data.flatMap(({ x }) => x as number[]).map(scaleOf(layout, "xaxis"));
  return places.reduce<[number, number]>(
    ([low, high], v) => [Math.min(low, v), Math.max(high, v)],
    [Infinity, -Infinity],
  );
}

const escapeText = (text: string) => text.replace(/&/g, "&amp;").replace(/</g, "&lt;");

const nameAt = ({ name, color, x, y }: EndedLine): Layout => ({
  text: nameLines(name).map(escapeText).join("<br>"),
  align: "left",
  ...{ x, y, xanchor: "left", yanchor: "middle" },
  ...{ xshift: NAME_GAP, yshift: 0, showarrow: false },
  font: { size: 13, color: TEXT_COLORS.get(color) ?? color },
});

/**
 * The chart with its lines' names at their ends instead of a legend, where they fit.
 * @param room the plot's width and height in pixels, without margins
 */
export function namedAtEnds(chart: Chart, room: Room): Chart {
  const { data, layout } = chart;
  if (!isPlainPlot(chart) || room.width < MIN_WIDE_COLUMN || data.length > MAX_NAMES) return chart;
  const ends = data.map((trace) => endOf(trace, layout));
  if (!ends.every((end) => end !== undefined && end.name.length <= MAX_NAME_LETTERS)) return chart;
  const named = ends as EndedLine[];
  const [first, last] = extentOf(chart);
  const beyond = END_SHARE * (last - first || 1);
  const { range } = (layout.yaxis ?? {}) as { range?: [number, number] };
  if (named.some(({ x }) => x < last - beyond)) return chart;
  const up = range ?? heightRange(chart);
  if (!areApart(named, up, room.height) && !canBeLed(named, up, room.height)) return chart;
  const margin: Margin = marginOf(layout);
  const longest = Math.max(
    ...named.flatMap(({ name }) => nameLines(name)).map(({ length }) => length),
  );
  const r = Math.ceil(2 * NAME_GAP + LETTER_WIDTH * longest);
  const xaxis = { ...(layout.xaxis as Layout), range: [first - beyond, last + beyond] };
  return {
    ...chart,
    layout: {
      ...layout,
      xaxis,
      annotations: named.map(nameAt),
      showlegend: false,
      height: Number(layout.height ?? 360) - LEGEND_ROOM,
      margin: { ...margin, r, t: margin.t - LEGEND_ROOM },
    },
  };
}
