/** A chain's data and geometry: reading it, rotating it, and its smooth curve. */
import { isObject, isTexts } from "../json";
import { shownColor } from "../shades";
import type { View } from "../view";

const MAX_POINTS = 2000;
/** Points of the smooth line per link, fewer where the chain is long. */
const SEGMENTS_PER_LINK = 6;
const MAX_SEGMENTS = 3000;
/** The strength of the perspective. */
const PERSPECTIVE = 0.22;
/** Limits by how much one distant point can shrink the rest. */
const MAX_RADIUS_RATIO = 1.6;
/** From blue over light blue and orange to red: on light and dark pages, for all color vision. */
const SCALE_COLORS = ["#0072b2", "#56b4e9", "#e69f00", "#d55e00"];
/** For places in the chain, from violet to green: the colors of measured numbers mean those only. */
const PLACE_COLORS = ["#7a45a8", "#b58ad0", "#6cc49a", "#0b8a5c"];
const DARK_PLACE_COLORS = ["#a678d8", "#cbaee4", "#8ad6b2", "#2fc298"];
const GROUP_COLORS = ["#0072b2", "#d55e00", "#009e73", "#cc79a7", "#e69f00", "#56b4e9"];

export type Point = readonly [number, number, number];

export interface Chain {
  name: string;
  points: Point[];
  /** For each point, a number on the scale or the index of a group. */
  values: number[];
}

export interface Chains {
  /** The colored chain, and optionally a lighter one behind it. */
  chains: Chain[];
  scale: { label: string; from: number; to: number };
  /** Names of the groups, if values are indexes of groups. */
  groups?: string[];
  start: Rotation;
}

/** Degrees about the vertical axis, then about the horizontal one. */
export interface Rotation {
  turn: number;
  tilt: number;
}

const isNumber = (value: unknown): value is number =>
  typeof value === "number" && Number.isFinite(value);

const isPoint = (point: unknown): point is Point =>
  Array.isArray(point) && point.length === 3 && point.every(isNumber);

function chainFrom(json: unknown): Chain | undefined {
  if (!isObject(json) || typeof json.name !== "string") return undefined;
  const { name, points } = json;
  if (!Array.isArray(points) || points.length === 0 || points.length > MAX_POINTS) return undefined;
  if (!points.every(isPoint)) return undefined;
  const values = json.values ?? points.map((_, i) => i + 1);
  const fits = Array.isArray(values) && values.length === points.length && values.every(isNumber);
  return fits ? { name, points, values: values as number[] } : undefined;
}

/** @returns undefined when the data isn't what this kind draws */
export function readChains({ chains, scale, groups, start }: View): Chains | undefined {
  if (!Array.isArray(chains) || chains.length === 0 || chains.length > 2) return undefined;
  const read = chains.map(chainFrom);
  if (!read.every((chain) => chain !== undefined)) return undefined;
  if (groups !== undefined && (!isTexts(groups) || groups.length > GROUP_COLORS.length)) {
    return undefined;
  }
  const odd = groups && read[0]!.values.some((value) => groups[value] === undefined);
  if (odd) return undefined;
  if (!isObject(scale) || typeof scale.label !== "string") return undefined;
  const { label, from, to } = scale;
  if (!isNumber(from) || !isNumber(to) || !(to > from)) return undefined;
  const { turn, tilt } = isObject(start) ? start : {};
  const first = { turn: isNumber(turn) ? turn : 0, tilt: isNumber(tilt) ? tilt : 0 };
  return {
    ...{ chains: read, scale: { label, from, to }, start: first },
    ...(groups ? { groups } : {}),
  };
}

const channels = (color: string) =>
  [1, 3, 5].map((at) => Number.parseInt(color.slice(at, at + 2), 16));

/** Mixes two colors, `#rrggbb`; a share of 0 gives the first. */
export function mixed(first: string, second: string, share: number): string {
  const other = channels(second);
  const mix = channels(first).map((c, i) => Math.round(c + (other[i]! - c) * share));
  return `#${mix.map((c) => c.toString(16).padStart(2, "0")).join("")}`;
}

/** Whether a chain's numbers are its residues' places, from 1. */
const isNumbered = ({ values }: Chain) => values.every((v, i) => v === i + 1);

/** The colors of a scale from its least to its greatest number, on a light or on a dark page. */
export function scaleColors({ chains }: Pick<Chains, "chains">, dark: boolean): string[] {
  if (isNumbered(chains[0]!)) return dark ? DARK_PLACE_COLORS : PLACE_COLORS;
  return SCALE_COLORS.map((color) => shownColor(color, dark));
}

