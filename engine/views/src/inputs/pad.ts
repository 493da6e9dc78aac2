/**
 * A pad to draw on, `{ input: "pad", rows, columns, brush, start }`, with a mouse, a finger or a
 * pen, or the arrow keys. A drawing is rows of cells that are 0 or 1.
 */
import { ARROWS } from "../canvas";
import { helpText } from "../parts";
import { enableCanvas, redrawWhenShown, type Field } from "./fields";

export interface Point {
  /** Measured in cells, from the left and from the top. */
  x: number;
  y: number;
}

/** Marks the cells whose center is at most half a brush away from the line between two points. */
export function stroke(cells: number[][], from: Point, to: Point, brush: number): void {
  const radius = Math.max(0.5, brush / 2);
  cells.forEach((row, y) => {
    row.forEach((_, x) => {
      const center = { x: x + 0.5, y: y + 0.5 };
      if (distance(center, from, to) <= radius) row[x] = 1;
    });
  });
}

/** The distance from a point to the line between two points. */
function distance(point: Point, from: Point, to: Point): number {
  const along = { x: to.x - from.x, y: to.y - from.y };
  const length = along.x ** 2 + along.y ** 2;
  const dot = (point.x - from.x) * along.x + (point.y - from.y) * along.y;
  const share = length === 0 ? 0 : Math.max(0, Math.min(1, dot / length));
  return Math.hypot(point.x - from.x - share * along.x, point.y - from.y - share * along.y);
}

/** Reads a drawing from a notebook or a page; undefined if it doesn't have this size. */
export function readCells(value: unknown, rows: number, columns: number): number[][] | undefined {
  const isRow = (row: unknown): row is number[] => Array.isArray(row) && row.length === columns;
  if (!Array.isArray(value) || value.length !== rows || !value.every(isRow)) return undefined;
  return value.map((row) => row.map((cell) => (cell === 1 ? 1 : 0)));
}

const PAD_SIZE = 256;
const MAX_PAD_CELLS = 64;
const USE = "Draw with a mouse or a finger.";
const KEYS = "arrow keys move, Space lowers and lifts the pen, Delete clears.";

let count = 0;

/** A group with the canvas, its help and the button that clears it. */
function padElements(label: string, rows: number, columns: number) {
  const element = document.createElement("div");
  const canvas = document.createElement("canvas");
  const help = helpText("", USE, KEYS);
  const clear = document.createElement("button");
  element.className = "course-pad";
  const scale = PAD_SIZE / Math.max(rows, columns);
  Object.assign(canvas, { width: columns * scale, height: rows * scale, tabIndex: 0 });
  canvas.setAttribute("role", "application");
  canvas.setAttribute("aria-label", `Drawing pad: ${label}`);
  help.id = `course-pad-help-${++count}`;
  canvas.setAttribute("aria-describedby", help.id);
  Object.assign(clear, { type: "button", textContent: "Clear" });
  clear.setAttribute("aria-label", `Clear ${label}`);
  element.append(canvas, clear, help);
  return { element, canvas, clear, scale };
}

interface Pad {
  cells: number[][];
  /** The position of the pen that the keyboard moves. */
  cursor: Point;
  isDown: boolean;
}

function paint(canvas: HTMLCanvasElement, scale: number, { cells, cursor, isDown }: Pad): void {
  const context = canvas.getContext("2d");
  if (!context) return;
  context.clearRect(0, 0, canvas.width, canvas.height);
  context.fillStyle = getComputedStyle(canvas).color;
  cells.forEach((row, y) => {
    row.forEach((cell, x) => {
      if (cell) context.fillRect(x * scale, y * scale, scale, scale);
    });
  });
  if (!canvas.matches(":focus-visible")) return;
  context.strokeStyle = "#d55e00";
  context.lineWidth = isDown ? 4 : 2;
  context.beginPath();
  context.arc(cursor.x * scale, cursor.y * scale, scale + 2, 0, 2 * Math.PI);
  context.stroke();
}

