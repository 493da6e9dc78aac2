/**
 * What the extension reads of a notebook and of the kernel's answers, as plain data: lines to fold,
 * colors of letters, texts of hovers. A notebook may come from anyone, so nothing of it is
 * trusted.
 */
import { neededIn } from "cells/needed";

/** The two lines of code that buttons may run. */
export const solutionCode = (name: string) => `(await import("course")).showSolution("${name}");`;
export const courseVersionCode = (name: string) =>
  `import { ${name} } from "solutions"; // the course's version from here on`;

/** A block of lines in a cell, which the builder identifies by its first and last line. */
export interface Lines {
  first: string;
  last: string;
  lines: number;
}
export interface Range {
  from: number;
  to: number;
}

/** Reads a block of lines from untrusted metadata; [] where it is malformed. */
export function linesOf(value: unknown): Lines[] {
  if (typeof value !== "object" || value === null) return [];
  const { first, last, lines } = value as Record<string, unknown>;
  const isLines = typeof first === "string" && typeof last === "string" && Number.isInteger(lines);
  return isLines ? [{ first, last, lines: lines as number }] : [];
}

/**
 * The range of these lines in a text, from their indentation on; undefined if an edit changed them.
 */
export function rangeOf(text: string, { first, last, lines }: Lines): Range | undefined {
  const all = text.split("\n");
  const at = all.findIndex((line, i) => line === first && all[i + lines - 1] === last);
  if (at < 0 || lines < 2) return undefined;
  const start = all.slice(0, at).join("\n").length + (at > 0 ? 1 : 0);
  const length = all.slice(at, at + lines).join("\n").length;
  return { from: start + Math.max(0, first.search(/\S/)), to: start + length };
}

/** Lines to fold in a cell, and what their label says. */
export interface FoldedLines extends Range {
  label: string;
}

/** A docstring with fewer lines stays open. */
const MIN_FOLDED_DOCSTRING = 5;
/** So many lines of its beginning stay at most. */
const MAX_KEPT_LINES = 3;
const SENTENCE_END = /[.:!?)\]]$/;

/** What a docstring's lines say, in words. */
function partsOfDocstring(lines: string[]): string {
  const count = (tag: string) => lines.filter((line) => line.startsWith(tag)).length;
  const params = count("@param");
  const parts = [
    lines[0]!.startsWith("@") ? "" : "details",
    params > 0 ? `argument${params > 1 ? "s" : ""}` : "",
    count("@return") > 0 ? "result" : "",
    count("@throws") > 0 ? "errors" : "",
  ];
  return parts.filter((part) => part !== "").join(", ");
}

/**
 * The lines of a function's docstring below its first sentence: an exercise's text says the same.
 * @returns undefined where the function has no docstring that is long enough
 */
export function docstringOf(text: string, name: string): FoldedLines | undefined {
  const all = text.split("\n");
  const declared = new RegExp(`^(?:export )?(?:async )?(?:function\\*?|const) +${name}\\b`);
  const end = all.findIndex((line) => declared.test(line)) - 1; // the line with its end
  const start = all.lastIndexOf("/**", end);
  if (start < 0 || all[end] !== " */" || end - start + 1 < MIN_FOLDED_DOCSTRING) return undefined;
  const lines = all.slice(start + 1, end);
  if (!lines.every((line) => /^ \*( |$)/.test(line))) return undefined;
  const says = lines.map((line) => line.slice(2).trim());
  const isEnd = (i: number) =>
    SENTENCE_END.test(says[i]!) || ["", "@"].includes(says[i + 1]?.[0] ?? "");
  const kept = [...says.keys()].find((i) => isEnd(i) || i === MAX_KEPT_LINES - 1)! + 1;
  const hidden = says.slice(kept);
  if (hidden.length < 2) return undefined;
  const startOf = (line: number) =>
    all.slice(0, line).reduce((sum, one) => sum + one.length + 1, 0);
  const from = startOf(start + 1 + kept) + " * ".length;
  const label = `${hidden.length} lines: ${partsOfDocstring(hidden.filter((line) => line !== ""))}`;
  return { from, to: startOf(end), label };
}

/** The smallest single replacement that turns `before` into `next`. */
export function editOf(before: string, next: string): Range & { text: string } {
  const most = Math.min(before.length, next.length);
  let start = 0;
  while (start < most && before[start] === next[start]) start++;
  let end = 0;
  while (end < most - start && before.at(-1 - end) === next.at(-1 - end)) end++;
  return { from: start, to: before.length - end, text: next.slice(start, next.length - end) };
}

