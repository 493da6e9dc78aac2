/**
 * The kinds that are plain HTML: a text, pieces of text, a table, other views below each other, and
 * plotly's charts.
 */
import { element, visible, showWeight, wrapLongWords } from "../parts";
import { joinUnits } from "../typography";
import type { Renderer, View, RenderedView, RenderChild, PageContext } from "../view";
import { isObject, isTexts } from "../json";
import { readChart } from "../chart";
import { draw } from "../render";

const MAX_TEXT_LENGTH = 100_000;

/** `{ view: "text", text }`: a text as it is. */
export const text: Renderer = {
  version: 1,
  draw(host, view) {
    const paragraph = element("p", "course-text");
    const update = ({ text: words }: View) => {
      if (typeof words !== "string") return false;
      paragraph.textContent = words.slice(0, MAX_TEXT_LENGTH);
      return true;
    };
    if (!update(view)) return undefined;
    host.replaceChildren(paragraph);
    return { update, redraw: () => undefined, remove: () => paragraph.remove() };
  },
};

const MAX_TOKENS = 5000;

interface Piece {
  text: string;
  weight?: number;
  title?: string;
}

const isPiece = (value: unknown): value is Piece =>
  isObject(value) &&
  typeof value.text === "string" &&
  (value.weight === undefined || (Number(value.weight) >= 0 && Number(value.weight) <= 1)) &&
  (value.title === undefined || typeof value.title === "string");

/** A weight shows as color and as the thickness of the line below; without, colors take turns. */
function pieceElement({ text, weight, title }: Piece, index: number): HTMLElement {
  const span = element("span", `course-token${index % 2 ? " course-odd" : ""}`, visible(text));
  if (title !== undefined) span.title = title;
  if (weight !== undefined) showWeight(span, weight);
  return span;
}

/** Letters; a longer run of pieces without a space may break anywhere. */
const MAX_WORD_LENGTH = 20;

/** The pieces' numbers in groups that stay on one line: words, each with a space at one end. */
function wordsOf(pieces: Piece[]): number[][] {
  const words: number[][] = [];
  pieces.forEach(({ text }, i) => {
    const isNew = /^\s+\S/.test(text) || /\s$/.test(pieces[i - 1]?.text ?? " ");
    if (isNew) words.push([i]);
    else words.at(-1)!.push(i);
  });
  const lengthOf = (word: number[]) => word.reduce((sum, i) => sum + pieces[i]!.text.length, 0);
  return words.flatMap((word) =>
    lengthOf(word) <= MAX_WORD_LENGTH ? [word] : word.map((i) => [i]),
  );
}

function fillTokens(box: HTMLElement, { pieces }: View): boolean {
  if (!Array.isArray(pieces) || !pieces.every(isPiece)) return false;
  const shown = pieces.slice(0, MAX_TOKENS);
  const words = wordsOf(shown).map((numbers) => {
    const word = element("span", "course-whole");
    word.append(...numbers.map((i) => pieceElement(shown[i]!, i)));
    return word;
  });
  box.replaceChildren(...words.flatMap((word) => [word, document.createElement("wbr")]));
  return true;
}

/** `{ view: "tokens", pieces: [{ text, weight, title }] }`: pieces of text side by side. */
export const tokens: Renderer = {
  version: 1,
  draw(host, view) {
    const box = element("div", "course-tokens");
    if (!fillTokens(box, view)) return undefined;
    host.replaceChildren(box);
    const update = (next: View) => fillTokens(box, next);
    return { update, redraw: () => undefined, remove: () => box.remove() };
  },
};

const MAX_ROWS = 2000;

/** So many letters in a row are a sequence, which not every line can hold. */
const SEQUENCE = /\p{L}{40}/u;

function cell(tag: "th" | "td", text: string, isNumber: boolean): HTMLElement {
  const made = document.createElement(tag);
  if (SEQUENCE.test(text)) made.className = "course-sequence";
  made.textContent = joinUnits(text);
  made.style.textAlign = isNumber ? "right" : "left";
  // screen readers announce headers, so an empty cell must not be one
  if (tag === "th") made.setAttribute("scope", "col");
  return made;
}