/** Calls `draw` with each segment of a stroke, in cells. */
function followPointer(
  canvas: HTMLCanvasElement,
  scale: number,
  draw: (a: Point, b: Point) => void,
) {
  let last: Point | undefined;
  const cellOf = ({ clientX, clientY }: PointerEvent): Point => {
    const { left, top, width } = canvas.getBoundingClientRect();
    const zoom = canvas.width / width / scale;
    return { x: (clientX - left) * zoom, y: (clientY - top) * zoom };
  };
  canvas.addEventListener("pointerdown", (event) => {
    if (event.button !== 0 || canvas.hasAttribute("aria-disabled")) return;
    canvas.setPointerCapture(event.pointerId);
    last = cellOf(event);
    draw(last, last);
  });
  canvas.addEventListener("pointermove", (event) => {
    if (!last) return;
    const next = cellOf(event);
    draw(last, next);
    last = next;
  });
  for (const end of ["pointerup", "pointercancel"]) {
    canvas.addEventListener(end, () => (last = undefined));
  }
}

/** Applies a key to the pad. @returns whether the key has a meaning here */
function press(pad: Pad, key: string, brush: number): boolean {
  if (key === " ") pad.isDown = !pad.isDown;
  else if (key === "Delete" || key === "Backspace") pad.cells.forEach((row) => row.fill(0));
  else if (!ARROWS.has(key)) return false;
  const [dx, dy] = ARROWS.get(key) ?? [0, 0];
  const within = (v: number, end: number) => Math.max(0.5, Math.min(end - 0.5, v));
  const { cells, cursor } = pad;
  const to = { x: within(cursor.x + dx, cells[0]!.length), y: within(cursor.y + dy, cells.length) };
  if (pad.isDown && key !== "Delete" && key !== "Backspace") stroke(cells, cursor, to, brush);
  pad.cursor = to;
  return true;
}

type Spec = Record<string, unknown>;
const isSize = (n: unknown): n is number =>
  typeof n === "number" && Number.isInteger(n) && n >= 1 && n <= MAX_PAD_CELLS;

/** @returns undefined if the size or the first drawing is invalid */
export function pad(label: string, spec: Spec, changed: () => void): Field | undefined {
  const { rows, columns } = spec;
  if (!isSize(rows) || !isSize(columns)) return undefined;
  const start = readCells(spec.start, rows, columns);
  if (!start) return undefined;
  const brush = Number(spec.brush) || 1;
  const { element, canvas, clear, scale } = padElements(label, rows, columns);
  const state: Pad = { cells: start, cursor: { x: columns / 2, y: rows / 2 }, isDown: false };
  const redraw = () => paint(canvas, scale, state);
  const redrawAndReport = () => {
    redraw();
    changed();
  };
  followPointer(canvas, scale, (from, to) => {
    stroke(state.cells, from, to, brush);
    redrawAndReport();
  });
  canvas.addEventListener("keydown", (event) => {
    const isPlain = !event.ctrlKey && !event.metaKey && !event.altKey;
    if (!isPlain || canvas.hasAttribute("aria-disabled") || !press(state, event.key, brush)) return;
    event.preventDefault();
    redrawAndReport();
  });
  for (const event of ["focus", "blur"]) canvas.addEventListener(event, redraw);
  redrawWhenShown(canvas, redraw);
  clear.addEventListener("click", () => {
    press(state, "Delete", brush);
    redrawAndReport();
  });
  const set = (value: unknown) => {
    state.cells = readCells(value, rows, columns) ?? state.cells;
    redraw();
  };
  const enable = (enabled: boolean) => {
    clear.disabled = !enabled;
    enableCanvas(canvas, enabled);
  };
  return {
    element,
    value: () => state.cells,
    set,
    enable,
    redraw,
  };
}