export type Colors = Record<string, string>;

/**
 * Colors by letter from a notebook's metadata; malformed entries are left out.
 * @param course `course` in the metadata
 */
export function colorsOf(course: unknown): Colors {
  const colors = (course as { colors?: unknown } | null | undefined)?.colors;
  if (typeof colors !== "object" || colors === null) return {};
  const good = Object.entries(colors).filter(
    ([letter, color]) => /^[a-z]$/.test(letter) && /^#[0-9a-f]{6}$/.test(String(color)),
  );
  return Object.fromEntries(good) as Colors;
}

const TEXT = '"(?:[^"\\\\\\n]|\\\\.)*"';
const FIGURE = new RegExp(
  `^(?:await )?(?:show|control|live)\\(\\s*(${TEXT}(?:\\s*\\+\\s*${TEXT})*|\`[^\`]*)`,
  "m",
);
/** A shorter beginning, such as "Top:", doesn't say what a figure shows. */
const MIN_TITLE_LENGTH = 16;
const MAX_TITLE_LENGTH = 90;
const TITLE = new RegExp(`^[^$]{${MIN_TITLE_LENGTH},}?(?=[:;.?](?:\\s|$))`);

/**
 * What a cell draws: its first figure's caption up to a colon, a semicolon or a full stop.
 * undefined where it has none, where it's too long for a line, or where the run fills it in.
 */
export function titleOfFigure(source: string): string | undefined {
  const written = FIGURE.exec(source)?.[1] ?? "";
  const caption = written.startsWith("`") ? written.slice(1) : textOf(written);
  const title = TITLE.exec(caption)?.[0] ?? "";
  return title !== "" && title.length <= MAX_TITLE_LENGTH ? title : undefined;
}

const QUESTION = new RegExp(`\\bguess\\(\\s*(${TEXT}(?:\\s*\\+\\s*${TEXT})*)\\s*,`);

