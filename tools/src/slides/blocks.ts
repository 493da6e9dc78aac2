/**
 * A slide's Markdown as blocks: the title, runs of text, and pictures that stand alone. The layout
 * needs to know them apart, and how much room each wants; everything in them is HTML already, with
 * maths and code rendered ahead.
 */
import hljs from "highlight.js/lib/core";
import typescript from "highlight.js/lib/languages/typescript";
import MarkdownIt, { type Token } from "markdown-it";
import { maths } from "./maths.js";

export type Block =
  | { kind: "title"; html: string; text: string }
  /** `wide`: a table, a long formula or code, which a narrow column would cut. */
  | { kind: "text"; html: string; words: number; wide: boolean }
  | { kind: "picture"; html: string };

hljs.registerLanguage("typescript", typescript);

const md = new MarkdownIt({ html: false, linkify: false, typographer: false });
md.use(maths);
const { escapeHtml } = md.utils;
md.renderer.rules.fence = (tokens, i) =>
  codeBlock(tokens[i]!.content, tokens[i]!.info.trim().split(/\s/)[0] ?? "");
md.renderer.rules.code_block = (tokens, i) => codeBlock(tokens[i]!.content, "");
// a header that says nothing is an ordinary cell: a screen reader would read it out before every
// cell of its column
md.core.ruler.push("empty-head", ({ tokens }) => {
  tokens.forEach((token, i) => {
    if (token.type === "th_open" && tokens[i + 1]!.content === "") {
      token.tag = tokens[i + 2]!.tag = "td";
    }
  });
});
md.renderer.rules.image = (tokens, i, _options, env) => {
  const file = decodeURI(String(tokens[i]!.attrGet("src")));
  const uri = (env as Pictures | undefined)?.pictures.get(file);
  if (uri === undefined) throw new Error(`the picture ${file} is missing: put it beside lesson.md`);
  return `<img src="${uri}" alt="${escapeHtml(tokens[i]!.content)}">`;
};

interface Pictures {
  pictures: Map<string, string>;
}

export { escapeHtml };

/** Code, highlighted when it is TypeScript. */
export function codeBlock(code: string, language: string): string {
  const text = code.replace(/\s+$/, "");
  const isTypeScript = ["ts", "typescript", "js", "javascript"].includes(language);
  const html = isTypeScript
    ? hljs.highlight(text, { language: "typescript" }).value
    : escapeHtml(text);
  // code that is wider than the slide scrolls, and what scrolls must be reachable by keyboard
  return `<pre tabindex="0"><code>${html}</code></pre>\n`;
}

/** Markdown to HTML, for speaker notes and other text that is laid out as it stands. */
export function renderMarkdown(markdown: string): string {
  return md.render(markdown);
}

/** Markdown of one line to HTML without a paragraph around it. */
export function renderLine(markdown: string): string {
  return md.renderInline(markdown);
}

/**
 * @param markdown a slide's text; its first heading is the title, others become headings below it
 * @param pictures data URIs by file name
 * @throws for a picture that is not there and for maths that KaTeX refuses
 */
export function toBlocks(markdown: string, pictures: Map<string, string> = new Map()): Block[] {
  const renderTokens = (tokens: Token[]): string =>
    md.renderer.render(tokens, md.options, { pictures });
  const blocks: Block[] = [];
  for (const group of topLevel(md.parse(markdown, {}))) {
    if (isPictureAlone(group)) {
      blocks.push({ kind: "picture", html: renderTokens(group[1]!.children!) });
    } else if (group[0]!.type === "heading_open" && !blocks.some((b) => b.kind === "title")) {
      blocks.push({
        kind: "title",
        html: renderTokens(group.slice(1, -1)),
        text: plainText(group),
      });
    } else {
      if (group[0]!.type === "heading_open") {
        for (const token of group) if (token.tag) token.tag = "h3";
      }
      addText(blocks, {
        kind: "text",
        html: renderTokens(group),
        words: countWords(group),
        wide: group.some(isWide),
      });
    }
  }
  return blocks;
}

/** Adds a text block, joined with the text before it. */
export function addText(blocks: Block[], text: Block & { kind: "text" }): void {
  const last = blocks.at(-1);
  if (last?.kind !== "text") blocks.push(text);
  else {
    Object.assign(last, {
      html: last.html + text.html,
      words: last.words + text.words,
      wide: last.wide || text.wide,
    });
  }
}

/** Tokens in groups: each block at the top level with what is inside it. */
function topLevel(tokens: Token[]): Token[][] {
  const groups: Token[][] = [];
  let depth = 0;
  for (const token of tokens) {
    if (depth === 0) groups.push([]);
    groups.at(-1)!.push(token);
    depth += token.nesting;
  }
  return groups;
}

function isPictureAlone([open, inline]: Token[]): boolean {
  return (
    open?.type === "paragraph_open" &&
    inline?.children?.length === 1 &&
    inline.children[0]!.type === "image"
  );
}

function plainText(tokens: Token[]): string {
  return tokens.map((t) => (t.children ? plainText(t.children) : t.content)).join("");
}

function countWords(tokens: Token[]): number {
  return plainText(tokens).split(/\s+/).filter(Boolean).length;
}

/** Characters that half a slide has room for, in a formula and in a line of code. */
const narrow = { formula: 26, code: 40 };

function isWide(token: Token): boolean {
  if (token.type === "table_open") return true;
  if (token.type === "fence" || token.type === "code_block") {
    return token.content.split("\n").some((line) => line.length > narrow.code);
  }
  // what KaTeX draws is a better measure than the TeX; two characters stand for a command
  if (token.type === "maths_display") {
    return (
      token.content.replace(/\\[a-zA-Z]+/g, "mm").replace(/[{}_^\s\\]/g, "").length > narrow.formula
    );
  }
  return token.children?.some(isWide) ?? false;
}
