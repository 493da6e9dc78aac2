/**
 * SVG to PNG without a browser, by resvg as WebAssembly. Letters come from the fonts of the slides,
 * so that a picture is the same on every machine.
 */
import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { initWasm, Resvg } from "@resvg/resvg-wasm";
import UPNG from "upng-js";

const { resolve } = createRequire(import.meta.url);
const inter = (subset: string, style = "normal") =>
  `@fontsource-variable/inter/files/inter-${subset}-wght-${style}.woff2`;

/** A letter comes from the first that has it: words from Inter, arrows and roots from KaTeX. */
const FONTS = [
  ...["latin", "latin-ext", "greek", "cyrillic"].map((subset) => inter(subset)),
  inter("latin", "italic"),
  "katex/dist/fonts/KaTeX_Main-Regular.ttf",
  "katex/dist/fonts/KaTeX_AMS-Regular.ttf",
];
/** Dots for each pixel of the page, so that a picture is sharp on a good screen and on paper. */
const PIXEL_RATIO = 1.5;
/** A palette of so many colors makes a chart a third as large, and nobody sees the difference. */
const PALETTE_SIZE = 256;

let fonts: Promise<Uint8Array[]> | undefined;

/** Starts resvg, once in a process, and reads the fonts. */
async function start(): Promise<Uint8Array[]> {
  await initWasm(readFileSync(resolve("@resvg/resvg-wasm/index_bg.wasm")));
  return FONTS.map((file) => readFileSync(resolve(file)));
}

/** resvg knows the older name of the style that keeps a matrix's cells sharp. */
const withSharpCells = (svg: string) =>
  svg.replaceAll("image-rendering: pixelated", "image-rendering: optimizeSpeed");

/** @param svg of a known width in pixels */
export async function rasterize(svg: string): Promise<Buffer> {
  const fontBuffers = await (fonts ??= start());
  const drawn = new Resvg(withSharpCells(svg), {
    fitTo: { mode: "zoom", value: PIXEL_RATIO },
    font: { fontBuffers, defaultFontFamily: "Inter Variable", sansSerifFamily: "Inter Variable" },
  });
  const image = drawn.render();
  const { width, height } = image;
  const { buffer } = new Uint8Array(image.pixels);
  image.free();
  drawn.free();
  return Buffer.from(UPNG.encode([buffer], width, height, PALETTE_SIZE));
}
