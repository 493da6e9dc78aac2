/**
 * Names at the ends of lines, as the course's `lines` writes them with `atEnds`: apart where lines
 * end together, and beside the lines where one ends early. A thin leader goes to a name that stands
 * far from its line.
 */
import { metaOf, type Chart, type Layout } from "./chart";

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
  size: number;
}

interface Point {
  x: number;
  y: number;
}

/** In letters' sizes: a line of text, the width of a letter, and the distance that needs a leader. */
const LINE_HEIGHT = 1.25;
const LETTER_WIDTH = 0.6;
const MIN_LEADER = 0.6;
/** Pixels from the end of a line to its name, without a leader and with one. */
const NAME_GAP = 8;
const LEADER_LENGTH = 22;
/** The part of an axis beyond its data at each end, as plotly leaves it. */
const AXIS_PADDING = 0.055;

const rangeOf = (layout: Layout, axis: "xaxis" | "yaxis") =>
  (layout[axis] as { range?: Range } | undefined)?.range;

/** What an axis counts: a number, or its power of ten. */
const scaleOf = (layout: Layout, axis: "xaxis" | "yaxis") =>
  (layout[axis] as Layout | undefined)?.type === "log" ? Math.log10 : (v: number) => v;

const numbers = (list: unknown): number[] => (Array.isArray(list) ? list.map(Number) : []);

/** The range that plotly would choose up the chart. */
function heightRange({ data, layout }: Chart): Range {
  const values = data.flatMap(({ y }) => numbers(y)).map(scaleOf(layout, "yaxis"));
  const known = values.filter(Number.isFinite);
  const low = known.reduce((a, b) => Math.min(a, b), Infinity);
  const high = known.reduce((a, b) => Math.max(a, b), -Infinity);
  const padding = AXIS_PADDING * (high - low || 1);
  return [low - padding, high + padding];
}

const textOf = (note: Layout) => String(note.text).replace(/&lt;/g, "<").replace(/&amp;/g, "&");

/** Whether all notes of a chart are the names of its lines, one at the end of each. */
function namesItsLines({ data, layout }: Chart): boolean {
  const notes = (layout.annotations ?? []) as Layout[];
  return (
    layout.showlegend === false &&
    notes.length > 0 &&
    notes.length === data.length &&
    notes.every((note, i) => textOf(note) === data[i]!.name && note.xanchor === "left")
  );
}

/**
 * The heights nearest to the wanted ones that are so far apart: names that would overlap stand
 * around the middle of what they want, between the two limits.
 */
