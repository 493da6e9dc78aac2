/**
 * Math in Markdown: `$x$` within a line and `$$ … $$` as a display, rendered by KaTeX to HTML and
 * MathML. As in Pandoc, there is no space after an opening dollar or before a closing one, and no
 * digit after a closing one, so that "it costs $5, not $7" stays text.
 */
import katex from "katex";
import type { MarkdownIt, StateBlock, StateInline, Token } from "markdown-it";

/**
 * TeX to HTML and MathML.
 * @throws KaTeX's ParseError for math that it refuses
 */
export function renderMath(tex: string, display: boolean): string {
  return katex.renderToString(tex, {
    displayMode: display,
    output: "htmlAndMathml",
    throwOnError: true,
    strict: "ignore",
  });
}

/** Gives each color of a formula a lighter one for dark pages and slides. */
const forBothThemes = (html: string): string =>
  html.replace(
    /color:(#[0-9a-f]{6})/gi,
    (_, color: string) => `color:light-dark(${color},${lighter(color)})`,
  );

/** Half way to white. */
export function lighter(color: string): string {
  const parts = [1, 3, 5].map((at) => Number.parseInt(color.slice(at, at + 2), 16));
  const light = parts.map((part) => Math.round((part + 255) / 2));
  return `#${light.map((part) => part.toString(16).padStart(2, "0")).join("")}`;
}

/** Letters; a longer formula may break where KaTeX lets it, after a relation or an operator. */
const MAX_UNBROKEN_LENGTH = 16;

/** Math within a line of text: a short formula stays on one line. */
export function renderInlineMath(tex: string): string {
  const html = forBothThemes(renderMath(tex, false));
  const shown = html.slice(html.indexOf('<span class="katex-html"')).replace(/<[^>]*>/g, "");
  const mayBreak = html.split('<span class="katex-base"').length > 2;
  return mayBreak && shown.length <= MAX_UNBROKEN_LENGTH ? together(html) : html;
}

/** Keeps what belongs together on one line. */
const together = (html: string): string => `<span class="together">${html}</span>`;

function inlineMathRule(state: StateInline, silent: boolean): boolean {
  const { src, pos } = state;
  if (src[pos] !== "$") return false;
  const display = src[pos + 1] === "$";
  const found = display ? /\$\$([^$]+?)\$\$/y : /\$(?!\s)((?:\\.|[^$\\])+?)(?<!\s)\$(?!\d)/y;
  found.lastIndex = pos;
  const match = found.exec(src);
  if (!match) return false;
  if (!silent) state.push(display ? "maths_display" : "maths", "", 0).content = match[1]!.trim();
  state.pos += match[0].length;
  return true;
}

function blockMathRule(state: StateBlock, start: number, end: number, silent: boolean): boolean {
  const line = (n: number): string =>
    state.src.slice(state.bMarks[n]! + state.tShift[n]!, state.eMarks[n]);
  if (!line(start).startsWith("$$")) return false;
  let last = start;
  let text = line(start).trim();
  while (!/^\$\$[^]*\$\$$/.test(text) || text === "$$") {
    last++;
    if (last >= end || line(last).trim() === "") return false;
    text += `\n${line(last).trim()}`;
  }
  if (silent) return true;
  const token = state.push("maths_display", "", 0);
  token.block = true;
  token.content = text.slice(2, -2).trim();
  token.map = [start, last + 1];
  state.line = last + 1;
  return true;
}

/** A formula and what ends its sentence stay on one line. */
function keepPunctuation(tokens: Token[]): void {
  tokens.forEach((token, i) => {
    const next = tokens[i + 1];
    if (token.type !== "maths" || next?.type !== "text") return;
    const [mark = ""] = /^[.,;:!?)’”]+/.exec(next.content) ?? [];
    next.content = next.content.slice(mark.length);
    token.meta = { mark };
  });
}

/** What keepPunctuation moved into a formula's token. */
export const markAfter = (meta: unknown): string => (meta as { mark?: string } | null)?.mark ?? "";

function inlineMath({ content, meta }: Token, { escapeHtml }: MarkdownIt["utils"]): string {
  const html = renderInlineMath(content);
  const mark = markAfter(meta);
  return mark === "" ? html : together(html + escapeHtml(mark));
}

/** A markdown-it plugin. */
export function mathPlugin(md: MarkdownIt): void {
  md.core.ruler.push("math-punctuation", ({ tokens }) => {
    for (const { children } of tokens) if (children) keepPunctuation(children);
  });
  md.inline.ruler.after("escape", "maths", inlineMathRule);
  md.block.ruler.before("paragraph", "maths", blockMathRule, {
    alt: ["paragraph", "list", "blockquote"],
  });
  md.renderer.rules.maths = (tokens, i) => inlineMath(tokens[i]!, md.utils);
  md.renderer.rules.maths_display = (tokens, i) =>
    `<div class="formula">${forBothThemes(renderMath(tokens[i]!.content, true))}</div>\n`;
}
