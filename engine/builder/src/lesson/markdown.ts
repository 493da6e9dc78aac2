/**
 * Splits a lesson's Markdown into blocks with their lines, and checks texts: math, HTML, dollars,
 * pictures and links. Renders nothing.
 */
import MarkdownIt, { type Env, type Token } from "markdown-it";
import container from "markdown-it-container";
import { mathPlugin, renderMath } from "../render/math.js";
import type { ReportProblem } from "./parseContext.js";

const md = new MarkdownIt({ html: true }); // HTML becomes tokens of its own, which checkText reports
md.use(mathPlugin);
// accepts every name; parse.ts reports unknown ones
md.use(container as never, "block", { validate: (params: string) => params.trim() !== "" });
md.core.ruler.disable("text_join"); // keeps \$ apart from $

/** A paragraph, list, heading, fence, … or a `:::` block, whose inner blocks are `inner`. */
export interface Block {
  type: "text" | "heading" | "fence" | "container" | "comment" | "figure";
  /** First line, from 0, and the one after the last. */
  from: number;
  to: number;
  /** What follows the colons or the fence's marks. */
  info: string;
  /** A fence's code, a heading's text, a figure's caption. */
  content: string;
  /** A figure's cell. */
  target: string;
  inner: Block[];
  tokens: Token[];
}

/** @param text the whole file, its head blanked out */
export function blocksOf(text: string, report: ReportProblem): Block[] {
  const env: Env = {};
  const tokens = md.parse(text, env);
  const lines = text.split("\n");
  for (const label of Object.keys(env.references ?? {})) {
    const line = lines.findIndex((l) => l.trimStart().toUpperCase().startsWith(`[${label}]:`)) + 1;
    report(
      line || 1,
      `the link [${label}] is defined apart from its text, and a notebook's cells cannot see ` +
        "it: write [text](address)",
    );
  }
  return groupTokens(tokens, { lines, end: lines.length, report });
}

/** What contains the blocks: the file, or an outer block. */
interface BlockContext {
  lines: string[];
  /** The line, from 0, at which it ends. */
  end: number;
  outer?: Block;
  report: ReportProblem;
}

function groupTokens(tokens: Token[], around: BlockContext): Block[] {
  const blocks: Block[] = [];
  for (let i = 0; i < tokens.length;) {
    const end = endOfBlock(tokens, i);
    blocks.push(blockOf(tokens.slice(i, end), around));
    i = end;
  }
  return blocks;
}

/** The index after the last token of the block that begins at `start`. */
function endOfBlock(tokens: Token[], start: number): number {
  const first = tokens[start]!;
  let last = start;
  if (first.nesting === 1) {
    while (tokens[last]!.nesting !== -1 || tokens[last]!.level !== first.level) last++;
  }
  return last + 1;
}

function blockOf(tokens: Token[], around: BlockContext): Block {
  const first = tokens[0]!;
  const [from, to] = first.map!;
  const block: Block = {
    type: "text",
    from,
    to,
    info: first.info.trim(),
    content: first.content,
    target: "",
    inner: [],
    tokens,
  };
  if (first.type === "container_block_open") {
    block.type = "container";
    checkContainer(block, around);
    block.inner = groupTokens(tokens.slice(1, -1), { ...around, end: to, outer: block });
  } else if (first.type === "fence") {
    block.type = "fence";
    checkFence(first, around.lines, around.report);
  } else if (first.type === "heading_open") {
    block.type = "heading";
    block.content = tokens[1]!.content;
  } else if (first.type === "html_block" && /^\s*<!--[^]*?-->\s*$/.test(first.content)) {
    block.type = "comment";
  } else if (first.type === "paragraph_open") {
    markFigure(block);
  }
  return block;
}

const nameOf = (block: Block) => block.info.split(/\s/)[0];
const colonsOf = (block: Block) => block.tokens[0]!.markup;

function checkContainer(block: Block, { lines, end, outer, report }: BlockContext): void {
  const colons = colonsOf(block);
  if (outer && colons.length >= colonsOf(outer).length) {
    report(
      outer.from + 1,
      `the block ${nameOf(outer)} is not closed before line ${block.from + 1}: ` +
        `write ${colonsOf(outer)} above that line, or give it more colons than the blocks in ` +
        "it have",
    );
    return;
  }
  const isClosed = block.to < end && /^:{3,}$/.test(lines[block.to]!.trim());
  if (isClosed) return;
  const more = outer ? ", and give the block around it more colons" : "";
  report(
    block.from + 1,
    `the block ${nameOf(block)} is not closed: write ${colons} on a line of its own below ` +
      `it${more}`,
  );
}

