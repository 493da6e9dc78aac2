/**
 * Words joined by lines: `{ view: "links", from, to, weights, start }`. Point at a word of `from`
 * and see which words of `to` it reads, and how much; without `to`, the words read each other. The
 * lines are arcs where words read each other, and bands between two rows of words.
 */
import {
  svgElement,
  makeToolbar,
  element,
  pieceButton,
  visible,
  showWeight,
  whenResized,
} from "../parts";
import { isTexts } from "../json";
import { shownColor } from "../shades";
import type { Renderer, View } from "../view";

export interface Links {
  from: string[];
  /** The words that are read, if they differ from `from`. */
  to?: string[];
  /** A row for each word of `from`, with a number from 0 to 1 for each word that it can read. */
  weights: number[][];
  /** The index of the word that is chosen first. */
  start: number;
}

interface LinkElements {
  box: HTMLElement;
  /** The words that read, and below them the words that are read, if they differ. */
  rows: [HTMLElement, HTMLElement];
  lines: HTMLElement;
  buttons: HTMLElement[];
  others: HTMLElement[];
}

/** Pixels reserved for lines, perpendicular to the text. */
const LINES_WIDTH = 120;
/**
 * Lines of words that are not chosen only hint at what the whole looks like. Thin lines fade more on
 * a dark page.
 */
const FAINT_OPACITY = { light: 0.15, dark: 0.34 };
const MIN_FAINT_WEIGHT = 0.3;
const MIN_DRAWN_WEIGHT = 0.02;
/** The chosen word's lines: their color, and the opacity of a weight near zero. */
const COLOR = "#0072b2";
const LOWEST_OPACITY = { light: 0.25, dark: 0.45 };

/** A cubic Bézier curve, in coordinates along and across the words. */
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

/** The curve as an SVG path; if words are stacked, the coordinates are swapped. */
function pathOf(points: Curve, isAcross: boolean): string {
  const coordinates = ([along, across]: [number, number]) => {
    const [x, y] = isAcross ? [along, across] : [across, along];
    return `${x.toFixed(1)} ${y.toFixed(1)}`;
  };
  const [first, ...rest] = points.map(coordinates);
  return `M ${first!} C ${rest.join(", ")}`;
}

/** The center of each word along the text, on scaled pages too. */
function middles(words: HTMLElement[], container: HTMLElement, isAcross: boolean): number[] {
  const lines = container.getBoundingClientRect();
  const scale = isAcross
    ? lines.width / container.offsetWidth
    : lines.height / container.offsetHeight;
  return words.map((word) => {
    const { left, top, width, height } = word.getBoundingClientRect();
    const along = isAcross ? left - lines.left + width / 2 : top - lines.top + height / 2;
    return along / (scale || 1);
  });
}

/** Arranges words side by side if they fit, else below each other. @returns whether they fit */
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
  const color = shownColor(COLOR, dark);
  const theme = dark ? "dark" : "light";
  const lowest = LOWEST_OPACITY[theme];
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
      "stroke-opacity": isChosen
        ? (lowest + (1 - lowest) * weight).toFixed(3)
        : FAINT_OPACITY[theme],
    });
  };
  weights.forEach((row, i) => {
    row.forEach((weight, j) => {
      if (i !== chosen && weight > MIN_FAINT_WEIGHT) svg.append(line(i, j, false));
    });
  });
  weights[chosen]?.forEach((weight, j) => {
    if (weight > MIN_DRAWN_WEIGHT) svg.append(line(chosen, j, true));
  });
  parts.lines.replaceChildren(svg);
}

const MAX_WORDS = 200;
/** The sentence names at most this many of the words that are read. */
const MAX_NAMED_WORDS = 4;
const MIN_NAMED_WEIGHT = 0.01;

/** @returns undefined when the data isn't what this kind draws */
export function readLinks({ from, to, weights, start }: View): Links | undefined {
  if (!isTexts(from) || from.length === 0 || from.length > MAX_WORDS) return undefined;
  if (to !== undefined && (!isTexts(to) || to.length === 0 || to.length > MAX_WORDS)) {
    return undefined;
  }
  const columns = (to ?? from).length;
  const isWeight = (w: unknown) => typeof w === "number" && w >= 0 && w <= 1.0001;
  const isRow = (row: unknown): row is number[] =>
    Array.isArray(row) && row.length === columns && row.every(isWeight);
  if (!Array.isArray(weights) || weights.length !== from.length) return undefined;
  if (!weights.every(isRow)) return undefined;
  const first = typeof start === "number" && from[start] !== undefined ? start : 0;
  return { from, ...(to ? { to } : {}), weights, start: first };
}

/** “it” reads “animal” 0.68, “[CLS]” 0.12. */
export function sentenceOf({ from, to = from, weights }: Links, i: number): string {
  const read = weights[i]!.map((weight, j) => ({ weight, word: to[j]! }))
    .filter(({ weight }) => weight >= MIN_NAMED_WEIGHT)
    .sort((a, b) => b.weight - a.weight)
    .slice(0, MAX_NAMED_WORDS)
    .map(({ weight, word }) => `“${word}” ${weight.toFixed(2)}`);
  return `“${from[i]!}” reads ${read.length > 0 ? read.join(", ") : "nothing"}.`;
}

/** Elements for the words in rows, and for the lines before or between them. */
function linkElements({ from, to }: Links) {
  const box = element("div", "course-links");
  const row = element("div", "course-sentence");
  const buttons = from.map((word) => pieceButton("course-word", word));
  row.setAttribute("role", "toolbar");
  row.setAttribute("aria-label", "Words: choose the one that reads");
  row.append(...buttons);
  const lines = element("div", "course-lines");
  const below = element("div", "course-sentence");
  const others = (to ?? []).map((word) => element("span", "course-word", visible(word)));
  below.append(...others);
  const sentence = element("p", "course-reads");
  sentence.setAttribute("role", "status");
  box.append(...(to ? [row, lines, below] : [lines, row]));
  return { box, row, buttons, lines, below, others, sentence };
}

export const links: Renderer = {
  version: 1,
  draw(host, view, page) {
    let now = readLinks(view);
    if (!now) return undefined;
    let chosen = now.start;
    let repaint: () => void = () => undefined;

    const fill = (data: Links) => {
      const { box, row, buttons, lines, below, others, sentence } = linkElements(data);
      host.replaceChildren(box, sentence);
      const words = {
        box,
        rows: [row, below] as [HTMLElement, HTMLElement],
        lines,
        buttons,
        others,
      };
      repaint = () => paint(words, data, chosen, page.dark());
      const choose = makeToolbar(row, buttons, (i) => {
        chosen = i;
        const read = data.to ? others : buttons;
        read.forEach((word, j) => showWeight(word, data.weights[i]![j]!));
        sentence.textContent = sentenceOf(data, i);
        repaint();
      });
      choose(chosen < data.from.length ? chosen : data.start);
    };
    const update = (next: View) => {
      const data = readLinks(next);
      if (!data) return false;
      const isSame = data.from.join("\n") === now!.from.join("\n");
      if (!isSame) chosen = data.start;
      const hadFocus = isSame && host.contains(document.activeElement);
      now = data;
      fill(data);
      if (hadFocus) host.querySelector<HTMLElement>('[aria-pressed="true"]')?.focus();
      return true;
    };
    fill(now);
    const stop = whenResized(host, () => repaint());
    const remove = () => {
      stop();
      host.replaceChildren();
    };
    return { update, redraw: () => repaint(), remove };
  },
};
