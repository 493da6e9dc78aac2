/** Figures that are text: tables and colored tokens. */
import type { HtmlFigure } from "./figure";
import { columnTexts, wordsText } from "./numbers";
import { expectSome } from "./validate";

export const escapeHtml = (text: string): string =>
  text
    .replace(/&/g, "&amp;")
    .replace(/</g, "&lt;")
    .replace(/>/g, "&gt;")
    .replace(/"/g, "&quot;")
    .replace(/'/g, "&#39;");

type Value = string | number;

const DIGITS = String.raw`(\d{1,3}(,\d{3})+|\d+)(\.\d+)?`;
const POWER = String.raw`(\u00a0×\u00a010[⁻⁰¹²³⁴⁵⁶⁷⁸⁹]+)?`;
const UNIT = String.raw`( ?[^\s\d.,;:!?][^\s\d]{0,5})?`;
/**
 * A number as tables write it, which may have a unit of one word: 0.63, −1, 5 %, 1.05 µs. A text
 * such as "63." or "63,73." isn't one.
 */
const QUANTITY = new RegExp(`^([−+]?${DIGITS}${POWER}|−?Infinity|NaN)${UNIT}$`, "u");

/** Whether a column holds numbers alone, with units or without; a cell may be empty. */
const isNumeric = (texts: string[][], column: number) => {
  const filled = texts.map((row) => row[column]!).filter((text) => text !== "");
  return filled.length > 0 && filled.every((text) => QUANTITY.test(text));
};

/** The decimals of the numbers that a column has as texts, such as 0.010; undefined if they differ. */
function writtenDecimals(values: Value[]): number | undefined {
  const texts = values.filter((v): v is string => typeof v === "string" && v !== "" && v !== "–");
  const decimals = new Set(texts.map((text) => /^[−-]?\d+\.(\d+)$/.exec(text)?.[1]?.length));
  return decimals.size === 1 ? [...decimals][0] : undefined;
}

/** The texts of all cells: numbers of one column are written alike. */
function cellTexts(head: string[], rows: Value[][]): string[][] {
  const columns = head.map((_, column) => {
    const values = rows.map((row) => row[column]!);
    const numbers = values.filter((v): v is number => typeof v === "number");
    const texts = columnTexts(numbers, writtenDecimals(values));
    return values.map((v) => (typeof v === "number" ? texts.shift()! : wordsText(v)));
  });
  return rows.map((_, row) => columns.map((texts) => texts[row]!));
}

/**
 * Letters of one width. JupyterLab drops a variable from the outputs of a notebook that hasn't been
 * run, so the stack that its variable has by default comes first.
 */
const MONOSPACE =
  "font-family: Menlo, Consolas, 'DejaVu Sans Mono', monospace; " +
  "font-family: var(--jp-code-font-family, monospace)";

/** So many letters in a row are a sequence, which not every line can hold. */
const SEQUENCE = /\p{L}{40}/u;
/** So many signs without a space, such as an address, would make a table wider than its column. */
const LONG_WORD = /\S{40}/u;
/** Long words may break anywhere. */
const LONG_WORD_STYLE = "min-width: 12em; overflow-wrap: anywhere";
/** Sequences do, too, with letters of one width so that rows can be compared. */
const SEQUENCE_STYLE = `${LONG_WORD_STYLE}; ${MONOSPACE}`;

/** The style that lets the cells of a column wrap; undefined where they do so by themselves. */
function wrapStyle(rows: Value[][], column: number): string | undefined {
  const texts = rows.map((row) => String(row[column]));
  if (texts.some((text) => SEQUENCE.test(text))) return SEQUENCE_STYLE;
  return texts.some((text) => LONG_WORD.test(text)) ? LONG_WORD_STYLE : undefined;
}

/**
 * A table. Columns of numbers, with units or without, are aligned to the right. Long sequences, such
 * as bases, and other long words, such as addresses, wrap.
 * @throws when the head is empty, a row has more or fewer cells than the head, or a cell is neither a
 *   text nor a number
 */
export function table(head: string[], rows: Value[][]): HtmlFigure {
  expectSome("table", "head", head);
  rows.forEach((row, i) => {
    if (row.length !== head.length) {
      throw new Error(
        `table: expected ${head.length} cells in each row as in the head, got ${row.length} ` +
          `in row ${i}`,
      );
    }
    const other = row.findIndex((value) => typeof value !== "string" && typeof value !== "number");
    if (other >= 0) {
      throw new Error(`table: expected texts and numbers, got ${String(row[other])} in row ${i}`);
    }
  });
  const texts = cellTexts(head, rows);
  const numeric = head.map((_, column) => isNumeric(texts, column));
  const styles = numeric.map(
    (isNumber) => `text-align: ${isNumber ? "right" : "left"}; padding: 0.2em 0.8em`,
  );
  const ofCells = styles.map((style, column) =>
    [style, wrapStyle(rows, column)].filter((part) => part !== undefined).join("; "),
  );
  const cell = (text: string, i: number) => `<td style="${ofCells[i]}">${escapeHtml(text)}</td>`;
  const header = (text: string, i: number) =>
    // a screen reader reads headers aloud, so an empty one is none
    text === "" ? cell("", i) : `<th scope="col" style="${styles[i]}">${escapeHtml(text)}</th>`;

  const heads = head.map(header).join("");
  const body = texts.map((row) => `<tr>${row.map(cell).join("")}</tr>`).join("\n");
  const view = { view: "table", version: 1, head, rows: texts, numeric };
  return { html: `<table><thead><tr>${heads}</tr></thead>\n<tbody>${body}</tbody></table>`, view };
}

interface Piece {
  text: string;
  weight?: number;
  title?: string;
}

/** What print doesn't show: line breaks, tabs, and spaces at an end. */
const visible = (text: string) =>
  text.replace(/\n/g, "⏎").replace(/\t/g, "⇥").replace(/ /g, "\u00a0");

const ORANGE = "rgba(213, 94, 0, 0.12)";
const BLUE = "rgba(0, 114, 178, 0.12)";

/** Background and line of a piece. Without weights, two colors take turns. */
function paint(weight: number | undefined, index: number): { background: string; line: string } {
  if (weight === undefined) {
    return {
      background: index % 2 ? BLUE : ORANGE,
      line: "1px solid rgba(128, 128, 128, 0.6)",
    };
  }
  return {
    background: `rgba(0, 114, 178, ${(weight * 0.45).toFixed(3)})`,
    line: `${Math.round(weight * 5)}px solid #0072b2`,
  };
}

function pieceHtml({ text, weight, title }: Piece, index: number): string {
  const { background, line } = paint(weight, index);
  const hover = title === undefined ? "" : ` title="${escapeHtml(title)}"`;
  return (
    `<span${hover} style="display: inline-block; padding: 0 0.1em; margin: 0 1px 4px 0; ` +
    `background: ${background}; border-bottom: ${line}">${escapeHtml(visible(text))}</span>`
  );
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

/**
 * Pieces of text side by side. A weight, from 0 to 1, sets a piece's color and the thickness of the
 * line below it, for readers who don't see the color. A title shows under the pointer.
 * @throws when there is no piece, or a weight is outside 0 to 1
 */
export function tokens(pieces: Piece[]): HtmlFigure {
  expectSome("tokens", "pieces", pieces);
  pieces.forEach(({ weight = 0 }, i) => {
    if (weight >= 0 && weight <= 1) return;
    throw new Error(`tokens: expected weights from 0 to 1, got ${weight} for piece ${i}`);
  });
  const word = (numbers: number[]) => {
    const inside = numbers.map((i) => pieceHtml(pieces[i]!, i)).join("");
    return `<span style="display: inline-block">${inside}</span>`;
  };
  const spans = wordsOf(pieces).map(word).join("<wbr>");
  return {
    html: `<div style="line-height: 2; ${MONOSPACE}">${spans}</div>`,
    view: { view: "tokens", version: 1, pieces },
  };
}