function checkFence(fence: Token, lines: string[], report: ReportProblem): void {
  const [from, to] = fence.map!;
  const last = lines[to - 1]!.trim();
  const closed = to - 1 > from && last.startsWith(fence.markup) && new Set(last).size === 1;
  if (!closed) {
    report(from + 1, `the code is not closed: write ${fence.markup} on a line of its own below it`);
  }
}

/** A paragraph that is one picture of a cell: `![caption](#cell)`. */
function markFigure(block: Block): void {
  const children = block.tokens[1]?.children ?? [];
  const [picture] = children;
  const target = picture?.type === "image" ? String(picture.attrGet("src")) : "";
  if (children.length === 1 && target.startsWith("#")) {
    Object.assign(block, { type: "figure", target: target.slice(1), content: picture!.content });
  }
}

/** The pictures and links of a text. */
export interface TextReferences {
  pictures: { name: string; alt: string; line: number }[];
  links: { href: string; line: number }[];
}

/**
 * Reports math that KaTeX refuses, single dollars, HTML and cells in the wrong place. Collects
 * pictures and links.
 */
export function checkText(block: Block, report: ReportProblem): TextReferences {
  const contents: TextReferences = { pictures: [], links: [] };
  for (const token of block.tokens) {
    const line = (token.map?.[0] ?? block.from) + 1;
    if (token.type === "maths_display") checkMath(token.content, true, line, report);
    if (token.type === "html_block") {
      report(line, `${NO_HTML}: write Markdown, or a comment <!-- … --> on lines of its own`);
    }
    if (token.type === "fence" && token !== block.tokens[0] && roleOf(token.info)) {
      report(
        line,
        "a cell cannot be in a list or quotation: " +
          "move its fence to the line's beginning and end the list before it",
      );
    }
    if (token.type !== "paragraph_open") {
      checkInline(token.children ?? [], line, contents, report);
    }
  }
  return contents;
}

const NO_HTML = "HTML does not work in slides and may not run in notebooks";

/** The role of a `ts` fence; undefined where it is only shown. */
export const roleOf = (info: string): string | undefined => /^ts\s+(\S+)/.exec(info.trim())?.[1];

function checkInline(
  children: Token[],
  first: number,
  contents: TextReferences,
  report: ReportProblem,
): void {
  let line = first;
  for (const child of children) {
    switch (child.type) {
      case "softbreak":
      case "hardbreak":
        line++;
        break;
      case "maths":
      case "maths_display":
        checkMath(child.content, child.type === "maths_display", line, report);
        line += child.content.split("\n").length - 1;
        break;
      case "html_inline":
        report(line, inlineHtmlProblem(child.content));
        break;
      case "image": {
        const name = decoded(String(child.attrGet("src")));
        contents.pictures.push({ name, alt: child.content, line });
        break;
      }
      case "link_open":
        if (child.info === "auto") break;
        contents.links.push({ href: decoded(String(child.attrGet("href"))), line });
        break;
      case "text":
        checkPlainText(child.content, line, report);
    }
  }
}

function inlineHtmlProblem(html: string): string {
  const shown = html.slice(0, 40);
  const instead = /^<br/i.test(html) ? "two sentences or a list" : "Markdown";
  return `${NO_HTML}: write ${instead} instead of ${shown}, or \`${shown}\` if it is meant as text`;
}

function checkPlainText(text: string, line: number, report: ReportProblem): void {
  if (text.includes("$")) {
    report(
      line,
      `there is a single $ in "${aroundDollar(text)}": ` +
        "write \\$ for a dollar, or close the math with no space inside its dollars",
    );
  } else if (/^:{3,}/.test(text)) {
    report(
      line,
      `${text.trim()} closes nothing: a block ends with as many colons as it began with, ` +
        "and an outer block has more than its inner ones",
    );
  }
}

/** The text around its first dollar. */
function aroundDollar(text: string): string {
  const at = text.indexOf("$");
  return text.slice(Math.max(0, at - 15), at + 25).trim();
}

function decoded(address: string): string {
  try {
    return decodeURI(address);
  } catch {
    return address;
  }
}

function checkMath(tex: string, display: boolean, line: number, report: ReportProblem): void {
  try {
    renderMath(tex, display);
  } catch (e) {
    const reason = (e as { rawMessage?: string }).rawMessage ?? (e as Error).message;
    const shown = JSON.stringify(tex.length > 60 ? `${tex.slice(0, 57)}…` : tex);
    report(
      line,
      `KaTeX cannot read the math ${shown}: ${reason}; ` +
        "see katex.org/docs/supported for what it knows",
    );
  }
}
