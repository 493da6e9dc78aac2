/**
 * The small pieces of HTML that check and progress are made of. They use JupyterLab's colors where
 * there are any, and words or signs beside each color.
 */
import MarkdownIt from "markdown-it";
import { escapeHtml } from "../figures/html";

type Markdown = InstanceType<typeof MarkdownIt>;

const MATHS = /^\$\$[^$]+\$\$|^\$[^$\s](?:[^$]*[^$\s])?\$/;

/** JupyterLab typesets math in HTML itself, so Markdown must leave it alone. */
function markdownWithMaths(): Markdown {
  const markdown = new MarkdownIt({ html: false });
  markdown.inline.ruler.before("escape", "maths", (state, silent) => {
    const maths = MATHS.exec(state.src.slice(state.pos))?.[0];
    if (maths === undefined) return false;
    if (!silent) state.push("text", "", 0).content = maths;
    state.pos += maths.length;
    return true;
  });
  return markdown;
}

let markdown: Markdown | undefined;

export function renderMarkdown(text: string): string {
  markdown ??= markdownWithMaths();
  return markdown.render(text);
}

export const GOOD = "var(--jp-success-color1, #2e7d32)";
export const BAD = "var(--jp-error-color1, #d32f2f)";
export const NEUTRAL = "var(--jp-info-color1, #0072b2)";

const FONT = "var(--jp-ui-font-family, system-ui, sans-serif)";
const INK = "var(--jp-ui-font-color1, inherit)";

/** Content with a colored edge on its left. */
export const box = (color: string, content: string): string =>
  `<div style="border-left: 4px solid ${color}; padding: 0.1em 1em; ` +
  `font-family: ${FONT}; color: ${INK}">${content}</div>`;

export const paragraph = (html: string): string => `<p style="margin: 0.4em 0">${html}</p>`;

/** Content that opens on a click. */
export const details = (summary: string, content: string): string =>
  `<details style="margin: 0.4em 0">` +
  `<summary style="cursor: pointer">${escapeHtml(summary)}</summary>` +
  `<div style="padding-left: 1.2em">${content}</div></details>`;

/** Points with at most one decimal. */
export const points = (n: number): string => String(Math.round(n * 10) / 10);

export interface Bar {
  label: string;
  earned: number;
  /** 0 where there is nothing to earn here; then only the label and the note are shown. */
  of: number;
  note?: string;
}

function words({ earned, of, note }: Bar): string {
  const score = of > 0 ? [`${points(earned)} of ${points(of)} points`] : [];
  return [...score, ...(note ? [note] : [])].join(", ");
}

function progressElement({ label, earned, of }: Bar): string {
  if (of === 0) return "";
  const name = `aria-label="${escapeHtml(label)}"`;
  const style = `style="width: 14em; accent-color: ${NEUTRAL}"`;
  return `<progress value="${earned}" max="${of}" ${name} ${style}></progress>`;
}

const row = (bar: Bar): string =>
  `<tr>` +
  `<th scope="row" style="text-align: left; font-weight: normal">${escapeHtml(bar.label)}</th>` +
  `<td>${progressElement(bar)}</td>` +
  `<td style="text-align: left">${escapeHtml(words(bar))}</td>` +
  `</tr>`;

/** Bars one below the other, each with its numbers in words. */
export const bars = (list: Bar[]): string =>
  `<table style="margin: 0.4em 0">${list.map(row).join("")}</table>`;

const WIDTH = 20;

function barText(bar: Bar): string {
  const { label, earned, of } = bar;
  const full = of > 0 ? Math.round((WIDTH * earned) / of) : 0;
  const drawn = of > 0 ? "█".repeat(full) + "░".repeat(WIDTH - full) : " ".repeat(WIDTH);
  return `${drawn} ${label}: ${words(bar)}`;
}

export const barsText = (list: Bar[]): string => list.map(barText).join("\n");
