/** The lines between words: arcs where words read each other, bands between two rows of words. */
import { svgElement } from "../parts";

export interface Links {
  from: string[];
  /** The words that are read, where they aren't the same. */
  to?: string[];
  /** A row for each word of `from`, a number from 0 to 1 for each that is read. */
  weights: number[][];
  /** The word that is chosen first. */
  start: number;
}

interface LinkElements {
  box: HTMLElement;
  /** The words that read, and below them those that are read, where they are others. */
  rows: [HTMLElement, HTMLElement];
  lines: HTMLElement;
  buttons: HTMLElement[];
  others: HTMLElement[];
}

/** Room for lines, in pixels, across the direction of the text. */
const LINES_WIDTH = 120;
/** Lines of words that are not chosen only hint at what the whole looks like. */
const FAINT_OPACITY = 0.15;
const MIN_DRAWN_WEIGHT = 0.02;
/** The color of the chosen word's lines on a light and on a dark page. */
const COLORS = { light: "#0072b2", dark: "#56b4e9" };

/** A curve from place a to place b, in coordinates along and across the words. */
type Curve = [number, number][];

/** An arc over words of one row; a word that reads itself has a loop. */
function arc(a: number, b: number, length: number): Curve {
  if (a === b) {
    return [
      [a - 5, LINES_WIDTH],
      [a - 16, LINES_WIDTH - 28],
      [a + 16, LINES_WIDTH - 28],
      [a + 5, LINES_WIDTH],
    ];
  }
  const height = 24 + (LINES_WIDTH - 34) * Math.sqrt(Math.abs(a - b) / Math.max(1, length));
  const top = LINES_WIDTH - Math.min(LINES_WIDTH - 6, height) * 1.3;
  return [
    [a, LINES_WIDTH],
    [a, top],
    [b, top],
    [b, LINES_WIDTH],
  ];
}

const band = (a: number, b: number): Curve => [
  [a, 0],
  [a, LINES_WIDTH / 2],
  [b, LINES_WIDTH / 2],
  [b, LINES_WIDTH],
];

/** SVG's path; where words stand below each other, along and across change places. */
function pathOf(points: Curve, isAcross: boolean): string {
  const place = ([along, across]: [number, number]) => {
    const [x, y] = isAcross ? [along, across] : [across, along];
    return `${x.toFixed(1)} ${y.toFixed(1)}`;
  };
  const [first, ...rest] = points.map(place);
  return `M ${first!} C ${rest.join(", ")}`;
}

/** The middle of each word along the text, also on a page that is drawn larger or smaller. */
function middles(words: HTMLElement[], room: HTMLElement, isAcross: boolean): number[] {
  const lines = room.getBoundingClientRect();
  const scale = isAcross ? lines.width / room.offsetWidth : lines.height / room.offsetHeight;
  return words.map((word) => {
    const { left, top, width, height } = word.getBoundingClientRect();
    const along = isAcross ? left - lines.left + width / 2 : top - lines.top + height / 2;
    return along / (scale || 1);
  });
}

/** Words stand beside each other where they fit, else below each other. */
function arrange({ box, rows }: LinkElements): boolean {
  box.classList.add("course-across");
  const fits = rows.every((row) => row.scrollWidth <= row.clientWidth + 1);
  box.classList.toggle("course-across", fits);
  return fits;
}

/** Draws the lines of all words, and those of the chosen one on top of them. */
export function paint(
  parts: LinkElements,
  { weights, to }: Links,
  chosen: number,
  dark: boolean,
): void {
  const color = dark ? COLORS.dark : COLORS.light;
  const isAcross = arrange(parts);
  const { offsetWidth, offsetHeight } = parts.lines;
  const from = middles(parts.buttons, parts.lines, isAcross);
  const read = to ? middles(parts.others, parts.lines, isAcross) : from;
  const length = isAcross ? offsetWidth : offsetHeight;
  const svg = svgElement("svg", {
    width: isAcross ? length : LINES_WIDTH,
    height: isAcross ? LINES_WIDTH : length,
  });
  svg.setAttribute("aria-hidden", "true");
  const line = (i: number, j: number, isChosen: boolean) => {
    const weight = weights[i]![j]!;
    const curve = to ? band(from[i]!, read[j]!) : arc(from[i]!, read[j]!, length);
    return svgElement("path", {
      d: pathOf(curve, isAcross),
      fill: "none",
      stroke: isChosen ? color : "currentColor",
      "stroke-width": (isChosen ? 1 + 7 * weight : 1).toFixed(2),
      "stroke-opacity": isChosen ? (0.25 + 0.75 * weight).toFixed(3) : FAINT_OPACITY,
    });
  };
  weights.forEach((row, i) => {
    row.forEach((weight, j) => {
      if (i !== chosen && weight > 2 * FAINT_OPACITY) svg.append(line(i, j, false));
    });
  });
  weights[chosen]?.forEach((weight, j) => {
    if (weight > MIN_DRAWN_WEIGHT) svg.append(line(chosen, j, true));
  });
  parts.lines.replaceChildren(svg);
}
