/**
 * What the cells of a solved notebook show on a page. Outputs come from running code, so each is
 * read with care: figures stay data that the views check again, HTML is cleaned, text is text.
 */
import { cleanHtml } from "../slides/outputs.js";
import { CHART_MIME, PICTURE_MIME, VIEW_MIME } from "../mimes.js";

/** What shows where no script runs, and in print while a figure is not drawn. */
export interface Picture {
  png: Buffer;
  width: number;
  height: number;
}
export type Output =
  /** A view or a chart: JSON that the page's script draws. */
  | {
      kind: "figure";
      drawnAs: "view" | "chart";
      json: object;
      caption: string;
      picture?: Picture;
      html?: string;
    }
  | { kind: "html"; html: string; caption: string }
  | { kind: "text"; text: string };

/** By cell id; cells without outputs are left out. */
export type Outputs = Map<string, Output[]>;

/** @param notebook a parsed .ipynb */
export function outputsOf(notebook: unknown): Outputs {
  const found: Outputs = new Map();
  for (const cell of list(record(notebook).cells).map(record)) {
    const outputs = list(cell.outputs).flatMap((output) => outputOf(record(output)) ?? []);
    if (typeof cell.id === "string" && outputs.length > 0) found.set(cell.id, outputs);
  }
  return found;
}

function outputOf(output: Fields): Output | undefined {
  if (output.output_type === "stream") {
    const text = textOf(output.text).trimEnd();
    return text === "" ? undefined : { kind: "text", text };
  }
  const data = record(output.data);
  const caption = captionOf(data);
  const html = figureOf(data);
  const picture = pictureOf(data, record(output.metadata));
  if (VIEW_MIME in data) {
    const json = record(data[VIEW_MIME]);
    return { kind: "figure", drawnAs: "view", json, caption, picture, html };
  }
  if (CHART_MIME in data) {
    const { data: traces, layout, frames } = record(data[CHART_MIME]);
    const json = { data: traces, layout, ...(frames === undefined ? {} : { frames }) };
    return { kind: "figure", drawnAs: "chart", json, caption, picture };
  }
  return html === undefined ? undefined : { kind: "html", html, caption };
}

/** The sentence that course writes beside each figure. */
const captionOf = (data: Fields): string => textOf(data["text/plain"]).replace(/^figure: /, "");

/** A figure in HTML without its caption; bars of progress and feedback are something else. */
function figureOf(data: Fields): string | undefined {
  const html = textOf(data["text/html"]);
  return html.startsWith("<figure") ? withCellClasses(cleanHtml(html)) : undefined;
}

/** Letters; a longer cell may wrap where the table is wider than the column. */
const MAX_UNBROKEN_CELL = 14;
/** A word that no narrow column can hold, such as an address. */
const LONG_WORD = /\S{24}/;

/**
 * Tells the page's styles which cells of a table stay on one line, and which may break anywhere; and
 * which columns have a long name.
 */
function withCellClasses(html: string): string {
  const named = html.replace(/<th([^>]*)>([^<]*)(?=<\/th>)/g, (head, attributes: string, text) =>
    text.length > MAX_UNBROKEN_CELL ? `<th class="long"${attributes}>${text}` : head,
  );
  return named.replace(
    /<td([^>]*)>([^<]*)(?=<\/td>)/g,
    (cell, attributes: string, text: string) => {
      if (LONG_WORD.test(text)) return `<td class="long"${attributes}>${text}`;
      return text.length > MAX_UNBROKEN_CELL ? cell : `<td class="short"${attributes}>${text}`;
    },
  );
}

function pictureOf(data: Fields, metadata: Fields): Picture | undefined {
  const { width, height } = record(metadata[PICTURE_MIME]);
  if (typeof data[PICTURE_MIME] !== "string") return undefined;
  if (typeof width !== "number" || typeof height !== "number") return undefined;
  return { png: Buffer.from(data[PICTURE_MIME], "base64"), width, height };
}

type Fields = Record<string, unknown>;

function record(value: unknown): Fields {
  return typeof value === "object" && value !== null && !Array.isArray(value)
    ? (value as Fields)
    : {};
}

const list = (value: unknown): unknown[] => (Array.isArray(value) ? value : []);

function textOf(value: unknown): string {
  if (Array.isArray(value)) return value.join("");
  return typeof value === "string" ? value : "";
}
