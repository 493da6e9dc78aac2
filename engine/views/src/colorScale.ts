/** Color scales of matrices: where one stands, and how it stands above what it explains. */
import type { Layout, Trace } from "./chart";
import { isObject } from "./json";
import { linesOf } from "./lines";
import { roundStep } from "./numbers";

/** A matrix's color scale, as the trace describes it. */
export const scaleOf = ({ colorbar }: Trace): Layout => (isObject(colorbar) ? colorbar : {});

/** Whether a matrix shows a color scale, wherever that stands. */
export const showsScale = ({ type, showscale }: Trace): boolean =>
  type === "heatmap" && showscale !== false;

/** Whether its color scale is at the right of all panels; one between panels has a place of its own. */
export const isScaleOutside = (trace: Trace): boolean =>
  showsScale(trace) && scaleOf(trace).x === undefined;

/** Whether a color scale says what it counts. */
export const isScaleNamed = (trace: Trace): boolean =>
  (scaleOf(trace).title as Layout | undefined)?.text !== undefined;

/** Whether a color scale stands above its panels. */
export const isAbove = (scale: Layout): boolean => scale.orientation === "h";

/**
 * A matrix with its color scale above the plot, as wide as that.
 * @param place y: the scale's upper end, as a part of the plot's height; on its lower end, plotly
 *   (4.1) would lift the axes' names by the height of the scale's name
 */
export function withScaleAbove(trace: Trace, place: { y: number; ypad?: number }): Trace {
  const scale = scaleOf(trace);
  const title = isScaleNamed(trace) ? { title: { ...(scale.title as Layout), side: "top" } } : {};
  return {
    ...trace,
    colorbar: {
      ...scale,
      ...title,
      ...{ orientation: "h", x: 0.5, xanchor: "center", yanchor: "top" },
      ...{ len: 1, lenmode: "fraction" },
      ...place,
    },
  };
}

/** Letters in a line of a scale's name above it, the line's pixels, and the scale's below that. */
const MAX_NAME_LETTERS = 12;
const NAME_LINE_HEIGHT = 17;
const MIN_SCALE_LENGTH = 64;

/** Pixels that the name above a color scale takes. */
const nameHeight = (trace: Trace): number =>
  isScaleNamed(trace) ? nameLines(trace, MAX_NAME_LETTERS).length * NAME_LINE_HEIGHT : 0;

/**
 * Pixels that a color scale with a length of its own takes, with the name above it; 0 for one that is
 * as long as its plot.
 */
export function ownLength(trace: Trace): number {
  const { lenmode, len } = scaleOf(trace);
  return lenmode === "pixels" ? Number(len ?? 0) + nameHeight(trace) : 0;
}

const nameLines = (trace: Trace, letters: number): string[] =>
  linesOf((scaleOf(trace).title as { text: string }).text.split(" "), letters);

/** The name of a color scale as it stands above that. */
export const nameInLines = (trace: Trace): string =>
  nameLines(trace, MAX_NAME_LETTERS).join("<br>");

/** A blank letter that is higher than the name, so that this keeps off the scale's highest number. */
const nameStrut = (lines: number): string =>
  `<span style="font-size:${lines > 1 ? 30 : 22}px">\u00a0</span>`;

/**
 * The name of a color scale above it, where it reads like a word and stands between no numbers. A low
 * scale has its name along it.
 */
function placedName(trace: Trace, plotHeight: number): Layout {
  if (!isScaleNamed(trace)) return {};
  const title = scaleOf(trace).title as Layout;
  const isAlong = plotHeight - nameHeight(trace) < MIN_SCALE_LENGTH;
  const letters = isAlong ? Math.floor(plotHeight / NAME_LETTER_WIDTH) : MAX_NAME_LETTERS;
  const lines = nameLines(trace, letters);
  const text = lines.join("<br>");
  return isAlong
    ? { title: { ...title, text } }
    : { title: { ...title, text: text + nameStrut(lines.length), side: "top" }, ypad: 0 };
}

