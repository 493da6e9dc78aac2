/** The points of a map: plain data, without a page. */
import { isTexts } from "../json";

const MAX_POINTS = 3000;
const MAX_GROUPS = 7;

export interface Points {
  x: number[];
  y: number[];
  group: number[];
  groups: string[];
  start: number;
}
export type Position = [x: number, y: number];

const isNumbers = (value: unknown): value is number[] =>
  Array.isArray(value) && value.every((n) => typeof n === "number" && Number.isFinite(n));

/** @returns undefined when the data makes no map */
export function readMap({ x, y, group, groups, start }: Record<string, unknown>) {
  if (!isNumbers(x) || !isNumbers(y) || !isNumbers(group) || !isTexts(groups)) return undefined;
  const isLong = x.length > MAX_POINTS || groups.length > MAX_GROUPS;
  if (isLong || y.length !== x.length || group.length !== x.length) return undefined;
  if (!isPoint(x, start) || group.some((g) => groups[g] === undefined)) return undefined;
  return { x, y, group, groups, start } satisfies Points;
}

export const isPoint = (x: number[], value: unknown): value is number =>
  typeof value === "number" && Object.hasOwn(x, value);

/** Where each point is in a square of a side and a margin, in pixels from the top left. */
export function pointPositions({ x, y }: Points, side: number, margin: number): Position[] {
  const extent = (values: number[]) => {
    const least = values.reduce((a, b) => Math.min(a, b));
    return { least, length: values.reduce((a, b) => Math.max(a, b)) - least };
  };
  const [across, up] = [extent(x), extent(y)];
  const scale = (side - 2 * margin) / (Math.max(across.length, up.length) || 1);
  return x.map((value, i) => [
    margin + (value - across.least) * scale,
    margin + (up.least + up.length - y[i]!) * scale,
  ]);
}

/** The point nearest to a place. */
export function nearest(places: Position[], [x, y]: Position): number {
  const far = places.map(([px, py]) => Math.hypot(px - x, py - y));
  return far.reduce((best, d, i) => (d < far[best]! ? i : best), 0);
}

/** The nearest point in a direction, within 45° of it; the same point where there is none. */
export function nextInDirection(
  places: Position[],
  from: number,
  [right, down]: Readonly<Position>,
): number {
  const [x, y] = places[from]!;
  let best = from;
  let least = Infinity;
  places.forEach(([px, py], i) => {
    const along = (px - x) * right + (py - y) * down;
    const aside = Math.abs((px - x) * down - (py - y) * right);
    if (i === from || along <= 0 || aside > along) return;
    const far = Math.hypot(along, aside);
    if (far >= least) return;
    [best, least] = [i, far];
  });
  return best;
}
