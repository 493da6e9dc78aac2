/**
 * What the parsers of a lesson's blocks share: the state while a lesson is read, the problems that
 * they report, and the `name=value` settings of a block.
 */
import type { Cell, ClaimCell, Slide, TextCell } from "./model.js";
import type { Solutions } from "./solutions.js";

export interface Problem {
  /** Line in lesson.md, from 1. */
  line: number;
  /** One sentence: what is wrong and what to write instead. */
  message: string;
}

/** Reports a problem; the parser goes on, so that an author sees all problems at once. */
export type ReportProblem = (line: number, message: string) => void;

/** All problems of one lesson; the message has a line for each, `file:line: sentence`, in order. */
export class LessonError extends Error {
  constructor(
    readonly file: string,
    readonly problems: Problem[],
  ) {
    super(
      [...problems]
        .sort((a, b) => a.line - b.line)
        .map(({ line, message }) => `${file}:${line}: ${message}`)
        .join("\n"),
    );
  }
}

/** The state while a lesson is read. */
export interface ParseContext {
  folder: string;
  lines: string[];
  solutions: Solutions;
  report: ReportProblem;
  uses: string[];
  cells: Cell[];
  slides: Slide[];
  claims: ClaimCell[];
  /** Names that the notebook has so far: imports, exercises, given definitions. */
  available: Set<string>;
  /** Names that an exercise's "You may use" has explained so far. */
  explained: Set<string>;
  /** The heading above each cell that has no id of its own. */
  headings: Map<Cell, string>;
  currentHeading: string;
  /** The text cell that the next block of text joins; undefined after a code cell. */
  openText: TextCell | undefined;
}

/** The slide that a block is in. */
export interface SlideContext {
  slide: Slide;
  /** Whether the block is only on the slide, not in the notebook. */
  slideOnly: boolean;
}

/** A name that TypeScript allows for a function. */
export const IDENTIFIER = /^[\p{ID_Start}$_][\p{ID_Continue}$]*$/u;

/** Adds text to the open text cell, or opens one. */
export function appendText(
  context: ParseContext,
  line: number,
  { notebook, pictures }: { notebook: string; pictures: string[] },
): void {
  const { openText, cells, headings, currentHeading } = context;
  if (openText) {
    openText.markdown += `\n\n${notebook}`;
    openText.pictures.push(...pictures.filter((p) => !openText.pictures.includes(p)));
    return;
  }
  const cell: TextCell = { kind: "text", id: "", line, markdown: notebook, pictures };
  cells.push(cell);
  headings.set(cell, currentHeading);
  context.openText = cell;
}

/** The block that has the settings, for messages. */
export interface SettingsOwner {
  /** As in "the exercise layerNorm". */
  description: string;
  line: number;
  report: ReportProblem;
}

/** Reads the settings, and reports those that are unknown or malformed. */
export function readSettings<T extends string>(
  words: string[],
  known: readonly T[],
  { description: what, line, report }: SettingsOwner,
): Partial<Record<T, string>> {
  const settings: Partial<Record<T, string>> = {};
  for (const word of words) {
    const [, key, value] = /^([a-z]+)=(.+)$/.exec(word) ?? [];
    if (key !== undefined && (known as readonly string[]).includes(key)) {
      settings[key as T] = value!;
      continue;
    }
    const possible = known.map((k) => `${k}=…`).join(", ");
    const verb = known.length > 1 ? "are" : "is";
    report(
      line,
      `${what} has no setting ${word}: ${possible} ${verb} possible, without spaces around =`,
    );
  }
  return settings;
}

/** Reads a setting that must be a whole number from `low` to `high`; reports it otherwise. */
export function numberSetting(
  name: string,
  value: string | undefined,
  [low, high]: [number, number],
  { description: what, line, report }: SettingsOwner,
): number {
  const n = Number(value);
  if (value !== undefined && Number.isInteger(n) && n >= low && n <= high) return n;
  const example = `${name}=${Math.max(low, 3)}`;
  if (value === undefined) {
    report(line, `${what} has no ${name}: write ${example} after its name`);
  } else {
    report(
      line,
      `${name}=${value} of ${what} is not a whole number from ${low} to ${high}: ` +
        `write for example ${example}`,
    );
  }
  return low;
}