/** Pixels: a number on a color scale with its distance to the next, and a letter of its name. */
const TICK_HEIGHT = 28;
const NAME_LETTER_WIDTH = 7.5;
const MIN_TICKS = 2;
/** plotly's own choice of numbers is right from here on. */
const MAX_TICKS = 5;

/**
 * A scale with a name per color is a legend. It keeps its place where there is room beside the
 * panels, or where its names are too long to stand next to each other.
 */
export function mayStandAbove(trace: Trace, width: number, isNarrow: boolean): boolean {
  if (!isScaleOutside(trace)) return false;
  const { ticktext } = scaleOf(trace);
  if (!Array.isArray(ticktext)) return true;
  return isNarrow && namesWidth(ticktext) <= width;
}

/** Pixels that the names of colors take next to each other. */
const namesWidth = (names: unknown[]) =>
  names.length * Math.max(...names.map((name) => String(name).length + 1)) * NAME_LETTER_WIDTH;

/** Whole numbers up to this far apart have a number each on their scale, and none in between. */
const MAX_WHOLE_TICKS = 10;

/** Whether a matrix counts, as in 0, 1, 2: a scale must not say 0.5. */
function countsUpTo({ z, zmin, zmax }: Trace, most: number): boolean {
  const length = Number(zmax) - Number(zmin);
  if (!(length > 0 && length <= most) || !Array.isArray(z)) return false;
  return [z, zmin, zmax].flat(2).every((v) => v === null || Number.isInteger(v));
}

/** From one number to the next. */
const MAX_STEPS = 5;

/** The least and the largest number that a matrix's colors stand for. */
function rangeOf({ zmin, zmax, z }: Trace): [number, number] {
  if (typeof zmin === "number" && typeof zmax === "number") return [zmin, zmax];
  const values = Array.isArray(z) ? z.flat().filter((v) => typeof v === "number") : [];
  return values.reduce<[number, number]>(
    ([low, high], v) => [Math.min(low, v), Math.max(high, v)],
    [Infinity, -Infinity],
  );
}

/**
 * A matrix whose color scale says 0.8 and 1.0, where plotly would say 0.8 and 1; whole numbers and
 * scales with words or steps of their own stay.
 * @param most steps from one number to the next
 */
function withEvenNumbers(trace: Trace, most: number): Trace {
  const scale = trace.colorbar;
  if (!isObject(scale)) return trace;
  const isOwn = [scale.ticktext, scale.tickvals, scale.tickformat].some((v) => v !== undefined);
  const [low, high] = rangeOf(trace);
  const least = (high - low) / most;
  if (isOwn || scale.dtick === 1 || !(least > 0 && least <= 0.5)) return trace;
  const dtick = roundStep(least);
  const even = { dtick, tick0: 0, tickformat: `.${-Math.floor(Math.log10(dtick))}f` };
  return { ...trace, colorbar: { ...scale, ...even } };
}

/** A color scale at the right of a plot of this height: its numbers and its name fit beside it. */
export function fittedScale(trace: Trace, plotHeight: number): Trace {
  const scale = scaleOf(trace);
  if (!isScaleOutside(trace) || isAbove(scale)) return trace;
  // names of colors need all of its length
  if (scale.lenmode === "pixels") {
    const named = { ypad: 0, ...placedName(trace, Infinity), len: ownLength(trace) };
    return { ...trace, colorbar: { ...scale, ...named } };
  }
  const length = plotHeight - nameHeight(trace);
  const ticks = Math.max(MIN_TICKS, Math.floor(length / TICK_HEIGHT));
  const isCount = countsUpTo(trace, Math.min(ticks, MAX_WHOLE_TICKS));
  const sparse = ticks < MAX_TICKS && !scale.ticktext ? { nticks: ticks } : {};
  const few = isCount && !scale.ticktext ? { dtick: 1, tick0: 0 } : sparse;
  const sized = { ...trace, colorbar: { ...scale, ...few, ...placedName(trace, plotHeight) } };
  return withEvenNumbers(sized, Math.min(MAX_STEPS, ticks - 1));
}
