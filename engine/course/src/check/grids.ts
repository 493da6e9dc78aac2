/**
 * Expected, yours and their difference side by side, as HTML tables of colored cells. They need
 * nothing but HTML, so they stay in a saved notebook and in every other program that shows it.
 */
import { escapeHtml } from "../figures/html";
import type { Difference, Grid } from "./difference";
import { paragraph } from "./html";

/** Numbers are written into the cells of grids with at most this many columns. */
const MAX_COLUMNS_WITH_NUMBERS = 7;

/** Above and below zero, and the variables with which the lab's extension lightens dark pages. */
const ABOVE = { color: "184, 79, 0", variable: "--course-above-zero" };
const BELOW = { color: "0, 94, 148", variable: "--course-below-zero" };
const GRAY = "128, 128, 128";

/** With more color, or more ink, numbers in the page's ink would have a contrast below 4.5. */
const MAX_OPACITY_UNDER_NUMBERS = 0.75;
const MAX_INK_UNDER_NUMBERS = 0.3;

/**
 * The page's ink where no value is below zero, as in the lessons' pictures; else orange above zero and
 * blue below. The more the larger, over the page's own color, with the page's ink on it. The opacity
 * of a color rises as the square root, so that small values show their sign. JupyterLab drops
 * variables and mixes from the outputs of a notebook that hasn't been run, so a plain color comes first.
 */
function styleOf(value: number, { largest, withNumbers, isInk }: Scale): string {
  const share = Number.isFinite(value) && largest > 0 ? Math.min(1, Math.abs(value) / largest) : 0;
  if (isInk && Number.isFinite(value)) {
    return inkOf(share * (withNumbers ? MAX_INK_UNDER_NUMBERS : 1));
  }
  const opacity = (withNumbers ? MAX_OPACITY_UNDER_NUMBERS : 1) * Math.sqrt(share);
  const { color, variable } = value < 0 ? BELOW : ABOVE;
  const tint = (rgb: string) => `background-color: rgba(${rgb}, ${opacity.toFixed(3)})`;
  const ground = Number.isFinite(value)
    ? `${tint(color)}; ${tint(`var(${variable}, ${color})`)}`
    : `background-color: rgba(${GRAY}, 0.3)`;
  return `${ground}; color: inherit`;
}

const inkOf = (share: number): string =>
  `background-color: rgba(${GRAY}, ${share.toFixed(3)}); background-color: ` +
  `color-mix(in srgb, currentcolor ${(100 * share).toFixed(1)}%, transparent); color: inherit`;

/** Each cell has a thin edge, so that a zero is a cell, too. */
const EDGE = `1px solid rgba(${GRAY}, 0.5)`;

/** What outlines what is wrong: the page's ink among colors, and orange among shades of ink. */
function wrongEdge({ isInk }: Scale): string {
  if (!isInk) return "2px solid";
  const { color, variable } = ABOVE;
  return `2px solid rgb(${color}); border-color: rgb(var(${variable}, ${color}))`;
}

/**
 * A wrong cell has an outline. Where the color may be full, a ring of the page inside the outline
 * keeps the outline off it: alone, ink on full blue would have a contrast below 3.
 */
function outlineOf(scale: Scale, isWrong: boolean): string {
  const { withNumbers } = scale;
  const edge = isWrong ? wrongEdge(scale) : EDGE;
  if (withNumbers) return `border: ${edge}; padding: 0 0.3em`;
  const ring = isWrong ? "1px; background-clip: content-box" : "2px";
  return `border: ${edge}; padding: ${ring}`;
}

/** Three digits, or all of a whole number. */
export const shortNumber = (x: number): string => {
  if (Number.isNaN(x)) return "NaN";
  if (!Number.isFinite(x)) return x < 0 ? "−∞" : "∞";
  if (Number.isInteger(x) && Math.abs(x) < 1e5) return String(x).replace("-", "−");
  const size = Math.abs(x);
  const text = size >= 1e4 || size < 1e-3 ? x.toExponential(0) : x.toPrecision(3);
  return text.replace("-", "−");
};

/** What all grids of a report share, so that their cells have one size. */
interface Scale {
  /** The largest absolute value, which has the full color. */
  largest: number;
  withNumbers: boolean;
  /** Whether shades of the page's ink show the values: none is below zero. */
  isInk: boolean;
  /** The letters of the longest number. */
  letters: number;
}

function scaleOf(...grids: Grid[]): Scale {
  const withNumbers = grids.every(
    ({ cells }) => (cells[0]?.length ?? 0) <= MAX_COLUMNS_WITH_NUMBERS,
  );
  const numbers = grids.flatMap(({ cells }) => cells.flat());
  const letters = Math.max(0, ...numbers.map((v) => shortNumber(v).length));
  return { largest: largestOf(...grids), withNumbers, letters, isInk: false };
}

