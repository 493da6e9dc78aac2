/** A chain of points in space, which readers turn. */
import type { HtmlFigure } from "./figure";
import { escapeHtml } from "./html";
import { expectNumbers, expectSome } from "./validate";

export interface TubePart {
  name: string;
  /** A row [x, y, z] for each residue. */
  points: number[][];
  /** A number for each residue that colors it; unless given, its place in the chain, from 1. */
  values?: number[];
}

export interface TubeOptions {
  /** What the numbers are, with their unit: "error, Å". */
  label?: string;
  /** The ends of the scale of colors; the least and the greatest number unless given. */
  range?: [number, number];
  /** The names of groups, where the numbers are 0, 1, …: "helix", "strand", "other". */
  groups?: string[];
  /** Degrees that the chain is turned at first, about the vertical axis and then toward you. */
  turn?: number;
  tilt?: number;
}

const SCALE_COLORS = ["#0072b2", "#56b4e9", "#e69f00", "#d55e00"];
/** For places in the chain; measured numbers have the colors above. */
const PLACE_COLORS = ["#7a45a8", "#b58ad0", "#6cc49a", "#0b8a5c"];
const GROUP_COLORS = ["#0072b2", "#d55e00", "#009e73", "#cc79a7", "#e69f00", "#56b4e9"];
const SECOND_CHAIN_COLOR = "#bbbbbb";
const [WIDTH, HEIGHT] = [560, 420];

function expectChains(chains: readonly TubePart[]): void {
  expectSome("tube", "chains", chains);
  if (chains.length > 2) throw new Error(`tube: expected one or two chains, got ${chains.length}`);
  for (const { name, points, values } of chains) {
    expectSome("tube", `points of "${name}"`, points);
    if (points.length > 2000) {
      throw new Error(`tube: expected at most 2000 points in "${name}", got ${points.length}`);
    }
    points.forEach((point, i) => {
      expectNumbers("tube", `point ${i} of "${name}"`, point);
      if (point.length === 3) return;
      throw new Error(`tube: expected [x, y, z] as point ${i} of "${name}", got ${point.length}`);
    });
    if (values === undefined) continue;
    expectNumbers("tube", `values of "${name}"`, values);
    if (values.length === points.length) continue;
    const got = `got ${values.length} for ${points.length} points`;
    throw new Error(`tube: expected one value per point of "${name}", ${got}`);
  }
}

function expectGroups(groups: string[] | undefined, values: number[]): void {
  if (groups === undefined) return;
  expectSome("tube", "groups", groups);
  const most = GROUP_COLORS.length;
  if (groups.length > most) {
    throw new Error(`tube: expected at most ${most} groups, got ${groups.length}`);
  }
  const odd = values.find((value) => groups[value] === undefined);
  if (odd === undefined) return;
  throw new Error(`tube: expected values from 0 to ${groups.length - 1} for groups, got ${odd}`);
}

/** The ends of the scale; values that are all the same have a scale too. */
function scaleOf(values: number[], range: [number, number] | undefined): [number, number] {
  const least = values.reduce((a, b) => Math.min(a, b));
  const most = values.reduce((a, b) => Math.max(a, b));
  const [from, to] = range ?? [least, most > least ? most : least + 1];
  if (Number.isFinite(from) && Number.isFinite(to) && to > from) return [from, to];
  throw new Error(`tube: expected range as [least, greatest], got [${from}, ${to}]`);
}

/**
 * A chain of points in space as a smooth tube: turn it with the mouse, a finger or the arrow keys,
 * and point at a residue to read its number. A second chain lies behind it, lighter; the picture is
 * centered on it, so superimpose them first.
 *
 *     tube([{ name: "predicted", points, values: errors }, { name: "crystal", points: truth }],
 *       { label: "error, Å", range: [0, 4] })
 *
 * @throws when there is no chain or there are more than two, or a point isn't three finite numbers
 */
