/** As much of a canvas as plotly.js uses for a matrix: pixels or rectangles, read as a PNG. */
import type { DOMWindow } from "jsdom";
import { encodePng } from "./png.js";

interface Pixels {
  data: Uint8ClampedArray;
}

/** The part of a canvas's context that plotly calls. */
class CanvasContext {
  /** As plotly writes it: rgba(68,1,84,1). */
  fillStyle = "";
  #pixels: Uint8ClampedArray;

  constructor(readonly canvas: HTMLCanvasElement) {
    this.#pixels = new Uint8ClampedArray(4 * canvas.width * canvas.height);
  }

  createImageData(width: number, height: number): Pixels {
    return { data: new Uint8ClampedArray(4 * width * height) };
  }

  putImageData({ data }: Pixels): void {
    this.#pixels = data;
  }

  fillRect(x: number, y: number, width: number, height: number): void {
    const [red, green, blue, opacity = 1] = (this.fillStyle.match(/[\d.]+/g) ?? []).map(Number);
    const color = [red!, green!, blue!, 255 * opacity];
    const columns = this.canvas.width;
    const [right, bottom] = [
      Math.min(x + width, columns),
      Math.min(y + height, this.canvas.height),
    ];
    for (let row = Math.max(0, y); row < bottom; row++) {
      for (let column = Math.max(0, x); column < right; column++) {
        this.#pixels.set(color, 4 * (row * columns + column));
      }
    }
  }

  png(): Buffer {
    return encodePng(this.canvas.width, this.canvas.height, this.#pixels);
  }
}

/** Gives the window's canvases a context. */
export function addCanvas({ HTMLCanvasElement }: DOMWindow): void {
  const contexts = new WeakMap<HTMLCanvasElement, CanvasContext>();
  Object.assign(HTMLCanvasElement.prototype, {
    getContext(this: HTMLCanvasElement) {
      const context = contexts.get(this) ?? new CanvasContext(this);
      contexts.set(this, context);
      return context;
    },
    toDataURL(this: HTMLCanvasElement) {
      const bytes = (contexts.get(this) ?? new CanvasContext(this)).png();
      return `data:image/png;base64,${bytes.toString("base64")}`;
    },
  });
}
