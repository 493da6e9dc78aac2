/** Helpers for views that are drawn on a canvas. */
import { whenResized } from "./parts";
import type { RenderedView, View } from "./view";

/** The arrow keys' directions, to the right and down. */
export const ARROWS: ReadonlyMap<string, readonly [right: number, down: number]> = new Map([
  ["ArrowLeft", [-1, 0]],
  ["ArrowRight", [1, 0]],
  ["ArrowUp", [0, -1]],
  ["ArrowDown", [0, 1]],
] as const);

/** A pointer's position on an element, in the element's own pixels; slides scale elements. */
export function pointOn(target: HTMLElement, { clientX, clientY }: MouseEvent) {
  const { left, top, width } = target.getBoundingClientRect();
  const scale = width / target.offsetWidth || 1;
  return { x: (clientX - left) / scale, y: (clientY - top) / scale };
}

/** Canvas pixels per CSS pixel, at least 2, so that drawings are sharp on slides and paper too. */
export function sharpness(canvas: HTMLCanvasElement): number {
  const scale = canvas.getBoundingClientRect().width / canvas.offsetWidth || 1;
  return Math.max(2, (globalThis.devicePixelRatio || 1) * scale);
}

interface CanvasRenderer<Data> {
  read(view: View): Data | undefined;
  /** Describes the data to screen readers and in a legend. */
  name(data: Data): void;
  change(data: Data): void;
  /** Draws for this width if it differs from the last one. */
  resize(width: number): void;
  redraw(): void;
}

/** Puts a view's elements into the page, and keeps the drawing as wide as its host. */
export function mountCanvas<Data>(
  host: HTMLElement,
  elements: HTMLElement[],
  first: Data,
  { read, name, change, resize, redraw }: CanvasRenderer<Data>,
): RenderedView {
  name(first);
  host.replaceChildren(...elements);
  const fit = () => resize(host.clientWidth);
  fit();
  const stop = whenResized(host, fit);
  return {
    redraw,
    update(next) {
      const data = read(next);
      if (!data) return false;
      name(data);
      change(data);
      return true;
    },
    remove() {
      stop();
      host.replaceChildren();
    },
  };
}