export function tube(chains: TubePart[], options: TubeOptions = {}): HtmlFigure {
  expectChains(chains);
  const { groups, turn = 0, tilt = 0 } = options;
  const { points, values = points.map((_, i) => i + 1) } = chains[0]!;
  expectGroups(groups, values);
  const label = options.label ?? (chains[0]!.values ? "value" : "residue");
  const [from, to] = scaleOf(values, options.range);
  const scale = chains[0]!.values ? SCALE_COLORS : PLACE_COLORS;
  const shade = (value: number) => {
    if (groups) return GROUP_COLORS[value]!;
    const step = Math.floor((scale.length * (value - from)) / (to - from));
    return scale[Math.min(scale.length - 1, Math.max(0, step))]!;
  };
  const rounded = chains.map((one) => ({
    ...one,
    points: one.points.map((point) => point.map((v) => Number(v.toFixed(2)))),
    ...(one.values ? { values: one.values.map((v) => Number(v.toPrecision(4))) } : {}),
  }));
  const view = {
    ...{ view: "chain", version: 1, chains: rounded, scale: { label, from, to } },
    ...{ groups, start: { turn, tilt } },
  };
  const colors = values.map(shade);
  const picture = drawing(chains, colors, turn, tilt);
  const key = groups
    ? groups.map((name, i) => keyOf(GROUP_COLORS[i]!, name)).join(" ")
    : `${escapeHtml(label)}: ${keyOf(scale[0]!, String(from))} to ${keyOf(scale[3]!, String(to))}`;
  const behind = chains[1] ? ` ${keyOf(SECOND_CHAIN_COLOR, chains[1].name)}` : "";
  return { html: `${picture}<p>${key}${behind}</p>`, view, isRicher: true };
}

const keyOf = (color: string, text: string) =>
  `<span style="border-bottom: 4px solid ${color}">${escapeHtml(text)}</span>`;

/** The chains seen from where the reader begins, as straight links from back to front. */
function drawing(chains: TubePart[], colors: string[], turn: number, tilt: number): string {
  const place = projection(chains.at(-1)!.points, turn, tilt);
  const links = chains.flatMap(({ points }, which) => {
    const places = points.map(place);
    return places.slice(1).map((to, i) => {
      const color = which === 0 ? colors[i]! : SECOND_CHAIN_COLOR;
      // the first chain covers the second one where they meet
      const near = places[i]![2]! + to[2]! - which * 0.2 * HEIGHT;
      return {
        from: places[i]!,
        to,
        near,
        color,
        width: which === 0 ? 7 : 4,
      };
    });
  });
  links.sort((a, b) => a.near - b.near);
  const lines = links.map(({ from, to, color, width }) => {
    const path = `M${from[0]!.toFixed(1)} ${from[1]!.toFixed(1)}L${to[0]!.toFixed(1)} ${to[1]!.toFixed(1)}`;
    return `<path d="${path}" stroke="${color}" stroke-width="${width}"/>`;
  });
  const svg =
    `<svg xmlns="http://www.w3.org/2000/svg" width="${WIDTH}" height="${HEIGHT}" ` +
    `viewBox="0 0 ${WIDTH} ${HEIGHT}" stroke-linecap="round">${lines.join("")}</svg>`;
  const data = Buffer.from(svg).toString("base64");
  const names = chains.map(({ name }) => escapeHtml(name)).join(" and ");
  return `<img alt="${names}, drawn in space" src="data:image/svg+xml;base64,${data}">`;
}

/** Where a point is in the picture, and how near. */
function projection(fixed: number[][], turn: number, tilt: number) {
  const center = [0, 1, 2].map((a) => fixed.reduce((sum, p) => sum + p[a]!, 0) / fixed.length);
  const reach = (p: number[]) => Math.hypot(...p.map((v, a) => v - center[a]!));
  const scale = (0.48 * HEIGHT) / (fixed.reduce((most, p) => Math.max(most, reach(p)), 0) || 1);
  const [a, b] = [(turn * Math.PI) / 180, (tilt * Math.PI) / 180];
  return (point: number[]): number[] => {
    const [x, y, z] = point.map((v, axis) => (v - center[axis]!) * scale) as [
      number,
      number,
      number,
    ];
    const [right, ahead] = [Math.cos(a) * x + Math.sin(a) * z, Math.cos(a) * z - Math.sin(a) * x];
    const up = Math.cos(b) * y - Math.sin(b) * ahead;
    return [WIDTH / 2 + right, HEIGHT / 2 - up, Math.sin(b) * y + Math.cos(b) * ahead];
  };
}
