/** Reads gray pictures of one size: `{ width, height, gray: [base64, …] }`, a byte per pixel. */
import { isObject, isTexts } from "./json";

const MAX_PICTURE_PIXELS = 64;
const MAX_PICTURES = 256;

export interface Pictures {
  width: number;
  height: number;
  /** The bytes of each picture, row by row. */
  pixels: Uint8Array[];
}

const isSide = (n: unknown): n is number =>
  typeof n === "number" && Number.isInteger(n) && n >= 1 && n <= MAX_PICTURE_PIXELS;

/** Decodes base64. @returns undefined unless it gives exactly `count` bytes */
export function bytesFrom(text: string, count: number): Uint8Array | undefined {
  if (text.length !== 4 * Math.ceil(count / 3)) return undefined;
  try {
    const bytes = Uint8Array.from(atob(text), (letter) => letter.charCodeAt(0));
    return bytes.length === count ? bytes : undefined;
  } catch {
    return undefined;
  }
}

/** @returns undefined when the data isn't 1 to 256 pictures of one size */
export function readPictures(json: unknown): Pictures | undefined {
  if (!isObject(json)) return undefined;
  const { width, height, gray } = json;
  if (!isSide(width) || !isSide(height) || !isTexts(gray)) return undefined;
  if (gray.length === 0 || gray.length > MAX_PICTURES) return undefined;
  const pixels = gray.map((text) => bytesFrom(text, width * height));
  return pixels.every((bytes) => bytes !== undefined) ? { width, height, pixels } : undefined;
}

/** Draws a picture on a canvas of its own size. */
export function canvasOf({ width, height, pixels }: Pictures, i: number): HTMLCanvasElement {
  const canvas = document.createElement("canvas");
  Object.assign(canvas, { width, height });
  const context = canvas.getContext("2d");
  if (!context) return canvas;
  const picture = context.createImageData(width, height);
  pixels[i]!.forEach((value, at) => picture.data.set([value, value, value, 255], 4 * at));
  context.putImageData(picture, 0, 0);
  return canvas;
}
