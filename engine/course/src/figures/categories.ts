/** Colors of matrices whose numbers stand for kinds of things. */
import { COLORS, cycle, STEPS, type Layout, type Trace } from "./figure";

/** The colors of lines and chains, so that the same group has the same color in all figures. */
const CATEGORY_COLORS = [...COLORS.slice(0, -1), "#9a9a9a", "#8e5bd0", "#8c564b", "#b3b83a"];
/** What lies behind the other categories: so pale that no color is as light. */
const BACKGROUND_COLOR = "#dcdcdc";

/** Pixels beside the scale for the name of a category. */
const CATEGORY_HEIGHT = 20;

/** Shades for whole cells: the darkest ones, which are for thin lines, would flood a matrix. */
const CELL_RAMP = STEPS.slice(0, -2);

/** So many shades of one color, from pale to dark. */
const shades = (count: number): string[] =>
  Array.from(
    { length: count },
    (_, i) => CELL_RAMP[Math.round((i * (CELL_RAMP.length - 1)) / Math.max(1, count - 1))]!,
  );

/** A color for each category, side by side without a blend, and their names beside the scale. */
export function discrete(categories: string[], gray?: string, ordered = false): Trace {
  const n = categories.length;
  const colored = categories.filter((name) => name !== gray);
  const colors = ordered ? shades(colored.length) : CATEGORY_COLORS;
  const colorscale = categories.flatMap((name, i) => {
    const color = name === gray ? BACKGROUND_COLOR : cycle(colors, colored.indexOf(name));
    return [
      [i / n, color],
      [(i + 1) / n, color],
    ];
  });
  const ticks = { tickmode: "array", tickvals: categories.map((_, i) => i), ticktext: categories };
  return {
    zmin: -0.5,
    zmax: n - 0.5,
    colorscale,
    colorbar: {
      thickness: 12,
      outlinewidth: 0,
      ticks: "",
      ...ticks,
      // names need their height where the matrix is a thin strip
      lenmode: "pixels",
      len: n * CATEGORY_HEIGHT,
      y: 1,
      yanchor: "top",
    },
  };
}

/** A color for each band of whole numbers, with their names beside the scale and numbers in cells. */
export function banded(bands: { name: string; from: number }[], highest: number): Trace {
  const [low, high] = [bands[0]!.from - 0.5, highest + 0.5];
  const ends = [...bands.slice(1).map(({ from }) => from - 0.5), high];
  const starts = [low, ...ends.slice(0, -1)];
  const part = (v: number) => (v - low) / (high - low);
  const { colorbar } = discrete(bands.map(({ name }) => name));
  return {
    zmin: low,
    zmax: high,
    colorscale: bands.flatMap((_, i) => [
      [part(starts[i]!), cycle(CATEGORY_COLORS, i)],
      [part(ends[i]!), cycle(CATEGORY_COLORS, i)],
    ]),
    colorbar: { ...(colorbar as Layout), tickvals: starts.map((v, i) => (v + ends[i]!) / 2) },
    texttemplate: "%{z}",
  };
}

/** The colors of 0 and 1; the brighter one is 1, as on a scale for amounts. */
const BINARY_COLORS = ["#2f4a63", "#f2a93b"];

/** Two colors side by side without a blend, and their names beside the scale. */
export const binaryColors = (names: [string, string]): Trace => ({
  ...discrete(names),
  colorscale: BINARY_COLORS.flatMap((color, i) => [
    [i / 2, color],
    [(i + 1) / 2, color],
  ]),
});
