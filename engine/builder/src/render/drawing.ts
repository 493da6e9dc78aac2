/**
 * Drawings in SVG as part of a page, so that their words have the page's font. As pictures of their
 * own they could use only fonts that the reader's machine has.
 */
import { escapeHtml } from "./markdown.js";

/** What a page must not take over from a file. */
const FOREIGN = /<script\b|<foreignObject\b|\son[a-z]+\s*=|href\s*=\s*"(?!#)|@import/i;

/** Counts the drawings that are part of a page, for their ids. */
export interface DrawingCount {
  drawings: number;
}

/** The size that an SVG names, in its own units. */
export function sizeOfSvg(svg: string): { width: number; height: number } | undefined {
  const [, width, height] = /\sviewBox="\S+ \S+ (\S+) (\S+)"/.exec(svg.slice(0, 2000)) ?? [];
  return width === undefined ? undefined : { width: Number(width), height: Number(height) };
}

/**
 * A drawing as part of the page.
 * @param svg the file's text; undefined for other pictures
 * @param alt the words of the text that describe it
 * @returns undefined for what stays a picture: a drawing without words, and what holds more than a
 *   drawing
 */
export function pageDrawing(
  svg: string | undefined,
  alt: string,
  page: DrawingCount,
): string | undefined {
  const drawing = svg && inlineDrawing(svg, alt, `drawing-${page.drawings + 1}`);
  if (drawing) page.drawings += 1;
  return drawing || undefined;
}

/** @param id what the drawing's own ids begin with, once per page */
export function inlineDrawing(svg: string, alt: string, id: string): string | undefined {
  const root = /<svg\b[^>]*>/.exec(svg);
  const end = svg.lastIndexOf("</svg>");
  if (!root || end < 0 || !/<text\b/.test(svg) || FOREIGN.test(svg)) return undefined;
  const inside = withoutPaper(svg.slice(root.index + root[0].length, end), sizeOfSvg(root[0]))
    .replace(/\sid="([^"]+)"/g, ` id="${id}-$1"`)
    .replace(/url\(#([^)]+)\)/g, `url(#${id}-$1)`)
    .replace(/\s((?:xlink:)?href)="#([^"]+)"/g, ` $1="#${id}-$2"`)
    // its rules are for itself alone
    .replace(/<style>([\s\S]*?)<\/style>/g, `<style>#${id} { $1 }</style>`);
  const about = `id="${id}" class="drawing" role="img" aria-label="${escapeHtml(alt)}"`;
  return `<svg ${about}${attributesOf(root[0])}>${inside}</svg>`;
}

const PAPER =
  /<rect(?: x="[^"]*" y="[^"]*")? width="([^"]*)" height="([^"]*)" fill="#fff(?:fff)?"\/>/;

/** Takes away the white under all of a drawing: the page is its paper, and its shadow shows a scroll. */
function withoutPaper(inside: string, size: ReturnType<typeof sizeOfSvg>): string {
  const [paper, width, height] = PAPER.exec(inside) ?? [];
  const isAll = (own: string | undefined, all: number | undefined) =>
    own === "100%" || (all !== undefined && Number(own) === all);
  if (paper === undefined || !isAll(width, size?.width) || !isAll(height, size?.height)) {
    return inside;
  }
  return inside.replace(paper, "");
}

/** Pixels; on a phone a drawing scrolls rather than being smaller. */
const MIN_FONT_SIZE = 10;

/**
 * The attributes of a drawing's outermost element, with the size that its view box names and the
 * least width at which its words are legible.
 */
function attributesOf(root: string): string {
  const kept = [...root.matchAll(/\s([\w:-]+)="([^"]*)"/g)].filter(
    ([, name]) => !/^(xmlns.*|id|class|role|aria-.*|style|font-family)$/.test(name!),
  );
  const names = new Set(kept.map(([, name]) => name));
  const box = sizeOfSvg(root);
  const size = !box || names.has("width") ? "" : ` width="${box.width}" height="${box.height}"`;
  const fontSize = Number(kept.find(([, name]) => name === "font-size")?.[2]);
  const least = (Number(box?.width) * MIN_FONT_SIZE) / fontSize;
  const style = least > 0 ? ` style="--least:${Math.round(least)}px"` : "";
  return kept.map(([attribute]) => attribute).join("") + size + style;
}
