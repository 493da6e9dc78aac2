/** A PNG file of pixels as they are: what a canvas gives to plotly, which draws matrices with it. */
import { crc32, deflateSync } from "node:zlib";

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
export function encodePng(width: number, height: number, rgba: Uint8ClampedArray): Buffer {
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
