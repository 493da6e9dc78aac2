/**
 * Names at the ends of lines, as the course's `lines` writes them with `atEnds`: in one column,
 * apart, where lines end at the right of the plot, and beside the lines where one ends early. A thin
 * leader goes to a name that stands far from its line.
 */
import {
  marginOf,
  metaOf,
  MIN_FONT_SIZE,
  MIN_WIDE_COLUMN,
  type Chart,
  type Layout,
  type Trace,
} from "./chart";
import { linesOf } from "./lines";

type Range = [low: number, high: number];

/** The plot's width and height in pixels, without margins. */
interface Room {
  width: number;
  height: number;
}

/** A name: where its line ends, in pixels from the lower left corner of the plot, and its size. */
interface EndName {
  note: Layout;
  x: number;
  y: number;
  width: number;
  height: number;
  /** The size of its letters. */
  size: number;
  /** The height of its line shortly before the end, which orders lines that end at one place. */
  before: number;
}

interface Point {
  x: number;
  y: number;
}

/** In letters' sizes: a line of text, the width of a letter, and the distance that needs a leader. */
const LINE_HEIGHT = 1.45;
const LETTER_WIDTH = 0.6;
const MIN_LEADER = 0.6;
/** Pixels between the lowest name's letters and the axis below the plot. */
const AXIS_GAP = 4;
/** Pixels from the end of a line to its name, without a leader and with one. */
const NAME_GAP = 8;
const LEADER_LENGTH = 22;
/** Names in the column may belong to lines that end in this last part of the plot. */
const COLUMN_SHARE = 0.25;
/** The column stands beside the plot if a line ends in this last part of it. */
const EDGE_SHARE = 0.1;
/** In a narrow column of text, names break into lines of so many letters, if they have words. */
const NARROW_NAME_LETTERS = 8;
/** Pixels between names and the edge of a narrow figure, and the length of leaders there. */
const NARROW_PADDING = 4;
const NARROW_LEADER_LENGTH = 14;
/** The part of an axis beyond its data at each end, as plotly leaves it. */
const AXIS_PADDING = 0.055;

const rangeOf = (layout: Layout, axis: "xaxis" | "yaxis") =>
  (layout[axis] as { range?: Range } | undefined)?.range;

/** What an axis counts: a number, or its power of ten. */
const scaleOf = (layout: Layout, axis: "xaxis" | "yaxis") =>
  (layout[axis] as Layout | undefined)?.type === "log" ? Math.log10 : (v: number) => v;

const numbers = (list: unknown): number[] => (Array.isArray(list) ? list.map(Number) : []);

/** The range that plotly would choose up the chart. */
export function heightRange({ data, layout }: Chart): Range {
  const values = data.flatMap(({ y }) => numbers(y)).map(scaleOf(layout, "yaxis"));
  const known = values.filter(Number.isFinite);
  const low = known.reduce((a, b) => Math.min(a, b), Infinity);
  const high = known.reduce((a, b) => Math.max(a, b), -Infinity);
  const padding = AXIS_PADDING * (high - low || 1);
  return [low - padding, high + padding];
}

const unescaped = (text: string) => text.replace(/&lt;/g, "<").replace(/&amp;/g, "&");
/** The lines of a name, as it is written already. */
const writtenLines = (note: Layout) => String(note.text).split("<br>").map(unescaped);
const textOf = (note: Layout) => writtenLines(note).join(" ");

const isLine = ({ mode }: Trace) => mode === undefined || /lines/.test(String(mode));

/** Whether all notes of a chart are the names of lines, one at the end of each. */
function namesItsLines({ data, layout }: Chart): boolean {
  const notes = (layout.annotations ?? []) as Layout[];
  const lines = new Set(data.filter(isLine).map(({ name }) => name));
  return (
    layout.showlegend === false &&
    notes.length > 0 &&
    notes.every((note) => lines.has(textOf(note)) && note.xanchor === "left")
  );
}

/**
 * The heights nearest to the wanted ones at which names of these sizes stay apart: names that would
 * overlap stand around the middle of what they want, between the two limits.
 * @param keys what orders the names from below; their heights unless given
 */
export function spread(
  heights: number[],
  sizes: number[],
  [low, high]: Range,
  keys: number[] = heights,
): number[] {
  const order = heights.map((_, i) => i).sort((a, b) => keys[a]! - keys[b]!);
  const above = [0]; // how far each name is above the lowest one if all touch
  order.slice(1).forEach((i, k) => above.push(above[k]! + (sizes[order[k]!]! + sizes[i]!) / 2));
  let crowds: { sum: number; count: number }[] = [];
  const meanOf = ({ sum, count }: { sum: number; count: number }) => sum / count;
  order.forEach((i, k) => {
    let crowd = { sum: heights[i]! - above[k]!, count: 1 };
    while (crowds.length > 0 && meanOf(crowds.at(-1)!) > meanOf(crowd)) {
      const below = crowds.at(-1)!;
      crowds = crowds.slice(0, -1);
      crowd = { sum: crowd.sum + below.sum, count: crowd.count + below.count };
    }
    crowds.push(crowd);
  });
  const top = Math.max(low, high - above.at(-1)!);
  const inside = (height: number) => Math.min(top, Math.max(low, height));
  const means = crowds.flatMap((crowd) => Array<number>(crowd.count).fill(inside(meanOf(crowd))));
  const apart = [...heights];
  order.forEach((i, k) => (apart[i] = means[k]! + above[k]!));
  return apart;
}

