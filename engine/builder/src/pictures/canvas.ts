/**
 * The part of a canvas that plotly.js uses to draw a matrix: pixels or rectangles, read back as a
 * PNG.
 */
import { crc32, deflateSync } from "node:zlib";
import type { DOMWindow } from "jsdom";

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

// PNG

const SIGNATURE = Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]);
const RGBA_8_BITS = Buffer.from([8, 6, 0, 0, 0]);

function uint32(...values: number[]): Buffer {
  const bytes = Buffer.alloc(4 * values.length);
  values.forEach((value, i) => bytes.writeUInt32BE(value, 4 * i));
  return bytes;
}

function chunk(type: string, data: Buffer): Buffer {
  const named = Buffer.concat([Buffer.from(type, "latin1"), data]);
  return Buffer.concat([uint32(data.length), named, uint32(crc32(named))]);
}

/** @param rgba four bytes for each pixel, row by row */
function encodePng(width: number, height: number, rgba: Uint8ClampedArray): Buffer {
  const row = 4 * width;
  const lines = Buffer.alloc((row + 1) * height); // each line begins with its filter, 0 for none
  for (let y = 0; y < height; y++) {
    lines.set(rgba.subarray(y * row, (y + 1) * row), y * (row + 1) + 1);
  }
  const header = Buffer.concat([uint32(width, height), RGBA_8_BITS]);
  const parts = [
    chunk("IHDR", header),
    chunk("IDAT", deflateSync(lines)),
    chunk("IEND", Buffer.alloc(0)),
  ];
  return Buffer.concat([SIGNATURE, ...parts]);
}
