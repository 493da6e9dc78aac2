/** Colors of lines and marks, and those in their place on a dark page. */

export const DARK_INK = "#e4e4e4";

/**
 * The shades of series that have an order, on a light and on a dark page: the last one stands out
 * most on either, and neighbors differ in hue, too.
 */
const RAMP = [
  ["#5cb85c", "#4f62ad"],
  ["#2fa77a", "#4079a8"],
  ["#1f9489", "#378fa2"],
  ["#277f8e", "#34a396"],
  ["#31688e", "#4bb683"],
  ["#3b528b", "#79ca66"],
  ["#443983", "#b0da4c"],
  ["#440154", "#ece13a"],
] as const;

/** The shades of cells that stand for steps, on a light and on a dark page. */
const STEPS = [
  ["#7db8da", "#2f5f86"],
  ["#5ba3cf", "#3a74a1"],
  ["#3f8fc5", "#4688bb"],
  ["#2a7ab9", "#559dd2"],
  ["#1a66a8", "#6cb1e2"],
  ["#0f5291", "#8ac4ec"],
  ["#083e75", "#abd6f4"],
  ["#052a54", "#cfe8fb"],
] as const;

export const DARK_STEPS: ReadonlyMap<string, string> = new Map(STEPS);

/** Lines of saved charts in the shades of cells, which were too much alike for lines. */
export const CLEARER: ReadonlyMap<unknown, string> = new Map(
  STEPS.map(([blue], i) => [blue, RAMP[i]![0]]),
);
export const clearer = (color: unknown) => CLEARER.get(color) ?? color;

/** Colors that are too dark on a dark page, and those in their place. */
const LIGHTER: ReadonlyMap<unknown, string> = new Map([
  ...RAMP,
  ["#000000", DARK_INK],
  ["black", DARK_INK],
  ["#0072b2", "#3d9be0"],
  ["#d55e00", "#f08030"],
  ["#009e73", "#2fc298"],
  // the text beside lines, darker than the lines on a light page, has their color on a dark one
  ["#b34f00", "#f08030"],
  ["#00795a", "#2fc298"],
  ["#a34b7c", "#cc79a7"],
  ["#8f6300", "#e69f00"],
  // blue gets lighter on a dark page, so sky blue does, too
  ["#1f7fb8", "#a9dcf7"],
  ["#56b4e9", "#a9dcf7"],
  ["#6b6b6b", "#a0a0a0"],
  // bars beside those that a caption names
  ["#a9b7c4", "#6f7d8a"],
]);
export const lighter = (color: unknown) => LIGHTER.get(color) ?? color;

/** A color of other views as the page shows it: on a dark page, that of a chart's lines. */
export const shownColor = (color: string, dark: boolean): string =>
  dark ? (LIGHTER.get(color) ?? color) : color;

/** Colors of series that categories of a matrix have, too. */
export const CATEGORIES = new Set(["#0072b2", "#d55e00", "#009e73", "#56b4e9"]);
