/** What views that are drawn on a canvas share. */
import type { RenderedView, View } from "./view";

/** Where the arrow keys lead, to the right and down. */
export const ARROWS: ReadonlyMap<string, readonly [right: number, down: number]> = new Map([
  ["ArrowLeft", [-1, 0]],
  ["ArrowRight", [1, 0]],
  ["ArrowUp", [0, -1]],
  ["ArrowDown", [0, 1]],
] as const);

/** Where a pointer is on an element, in the element's own pixels; slides are drawn larger or smaller. */
export function pointOn(target: HTMLElement, { clientX, clientY }: MouseEvent) {
  const { left, top, width } = target.getBoundingClientRect();
  const scale = width / target.offsetWidth || 1;
  return { x: (clientX - left) / scale, y: (clientY - top) / scale };
}

/** How many of a canvas's pixels draw one of the page's, so that it is sharp on slides and paper too. */
export function sharpness(canvas: HTMLCanvasElement): number {
  const scale = canvas.getBoundingClientRect().width / canvas.offsetWidth || 1;
  return Math.max(2, (globalThis.devicePixelRatio || 1) * scale);
}

interface CanvasRenderer<Data> {
  read(view: View): Data | undefined;
  /** Says what is drawn, to a screen reader and in a legend. */
  name(data: Data): void;
  change(data: Data): void;
  /** Draws for this width, where it is another one. */
  resize(width: number): void;
  redraw(): void;
}

/** Puts a view's elements into the page, and keeps what is drawn as wide as there is room. */
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
  const watch = new ResizeObserver(fit);
  watch.observe(host);
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
      watch.disconnect();
      host.replaceChildren();
    },
  };
}
