/** Letters and numbers in cells, and colors under them: dark on pale cells, light on deep ones. */
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

/** plotly's Viridis, which a trace names without its colors. */
const VIRIDIS: [number, string][] = ["#440154", "#472d7b", "#3b528b", "#2c728e", "#21918c"]
  .concat(["#28ae80", "#5ec962", "#addc30", "#fde725"])
  .map((color, i) => [i / 8, color]);

/** A color scale's stops; undefined unless all colors are "#rrggbb". */
function stopsOf(scale: unknown): { at: number; channels: number[] }[] | undefined {
  const steps = scale === "Viridis" ? VIRIDIS : scale;
  if (!Array.isArray(steps) || steps.length < 2) return undefined;
  const stops = (steps as [number, unknown][]).map(([at, color]) => {
    return { at, channels: channelsOf(color) };
  });
  const isKnown = stops.every(({ channels }) => channels !== undefined);
  return isKnown ? (stops as { at: number; channels: number[] }[]) : undefined;
}

/** The color at a part of a scale, from 0 to 1. */
function colorAt(stops: { at: number; channels: number[] }[], part: number): number[] {
  const next = Math.max(
    1,
    stops.findIndex(({ at }, i) => i > 0 && part <= at),
  );
  const [from, to] = [stops[next - 1]!, stops[next]!];
  const share = to.at > from.at ? (part - from.at) / (to.at - from.at) : 0;
  return from.channels.map((c, i) => c + Math.min(1, share) * (to.channels[i]! - c));
}

/** Relative luminance, as WCAG 2 defines it. */
function luminance(channels: number[]): number {
  const [r = 0, g = 0, b = 0] = channels.map((c) => {
    const part = c / 255;
    return part <= 0.04045 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4;
  });
  return 0.2126 * r + 0.7152 * g + 0.0722 * b;
}

/** From this luminance on, black on a color has a higher contrast than white. */
const MIN_LUMINANCE_FOR_BLACK = 0.179;
const inkOn = (channels: number[]) =>
  luminance(channels) >= MIN_LUMINANCE_FOR_BLACK ? "#000000" : "#ffffff";

/** What a cell of a matrix has written in it. */
function writtenIn({ texttemplate, text }: Trace, z: unknown, row: number, column: number): string {
  if (texttemplate === "%{z}") return z === null ? "" : String(z);
  return String((text as unknown[][] | undefined)?.[row]?.[column] ?? "");
}

/**
 * A matrix with letters or numbers in its cells, each black or white, whichever differs more from
 * its cell; plotly would write dark gray in place of black. Other traces, and letters that have a
 * color or that show under the pointer, stay as they are.
 * @param size of the chart's letters: plotly can't fit letters with a color to their cells
 */
export function withReadableValues(trace: Trace, size: number): Trace {
  const { type, z, zmin, zmax, texttemplate, hovertemplate } = trace;
  const { color } = (isObject(trace.textfont) ? trace.textfont : {}) as { color?: unknown };
  const isWritten = texttemplate === "%{z}" || texttemplate === "%{text}";
  if (type !== "heatmap" || !isWritten || color !== undefined || !Array.isArray(z)) return trace;
  const stops = stopsOf(trace.colorscale);
  if (!stops) return trace;
  if (stops.every(({ channels }) => inkOn(channels) === "#000000")) {
    const textfont = { ...(isObject(trace.textfont) ? trace.textfont : {}), color: "#000000" };
    return { ...trace, textfont };
  }
  const isOwnText = texttemplate === "%{text}";
  if (isOwnText && (!Array.isArray(trace.text) || String(hovertemplate).includes("%{text}"))) {
    return trace;
  }
  const [low, high] = [Number(zmin), Number(zmax)];
  const text = (z as unknown[][]).map((cells, row) =>
    cells.map((value, column) => {
      const words = writtenIn(trace, value, row, column);
      const part = high > low ? (Number(value) - low) / (high - low) : 0;
      const ink = inkOn(colorAt(stops, part));
      return words === "" ? "" : `<span style="color: ${ink}">${words}</span>`;
    }),
  );
  const textfont = { size, ...(isObject(trace.textfont) ? trace.textfont : {}) };
  return { ...trace, text, texttemplate: "%{text}", textfont };
}
