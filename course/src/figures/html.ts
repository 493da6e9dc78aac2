/** Figures that are text: tables and coloured tokens. */
import type { HtmlFigure } from "./figure";
import { expectSome } from "./validate";

export const escapeHtml = (text: string): string =>
  text
    .replace(/&/g, "&amp;")
    .replace(/</g, "&lt;")
    .replace(/>/g, "&gt;")
    .replace(/"/g, "&quot;")
    .replace(/'/g, "&#39;");

/** Whole numbers as they are, others with four digits. */
const cell = (v: string | number) =>
  typeof v === "string" || Number.isInteger(v)
    ? String(v)
    : Number.isFinite(v)
      ? String(Number(v.toPrecision(4)))
      : String(v);

/**
 * A table; numbers stand to the right.
 * @throws when the head is empty or a row has more or fewer cells than it
 */
export function table(head: string[], rows: (string | number)[][]): HtmlFigure {
  expectSome("table", "head", head);
  rows.forEach((row, i) => {
    if (row.length !== head.length) {
      throw new Error(
        `table: expected ${head.length} cells in each row as in the head, got ${row.length} ` +
          `in row ${i}`,
      );
    }
  });
  const right = (column: number) =>
    rows.length > 0 && rows.every((row) => typeof row[column] === "number");
  const style = (column: number) =>
    `style="text-align: ${right(column) ? "right" : "left"}; padding: 0.2em 0.8em"`;
  const heads = head
    .map((h, i) =>
      h === "" ? `<td ${style(i)}></td>` : `<th scope="col" ${style(i)}>${escapeHtml(h)}</th>`,
    )
    .join(""); // a header says something
  const body = rows
    .map(
      (row) =>
        `<tr>${row.map((v, i) => `<td ${style(i)}>${escapeHtml(cell(v))}</td>`).join("")}</tr>`,
    )
    .join("\n");
  return { html: `<table><thead><tr>${heads}</tr></thead>\n<tbody>${body}</tbody></table>` };
}

/** What cannot be seen in print: a line break and a tab. */
const visible = (text: string) =>
  text.replace(/\n/g, "⏎").replace(/\t/g, "⇥").replace(/ /g, "\u00a0");

/**
 * Pieces of text side by side. Weight, from 0 to 1, sets the colour and, for those who do not see
 * it, the thickness of the line below; title shows under the pointer.
 * @throws when there is no piece or a weight lies outside 0 to 1
 */
export function tokens(pieces: { text: string; weight?: number; title?: string }[]): HtmlFigure {
  expectSome("tokens", "pieces", pieces);
  const spans = pieces.map(({ text, weight, title }, i) => {
    if (weight !== undefined && !(weight >= 0 && weight <= 1)) {
      throw new Error(`tokens: expected weights from 0 to 1, got ${weight} for piece ${i}`);
    }
    const w = weight ?? 0;
    const colour =
      weight === undefined
        ? i % 2
          ? "rgba(0, 114, 178, 0.12)"
          : "rgba(213, 94, 0, 0.12)"
        : `rgba(0, 114, 178, ${(w * 0.45).toFixed(3)})`;
    const line =
      weight === undefined
        ? "1px solid rgba(128, 128, 128, 0.6)"
        : `${Math.round(w * 5)}px solid #0072b2`;
    const hover = title === undefined ? "" : ` title="${escapeHtml(title)}"`;
    return (
      `<span${hover} style="display: inline-block; padding: 0 0.1em; margin: 0 1px 4px 0; ` +
      `background: ${colour}; border-bottom: ${line}">${escapeHtml(visible(text))}</span>`
    );
  });
  return {
    html:
      `<div style="line-height: 2; font-family: var(--jp-code-font-family, ` +
      `monospace)">${spans.join("<wbr>")}</div>`,
  };
}
