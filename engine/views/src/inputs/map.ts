/**
 * A map of points, `{ input: "map", x, y, group, groups, start }`: click or touch a point, drag
 * over several, or go from point to point with the arrow keys. Its value is the point's number.
 */
import { ARROWS, sharpness } from "../canvas";
import { element } from "../parts";
import { enableCanvas, type Field } from "./field";
import {
  isPoint,
  nearest,
  nextInDirection,
  pointPositions,
  readMap,
  type Position,
  type Points,
} from "./mapPoints";

const MAP_SIZE = 320;
const MARGIN = 12;
const COLORS = ["#0072b2", "#d55e00", "#009e73", "#cc79a7", "#e69f00", "#56b4e9", "#888888"];
const MAP_HELP =
  "Click or touch a point. By keyboard: arrow keys go to the next point on that side.";

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
  const help = element("p", "", MAP_HELP);
  const said = element("p", "course-said");
  help.id = `course-map-help-${++count}`;
  said.setAttribute("role", "status");
  canvas.tabIndex = 0;
  canvas.setAttribute("role", "application");
  canvas.setAttribute("aria-label", `Map of ${points.x.length} points: ${label}`);
  canvas.setAttribute("aria-describedby", help.id);
  group.append(canvas, ...(points.groups.length > 1 ? [legendOf(points)] : []), said, help);
  return { group, canvas, said };
}

/** Paints as finely as the screen shows: all points, and a ring around the chosen one. */
function paint(canvas: HTMLCanvasElement, { group }: Points, places: Position[], chosen: number) {
  const zoom = sharpness(canvas);
  const side = Math.round(MAP_SIZE * zoom);
  if (canvas.width !== side) Object.assign(canvas, { width: side, height: side });
  const context = canvas.getContext("2d");
  if (!context) return;
  context.setTransform(zoom, 0, 0, zoom, 0, 0);
  context.clearRect(0, 0, MAP_SIZE, MAP_SIZE);
  const radius = places.length > 400 ? 2.5 : 4;
  const dot = ([x, y]: Position, r: number) => {
    context.beginPath();
    context.arc(x, y, r, 0, 2 * Math.PI);
  };
  places.forEach((place, i) => {
    context.fillStyle = COLORS[group[i]!]!;
    dot(place, radius);
    context.fill();
  });
  context.strokeStyle = getComputedStyle(canvas).color;
  context.lineWidth = canvas.matches(":focus-visible") ? 4 : 2.5;
  dot(places[chosen]!, 8);
  context.stroke();
}

/** Calls with each place that a pressed pointer reaches. */
function followPointer(canvas: HTMLCanvasElement, reach: (place: Position) => void): void {
  let isDown = false;
  const tell = (event: PointerEvent) => {
    const { left, top, width } = canvas.getBoundingClientRect();
    const scale = MAP_SIZE / width;
    reach([(event.clientX - left) * scale, (event.clientY - top) * scale]);
  };
  canvas.addEventListener("pointerdown", (event) => {
    if (event.button !== 0 || canvas.hasAttribute("aria-disabled")) return;
    canvas.setPointerCapture(event.pointerId);
    isDown = true;
    tell(event);
  });
  canvas.addEventListener("pointermove", (event) => {
    if (isDown) tell(event);
  });
  for (const end of ["pointerup", "pointercancel"]) {
    canvas.addEventListener(end, () => (isDown = false));
  }
}

/** @returns undefined when the data makes no map */
export function map(
  label: string,
  spec: Record<string, unknown>,
  changed: () => void,
): Field | undefined {
  const points = readMap(spec);
  if (!points) return undefined;
  const { group, canvas, said } = mapElements(label, points);
  const places = pointPositions(points, MAP_SIZE, MARGIN);
  let chosen = points.start;
  const redraw = () => paint(canvas, points, places, chosen);
  const show = (point: number) => {
    chosen = point;
    const name = points.groups[points.group[point]!]!;
    said.textContent = `point ${point}${name ? `: ${name}` : ""}`;
    redraw();
  };
  const choose = (point: number) => {
    if (point === chosen) return;
    show(point);
    changed();
  };
  followPointer(canvas, (place) => choose(nearest(places, place)));
  canvas.addEventListener("keydown", (event) => {
    const direction = ARROWS.get(event.key);
    if (!direction || canvas.hasAttribute("aria-disabled")) return;
    event.preventDefault();
    choose(nextInDirection(places, chosen, direction));
  });
  for (const event of ["focus", "blur"]) canvas.addEventListener(event, redraw);
  const set = (value: unknown) => {
    if (isPoint(points.x, value)) show(value);
  };
  const enable = (enabled: boolean) => enableCanvas(canvas, enabled);
  show(chosen);
  return { element: group, value: () => chosen, set, enable, redraw };
}
