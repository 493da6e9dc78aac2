/**
 * What the cells of a solved notebook drew. Outputs come from running code, so they are checked:
 * plots must have the shape of a plotly figure, views are checked by who draws them, HTML is
 * sanitized, and everything else is left out.
 */
import sanitizeHtml from "sanitize-html";
import { joinUnits } from "views/typography";
import { CHART_MIME, VIEW_MIME } from "../mimes.js";

export type Drawing =
  | { kind: "plot"; data: object[]; layout: object; frames: object[] }
  | { kind: "view"; view: object }
  | { kind: "html"; html: string };

/**
 * @param notebook a parsed .ipynb
 * @returns for each cell's id, its drawings in order; cells without any are left out
 */
export function drawings(notebook: unknown): Map<string, Drawing[]> {
  const found = new Map<string, Drawing[]>();
  for (const cell of list(record(notebook).cells).map(record)) {
    const bundles = list(cell.outputs).map((output) => record(record(output).data));
    const drawn = bundles.map(drawingOf).filter((drawing) => drawing !== undefined);
    if (typeof cell.id === "string" && drawn.length > 0) found.set(cell.id, drawn);
  }
  return found;
}

function drawingOf(bundle: Record<string, unknown>): Drawing | undefined {
  if (CHART_MIME in bundle) {
    const { data, layout, frames } = record(bundle[CHART_MIME]);
    return {
      kind: "plot",
      data: list(data).map(record),
      layout: record(layout),
      frames: list(frames).map(record),
    };
  }
  // a view that is a chart has one beside it
  if (VIEW_MIME in bundle) return { kind: "view", view: record(bundle[VIEW_MIME]) };
  const html = bundle["text/html"];
  const text = Array.isArray(html) ? html.join("") : String(html ?? "");
  // show() makes a <figure>; feedback and progress bars are something else
  return text.startsWith("<figure") ? { kind: "html", html: cleanHtml(text) } : undefined;
}

const color = [/^#[0-9a-f]{3,8}$/i, /^(rgb|hsl)a?\([\d.,%\s/]+\)$/i, /^[a-z]+$/i];
const length = [/^[\d.]+(px|em|rem|ch|%)?(\s+[\d.]+(px|em|rem|ch|%)?){0,3}$/];
const word = [/^[a-z-]+$/i];

const tags = [
  ...["div", "span", "p", "br", "wbr", "b", "strong", "i", "em", "code", "pre", "sub", "sup"],
  ...["ul", "ol", "li", "mark", "img"],
  ...["table", "caption", "thead", "tbody", "tfoot", "tr", "th", "td"],
];
const styles = {
  color,
  background: color,
  "background-color": color,
  "text-align": word,
  "font-weight": [/^(\w+)$/],
  "font-style": word,
  // letters of one width, as the page has them
  "font-family": [...word, /^var\(--jp-code-font-family, monospace\)$/],
  "min-width": length,
  "overflow-wrap": word,
  padding: length,
  margin: length,
  "line-height": length,
  "border-bottom": [/^[\d.]+px (solid|dashed|dotted) [#\w(),.\s]+$/],
  "border-radius": length,
  "white-space": word,
  display: [/^(inline|inline-block|block)$/],
};

/**
 * HTML that can only show text, tables, colors and drawings: no scripts, handlers, addresses or positions,
 * and no caption, which the slide has.
 */
export function cleanHtml(html: string): string {
  return sanitizeHtml(html, {
    textFilter: joinUnits,
    nonTextTags: ["script", "style", "textarea", "option", "noscript", "figcaption"],
    allowedTags: tags,
    allowedAttributes: {
      img: ["src", "alt"],
      "*": ["style", "title"],
      th: ["scope", "colspan", "rowspan"],
      td: ["colspan", "rowspan"],
    },
    // a drawing in an address runs nothing and loads nothing
    allowedSchemesByTag: { img: ["data"] },
    exclusiveFilter: ({ tag, attribs }) =>
      tag === "img" && !/^data:image\/svg\+xml;base64,/.test(attribs.src ?? ""),
    allowedStyles: { "*": styles },
  }).trim();
}

function record(value: unknown): Record<string, unknown> {
  return typeof value === "object" && value !== null && !Array.isArray(value)
    ? (value as Record<string, unknown>)
    : {};
}

function list(value: unknown): unknown[] {
  return Array.isArray(value) ? value : [];
}
