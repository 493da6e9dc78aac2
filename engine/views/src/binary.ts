/**
 * Masks and other matrices that hold nothing but 0 and 1 get two colors with their names in place of
 * a scale for amounts. The brighter color is 1, as it would be on the scale.
 */
import type { Chart, Frame, Trace } from "./chart";
import { isObject } from "./json";

export type ColorScale = [number, string][];

const halves = (zero: string, one: string): ColorScale => [
  [0, zero],
  [0.5, zero],
  [0.5, one],
  [1, one],
];
/** On a light page; theme.ts has those of a dark one. */
export const BINARY = halves("#2f4a63", "#f2a93b");
/** A calmer orange than on paper: as large areas as a mask has glare on a dark page. */
export const DARK_BINARY = halves("#22374b", "#c08b45");

/** The scale of `heatmap` unless it is told otherwise. */
const AMOUNTS = "Viridis";

/** Pixels beside the scale for each name. */
const NAME_HEIGHT = 20;

const numberOf = (value: unknown) => (typeof value === "boolean" ? Number(value) : value);
const isAmount = ({ type, colorscale, zmin, zmax }: Trace) =>
  type === "heatmap" && colorscale === AMOUNTS && zmin === 0 && zmax === 1;

/** The values of a matrix at all positions of the slider, blanks aside. */
function valuesOf({ z }: Trace, changes: Trace[]): Set<unknown> {
  const matrices = [z, ...changes.map((change) => change.z)].filter(Array.isArray);
  const values = new Set(matrices.flat(2).map(numberOf));
  values.delete(null);
  return values;
}

const isMask = (values: Set<unknown>) => [...values].every((value) => value === 0 || value === 1);
const hasBoth = (values: Set<unknown>) => values.has(0) && values.has(1);

const numbered = <T extends { z?: unknown }>(trace: T): T =>
  Array.isArray(trace.z)
    ? { ...trace, z: trace.z.map((row) => (Array.isArray(row) ? row.map(numberOf) : row)) }
    : trace;

/** A mask in two colors; the changes of a slider's frames may not bring the scale back. */
function colored(trace: Trace): Trace {
  const isBoolean = [trace.z].flat(3).some((value) => typeof value === "boolean");
  const ticktext = isBoolean ? ["false", "true"] : ["0", "1"];
  const scale = isObject(trace.colorbar) ? trace.colorbar : {};
  return {
    ...numbered(trace),
    zmin: -0.5,
    zmax: 1.5,
    colorscale: BINARY,
    colorbar: {
      ...scale,
      tickmode: "array",
      tickvals: [0, 1],
      ticktext,
      ticks: "",
      lenmode: "pixels",
      len: 2 * NAME_HEIGHT,
      ypad: 0,
      y: 1,
      yanchor: "top",
    },
  };
}

const SCALE_KEYS = new Set(["zmin", "zmax", "colorscale", "colorbar"]);
const withoutScale = (change: Trace): Trace =>
  numbered(Object.fromEntries(Object.entries(change).filter(([name]) => !SCALE_KEYS.has(name))));

/**
 * @returns the chart with its masks in two colors. Panels share one scale: where only some of them
 *   are masks, the scale goes to one of the others.
 */
export function nameBinaries(chart: Chart): Chart {
  const { data, frames = [] } = chart;
  const values = data.map((trace, i) => {
    const changes = frames.map((frame) => frame.data[i]).filter((change) => change !== undefined);
    return isAmount(trace) ? valuesOf(trace, changes) : undefined;
  });
  const amounts = values.filter((one) => one !== undefined);
  const isAllMasks = amounts.every(isMask) && hasBoth(new Set(amounts.flatMap((v) => [...v])));
  const masks = values.map((v) => v !== undefined && (isAllMasks || (isMask(v) && hasBoth(v))));
  if (!masks.includes(true)) return chart;
  const isOther = (i: number) => values[i] !== undefined && !masks[i];
  const showsScale = (trace: Trace, i: number) => isOther(i) && trace.showscale !== false;
  const heir = data.some(showsScale) ? -1 : data.findIndex((_, i) => isOther(i));
  const recolor = (trace: Trace, i: number): Trace => {
    if (masks[i]) return { ...colored(trace), ...(isAllMasks ? {} : { showscale: false }) };
    return i === heir ? { ...trace, showscale: true } : trace;
  };
  const change = (frame: Frame): Frame => ({
    ...frame,
    data: frame.data.map((one, i) => (masks[i] ? withoutScale(one) : one)),
  });
  return { ...chart, data: data.map(recolor), frames: frames.map(change) };
}