const FILLED_QUESTION = /\bguess\(\s*`([^`]*)`\s*,/;

/** What a cell asks the reader to guess, without sentences in which the run fills in a number. */
export function questionOf(source: string): string | undefined {
  const written = QUESTION.exec(source)?.[1];
  if (written !== undefined) return textOf(written);
  const sentences = FILLED_QUESTION.exec(source)?.[1]?.split(/(?<=[.?!])\s+/) ?? [];
  const fixed = sentences.filter((sentence) => !sentence.includes("${"));
  return fixed.length > 0 ? fixed.join(" ") : undefined;
}

const LIST = String.raw`\[\s*${TEXT}(?:\s*,\s*${TEXT})*(?:\s*,)?\s*\]`;
const ENTRY = String.raw`([a-z]+):\s*(${TEXT}|-?[\d.]+|${LIST})`;
const ENTRIES = String.raw`${ENTRY}(?:\s*,\s*${ENTRY})*(?:\s*,)?`;
const GUESS = new RegExp(`${QUESTION.source}\\s*\\{\\s*(${ENTRIES})\\s*\\}\\s*,`);

/** What an entry's text, number or list of texts stands for. */
function valueOf(written: string): unknown {
  if (!written.startsWith("[")) return written.startsWith('"') ? textOf(written) : Number(written);
  return [...written.matchAll(new RegExp(TEXT, "g"))].map(([text]) => textOf(text));
}

/** What a cell asks the reader to guess, and how; undefined where the run fills in any of it. */
export function guessIn(
  source: string,
): { question: string; input: Record<string, unknown> } | undefined {
  const [, question, written = ""] = GUESS.exec(source) ?? [];
  if (question === undefined) return undefined;
  const entries = [...written.matchAll(new RegExp(ENTRY, "g"))];
  const input = Object.fromEntries(entries.map(([, name, value]) => [name!, valueOf(value!)]));
  return { question: textOf(question), input };
}

/** The text that a literal, or a sum of them, stands for. */
const textOf = (literals: string): string =>
  literals
    .replace(/"\s*\+\s*"/g, "")
    .slice(1, -1)
    .replace(/\\(.)/g, "$1");

/** A list of parameters, without calls in it that hold calls. */
const PARAMETERS = String.raw`\((?:[^()]|\([^()]*\))*\)`;
const HELPER = new RegExp(
  `^(?:export )?(?:(?:async )?function\\*? +([\\w$]+)|` +
    `const +([\\w$]+)(?:: [^=]+)? = (?:async )?(?:<\\w+>)?(?:${PARAMETERS}|[\\w$]+)(?:: [^=]+)? =>)`,
  "gm",
);
const MAX_NAMED = 3;

/** The names of the functions that a cell defines, in order. */
export const helpersIn = (source: string): string[] =>
  [...source.matchAll(HELPER)].map(([, declared, assigned]) => (declared ?? assigned)!);

/** The names of the variables that a cell defines with `const`, in order. */
const variablesIn = (source: string): string[] =>
  [...source.matchAll(/^const +([\w$]+)(?:: [^=]+)? =/gm)].map(([, name]) => name!);

/** The functions of a folded cell that only prepares others, or else its variables, in words. */
function preparedBy(source: string): string {
  const functions = helpersIn(source);
  const names = functions.length > 0 ? functions : variablesIn(source);
  if (names.length < 2) return names[0] ?? "prepares what follows";
  const isLong = names.length > MAX_NAMED;
  const named = isLong ? names.slice(0, MAX_NAMED - 1) : names.slice(0, -1);
  const rest = isLong ? `${names.length - named.length} more` : names.at(-1)!;
  return `${named.join(", ")} and ${rest}`;
}

/** The course's functions that draw, and what each draws, one and several of them. */
const DRAWINGS: Record<string, [one: string, several: string]> = {
  lines: ["line chart", "line charts"],
  bars: ["bar chart", "bar charts"],
  points: ["scatter plot", "scatter plots"],
  heatmap: ["heatmap", "heatmaps"],
  images: ["pictures", "pictures"],
  tokens: ["pieces of text", "pieces of text"],
  tree: ["tree", "trees"],
  table: ["table", "tables"],
  progress: ["overview of your progress", "overviews of your progress"],
};
const CALL = /(?<![.\w$])(\w+)\(/g;

/** What a cell draws, in words. */
function figureOf(source: string): string {
  const calls = [...source.matchAll(CALL)].map(([, name]) => name!);
  if (calls.includes("control")) return "figure and its inputs";
  const views = calls.filter((name) => Object.hasOwn(DRAWINGS, name));
  const drawing = new Set(views).size === 1 ? DRAWINGS[views[0]!] : undefined;
  if (drawing === undefined) return "figure";
  const areSeveral = views.length > 1 || calls.includes("panels") || calls.includes("slider");
  return drawing[areSeveral ? 1 : 0];
}

/** What a cell does that only draws. */
function drawnBy(source: string): string {
  const figure = figureOf(source);
  return `${figure.startsWith("table") ? "makes" : "draws"} the ${figure}`;
}

/** How a fold came about: by the builder's mark, or since its cell asks for a guess. */
export type FoldKind = "setup" | "draws" | "prepares" | "asks";

/** A folded cell, as its label needs it. */
export interface FoldedCell {
  kind: FoldKind;
  source: string;
  /** It has run, or shows a preview. */
  hasOutput: boolean;
  /** The notebook's first line of its kind: it says what running the cell does. */
  isFirst: boolean;
  /** Its figure gives away what a question asks. */
  isAnswer: boolean;
}

/** What a folded cell holds or does, in a few words. */
function heldBy({ kind, source, hasOutput, isAnswer }: FoldedCell): string {
  if (kind === "setup") return "imports";
  if (kind === "prepares") return preparedBy(source);
  if (kind === "asks") return "asks the question";
  if (isAnswer) return `the answer's ${figureOf(source)}`; // its title would give the answer away
  const title = hasOutput ? undefined : titleOfFigure(source); // a figure shows its own
  return title === undefined ? drawnBy(source) : `“${title}”`;
}

/** What the line of a folded cell says: one pattern for all, and for a question its own words. */
export function foldLabel(cell: FoldedCell): string {
  const question = cell.kind === "asks" && !cell.hasOutput ? questionOf(cell.source) : undefined;
  return question ?? `Show the code: ${heldBy(cell)}`;
}

/** The small print behind that label; a cell that shows a preview has the preview's words there. */
export const foldNote = ({ kind, hasOutput, isFirst }: FoldedCell): string =>
  isFirst && !hasOutput && kind !== "asks" ? "Shift+Enter runs this cell" : "";

const WORD = /[\w$]/;
const MAX_HOVER_LENGTH = 600;

