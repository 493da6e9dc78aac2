/**
 * The small pieces of HTML that check and progress are made of. They use JupyterLab's colors where
 * there are any, and words or signs beside each color.
 */
import MarkdownIt from "markdown-it";
import { escapeHtml } from "../figures/html";

type Markdown = InstanceType<typeof MarkdownIt>;

const MATH = /^\$\$[^$]+\$\$|^\$[^$\s](?:[^$]*[^$\s])?\$/;

/** JupyterLab typesets math in HTML itself, so Markdown must leave it alone. */
function createMarkdown(): Markdown {
  const markdown = new MarkdownIt({ html: false });
  markdown.inline.ruler.before("escape", "maths", (state, silent) => {
    const maths = MATH.exec(state.src.slice(state.pos))?.[0];
    if (maths === undefined) return false;
    if (!silent) state.push("text", "", 0).content = maths;
    state.pos += maths.length;
    return true;
  });
  return markdown;
}

let markdown: Markdown | undefined;

export function renderMarkdown(text: string): string {
  markdown ??= createMarkdown();
  return markdown.render(text);
}

/**
 * What is code in a sentence: text between backticks, calls of tfjs, names in camelCase, names that
 * get a value or are missing, and the line that throws.
 */
const CODE =
  /`([^`]+)`|(?<=throws it: )(.+)$|\b(tf\.[\w.]+(?:\(\(\) => …\))?|[a-z]{2,}\d*[A-Z][a-z]\w*|[\w$]+(?= = | is not (?:defined|a function)))/g;

/** A sentence with what is code in it in code type. @param names further names that are code */
export function withCode(sentence: string, names: readonly string[] = []): string {
  const code = (text: string) => `<code>${escapeHtml(text)}</code>`;
  const known = new Set(names);
  const plain = (text: string) =>
    text
      .split(/([\w$]+)/)
      .map((word) => (known.has(word) ? code(word) : escapeHtml(word)))
      .join("");
  let html = "";
  let end = 0;
  for (const { 0: whole, 1: quoted, index } of sentence.matchAll(CODE)) {
    html += plain(sentence.slice(end, index)) + code(quoted ?? whole);
    end = index + whole.length;
  }
  return html + plain(sentence.slice(end));
}

export const SUCCESS_COLOR = "var(--jp-success-color1, #2e7d32)";
export const ERROR_COLOR = "var(--jp-error-color1, #d32f2f)";
export const INFO_COLOR = "var(--jp-info-color1, #0072b2)";
/** Points earned, in the color that they have in the side panel and on the home page. */
const POINTS_COLOR = "#1e8e5a";

const FONT = "var(--jp-ui-font-family, system-ui, sans-serif)";
const TEXT_COLOR = "var(--jp-ui-font-color1, inherit)";

/**
 * Content with a colored edge on its left.
 * @param className by which the lab's extension knows it; default none
 */
export function box(color: string, content: string, className?: string): string {
  const attribute = className === undefined ? "" : ` class="${className}"`;
  return (
    `<div${attribute} style="border-left: 4px solid ${color}; padding: 0.1em 1em; ` +
    `font-family: ${FONT}; color: ${TEXT_COLOR}">${content}</div>`
  );
}

export const paragraph = (html: string): string => `<p style="margin: 0.4em 0">${html}</p>`;

/** Content that opens on a click. */
export const details = (summary: string, content: string): string =>
  `<details style="margin: 0.4em 0">` +
  `<summary style="cursor: pointer">${escapeHtml(summary)}</summary>` +
  `<div style="padding-left: 1.2em">${content}</div></details>`;

/** Points with at most one decimal. */
export const formatPoints = (n: number): string => String(Math.round(n * 10) / 10);

/** "1 case", "2 cases". */
export const plural = (n: number, one: string): string => `${n} ${one}${n === 1 ? "" : "s"}`;

/** "2.5 of 3 points", "1 of 1 point". */
export const formatScore = (points: number, maxPoints: number): string =>
  `${formatPoints(points)} of ${formatPoints(maxPoints)} ${maxPoints === 1 ? "point" : "points"}`;

export interface Bar {
  label: string;
  points: number;
  /** 0 where there is nothing to earn here; then only the label and the note are shown. */
  maxPoints: number;
  note?: string;
}

function barLabel({ points: earned, maxPoints: of, note }: Bar): string {
  const score = of > 0 ? [formatScore(earned, of)] : [];
  return [...score, ...(note ? [note] : [])].join(", ");
}

function progressElement({ label, points: earned, maxPoints: of }: Bar): string {
  if (of === 0) return "";
  const name = `aria-label="${escapeHtml(label)}"`;
  const style = `style="width: 9em; accent-color: ${POINTS_COLOR}"`;
  return `<progress value="${earned}" max="${of}" ${name} ${style}></progress>`;
}

const row = (bar: Bar): string =>
  `<tr style="background: none">` +
  `<th scope="row" style="text-align: left; font-weight: normal">${escapeHtml(bar.label)}</th>` +
  `<td>${progressElement(bar)}</td>` +
  `<td style="text-align: left">${escapeHtml(barLabel(bar))}</td>` +
  `</tr>`;

/** Bars one below the other, each with its numbers in words. */
export const bars = (list: Bar[]): string =>
  `<table style="margin: 0.4em 0">${list.map(row).join("")}</table>`;

const BAR_WIDTH = 20;

function barText(bar: Bar): string {
  const { label, points: earned, maxPoints: of } = bar;
  const full = of > 0 ? Math.round((BAR_WIDTH * earned) / of) : 0;
  const drawn = of > 0 ? "█".repeat(full) + "░".repeat(BAR_WIDTH - full) : " ".repeat(BAR_WIDTH);
  return `${drawn} ${label}: ${barLabel(bar)}`;
}

export const barsText = (list: Bar[]): string => list.map(barText).join("\n");
