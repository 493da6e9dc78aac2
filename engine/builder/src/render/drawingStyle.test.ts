import { readdirSync, readFileSync } from "node:fs";
import { expect, test } from "vitest";
import { DRAWING_STYLE } from "views/drawingStyle";
import { sizeOfSvg } from "./drawing.js";

const { strokes, radius, head, fontSize, columnWidth } = DRAWING_STYLE;
const files = readdirSync("lessons-src", { recursive: true, encoding: "utf8" })
  .filter((name) => name.endsWith(".svg"))
  .map((name) => `lessons-src/${name}`);

/** Widths that are amounts, such as a weight of attention, and photographs follow no style. */
const OWN = /<(\w+)[^>]*class="(?:data|photo)\b[^>]*?(?:\/>|>[\s\S]*?<\/\1>)/g;

test("lessons have drawings", () => expect(files.length).toBeGreaterThan(40));

test.each(files)("%s has the lines, corners, arrows and letters of all drawings", (file) => {
  const svg = readFileSync(file, "utf8");
  const scale = Math.min(1, columnWidth / sizeOfSvg(svg)!.width);
  const styled = svg.replace(OWN, "");
  const shown = (text: string, attribute: RegExp) =>
    [...text.matchAll(attribute)].map(([, value]) => Number(value) * scale);
  const isNear = (value: number, wanted: readonly number[], by: number) =>
    wanted.some((one) => Math.abs(one - value) < by);

  const widths = shown(styled, /stroke-width="([^"]*)"/g);
  expect(widths.filter((width) => !isNear(width, Object.values(strokes), 0.15))).toEqual([]);
  const radii = shown(styled, /<rect\b[^>]*\srx="([^"]*)"/g);
  expect(radii.filter((r) => !isNear(r, [0, ...Object.values(radius)], 0.15))).toEqual([]);
  const letters = shown(styled, /\sfont-size="([^"]*)"(?! dy=)/g); // but of subscripts
  expect(letters.filter((size) => size < fontSize.min)).toEqual([]);
  for (const [marker] of svg.matchAll(/<marker\b[^>]*>/g)) {
    expect(marker).toContain('markerUnits="userSpaceOnUse"');
    const [width] = shown(marker, /markerWidth="([^"]*)"/g);
    expect(Math.abs(width! - head)).toBeLessThan(0.3);
  }
});
