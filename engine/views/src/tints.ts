/** Pale colors under dark letters, and the deep ones under light letters that a dark page has. */
import type { Trace } from "./chart";
import { isObject } from "./json";

/** From here on, the mean of red, green and blue is that of paper for dark letters. */
const MIN_PALE = 190;
/** Red, green and blue of a deep color: the least of them, and how far apart, beside a pale one. */
const DEEP = 24;
const STRONGER = 1.6;

/** Red, green and blue from 0 to 255; undefined unless the color is "#rrggbb". */
function channelsOf(color: unknown): number[] | undefined {
  const hex = typeof color === "string" ? /^#([0-9a-f]{6})$/i.exec(color)?.[1] : undefined;
  return hex === undefined ? undefined : [0, 2, 4].map((i) => parseInt(hex.slice(i, i + 2), 16));
}

function isPale(color: unknown): boolean {
  const [r = 0, g = 0, b = 0] = channelsOf(color) ?? [];
  return (r + g + b) / 3 >= MIN_PALE;
}

function deep(color: unknown): string {
  const channels = channelsOf(color)!;
  const least = Math.min(...channels);
  return `rgb(${channels.map((c) => Math.round(DEEP + STRONGER * (c - least))).join(", ")})`;
}

/** A matrix of letters on pale cells as a dark page shows it; other traces stay as they are. */
export function withDeepCells(trace: Trace, ink: string): Trace {
  if (trace.type !== "heatmap" || trace.texttemplate === undefined) return trace;
  const steps = (Array.isArray(trace.colorscale) ? trace.colorscale : []) as unknown[][];
  if (steps.length === 0 || !steps.every((step) => isPale(step[1]))) return trace;
  const textfont = { ...(isObject(trace.textfont) ? trace.textfont : {}), color: ink };
  return { ...trace, textfont, colorscale: steps.map(([at, color]) => [at, deep(color)]) };
}