function cellHtml(value: number, scale: Scale, isWrong: boolean): string {
  const { withNumbers, letters } = scale;
  const width = `${Math.max(3.3, 0.62 * letters + 0.8).toFixed(2)}em`;
  const size = withNumbers
    ? `box-sizing: border-box; width: ${width}; min-width: ${width}; height: 1.9em; ` +
      "font-size: 0.85em; line-height: 1; text-align: right"
    : "width: 1.1em; min-width: 1.1em; height: 1.1em; text-align: center; font-size: 0.7em";
  const text = withNumbers || !Number.isFinite(value) ? shortNumber(value) : "";
  const style = `${styleOf(value, scale)}; ${outlineOf(scale, isWrong)}; ${size}`;
  const title = escapeHtml(`${value}${isWrong ? ", wrong" : ""}`);
  return `<td title="${title}" style="${style}">${text}</td>`;
}

const FRAME = "1px solid var(--jp-border-color1, #bdbdbd)";

/** Whether each of several values is wrong: one outline around all says it. */
const isAllWrong = ({ wrong }: Grid): boolean => {
  const all = wrong.flat();
  return all.length > 1 && all.every(Boolean);
};

function tableHtml(name: string, grid: Grid, scale: Scale): string {
  const { cells, wrong } = grid;
  const outlined = isAllWrong(grid);
  const rows = cells.map((row, r) => {
    const tds = row.map((v, c) => cellHtml(v, scale, wrong[r]![c]! && !outlined));
    return `<tr style="background: none">${tds.join("")}</tr>`;
  });
  // a caption would wrap in a narrow table, or widen its cells
  const title = `<div style="white-space: nowrap; padding-bottom: 0.2em">${name}</div>`;
  return (
    `<div>${title}<table aria-label="${name}" style="border-collapse: separate; ` +
    `border-spacing: 1px; margin: 0; width: max-content; border: ${outlined ? wrongEdge(scale) : FRAME}">` +
    `${rows.join("")}</table></div>`
  );
}

const largestOf = (...grids: Grid[]): number =>
  grids
    .flatMap(({ cells }) => cells.flat())
    .filter(Number.isFinite)
    .reduce((most, v) => Math.max(most, Math.abs(v)), 0);

const shapeText = (shape: number[]) => `[${shape.join(", ")}]`;

const KEY = "Outlined: differs from the expected value.";
const KEY_OF_ALL = "Outlined as a whole: every value differs from the expected one.";

/** What is drawn, where both have one shape. */
export function differenceText({ path, expectedShape, part, yours }: Difference): string {
  const what = path === "" ? "The result" : path;
  const shape = shapeText(expectedShape);
  const key = isAllWrong(yours) ? KEY_OF_ALL : KEY;
  if (part.every((span) => span === ":")) return `${what}, shape ${shape}. ${key}`;
  const place = part.map((span, axis) => (expectedShape[axis] === 1 ? "0" : span)).join(", ");
  return `${what} has shape ${shape}. Here is [${place}], with the first wrong value. ${key}`;
}

/**
 * The grids. Those of different shapes have no difference, and the failure's own message says the
 * shapes. A difference without a number in it is left out.
 */
export function differenceHtml(difference: Difference): string {
  const { expected, yours, expectedShape, yourShape } = difference;
  const isEmpty = [...expectedShape, ...yourShape].includes(0);
  if (isEmpty) return ""; // the failure's message says the shapes
  const hasOneShape = expectedShape.join() === yourShape.join();
  const gap = hasOneShape ? gapOf(expected, yours) : undefined;
  const isDrawn = gap?.cells.flat().some(Number.isFinite) ?? false;
  const scale = scaleOf(expected, yours, ...(gap && isDrawn ? [gap] : []));
  const isInk = ![expected, yours].some(({ cells }) => cells.flat().some((v) => v < 0));
  const same = { ...scale, largest: largestOf(expected, yours), isInk };
  const tables = [tableHtml("expected", expected, same), tableHtml("yours", yours, same)];
  if (gap && isDrawn) {
    tables.push(tableHtml("yours − expected", gap, { ...scale, largest: largestOf(gap) }));
  }
  const row =
    `<div style="display: flex; flex-wrap: wrap; align-items: flex-start; gap: 1em 2em">` +
    `${tables.join("")}</div>`;
  return (hasOneShape ? paragraph(escapeHtml(differenceText(difference))) : "") + row;
}

/** Yours minus expected; its colors say what is wrong. */
function gapOf(expected: Grid, yours: Grid): Grid {
  const cells = yours.cells.map((row, r) => row.map((v, c) => minus(v, expected.cells[r]![c]!)));
  return { cells, wrong: expected.wrong };
}

/** Equal infinities differ by nothing. */
const minus = (a: number, b: number): number => (Object.is(a, b) || a === b ? 0 : a - b);