/** The lines of a chart in pixels. */
function pixelLines({ data, layout }: Chart, toPixel: (x: number, y: number) => Point): Point[][] {
  const [ofX, ofY] = [scaleOf(layout, "xaxis"), scaleOf(layout, "yaxis")];
  return data.map(({ x, y }) => {
    const heights = numbers(y);
    return numbers(x).map((v, i) => toPixel(ofX(v), ofY(heights[i]!)));
  });
}

/** What names keep off, in pixels. */
interface Drawn {
  lines: Point[][];
  dots: Point[];
}

function drawnIn(chart: Chart, toPixel: (x: number, y: number) => Point): Drawn {
  const of = (data: Trace[]) => pixelLines({ ...chart, data }, toPixel);
  const { data } = chart;
  const marked = data.filter(({ mode }) => String(mode).includes("markers"));
  return { lines: of(data.filter(isLine)), dots: of(marked).flat() };
}

/** The height of a line at a place; undefined beside the line. */
function heightAt(line: Point[], x: number): number | undefined {
  const at = line.findIndex((point, i) => i > 0 && line[i - 1]!.x <= x && x <= point.x);
  if (at < 1) return undefined;
  const [from, to] = [line[at - 1]!, line[at]!];
  const part = to.x === from.x ? 0 : (x - from.x) / (to.x - from.x);
  return from.y + part * (to.y - from.y);
}

/** The pixels that count as shortly before the end of a line, and their weight beside the end. */
const ARRIVAL_LENGTH = 24;
const ARRIVAL_SHARE = 0.01;

/** The height at which a named line arrives at its end. */
function arrivalOf(end: Point, line: Point[]): number {
  return heightAt(line, end.x - ARRIVAL_LENGTH) ?? end.y;
}

/** Pixels between a name and a line, and between two places where that is looked at. */
const LINE_GAP = 3;
const PROBE_STEP = 4;

/** Whether a line goes through a name whose middle is at this height. */
function crosses(line: Point[], { x, width, height }: EndName, y: number): boolean {
  const reach = height / 2 + LINE_GAP;
  for (let probe = x + NAME_GAP; probe <= x + LEADER_LENGTH + width; probe += PROBE_STEP) {
    const at = heightAt(line, probe);
    if (at !== undefined && Math.abs(at - y) < reach) return true;
  }
  return false;
}

/** Whether a dot is on a name whose middle is at this height. */
const covers = ({ x, width, height }: EndName, y: number, dot: Point): boolean =>
  dot.x > x + NAME_GAP / 2 &&
  dot.x < x + LEADER_LENGTH + width + LINE_GAP &&
  Math.abs(dot.y - y) < height / 2 + LINE_GAP;

/** The least height of a name's middle at which its letters keep off the axis below. */
const lowestMiddle = ({ height, size }: EndName) =>
  (height - (LINE_HEIGHT - 1) * size) / 2 + AXIS_GAP;

/** A name that has its height. */
interface Placed extends Point {
  width: number;
}

/** The free height nearest to the end of a line that ends before the others. */
function freeHeight(name: EndName, { lines, dots }: Drawn, taken: Placed[], room: Room): number {
  const step = name.size / 4;
  const steps = Array.from({ length: Math.ceil(room.height / step) }, (_, k) => [
    k * step,
    -k * step,
  ]).flat();
  const found = steps.find((dy) => {
    const y = name.y + dy;
    const isFar = (other: Placed) =>
      other.x > name.x + LEADER_LENGTH + name.width ||
      name.x > other.x + LEADER_LENGTH + other.width ||
      Math.abs(other.y - y) > name.height;
    const isInside = y >= lowestMiddle(name) && y < room.height - name.size / 2;
    const isFree = !lines.some((line) => crosses(line, name, y));
    return isInside && isFree && !dots.some((dot) => covers(name, y, dot)) && taken.every(isFar);
  });
  return name.y + (found ?? 0);
}

/** Pixels from where a name's line ends to its column. */
interface Leader {
  back: number;
  length: number;
}

/** A name at its height, with a leader from the end of its line or without one. */
function placed({ note, y }: EndName, height: number, leader: Leader | undefined): Layout {
  const up = height - y;
  if (!leader) return { ...note, xshift: NAME_GAP, yshift: up };
  const tail = { ax: leader.back + leader.length, ay: -up, axref: "pixel", ayref: "pixel" };
  const line = { showarrow: true, arrowhead: 0, arrowwidth: 1, standoff: 3 };
  return { ...note, ...tail, ...line, xshift: 0, yshift: 0 };
}

