/**
 * The sentences that a lesson says to a reader, with their lines: texts, slides, notes, and the
 * captions of its figures. Exercises and questions are left out: their cases decide what is right.
 */
import { blocksOf, roleOf, type Block } from "../lesson/markdown.js";
import { captionsOf, cellsIn, readCaptions, type CaptionReader, type Piece } from "./captions.js";
import { fillResults, readResults, type ResultValues } from "./results.js";

export interface Sentence {
  /** Plain: without marks of Markdown, with math and code as they stand. */
  text: string;
  /** The same with code and math left out, where claims are looked for. */
  prose: string;
  /** And with inline results left out: its numbers are those that nobody computes. */
  typed: string;
  /** Line in lesson.md, from 1. */
  line: number;
  /** Whether a run gives a number in it. */
  hasResult: boolean;
  /** Its inline results, by their places among the lesson's. */
  results: number[];
  /** Whether it links a source outside of the course. */
  hasSource: boolean;
}

/** Private characters: around an inline result, after an outside link, in place of code. */
const RESULT = "\uE000";
const SOURCE = "\uE001";
const CODE = "\uE002";
/** The result of index 0; the following characters are the others. */
const FIRST_INDEX = 0xe100;
const INDEX = /[\uE100-\uF8FF]/g;
const RESULTS = new RegExp(`${RESULT}[^${RESULT}]*${RESULT}`, "g");

/**
 * @param source lesson.md
 * @param values the kept results; read from `folder` by `sentencesOf`
 */
export function sentencesIn(source: string, values: ResultValues): Sentence[] {
  const lines = source.split("\n");
  const end = lines.findIndex((line, i) => i > 0 && line.trimEnd() === "---");
  const body = lines.map((line, i) => (i <= end ? "" : line));
  const ignore = () => undefined;
  const mark = (text: string, index: number) =>
    `${RESULT}${text}${String.fromCharCode(FIRST_INDEX + index)}${RESULT}`;
  const marked = fillResults(body, values, ignore, mark);
  const blocks = blocksOf(marked.lines.join("\n"), ignore);
  const reader = readCaptions(cellsIn(blocks), `${RESULT}…${RESULT}`);
  const found = textsOf(blocks, marked.lines, reader);
  return found.flatMap(({ markdown, line }) => split(markdown, line));
}

export const sentencesOf = (folder: string, source: string): Sentence[] =>
  sentencesIn(source, readResults(folder));

/** The section that lists papers, whose titles claim nothing. */
const SOURCES = "Sources";

function textsOf(blocks: Block[], lines: string[], reader: CaptionReader): Piece[] {
  let heading = "";
  return blocks.flatMap((block): Piece[] => {
    const line = block.from + 1;
    if (block.type === "heading") heading = block.content;
    switch (block.type) {
      case "container":
        return /^(slide|notes|given)\b/.test(block.info) ? textsOf(block.inner, lines, reader) : [];
      case "figure":
        return [{ markdown: block.content, line }];
      case "fence":
        return roleOf(block.info) ? captionsOf(block.content, line, reader) : [];
      case "text":
        if (heading === SOURCES) return [];
        return paragraphsOf(lines.slice(block.from, block.to), line);
      default:
        return [];
    }
  });
}

/** The line below a table's head. */
const TABLE_RULE = /^\s*\|[-:| ]+\|?\s*$/;

/** Paragraphs, items of lists and rows of tables, each by itself. */
function paragraphsOf(lines: string[], first: number): Piece[] {
  const pieces: Piece[] = [];
  let open = false;
  lines.forEach((text, i) => {
    const starts = !open || /^\s*(?:(?:[-*+]|\d+\.|>)\s|\|)/.test(text);
    if (text.trim() === "" || TABLE_RULE.test(text)) open = false;
    else if (starts) {
      pieces.push({ markdown: text, line: first + i });
      open = true;
    } else pieces.at(-1)!.markdown += `\n${text}`;
  });
  return pieces;
}

const segmenter = new Intl.Segmenter("en", { granularity: "sentence" });
/** Where a segmenter sees the end of a sentence, and none is. */
const ABBREVIATION = /\b(al|vs|cf|e\.g|i\.e|approx|no|fig|eq|sect?|Dr|St)\.(?=\s)/g;
const HIDDEN_STOP = "\uE003";

function split(markdown: string, line: number): Sentence[] {
  const hidden = markdown
    .replace(/\$\$[^$]*\$\$/g, (math) => CODE + "\n".repeat(math.split("\n").length - 1))
    .replace(ABBREVIATION, `$1${HIDDEN_STOP}`);
  const linked = hidden
    .replace(/!\[([^\]]*)\]\([^)]*\)/g, "$1")
    .replace(/\[([^\]]*)\]\(https?:[^)]*\)/g, `$1${SOURCE}`)
    .replace(/\[(\d\d)\]\(\.\.\/[^)]*\)/g, "lesson $1") // "[07](../07-…)" names, it doesn't count
    .replace(/\[([^\]]*)\]\([^)]*\)/g, "$1");
  // a segmenter ends sentences at line breaks
  return [...segmenter.segment(linked.replaceAll("\n", " "))].flatMap(({ segment, index }) => {
    const start = index + /^\s*/.exec(segment)![0].length;
    const first = line + linked.slice(0, start).split("\n").length - 1;
    const sentence = sentenceFrom(segment.replaceAll(HIDDEN_STOP, "."), first);
    return sentence.text === "" ? [] : [sentence];
  });
}

function sentenceFrom(segment: string, line: number): Sentence {
  const hasResult = segment.includes(RESULT);
  const hasSource = segment.includes(SOURCE);
  const results = [...segment.matchAll(INDEX)].map(([c]) => c.charCodeAt(0) - FIRST_INDEX);
  const bare = segment.replace(INDEX, "").replace(new RegExp(`[${RESULT}${SOURCE}]`, "g"), "");
  const typed = withoutCode(segment.replace(RESULTS, CODE).replaceAll(SOURCE, ""));
  return {
    text: plainText(bare),
    prose: plainText(withoutCode(bare)),
    typed: plainText(typed),
    line,
    hasResult,
    results,
    hasSource,
  };
}

const withoutCode = (text: string) =>
  text.replace(/\$\$?[^$]*\$\$?/g, CODE).replace(/`[^`]*`/g, CODE);

/** The comments of a claim's code, each a quotation of a sentence, in the form of `text`. */
export const quotesIn = (code: string): string[] =>
  [...code.matchAll(/^\s*\/\/ ?(.*)$/gm)].map(([, comment]) => plainText(comment!));

/** Without marks of Markdown and with single spaces; quotes are compared in this form. */
export const plainText = (text: string): string =>
  text
    .replace(/^\s*(?:[-*+]|\d+\.|>|#+)\s+/, "")
    .replace(/[*`$\\]|\b_|_\b/g, "")
    .replace(/\s+/g, " ")
    .trim();
