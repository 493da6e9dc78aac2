/**
 * The little HTML that check and progress are made of: JupyterLab's colours where there are any,
 * words and signs beside each colour.
 */
import MarkdownIt from "markdown-it";
import { escapeHtml } from "../figures/html";

type Markdown = InstanceType<typeof MarkdownIt>;

/** JupyterLab sets maths in HTML itself; Markdown must leave it alone. */
function markdownWithMaths(): Markdown {
  const markdown = new MarkdownIt({ html: false });
  markdown.inline.ruler.before("escape", "maths", (state, silent) => {
    const maths = /^\$\$[^$]+\$\$|^\$[^$\s](?:[^$]*[^$\s])?\$/.exec(
      state.src.slice(state.pos),
    )?.[0];
    if (maths === undefined) return false;
    if (!silent) state.push("text", "", 0).content = maths;
    state.pos += maths.length;
    return true;
  });
  return markdown;
}

let markdown: Markdown | undefined;

export const renderMarkdown = (text: string): string =>
  (markdown ??= markdownWithMaths()).render(text);

export const GOOD = "var(--jp-success-color1, #2e7d32)";
export const BAD = "var(--jp-error-color1, #d32f2f)";
export const NEUTRAL = "var(--jp-info-color1, #0072b2)";

export const box = (colour: string, content: string): string =>
  `<div style="border-left: 4px solid ${colour}; padding: 0.1em 1em; font-family: ` +
  "var(--jp-ui-font-family, system-ui, sans-serif); color: " +
  `var(--jp-ui-font-color1, inherit)">${content}</div>`;

export const paragraph = (text: string): string => `<p style="margin: 0.4em 0">${text}</p>`;

export const details = (summary: string, content: string): string =>
  `<details style="margin: 0.4em 0"><summary style="cursor: ` +
  `pointer">${escapeHtml(summary)}</summary><div style="padding-left: ` +
  `1.2em">${content}</div></details>`;

/** Points with at most one decimal. */
export const points = (n: number): string => String(Math.round(n * 10) / 10);

export interface Bar {
  label: string;
  earned: number;
  of: number;
  note?: string;
}

/** Bars under each other, with their numbers in words. */
export const bars = (list: Bar[]): string =>
  `<table style="margin: 0.4em ` +
  `0">${list.map(({ label, earned, of, note }) => `<tr><th scope="row" style="text-align: left; font-weight: normal">${escapeHtml(label)}</th><td><progress value="${earned}" max="${of}" aria-label="${escapeHtml(label)}" style="width: 14em; accent-color: ${NEUTRAL}"></progress></td><td style="text-align: left">${points(earned)} of ${points(of)} points${note ? `, ${escapeHtml(note)}` : ""}</td></tr>`).join("")}</table>`;

const WIDTH = 20;

export const barsText = (list: Bar[]): string =>
  list
    .map(({ label, earned, of, note }) => {
      const full = of > 0 ? Math.round((WIDTH * earned) / of) : 0;
      return (
        `${"█".repeat(full)}${"░".repeat(WIDTH - full)} ${label}: ` +
        `${points(earned)} of ${points(of)} points${note ? `, ${note}` : ""}`
      );
    })
    .join("\n");
