/**
 * Markdown as slides and pages show it: math by KaTeX, highlighted code, tables that a screen reader
 * reads well, and no HTML of its own.
 */
import hljs from "highlight.js/lib/core";
import typescript from "highlight.js/lib/languages/typescript";
import Maker, { type MarkdownIt } from "markdown-it";
import { namesWithColor } from "views/letters";
import { joinUnits } from "views/typography";
import type { Notation } from "../lesson/model.js";
import { mathPlugin } from "./math.js";
import { wgsl } from "./wgsl.js";

hljs.registerLanguage("typescript", typescript);
hljs.registerLanguage("wgsl", wgsl);

/** A renderer; whoever asks for one adds rules of their own. */
export function markdownRenderer(): MarkdownIt {
  // of its typographer, the marks of quotations and apostrophes alone
  const md = new Maker({ html: false, linkify: false, typographer: true }).disable("replacements");
  md.use(mathPlugin);
  md.renderer.rules.fence = (tokens, i, _options, env) =>
    codeBlock(tokens[i]!.content, tokens[i]!.info.trim().split(/\s/)[0] ?? "", env as CodeOptions);
  md.renderer.rules.code_block = (tokens, i) => codeBlock(tokens[i]!.content, "");
  md.renderer.rules.text = (tokens, i) => escapeHtml(joinUnits(tokens[i]!.content));
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

/** Quotation marks and apostrophes of plain text, such as a caption, as Markdown's text has them. */
export const typographic = (text: string): string =>
  text
    .replace(/(^|[\s([{–—])"/g, "$1“")
    .replace(/"/g, "”")
    .replace(/(^|[\s([{–—“])'(?=\S)/g, "$1‘")
    .replace(/'/g, "’");

/** How code is shown; Markdown's environment carries the same fields. */
export interface CodeOptions {
  /** The lines that stand out, from 1. */
  marked?: number[];
  /** Letters that have a color of their own. */
  colors?: Notation;
  /** Whether each line is an element, so that one that wraps goes on below its own beginning. */
  wraps?: boolean;
}

/** Fences' words for the languages that are highlighted. */
const LANGUAGES = new Map([
  ...["ts", "typescript", "js", "javascript"].map((word) => [word, "typescript"] as const),
  ["wgsl", "wgsl"],
]);

/** Code, highlighted when it is TypeScript or WGSL. */
export function codeBlock(code: string, language: string, options: CodeOptions = {}): string {
  const { marked = [], colors = {}, wraps = false } = options;
  const text = code.replace(/\s+$/, "");
  const known = LANGUAGES.get(language);
  const colored = known
    ? colorLetters(hljs.highlight(text, { language: known }).value, colors)
    : escapeHtml(text);
  const html = wraps ? lineElements(colored) : colored;
  // wide code scrolls, and the keyboard must reach what scrolls
  const marks = marked.map((line) => `<i class="marked" style="--line:${line}"></i>`).join("");
  return `<pre tabindex="0">${marks}<code>${html}</code></pre>\n`;
}

// Lines of highlighted code as elements

/** How far to the right of its beginning a line goes on, in characters. */
const HANG = 2;
/** Where a line doesn't break: a name, its colon and its type belong together. */
const JOINED = /: tf\./g;

/** @param html what highlight.js has made; what it opens may go over several lines */
function lineElements(html: string): string {
  const open: string[] = [];
  const lines = html.split("\n").map((line) => {
    const before = open.join("");
    for (const [tag] of line.matchAll(/<span[^>]*>|<\/span>/g)) {
      if (tag === "</span>") open.pop();
      else open.push(tag);
    }
    const joined = line.replace(JOINED, '<span class="joined">$&</span>');
    return `${before}${joined}${"</span>".repeat(open.length)}`;
  });
  return lines.map((line, i) => lineElement(i < lines.length - 1 ? `${line}\n` : line)).join("");
}

function lineElement(line: string): string {
  const indent = /^(?:<span[^>]*>)*( *)/.exec(line)![1]!.length;
  const style = indent > 0 ? ` style="--hang:${indent + HANG}ch"` : "";
  return `<span class="line"${style}>${line}</span>`;
}

// Colors of the notation's letters in highlighted code

/** highlight.js closes what it opens, one element in another. */
const PIECE = /<span class="([^"]*)">|<\/span>|[^<]+/g;
const NO_CODE = /^hljs-(comment|string|regexp)$/;
/** A name of one letter; neither a part of a longer one nor of an entity such as `&lt;`. */
const NAME = /(?<![\w$&#])[a-zA-Z](?![\w$])/g;

/** Replaces each run of code outside of comments and strings by what `change` returns. */
function eachCode(html: string, change: (code: string) => string): string {
  const open: string[] = [];
  return html.replace(PIECE, (piece, name: string | undefined) => {
    if (name !== undefined) open.push(name);
    else if (piece === "</span>") open.pop();
    else if (!NO_CODE.test(open.at(-1) ?? "")) return change(piece);
    return piece;
  });
}

/** @param html code that highlight.js has highlighted */
export function colorLetters(html: string, colors: Notation): string {
  const names = new Set<string>();
  eachCode(html, (code) => {
    for (const [name] of code.matchAll(NAME)) names.add(name);
    return code;
  });
  const colored = namesWithColor(names, colors);
  if (colored.size === 0) return html;
  return eachCode(html, (code) =>
    code.replace(NAME, (name) => {
      const color = colored.get(name);
      return color ? `<span class="letter" style="--letter:${color}">${name}</span>` : name;
    }),
  );
}
