/**
 * A lesson's Markdown as HTML of a page: headings with anchors, links to other pages, formulas in
 * colors that are readable in the dark theme too, and the words that search finds.
 */
import type { MarkdownIt, StateBlock, Token } from "markdown-it";
import type { Notation } from "../lesson/model.js";
import { pageDrawing, type DrawingCount } from "../render/drawing.js";
import { escapeHtml, markdownRenderer } from "../render/markdown.js";
import { markAfter } from "../render/math.js";
import { breakDisplay, breakInline } from "../render/mathLines.js";
import { mathToText } from "../render/mathText.js";

export interface Heading {
  id: string;
  level: number;
  /** HTML. */
  html: string;
  text: string;
}

/** A picture of the lesson's folder. */
export interface PagePicture {
  src: string;
  width?: number;
  height?: number;
  /** A drawing's own text, in SVG. */
  svg?: string;
}

/** The page that is being rendered, and what its texts have added so far. */
export interface PageContext extends DrawingCount {
  /** The page's file name. */
  file: string;
  pictures: Map<string, PagePicture>;
  /** Names that the page's anchors have. */
  anchors: Set<string>;
  /** What has come so far, for the table of contents and for search. */
  headings: Heading[];
  texts: Map<string, string>;
  /** Letters that have a color of their own, in code too. */
  colors: Notation;
  /** Long lines of code wrap on phones. */
  wraps: true;
}

export const newPageContext = (
  file: string,
  pictures = new Map<string, PagePicture>(),
  colors: Notation = {},
): PageContext => ({
  file,
  pictures,
  colors,
  wraps: true,
  drawings: 0,
  anchors: new Set(),
  headings: [],
  texts: new Map(),
});

/** Markdown to HTML. Headings and words are added to the page. */
export function renderText(markdown: string, page: PageContext): string {
  return md.render(markdown, { page, colors: page.colors, wraps: page.wraps });
}

/** Markdown of one line, without a paragraph around it. */
export function renderPhrase(markdown: string, page: PageContext): string {
  return md.renderInline(markdown, { page });
}

/** A name for an anchor that is still free on the page. */
export function anchorFor(text: string, { anchors }: PageContext): string {
  const words = text.toLowerCase().normalize("NFKD");
  const slug = words.replace(/[^a-z0-9]+/g, "-").replace(/^-+|-+$/g, "") || "part";
  let name = slug;
  for (let n = 2; anchors.has(name); n++) name = `${slug}-${n}`;
  anchors.add(name);
  return name;
}

/** Adds a heading, and has search read what follows under it. */
export function addHeading(heading: Heading, page: PageContext): void {
  page.headings.push(heading);
  page.texts.set(heading.id, "");
}

/** Words that search finds under the last heading. */
function addWords(words: string, { headings, texts }: PageContext): void {
  const at = headings.at(-1)?.id ?? "";
  texts.set(at, `${texts.get(at) ?? ""} ${words}`.trim());
}

const pageOf = (env: unknown): PageContext => (env as { page: PageContext }).page;

/** The words of tokens, with what `ofFormula` makes of the formulas within a line. */
function wordsOf(tokens: Token[], ofFormula = mathToText): string {
  const words = tokens.map(({ type, content, children, meta }) => {
    if (children) return wordsOf(children, ofFormula);
    if (type === "softbreak" || type === "hardbreak") return " ";
    if (type === "maths") return ofFormula(content) + markAfter(meta);
    return ["text", "code_inline", "fence"].includes(type) ? content : "";
  });
  return words.join("").replace(/\s+/g, " ").trim();
}

/** Gives headings their anchors, and search its words. */
function readTokens(tokens: Token[], page: PageContext): void {
  tokens.forEach((token, i) => {
    if (token.type === "heading_open") {
      const inline = tokens[i + 1]!;
      const parts = inline.children ?? [];
      const text = wordsOf(parts);
      const withoutFormulas = wordsOf(parts, () => "");
      const id = anchorFor(withoutFormulas, page);
      token.attrSet("id", id);
      token.attrSet("tabindex", "-1");
      const html = md.renderer.render(parts, md.options, { page });
      addHeading({ id, level: Number(token.tag.slice(1)), html, text }, page);
    } else if (token.type === "inline" && tokens[i - 1]?.type !== "heading_open") {
      addWords(wordsOf([token]), page);
    }
  });
}