/** The color of a value on the scale of these colors, or of a group. */
export function colorOf(
  value: number,
  data: Chains,
  dark: boolean,
  colors = scaleColors(data, dark),
): string {
  const { scale, groups } = data;
  if (groups) return shownColor(GROUP_COLORS[value]!, dark);
  const share = Math.min(1, Math.max(0, (value - scale.from) / (scale.to - scale.from)));
  const last = colors.length - 1;
  const at = Math.min(last - 1, Math.floor(share * last));
  return mixed(colors[at]!, colors[at + 1]!, share * last - at);
}

/** The colors of the scale from left to right, for a legend. */
export const rampColors = (data: Chains, dark: boolean): string =>
  `linear-gradient(to right, ${scaleColors(data, dark).join(", ")})`;

export interface BoundingSphere {
  center: Point;
  radius: number;
}

/** A sphere around the last chain, which doesn't move while another one folds. */
export function boundingSphere({ chains }: Chains): BoundingSphere {
  const fixed = chains.at(-1)!.points;
  const center = [0, 1, 2].map((axis) => {
    return fixed.reduce((sum, p) => sum + p[axis]! / fixed.length, 0);
  }) as unknown as Point;
  const reach = (points: Point[]) =>
    points.reduce((most, p) => Math.max(most, Math.hypot(...p.map((v, a) => v - center[a]!))), 0);
  const own = reach(fixed);
  const all = Math.max(...chains.map(({ points }) => reach(points)));
  const radius = own > 0 ? Math.min(all, own * MAX_RADIUS_RATIO) : all;
  return { center, radius: radius || 1 };
}

/**
 * @returns a function that maps a point to x and y from -1 to 1, right and down, and its nearness
 */
export function viewFrom({ turn, tilt }: Rotation, { center, radius }: BoundingSphere) {
  const [s, c] = [Math.sin((turn * Math.PI) / 180), Math.cos((turn * Math.PI) / 180)];
  const [st, ct] = [Math.sin((tilt * Math.PI) / 180), Math.cos((tilt * Math.PI) / 180)];
  return (point: Point): Point => {
    const [x, y, z] = point.map((value, axis) => (value - center[axis]!) / radius) as number[];
    const [right, ahead] = [c * x! + s * z!, c * z! - s * x!];
    const [up, near] = [ct * y! - st * ahead, st * y! + ct * ahead];
    const size = 1 + PERSPECTIVE * Math.max(-2, Math.min(2, near));
    return [right * size, -up * size, near];
  };
}

export interface CurvePoint {
  point: Point;
  /** The position along the chain, in points: 2.5 is between the third and the fourth. */
  at: number;
}

/** A smooth line through all points (Catmull and Rom 1974). */
export function curveThrough(points: Point[]): CurvePoint[] {
  const parts = Math.max(1, Math.min(SEGMENTS_PER_LINK, Math.floor(MAX_SEGMENTS / points.length)));
  const line: CurvePoint[] = [];
  for (let i = 0; i + 1 < points.length; i++) {
    const [b, c] = [points[i]!, points[i + 1]!];
    const [a, d] = [points[i - 1] ?? b, points[i + 2] ?? c];
    for (let part = 0; part < parts; part++) {
      const t = part / parts;
      const on = (axis: 0 | 1 | 2) => hermite(a[axis], b[axis], c[axis], d[axis], t);
      line.push({ point: [on(0), on(1), on(2)], at: i + t });
    }
  }
  return [...line, { point: points.at(-1)!, at: points.length - 1 }];
}

/** The cubic from b to c whose slopes are those from a to c and from b to d. */
function hermite(a: number, b: number, c: number, d: number, t: number): number {
  const [slopeB, slopeC] = [(c - a) / 2, (d - b) / 2];
  const rise = c - b;
  return b + t * (slopeB + t * (3 * rise - 2 * slopeB - slopeC + t * (slopeB + slopeC - 2 * rise)));
}

/** A number under a label such as “error, Å”: “error 0.82 Å”. */
export function labeled(label: string, text: string): string {
  const [what, ...unit] = label.split(", ");
  return [what, text, ...unit].join(" ");
}

/** “Residue 7 of 76 in “predicted”: error 0.82 Å.”, or its group. */
export function describeResidue({ chains, scale, groups }: Chains, i: number): string {
  const { name, values, points } = chains[0]!;
  const value = values[i]!;
  const where = `${i + 1} of ${points.length} in “${name}”`;
  if (!groups && isNumbered(chains[0]!)) return `Residue ${where}.`;
  const what = groups ? groups[value]! : labeled(scale.label, String(Number(value.toPrecision(3))));
  return `Residue ${where}: ${what}.`;
}