export function spread(heights: number[], distance: number, [low, high]: Range): number[] {
  const order = heights.map((_, i) => i).sort((a, b) => heights[a]! - heights[b]!);
  let crowds: { sum: number; count: number }[] = [];
  const meanOf = ({ sum, count }: { sum: number; count: number }) => sum / count;
  order.forEach((i, k) => {
    let crowd = { sum: heights[i]! - k * distance, count: 1 };
    while (crowds.length > 0 && meanOf(crowds.at(-1)!) > meanOf(crowd)) {
      const below = crowds.at(-1)!;
      crowds = crowds.slice(0, -1);
      crowd = { sum: crowd.sum + below.sum, count: crowd.count + below.count };
    }
    crowds.push(crowd);
  });
  const top = Math.max(low, high - (heights.length - 1) * distance);
  const inside = (height: number) => Math.min(top, Math.max(low, height));
  const means = crowds.flatMap((crowd) => Array<number>(crowd.count).fill(inside(meanOf(crowd))));
  const apart = [...heights];
  order.forEach((i, k) => (apart[i] = means[k]! + k * distance));
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

/** The height of a line at a place; undefined beside the line. */
function heightAt(line: Point[], x: number): number | undefined {
  const at = line.findIndex((point, i) => i > 0 && line[i - 1]!.x <= x && x <= point.x);
  if (at < 1) return undefined;
  const [from, to] = [line[at - 1]!, line[at]!];
  const part = to.x === from.x ? 0 : (x - from.x) / (to.x - from.x);
  return from.y + part * (to.y - from.y);
}

/** Pixels between a name and a line, and between two places where that is looked at. */
const LINE_GAP = 3;
const PROBE_STEP = 4;

/** Whether a line goes through a name whose middle is at this height. */
function crosses(line: Point[], { x, width, size }: EndName, y: number): boolean {
  const reach = (LINE_HEIGHT * size) / 2 + LINE_GAP;
  for (let probe = x + NAME_GAP; probe <= x + LEADER_LENGTH + width; probe += PROBE_STEP) {
    const height = heightAt(line, probe);
    if (height !== undefined && Math.abs(height - y) < reach) return true;
  }
  return false;
}

/** The free height nearest to the end of a line that ends before the others. */
function freeHeight(name: EndName, lines: Point[][], taken: Point[], room: Room): number {
  const step = name.size / 4;
  const steps = Array.from({ length: Math.ceil(room.height / step) }, (_, k) => [
    k * step,
    -k * step,
  ]).flat();
  const found = steps.find((dy) => {
    const y = name.y + dy;
    const isFar = (other: Point) =>
      other.x > name.x + LEADER_LENGTH + name.width ||
      Math.abs(other.y - y) > LINE_HEIGHT * name.size;
    const isInside = y > name.size / 2 && y < room.height - name.size / 2;
    return isInside && !lines.some((line) => crosses(line, name, y)) && taken.every(isFar);
  });
  return name.y + (found ?? 0);
}

const isFarFrom = ({ y, size }: EndName, height: number) =>
  Math.abs(height - y) >= MIN_LEADER * size;

/** A name at its height, with a leader from the end of its line or without one. */
function placed({ note, y }: EndName, height: number, hasLeader: boolean): Layout {
  const up = height - y;
  if (!hasLeader) return { ...note, xshift: NAME_GAP, yshift: up };
  const leader = { ax: LEADER_LENGTH, ay: -up, axref: "pixel", ayref: "pixel" };
  const line = { showarrow: true, arrowhead: 0, arrowwidth: 1, standoff: 3 };
  return { ...note, ...leader, ...line, xshift: 0, yshift: 0 };
}

/** The heights of all names: those in the column at the right are apart, others keep off the lines. */
function heightsOf(names: EndName[], lines: Point[][], room: Room): number[] {
  const last = Math.max(...names.map(({ x }) => x));
  const atEnd = names.filter(({ x }) => x > last - 1);
  const apart = spread(
    atEnd.map(({ y }) => y),
    LINE_HEIGHT * Math.max(...names.map(({ size }) => size)),
    [0, room.height],
  );
  const taken = atEnd.map(({ x }, i): Point => ({ x, y: apart[i]! }));
  return names.map((name) => {
    const at = atEnd.indexOf(name);
    return at < 0 ? freeHeight(name, lines, taken, room) : apart[at]!;
  });
}

/**
 * A chart whose names at the ends of lines overlap neither each other nor lines.
 * @param chart of any kind; one without such names stays as it is
 * @param room the plot's width and height in pixels, without margins
 */
export function apartAtEnds(chart: Chart, room: Room): Chart {
  const across = rangeOf(chart.layout, "xaxis");
  if (metaOf(chart).panels || !across || !namesItsLines(chart)) return chart;
  const up = rangeOf(chart.layout, "yaxis") ?? heightRange(chart);
  const toPixel = (x: number, y: number) => ({
    x: ((x - across[0]) / (across[1] - across[0])) * room.width,
    y: ((y - up[0]) / (up[1] - up[0])) * room.height,
  });
  const names = (chart.layout.annotations as Layout[]).map((note): EndName => {
    const { size = 12 } = (note.font ?? {}) as { size?: number };
    const width = LETTER_WIDTH * size * textOf(note).length;
    return { note, ...toPixel(Number(note.x), Number(note.y)), width, size };
  });
  const heights = heightsOf(names, pixelLines(chart, toPixel), room);
  // names in one column begin at one place
  const isFar = names.some((name, i) => isFarFrom(name, heights[i]!));
  const annotations = names.map((name, i) => placed(name, heights[i]!, isFar));
  return { ...chart, layout: withLeaders({ ...chart.layout, annotations }, up) };
}

/** A layout with its range up the chart, and with room at its right for leaders. */
function withLeaders(layout: Layout, range: Range): Layout {
  const hasLeader = (layout.annotations as Layout[]).some(({ showarrow }) => showarrow);
  const margin = layout.margin as { r: number };
  const r = margin.r + (hasLeader ? LEADER_LENGTH - NAME_GAP : 0);
  const yaxis = { ...(layout.yaxis as Layout), range };
  return { ...layout, yaxis, margin: { ...margin, r } };
}