/**
 * The address that a link of a notebook has on the site; undefined where it leads out of it to a
 * file that only the course's folder has.
 */
export function addressOf(href: string): string | undefined {
  if (/^(https?:|mailto:)/.test(href)) return href;
  const [, path = "", written = ""] = /^([^#]*)(#.*)?$/.exec(href) ?? [];
  const fragment = written.toLowerCase();
  if (path === "") return fragment;
  if (/^[\w-]+\.ipynb$/.test(path)) return path.replace(/ipynb$/, "html") + fragment;
  if (path === "README.md") return `index.html${fragment}`;
  if (/^[\w-]+\.md$/.test(path)) return path.replace(/md$/, "html") + fragment;
  return undefined;
}

/** Links that lead nowhere become text. */
function rewriteLinks(tokens: Token[]): Token[] {
  const open: boolean[] = [];
  return tokens.filter((token) => {
    if (token.type === "link_close") return open.pop();
    if (token.type !== "link_open") return true;
    const address = addressOf(decodeURI(String(token.attrGet("href"))));
    if (address !== undefined) token.attrSet("href", encodeURI(address));
    open.push(address !== undefined);
    return address !== undefined;
  });
}

/** What the builder folds in Markdown: two lines of HTML that nothing else may write. */
function folds(state: StateBlock, start: number, _end: number, silent: boolean): boolean {
  const from = state.bMarks[start]! + state.tShift[start]!;
  const line = state.src.slice(from, state.eMarks[start]);
  const [, summary] = /^<details><summary>([^<]*)<\/summary>$/.exec(line) ?? [];
  if (summary === undefined && line !== "</details>") return false;
  if (silent) return true;
  const token = state.push("fold", "", 0);
  const opens = `<details><summary>${escapeHtml(summary ?? "")}</summary>`;
  token.content = summary === undefined ? "</details>" : opens;
  state.line = start + 1;
  return true;
}

function sizeOf({ width, height }: PagePicture): string {
  return width !== undefined && height !== undefined ? ` width="${width}" height="${height}"` : "";
}

/** A drawing as part of the page, so that its words have the page's font; others as pictures. */
function pictureElement(picture: PagePicture, alt: string, page: PageContext): string {
  const drawing = pageDrawing(picture.svg, alt, page);
  if (drawing !== undefined) return drawing;
  const src = escapeHtml(picture.src);
  return `<img src="${src}" alt="${escapeHtml(alt)}"${sizeOf(picture)} loading="lazy">`;
}

/** Shorter code stays on one line, also where it has a hyphen or a slash; with spaces, less does. */
const MAX_UNBROKEN_WORD = 20;
const MAX_UNBROKEN_CODE = 14;

function inlineCode(code: string): string {
  const isShort = code.length <= (code.includes(" ") ? MAX_UNBROKEN_CODE : MAX_UNBROKEN_WORD);
  return `<code${isShort ? ' class="together"' : ""}>${escapeHtml(code)}</code>`;
}

function renderer(): MarkdownIt {
  const made = markdownRenderer();
  const { rules } = made.renderer;
  made.block.ruler.before("paragraph", "fold", folds, { alt: ["paragraph"] });
  rules.fold = (tokens, i) => `${tokens[i]!.content}\n`;
  const { maths, maths_display: display } = rules;
  rules.maths = (...asked) => breakInline(maths!(...asked));
  rules.maths_display = (...asked) => breakDisplay(display!(...asked));
  rules.code_inline = (tokens, i) => inlineCode(tokens[i]!.content);
  rules.table_open = () => '<div class="wide"><table>\n';
  rules.table_close = () => "</table></div>\n";
  rules.image = (tokens, i, _options, env) => {
    const name = decodeURI(String(tokens[i]!.attrGet("src")));
    const picture = pageOf(env).pictures.get(name);
    if (!picture) throw new Error(`the picture ${name} is missing: put it beside lesson.md`);
    return pictureElement(picture, tokens[i]!.content, pageOf(env));
  };
  made.core.ruler.push("page", (state) => {
    for (const token of state.tokens) {
      if (!token.children) continue;
      token.children = rewriteLinks(token.children);
    }
    if (!state.inlineMode) readTokens(state.tokens, pageOf(state.env));
  });
  return made;
}

const md = renderer();