/** The name at a position in a line; undefined if the position isn't in a name. */
export function nameAt(line: string, at: number): [from: number, to: number] | undefined {
  let from = at;
  let to = at;
  while (from > 0 && WORD.test(line[from - 1]!)) from--;
  while (to < line.length && WORD.test(line[to]!)) to++;
  return from < to && !/^\d/.test(line[from]!) ? [from, to] : undefined;
}

/** Cuts the kernel's explanation to its signature and the first sentence after it. */
export function shortOf(text: string): { signature: string; sentence: string } {
  const [signature = "", ...rest] = text.split("\n\n");
  const documentation = rest.join("\n\n").replace(/^@[^]*|\n@[^]*/, "");
  const paragraph = documentation
    .split(/\n\s*\n/)[0]!
    .replace(/\s+/g, " ")
    .trim();
  const sentence = /^.*?[.!?](?=\s+\p{Lu}|$)/u.exec(paragraph)?.[0] ?? paragraph;
  return {
    signature: signature.slice(0, MAX_HOVER_LENGTH),
    sentence: sentence.slice(0, MAX_HOVER_LENGTH),
  };
}

const NOT_WRITTEN = "not written yet: ";

/** Whether a cell's source still holds the line of an unwritten exercise that throws. */
export const isStub = (source: string, name: string): boolean =>
  name !== "" && source.includes(`${NOT_WRITTEN}${name}"`);

/** The exercise that an error calls unwritten; undefined for other errors. */
export const stubName = (message: string): string | undefined =>
  /not written yet: ([\w$]+)/.exec(message)?.[1];

/** The name that an error calls undefined; undefined for other errors. */
export const missingName = (message: string): string | undefined =>
  /^(?:Cannot find name '([\w$]+)'|([\w$]+) is not defined)/
    .exec(message)
    ?.slice(1)
    .find((name) => name !== undefined);

/** A cell below a check, in order. */
export interface CellBelow {
  type: string;
  role: string;
  source: string;
}

/** The cells between a check and the next exercise's task. */
function cellsBetween(below: CellBelow[]): CellBelow[] {
  const exercise = below.findIndex(({ role }) => role === "exercise");
  const last = exercise < 0 ? below.length : exercise;
  const hasTask = below[last - 1]?.type === "markdown" && exercise >= 0;
  return below.slice(0, hasTask ? last - 1 : last);
}

/**
 * How many of the cells below a check end with the course's first use of the reader's own function
 * before the next exercise; 0 if there is none.
 */
export function countToUse(name: string, below: CellBelow[]): number {
  const uses = ({ type, source }: CellBelow) =>
    type === "code" && source.split(/[^\w$]+/).includes(name);
  return cellsBetween(below).findIndex(uses) + 1;
}

/**
 * What a button calls the cells between a check and the next exercise: the course's experiment on
 * the reader's own function, or else text; undefined where the next task follows directly.
 */
export function labelBelow(name: string, below: CellBelow[]): string | undefined {
  if (cellsBetween(below).length === 0) return undefined;
  return countToUse(name, below) > 0 ? "See it at work" : "Read on";
}

/** What it depends on whether a cell's outputs are in doubt, of a code cell. */
export interface DoubtedCell {
  source: string;
  role: string;
  /** The exercise's name, in its own cell and in the cell that checks it. */
  name: string;
  /** Which run it was; undefined before the first one. */
  run?: number;
  /** Its last run failed. */
  hasFailed: boolean;
  /** What the check in its outputs says. */
  passes?: boolean;
}

/**
 * What to say above a cell's outputs: the first of the reader's functions that it uses and that is
 * in doubt. A check from before the function's cell ran says nothing of the function now.
 * @returns undefined if there is nothing to say
 */
export function doubtAbout(cells: readonly DoubtedCell[], at: number): string | undefined {
  const needed = neededIn(cells.map((cell) => ({ ...cell, hasRun: false })))(at);
  for (const { role, name, source, run = 0, hasFailed } of needed.map((i) => cells[i]!)) {
    // what an unwritten function seems to have made, the course's version made
    if (role !== "exercise" || isStub(source, name)) continue;
    if (hasFailed) return `This comes from an earlier ${name}: its cell has failed since.`;
    const fails = (cell: DoubtedCell) => cell.passes === false && (cell.run ?? 0) > run;
    const isChecked = cells.some(
      (cell) => cell.role === "check" && cell.name === name && fails(cell),
    );
    if (isChecked) return `This comes from your ${name}, which fails its check.`;
  }
  return undefined;
}
