/**
 * A slide's Markdown as blocks: the title, runs of text, and pictures on their own. The layout must
 * tell them apart and know how much room each wants. Their content is HTML already, with math and
 * code rendered.
 */
import type { Token } from "markdown-it";
import { pageDrawing, type DrawingCount } from "../render/drawing.js";
import { codeBlock, escapeHtml, markdownRenderer, type CodeOptions } from "../render/markdown.js";

export type Block =
  | { kind: "title"; html: string; text: string }
  /** wide: a table, a long formula or code, which a narrow column would cut. */
  | { kind: "text"; html: string; words: number; wide: boolean }
  | { kind: "picture"; html: string };

const md = markdownRenderer();
md.renderer.rules.image = (tokens, i, _options, env) => {
  const file = decodeURI(String(tokens[i]!.attrGet("src")));
  const options = env as SlideRenderOptions | undefined;
  const picture = options?.pictures?.get(file);
  if (!picture) throw new Error(`the picture ${file} is missing: put it beside lesson.md`);
  return pictureElement(picture, tokens[i]!.content, options?.inlined ?? { drawings: 0 });
};

/** A picture of a slide: a drawing's text where it is one, and a data URI. */
export interface SlidePicture {
  uri: string;
  svg?: string;
}

/** A drawing as part of the slide, so that its words have the slide's font; others as pictures. */
const pictureElement = ({ uri, svg }: SlidePicture, alt: string, deck: DrawingCount): string =>
  pageDrawing(svg, alt, deck) ?? `<img src="${uri}" alt="${escapeHtml(alt)}">`;

/** What the renderer needs besides a slide's Markdown. */
export interface SlideRenderOptions extends CodeOptions {
  /** Pictures by file name. */
  pictures?: Map<string, SlidePicture>;
  inlined?: DrawingCount;
  /** Whether what stands below its list or table comes up later. */
  asks?: boolean;
}

export { codeBlock, escapeHtml };

/** Markdown to HTML, for speaker notes and other text that needs no layout. */
export function renderMarkdown(markdown: string): string {
  return md.render(markdown);
}

/** Markdown of one line to HTML without a paragraph around it. */
export function renderLine(markdown: string): string {
  return md.renderInline(markdown);
}

/**
 * @param markdown a slide's text; its first heading is the title, others become headings below it
 * @throws for a picture that is missing and for math that KaTeX refuses
 */
export function toBlocks(markdown: string, options: SlideRenderOptions = {}): Block[] {
  const html = (tokens: Token[]) => md.renderer.render(tokens, md.options, { ...options });
  const blocks: Block[] = [];
  const tokens = md.parse(markdown, {});
  if (options.asks) hideAnswer(tokens);
  for (const group of topLevel(tokens)) {
    if (isPictureAlone(group)) {
      blocks.push({ kind: "picture", html: html(group[1]!.children!) });
    } else if (isHeading(group) && !blocks.some((b) => b.kind === "title")) {
      blocks.push({ kind: "title", html: html(group.slice(1, -1)), text: plainText(group) });
    } else {
      if (isHeading(group)) lowerHeading(group);
      const wide = group.some(isWide);
      addText(blocks, { kind: "text", html: html(group), words: countWords(group), wide });
    }
  }
  return blocks;
}

const POINTS_OPEN = new Set(["bullet_list_open", "ordered_list_open", "table_open"]);

/**
 * What is said below a list or a table comes up with one press, all of it at once, so that the
 * audience can answer first; reveal.js calls it a fragment. The list itself is there from the
 * beginning: a point alone under a title says less than its place among the others.
 */
function hideAnswer(tokens: Token[]): void {
  const points = tokens.findIndex(({ type }) => POINTS_OPEN.has(type));
  if (points < 0) return;
  for (const token of tokens.slice(points)) {
    if (token.type !== "paragraph_open" || token.level > 0) continue;
    token.attrJoin("class", "fragment");
    token.attrSet("data-fragment-index", "0");
  }
}

const isHeading = ([open]: Token[]) => open?.type === "heading_open";

/** Makes a heading one below the slide's title. */
function lowerHeading(heading: Token[]): void {
  for (const token of heading) if (token.tag) token.tag = "h3";
}

/** Adds a text block, joined with the text before it. */
export function addText(blocks: Block[], text: Block & { kind: "text" }): void {
  const last = blocks.at(-1);
  if (last?.kind !== "text") {
    blocks.push(text);
    return;
  }
  last.html += text.html;
  last.words += text.words;
  last.wide ||= text.wide;
}

/** Tokens in groups, one for each block at the top level. */
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

/** How many characters fit beside a figure, in a formula and in a line of code. */
const narrow = { formula: 20, code: 24 };

function isWide(token: Token): boolean {
  if (token.type === "table_open") return true;
  if (token.type === "fence" || token.type === "code_block") {
    return token.content.split("\n").some((line) => line.length > narrow.code);
  }
  if (token.type === "maths_display") {
    // about as many characters as KaTeX draws: a command counts as two
    const drawn = token.content.replace(/\\[a-zA-Z]+/g, "mm").replace(/[{}_^\s\\]/g, "");
    return drawn.length > narrow.formula;
  }
  return token.children?.some(isWide) ?? false;
}
