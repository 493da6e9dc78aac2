/** Moves a track by mouse, pen or fingers: drag to move, pinch or turn the wheel to zoom. */
import { pointOn } from "../canvas";
import { OVERVIEW_HEIGHT } from "./trackPaint";

export interface TrackNavigation {
  /** The position in the text at a number of pixels from the left. */
  placeAt(x: number): number;
  moveBy(pixels: number): void;
  zoomBy(factor: number, at: number): void;
  /** Moves the window to a share of the whole text, from 0 to 1. */
  goTo(share: number): void;
  pointAt(x: number): void;
}

interface Point {
  x: number;
  y: number;
}

/** Fingers nearer than this count as this far apart: ratios of tiny distances are noise. */
const MIN_PINCH_DISTANCE = 20;

/** Zooms and moves so that the letters below two fingers stay below them. */
function pinch(track: TrackNavigation, [a, b]: [Point, Point], [toA, toB]: [Point, Point]): void {
  const apart = (p: Point, q: Point) =>
    Math.max(MIN_PINCH_DISTANCE, Math.hypot(p.x - q.x, p.y - q.y));
  const before = (a.x + b.x) / 2;
  track.zoomBy(apart(a, b) / apart(toA, toB), track.placeAt(before));
  track.moveBy(before - (toA.x + toB.x) / 2);
}

/** Calls `moved` with the positions of up to two pressed pointers, before and after each move. */
function followPressed(
  canvas: HTMLCanvasElement,
  pressed: Map<number, Point>,
  moved: (before: Point[], after: Point[]) => void,
): void {
  canvas.addEventListener("pointerdown", (event) => {
    if (event.button !== 0 || pressed.size === 2) return;
    canvas.setPointerCapture(event.pointerId);
    pressed.set(event.pointerId, pointOn(canvas, event));
  });
  canvas.addEventListener("pointermove", (event) => {
    if (!pressed.has(event.pointerId)) return;
    const before = [...pressed.values()];
    pressed.set(event.pointerId, pointOn(canvas, event));
    moved(before, [...pressed.values()]);
  });
  for (const end of ["pointerup", "pointercancel"] as const) {
    canvas.addEventListener(end, ({ pointerId }) => pressed.delete(pointerId));
  }
}

/** A drag moves the letters along; in the overview, it moves the window to the pointer. */
export function followPointer(canvas: HTMLCanvasElement, track: TrackNavigation): void {
  const pressed = new Map<number, Point>();
  let isOverview = false;
  const go = ({ x }: Point) => track.goTo(x / canvas.offsetWidth);
  followPressed(canvas, pressed, ([a, b], [toA, toB]) => {
    if (b && toB) pinch(track, [a!, b], [toA!, toB]);
    else if (isOverview) go(toA!);
    else track.moveBy(a!.x - toA!.x);
  });
  canvas.addEventListener("pointerdown", ({ pointerId }) => {
    const point = pressed.get(pointerId);
    if (!point || pressed.size > 1) return;
    isOverview = point.y < OVERVIEW_HEIGHT;
    if (isOverview) go(point);
    else track.pointAt(point.x);
  });
  canvas.addEventListener("pointermove", (event) => {
    const { x, y } = pointOn(canvas, event);
    if (pressed.size === 0 && y >= OVERVIEW_HEIGHT) track.pointAt(x);
  });
  canvas.addEventListener(
    "wheel",
    (event) => {
      if (!event.ctrlKey && !event.metaKey) return;
      event.preventDefault();
      track.zoomBy(1.002 ** event.deltaY, track.placeAt(pointOn(canvas, event).x));
    },
    { passive: false },
  );
}
