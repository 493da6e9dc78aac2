/**
 * The room that a chart of squares leaves empty on a slide. Cells of a matrix are squares, so
 * either its width or its height is less than the room that it gets. plotly keeps that room between
 * a matrix and its color scale, and below it; only plotly knows how much, after it drew.
 */
import { axesOf, type Chart, type Layout } from "./chart";
import { isObject } from "./json";
import type { Size } from "./size";

type Range = [start: number, end: number];

/** plotly's own layout of a drawn chart: the plot without margins, and its axes. */
export interface DrawnLayout extends Record<string, unknown> {
  _size?: { w: number; h: number };
}

/** Pixels between two panels that an axis's numbers and names need, and without them. */
const MIN_GAP_WITH_NUMBERS = 90;
const MIN_GAP = 24;

const length = ([start, end]: Range) => end - start;

/** The part of the plot that an axis takes; `_inputDomain` is the one that it was given. */
function domainOf(axis: unknown, name: "domain" | "_inputDomain"): Range {
  const domain = isObject(axis) ? axis[name] : undefined;
  return Array.isArray(domain) ? (domain as Range) : [0, 1];
}

/** The narrowest gap between panels, as a part of the plot; 0 if there is one panel. */
function narrowestGap(domains: Range[]): number {
  const gaps = domains.flatMap(([start]) => {
    const ends = domains.map(([, end]) => end).filter((end) => end <= start);
    return ends.length > 0 ? [start - Math.max(...ends)] : [];
  });
  return gaps.length > 0 ? Math.min(...gaps) : 0;
}

/**
 * The parts of the plot's width and height that are enough for squares of the same size; 1 and 1
 * for charts with anything else beside their squares.
 * @param drawn what plotly made of the chart
 */
function neededParts({ layout }: Chart, drawn: DrawnLayout, { width }: Size): Size {
  const names = axesOf(layout);
  const [xs, ys] = ["x", "y"].map((letter) => names.filter((name) => name.startsWith(letter)));
  const areSquares = ys!.every((name) => (layout[name] as Layout).scaleanchor !== undefined);
  if (ys!.length === 0 || !areSquares) return { width: 1, height: 1 };
  const asked = (name: string) => domainOf(drawn[name], "_inputDomain");
  const used = (axes: string[]) =>
    Math.max(...axes.map((name) => length(domainOf(drawn[name], "domain")) / length(asked(name))));
  const isOnce = ys!.some((name) => (layout[name] as Layout).showticklabels === false);
  const gap = narrowestGap(xs!.map(asked)) * width;
  const least = gap > 0 ? (isOnce ? MIN_GAP : MIN_GAP_WITH_NUMBERS) / gap : 0;
  return { width: Math.min(1, Math.max(used(xs!), least)), height: Math.min(1, used(ys!)) };
}

/**
 * Pixels by which a chart could be narrower and lower with squares of the same size.
 * @param before what an earlier drawing left empty, which this one was drawn without; where names
 *   in several lines took some of its width or height, the squares get that back
 */
export function spareRoom(chart: Chart, drawn: DrawnLayout | undefined, before?: Size): Size {
  if (!drawn?._size) return { width: 0, height: 0 };
  const room = { width: drawn._size.w, height: drawn._size.h };
  const needed = neededParts(chart, drawn, room);
  if (!before) {
    return {
      width: Math.floor(room.width * (1 - needed.width)),
      height: Math.floor(room.height * (1 - needed.height)),
    };
  }
  const back = (pixels: number, part: number) => Math.ceil(pixels * (1 / part - 1));
  return {
    width: Math.max(0, before.width - back(room.width, needed.height)),
    height: Math.max(0, before.height - back(room.height, needed.width)),
  };
}
