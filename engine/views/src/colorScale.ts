/** Color scales of matrices: where one stands, and how it stands above what it explains. */
import type { Layout, Trace } from "./chart";
import { isObject } from "./json";
import { linesOf } from "./lines";

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

/** Pixels: a number on a color scale with its distance to the next, and a letter of its name. */
const TICK_HEIGHT = 28;
const NAME_LETTER_WIDTH = 7.5;
const MIN_TICKS = 2;
/** plotly's own choice of numbers is right from here on. */
const MAX_TICKS = 5;

/** Whole numbers up to this far apart have a number each on their scale, and none in between. */
const MAX_WHOLE_TICKS = 10;

/** Whether a matrix counts, as in 0, 1, 2: a scale must not say 0.5. */
function countsUpTo({ z, zmin, zmax }: Trace, most: number): boolean {
  const length = Number(zmax) - Number(zmin);
  if (!(length > 0 && length <= most) || !Array.isArray(z)) return false;
  return [z, zmin, zmax].flat(2).every((v) => v === null || Number.isInteger(v));
}

/** A color scale at the right of a plot of this height: its numbers and its name fit beside it. */
export function fittedScale(trace: Trace, plotHeight: number): Trace {
  const scale = scaleOf(trace);
  if (!isScaleOutside(trace) || isAbove(scale)) return trace;
  // names of colors need all of its length
  if (scale.lenmode === "pixels") return { ...trace, colorbar: { ...scale, ypad: 0 } };
  const ticks = Math.max(MIN_TICKS, Math.floor(plotHeight / TICK_HEIGHT));
  const isCount = countsUpTo(trace, Math.min(ticks, MAX_WHOLE_TICKS));
  const sparse = ticks < MAX_TICKS && !scale.ticktext ? { nticks: ticks } : {};
  const few = isCount && !scale.ticktext ? { dtick: 1, tick0: 0 } : sparse;
  if (!isScaleNamed(trace)) return { ...trace, colorbar: { ...scale, ...few } };
  const title = scale.title as { text: string };
  const lines = linesOf(title.text.split(" "), Math.floor(plotHeight / NAME_LETTER_WIDTH));
  const named = { title: { ...title, text: lines.join("<br>") } };
  return { ...trace, colorbar: { ...scale, ...few, ...named } };
}
