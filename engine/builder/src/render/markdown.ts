/**
 * Markdown as slides and pages show it: math by KaTeX, highlighted code, tables that a screen reader
 * reads well, and no HTML of its own.
 */
import hljs from "highlight.js/lib/core";
import typescript from "highlight.js/lib/languages/typescript";
import Maker, { type MarkdownIt } from "markdown-it";
import type { Notation } from "../lesson/parseHead.js";
import { mathPlugin } from "../slides/maths.js";
import { colorLetters } from "./letters.js";

hljs.registerLanguage("typescript", typescript);

/** A renderer; whoever asks for one adds rules of their own. */
export function markdownRenderer(): MarkdownIt {
  const md = new Maker({ html: false, linkify: false, typographer: false });
  md.use(mathPlugin);
  md.renderer.rules.fence = (tokens, i, _options, env) =>
    codeBlock(tokens[i]!.content, tokens[i]!.info.trim().split(/\s/)[0] ?? "", env as CodeOptions);
  md.renderer.rules.code_block = (tokens, i) => codeBlock(tokens[i]!.content, "");
  // an empty header becomes an ordinary cell, since a screen reader reads a header before every cell
  // of its column
  md.core.ruler.push("empty-head", ({ tokens }) => {
    tokens.forEach((token, i) => {
      if (token.type !== "th_open" || tokens[i + 1]!.content !== "") return;
      token.tag = "td";
      tokens[i + 2]!.tag = "td"; // its end
    });
  });
  return md;
}

export const { escapeHtml } = new Maker().utils;

/** How code looks; also what Markdown's environment says of its code. */
export interface CodeOptions {
  /** The lines that stand out, from 1. */
  marked?: number[];
  /** Letters that have a color of their own. */
  colors?: Notation;
}

/** Code, highlighted when it is TypeScript. */
export function codeBlock(code: string, language: string, look: CodeOptions = {}): string {
  const { marked = [], colors = {} } = look;
  const text = code.replace(/\s+$/, "");
  const isTypeScript = ["ts", "typescript", "js", "javascript"].includes(language);
  const html = isTypeScript
    ? colorLetters(hljs.highlight(text, { language: "typescript" }).value, colors)
    : escapeHtml(text);
  // code wider than its place scrolls, and what scrolls must be reachable by keyboard
  const marks = marked.map((line) => `<i class="marked" style="--line:${line}"></i>`).join("");
  return `<pre tabindex="0">${marks}<code>${html}</code></pre>\n`;
}
