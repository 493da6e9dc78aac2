/**
 * A map of points, `{ input: "map", x, y, group, groups, start }`: click or touch a point, drag
 * over several, or go from point to point with the arrow keys. Its value is the point's number.
 */
import { isTexts } from "../json";
import { ARROWS, sharpness } from "../canvas";
import { element, helpText } from "../parts";
import { enableCanvas, redrawWhenShown, type Field } from "./fields";

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

/** @returns undefined if the data is invalid */
export function readMap({ x, y, group, groups, start }: Record<string, unknown>) {
  if (!isNumbers(x) || !isNumbers(y) || !isNumbers(group) || !isTexts(groups)) return undefined;
  const isLong = x.length > MAX_POINTS || groups.length > MAX_GROUPS;
  if (isLong || y.length !== x.length || group.length !== x.length) return undefined;
  if (!isPoint(x, start) || group.some((g) => groups[g] === undefined)) return undefined;
  return { x, y, group, groups, start } satisfies Points;
}

export const isPoint = (x: number[], value: unknown): value is number =>
  typeof value === "number" && Object.hasOwn(x, value);

/** Each point's position in a square with a margin, in pixels from the top left. */
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

/** The point nearest to a position. */
export function nearest(positions: Position[], [x, y]: Position): number {
  const distances = positions.map(([px, py]) => Math.hypot(px - x, py - y));
  return distances.reduce((best, d, i) => (d < distances[best]! ? i : best), 0);
}

/** The nearest point within 45° of a direction; `from` if there is none. */
export function nextInDirection(
  positions: Position[],
  from: number,
  [right, down]: Readonly<Position>,
): number {
  const [x, y] = positions[from]!;
  let best = from;
  let least = Infinity;
  positions.forEach(([px, py], i) => {
    const along = (px - x) * right + (py - y) * down;
    const aside = Math.abs((px - x) * down - (py - y) * right);
    if (i === from || along <= 0 || aside > along) return;
    const distances = Math.hypot(along, aside);
    if (distances >= least) return;
    [best, least] = [i, distances];
  });
  return best;
}

const MAP_SIZE = 320;
const MARGIN = 12;
const COLORS = ["#0072b2", "#d55e00", "#009e73", "#cc79a7", "#e69f00", "#56b4e9", "#888888"];
const USE = "Click or touch a point.";
const KEYS = "arrow keys go to the next point on that side.";

let count = 0;

function legendOf({ groups }: Points): HTMLElement {
  const legend = element("p", "course-legend");
  groups.forEach((name, i) => {
    const key = element("span", "course-key");
    const swatch = element("span", "course-swatch");
    swatch.style.background = COLORS[i]!;
    key.append(swatch, name);
    legend.append(key);
  });
  return legend;
}

function mapElements(label: string, points: Points) {
  const group = element("div", "course-pad course-map");
  const canvas = element("canvas", "");
  const help = helpText("", USE, KEYS);
  const announcement = element("p", "course-said");
  help.id = `course-map-help-${++count}`;
  announcement.setAttribute("role", "status");
  canvas.tabIndex = 0;
  canvas.setAttribute("role", "application");
  canvas.setAttribute("aria-label", `Map of ${points.x.length} points: ${label}`);
  canvas.setAttribute("aria-describedby", help.id);
  group.append(canvas, ...(points.groups.length > 1 ? [legendOf(points)] : []), announcement, help);
  return { group, canvas, said: announcement };
}

/** Paints all points and a ring around the chosen one, at the screen's resolution. */
function paint(
  canvas: HTMLCanvasElement,
  { group }: Points,
  positions: Position[],
  chosen: number,
) {
  const zoom = sharpness(canvas);
  const side = Math.round(MAP_SIZE * zoom);
  if (canvas.width !== side) Object.assign(canvas, { width: side, height: side });
  const context = canvas.getContext("2d");
  if (!context) return;
  context.setTransform(zoom, 0, 0, zoom, 0, 0);
  context.clearRect(0, 0, MAP_SIZE, MAP_SIZE);
  const radius = positions.length > 400 ? 2.5 : 4;
  const dot = ([x, y]: Position, r: number) => {
    context.beginPath();
    context.arc(x, y, r, 0, 2 * Math.PI);
  };
  positions.forEach((position, i) => {
    context.fillStyle = COLORS[group[i]!]!;
    dot(position, radius);
    context.fill();
  });
  context.strokeStyle = getComputedStyle(canvas).color;
  context.lineWidth = canvas.matches(":focus-visible") ? 4 : 2.5;
  dot(positions[chosen]!, 8);
  context.stroke();
}

/** Calls `reach` with each position of a pressed pointer. */
function followPointer(canvas: HTMLCanvasElement, reach: (position: Position) => void): void {
  let isDown = false;
  const report = (event: PointerEvent) => {
    const { left, top, width } = canvas.getBoundingClientRect();
    const scale = MAP_SIZE / width;
    reach([(event.clientX - left) * scale, (event.clientY - top) * scale]);
  };
  canvas.addEventListener("pointerdown", (event) => {
    if (event.button !== 0 || canvas.hasAttribute("aria-disabled")) return;
    canvas.setPointerCapture(event.pointerId);
    isDown = true;
    report(event);
  });
  canvas.addEventListener("pointermove", (event) => {
    if (isDown) report(event);
  });
  for (const end of ["pointerup", "pointercancel"]) {
    canvas.addEventListener(end, () => (isDown = false));
  }
}

/** @returns undefined if the data is invalid */
export function map(
  label: string,
  spec: Record<string, unknown>,
  changed: () => void,
): Field | undefined {
  const points = readMap(spec);
  if (!points) return undefined;
  const { group, canvas, said: announcement } = mapElements(label, points);
  const positions = pointPositions(points, MAP_SIZE, MARGIN);
  let chosen = points.start;
  const redraw = () => paint(canvas, points, positions, chosen);
  const show = (point: number) => {
    chosen = point;
    const name = points.groups[points.group[point]!]!;
    announcement.textContent = `point ${point}${name ? `: ${name}` : ""}`;
    redraw();
  };
  const choose = (point: number) => {
    if (point === chosen) return;
    show(point);
    changed();
  };
  followPointer(canvas, (position) => choose(nearest(positions, position)));
  canvas.addEventListener("keydown", (event) => {
    const direction = ARROWS.get(event.key);
    if (!direction || canvas.hasAttribute("aria-disabled")) return;
    event.preventDefault();
    choose(nextInDirection(positions, chosen, direction));
  });
  for (const event of ["focus", "blur"]) canvas.addEventListener(event, redraw);
  redrawWhenShown(canvas, redraw);
  const set = (value: unknown) => {
    if (isPoint(points.x, value)) show(value);
  };
  const enable = (enabled: boolean) => enableCanvas(canvas, enabled);
  show(chosen);
  return {
    element: group,
    value: () => chosen,
    set,
    enable,
    redraw,
  };
}
