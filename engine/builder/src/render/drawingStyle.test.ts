import { readdirSync, readFileSync } from "node:fs";
import { expect, test } from "vitest";
import { DRAWING_STYLE } from "views/drawingStyle";

const { strokes, minAmount, radius, head } = DRAWING_STYLE;
const WIDTHS: readonly number[] = Object.values(strokes);
const files = readdirSync("lessons-src", { recursive: true, encoding: "utf8" })
  .filter((name) => name.endsWith(".svg"))
  .map((name) => `lessons-src/${name}`);

const numbersOf = (svg: string, attribute: RegExp) =>
  [...svg.matchAll(attribute)].map(([, value]) => String(value));

test("lessons have drawings", () => expect(files.length).toBeGreaterThan(40));

test.each(files)("%s has the lines, corners and arrows of all drawings", (file) => {
  const svg = readFileSync(file, "utf8");
  const others = numbersOf(svg, /stroke-width="([^"]*)"/g).filter((width) => {
    const isAmount = Number(width) >= minAmount || /\.\d\d/.test(width);
    return !isAmount && !WIDTHS.includes(Number(width));
  });
  expect(others, "widths of lines").toEqual([]);
  const radii = numbersOf(svg, /<rect\b[^>]*\srx="([^"]*)"/g).map(Number);
  // square cells have none, and pills more
  expect(radii.filter((r) => r !== 0 && r < 12 && r !== radius)).toEqual([]);
  for (const [marker] of svg.matchAll(/<marker\b[^>]*>/g)) {
    expect(marker).toContain('markerUnits="userSpaceOnUse"');
    expect(marker).toContain(`markerWidth="${head}"`);
  }
});