function rowOf(tag: "th" | "td", texts: string[], numeric: boolean[]): HTMLElement {
  const row = document.createElement("tr");
  row.append(...texts.map((text, i) => cell(text === "" ? "td" : tag, text, numeric[i] === true)));
  wrapLongWords(row.children);
  return row;
}

function fillTable(table: HTMLTableElement, { head, rows, numeric }: View): boolean {
  if (!isTexts(head) || !Array.isArray(rows) || !rows.every(isTexts)) return false;
  const numbers = Array.isArray(numeric) ? (numeric as boolean[]) : [];
  const top = document.createElement("thead");
  top.append(rowOf("th", head, numbers));
  const body = document.createElement("tbody");
  body.append(...rows.slice(0, MAX_ROWS).map((row) => rowOf("td", row, numbers)));
  table.replaceChildren(top, body);
  return true;
}

/** `{ view: "table", head, rows, numeric }`: a table whose cells are texts. */
export const table: Renderer = {
  version: 1,
  draw(host, view) {
    const table = document.createElement("table");
    if (!fillTable(table, view)) return undefined;
    const box = element("div", "course-table"); // scrolls where the table is wider
    box.tabIndex = 0;
    box.append(table);
    host.replaceChildren(box);
    const update = (next: View) => fillTable(table, next);
    return { update, redraw: () => undefined, remove: () => box.remove() };
  },
};

const MAX_PARTS = 20;

interface Part {
  title: string;
  shows: View;
}

const isPart = (part: unknown): part is Part =>
  isObject(part) &&
  typeof part.title === "string" &&
  isObject(part.shows) &&
  // stacks within stacks could nest without end
  part.shows.view !== "stack";

/** @returns undefined when the data isn't what this kind draws */
export function readParts({ parts }: View): Part[] | undefined {
  if (!Array.isArray(parts) || parts.length === 0 || parts.length > MAX_PARTS) return undefined;
  return parts.every(isPart) ? parts : undefined;
}

interface DrawnPart {
  heading: HTMLElement;
  host: HTMLElement;
  drawn: RenderedView;
}

function drawPart({ title, shows }: Part, page: PageContext, drawView: RenderChild): DrawnPart {
  const host = element("div", "course-part");
  return {
    heading: element("p", "course-part-title", joinUnits(title)),
    host,
    drawn: drawView(host, shows, page),
  };
}

/** `{ view: "stack", parts: [{ title, shows }] }`: views below each other, each under a title. */
export const stack: Renderer = {
  version: 1,
  draw(host, view, page, drawView) {
    let drawnParts: DrawnPart[] = [];
    const fill = (parts: Part[]) => {
      for (const { drawn } of drawnParts) drawn.remove();
      drawnParts = parts.map((part) => drawPart(part, page, drawView));
      host.replaceChildren(...drawnParts.flatMap(({ heading, host }) => [heading, host]));
    };
    const first = readParts(view);
    if (!first) return undefined;
    fill(first);
    const update = (next: View) => {
      const parts = readParts(next);
      if (!parts) return false;
      const fits =
        parts.length === drawnParts.length &&
        parts.every(({ shows }, i) => drawnParts[i]!.drawn.update(shows));
      if (!fits) fill(parts);
      parts.forEach(({ title }, i) => (drawnParts[i]!.heading.textContent = joinUnits(title)));
      return true;
    };
    const remove = () => {
      for (const { drawn } of drawnParts) drawn.remove();
      host.replaceChildren();
    };
    return { update, redraw: () => drawnParts.forEach(({ drawn }) => drawn.redraw()), remove };
  },
};

/** `{ view: "chart", chart: { data, layout, frames } }`: a chart inside a view. */
export const chart: Renderer = {
  version: 1,
  hasCaption: true,
  draw(host, view, page) {
    const first = readChart(view.chart);
    if (!first) return undefined;
    const drawing = draw(page.plotly, host, first, page);
    return {
      update({ chart: json }) {
        const next = readChart(json);
        if (next) drawing.update(next);
        return next !== undefined;
      },
      redraw: drawing.redraw,
      remove: drawing.remove,
    };
  },
};