/** The names in the column at the right: those of lines that end there, or shortly before. */
function columnOf(names: EndName[], room: Room): EndName[] {
  const last = Math.max(...names.map(({ x }) => x));
  const isBeside = last > (1 - EDGE_SHARE) * room.width;
  return names.filter(({ x, width }) => {
    const reaches = x + NAME_GAP + width > last && x > last - COLUMN_SHARE * room.width;
    return x > last - 1 || (isBeside && reaches);
  });
}

/** The heights of all names: those in the column are apart, others keep off the lines. */
function heightsOf(names: EndName[], column: EndName[], drawn: Drawn, room: Room): number[] {
  const apart = spread(
    column.map(({ y }) => y),
    column.map(({ height }) => height),
    [Math.max(...column.map(lowestMiddle)), room.height],
    column.map(({ y, before }) => y + ARRIVAL_SHARE * (before - y)),
  );
  const last = Math.max(...column.map(({ x }) => x));
  const taken = column.map(({ width }, i): Placed => ({ x: last, y: apart[i]!, width }));
  const heights = new Map(column.map((name, i) => [name, apart[i]!]));
  const isBlocked = (name: EndName) => drawn.lines.some((line) => crosses(line, name, name.y));
  const early = names.filter((name) => !heights.has(name));
  // names that can't stand at the ends of their lines choose first
  for (const name of [...early].sort((a, b) => Number(isBlocked(b)) - Number(isBlocked(a)))) {
    const y = freeHeight(name, drawn, taken, room);
    taken.push({ x: name.x, y, width: name.width });
    heights.set(name, y);
  }
  return names.map((name) => heights.get(name)!);
}

/** A name as it is written in a figure of this width, in one line or in several. */
function writtenName(note: Layout, isNarrow: boolean) {
  const { size: given = MIN_FONT_SIZE } = (note.font ?? {}) as { size?: number };
  const size = Math.max(MIN_FONT_SIZE, given);
  const lines = isNarrow
    ? linesOf(textOf(note).split(" "), NARROW_NAME_LETTERS)
    : writtenLines(note);
  const width = LETTER_WIDTH * size * Math.max(...lines.map((line) => line.length));
  const escaped = lines.map((line) => line.replace(/&/g, "&amp;").replace(/</g, "&lt;"));
  const text = { text: escaped.join("<br>"), align: "left" };
  const named = lines.length > 1 ? { ...note, ...text } : note;
  return { note: named, width, height: LINE_HEIGHT * size * lines.length, size };
}

/** The margin that names in the column need in a narrow figure; elsewhere the chart has its own. */
function rightMargin({ layout }: Chart, widths: number[], isNarrow: boolean): number {
  const { r } = marginOf(layout);
  if (!isNarrow) return r;
  return Math.min(r, NARROW_LEADER_LENGTH + Math.ceil(Math.max(...widths)) + NARROW_PADDING);
}

/**
 * A chart whose names at the ends of lines overlap neither each other nor lines.
 * @param chart of any kind; one without such names stays as it is
 * @param room the plot's width and height in pixels, without margins
 */
export function apartAtEnds(chart: Chart, room: Room): Chart {
  const across = rangeOf(chart.layout, "xaxis");
  if (metaOf(chart).panels || !across || !namesItsLines(chart)) return chart;
  const isNarrow = Number(chart.layout.width) < MIN_WIDE_COLUMN;
  const written = (chart.layout.annotations as Layout[]).map((note) => writtenName(note, isNarrow));
  const widths = written.map(({ width }) => width);
  const r = rightMargin(chart, widths, isNarrow);
  const plot = { ...room, width: room.width + marginOf(chart.layout).r - r };
  const up = rangeOf(chart.layout, "yaxis") ?? heightRange(chart);
  const toPixel = (x: number, y: number) => ({
    x: ((x - across[0]) / (across[1] - across[0])) * plot.width,
    y: ((y - up[0]) / (up[1] - up[0])) * plot.height,
  });
  const names = written.map((name): EndName => {
    const end = toPixel(Number(name.note.x), Number(name.note.y));
    const lines = chart.data.filter((trace) => isLine(trace) && trace.name === textOf(name.note));
    const [line = []] = pixelLines({ ...chart, data: lines }, toPixel);
    return { ...name, ...end, before: arrivalOf(end, line) };
  });
  const column = columnOf(names, plot);
  const heights = heightsOf(names, column, drawnIn(chart, toPixel), plot);
  const last = Math.max(...column.map(({ x }) => x));
  const backOf = (name: EndName) => (column.includes(name) ? last - name.x : 0);
  // names in one column begin at one place
  const isFar = names.some((name, i) => {
    return Math.abs(heights[i]! - name.y) >= MIN_LEADER * name.size || backOf(name) > 1;
  });
  const length = isNarrow ? NARROW_LEADER_LENGTH : LEADER_LENGTH;
  const annotations = names.map((name, i) =>
    placed(name, heights[i]!, isFar ? { back: backOf(name), length } : undefined),
  );
  const margin = { ...marginOf(chart.layout), r: r + (isFar && !isNarrow ? length - NAME_GAP : 0) };
  const yaxis = { ...(chart.layout.yaxis as Layout), range: up };
  return { ...chart, layout: { ...chart.layout, annotations, yaxis, margin } };
}
