/** A lesson's head, YAML between two lines of three hyphens, and the course's notation of letters. */
import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { LineCounter, parseDocument } from "yaml";
import { outsideOfCode } from "../claims/results.js";
import type { Notation } from "./model.js";
import { IDENTIFIER, type ReportProblem } from "./parseContext.js";

export interface Head {
  title: string;
  question: string;
  minutes: number;
  uses: string[];
  /** What the lesson builds, of the components that package.json lists. */
  components: string[];
  /** The device whose recorded values its figures show where there is no adapter. */
  recorded?: string;
  /** The machine on which times of its figures were taken that are drawn beforehand. */
  measured?: string;
  /** How many lines the head takes. */
  lines: number;
}

/** Reads a field's value; undefined where it is not what it should be. */
type FieldParser<T> = (value: unknown) => T | undefined;
const textField: FieldParser<string> = (v) =>
  typeof v === "string" && v.trim() !== "" ? v.trim() : undefined;
const minutesField: FieldParser<number> = (v) =>
  typeof v === "number" && Number.isInteger(v) && v > 0 ? v : undefined;
const isName = (v: unknown) => typeof v === "string" && IDENTIFIER.test(v);
const namesField: FieldParser<string[]> = (v) =>
  Array.isArray(v) && v.every(isName) ? (v as string[]) : undefined;
const textsField: FieldParser<string[]> = (v) =>
  Array.isArray(v) && v.every((item) => textField(item)) ? (v as string[]) : undefined;

const FIELDS = {
  title: { read: textField, empty: "", required: true, example: "title: Attention" },
  question: {
    read: textField,
    empty: "",
    required: true,
    example: "question: How does a token find the tokens that matter to it?",
  },
  minutes: { read: minutesField, empty: 0, required: true, example: "minutes: 150" },
  uses: { read: namesField, empty: [], required: false, example: "uses: [softmax, expectShape]" },
  components: { read: textsField, empty: [], required: false, example: "components: [mixing]" },
  recorded: {
    read: textField,
    empty: undefined,
    required: false,
    example: "recorded: a software adapter on two cores",
  },
  measured: {
    read: textField,
    empty: undefined,
    required: false,
    example: "measured: two cores",
  },
};

/**
 * @param lines the file's lines
 * @returns the head; fields that are missing or wrong are reported and stay empty
 */
export function parseHead(lines: string[], report: ReportProblem): Head {
  const head: Head = { title: "", question: "", minutes: 0, uses: [], components: [], lines: 0 };
  const end = endOfHead(lines, report);
  if (end === undefined) return head;
  head.lines = end + 1;
  const values = parseFields(lines.slice(1, end).join("\n"), report);
  if (!values) return head;
  const lineOf = (name: string) => {
    const start = new RegExp(`^["']?${name}\\b`);
    return lines.findIndex((line, i) => i > 0 && start.test(line)) + 1 || 1;
  };
  reportUnknown(values, lineOf, report);
  for (const [name, { read, empty, required, example }] of Object.entries(FIELDS)) {
    const value = values[name];
    if (value === undefined && !required) continue;
    const good = read(value);
    Object.assign(head, { [name]: good ?? empty });
    if (good !== undefined) continue;
    const wrong = value === undefined ? "missing" : "not what it should be";
    const line = value === undefined ? 1 : lineOf(name);
    report(line, `the head's ${name} is ${wrong}: write for example \`${example}\``);
  }
  return head;
}

const isRule = (line: string | undefined) => line?.trimEnd() === "---";

/** The line, from 0, that closes the head. */
function endOfHead(lines: string[], report: ReportProblem): number | undefined {
  if (!isRule(lines[0])) {
    report(1, "the head is missing: begin the file with ---, title, question and minutes, and ---");
    return undefined;
  }
  const end = lines.findIndex((line, i) => i > 0 && isRule(line));
  if (end < 0) {
    report(1, "the head is not closed: write --- on a line of its own below its last field");
    return undefined;
  }
  return end;
}

function parseFields(yaml: string, report: ReportProblem): Record<string, unknown> | undefined {
  const counter = new LineCounter();
  const document = parseDocument(yaml, { lineCounter: counter, prettyErrors: false });
  for (const { pos, message } of document.errors) {
    const line = counter.linePos(pos[0]).line + 1; // the head begins in the file's second line
    report(
      line,
      `the head is not YAML: ${message.replace(/\.$/, "")}; ` +
        "write `name: value` on each line, with quotes around a value that holds a colon",
    );
  }
  if (document.errors.length > 0) return undefined;
  const values: unknown = document.toJS();
  if (typeof values !== "object" || values === null || Array.isArray(values)) {
    report(
      2,
      "the head is not a list of fields: " +
        "write `title: …`, `question: …` and `minutes: …` on lines of their own",
    );
    return undefined;
  }
  return values as Record<string, unknown>;
}

function reportUnknown(
  values: Record<string, unknown>,
  lineOf: (name: string) => number,
  report: ReportProblem,
): void {
  for (const name of Object.keys(values)) {
    if (Object.hasOwn(FIELDS, name)) continue;
    const known = Object.keys(FIELDS).join(", ");
    report(lineOf(name), `the head has no field ${name}: it holds ${known}`);
  }
}

// Notation: letters that have the same color throughout the course. notation.json beside the lessons
// names them. In formulas, `\q` is the letter q in its color and `\Q` its capital. The builder writes
// the color out, because every renderer of formulas understands \textcolor.

/** WCAG 2 asks for this contrast of text. */
const MIN_TEXT_CONTRAST = 4.5;

/** The contrast of a color with white, from 1 to 21, by their formula. */
function contrastWithWhite(color: string): number {
  const channels = [1, 3, 5].map((at) => parseInt(color.slice(at, at + 2), 16) / 255);
  const linear = (c: number) => (c <= 0.04045 ? c / 12.92 : ((c + 0.055) / 1.055) ** 2.4);
  const [red, green, blue] = channels.map(linear) as [number, number, number];
  return 1.05 / (0.2126 * red + 0.7152 * green + 0.0722 * blue + 0.05);
}

/** @param lessons the folder of the lessons' folders; without a notation.json, no letter has one */
export function readNotation(lessons: string): Notation {
  const file = join(lessons, "notation.json");
  if (!existsSync(file)) return {};
  const notation = JSON.parse(readFileSync(file, "utf8")) as Notation;
  for (const [letter, color] of Object.entries(notation)) {
    if (!/^[a-z]$/.test(letter) || !/^#[0-9a-f]{6}$/.test(color)) {
      throw new Error(
        `${file}: expected a small letter and a color such as #08734f, got ${letter}`,
      );
    }
    if (contrastWithWhite(color) >= MIN_TEXT_CONTRAST) continue;
    throw new Error(
      `${file}: ${color} of ${letter} is too light to read on white: choose a darker one`,
    );
  }
  return notation;
}

/** The lines of a lesson with the letters' colors written out; code is left as it is. */
export function withColors(lines: string[], notation: Notation): string[] {
  const letters = Object.keys(notation).join("");
  if (letters === "") return lines;
  const command = new RegExp(`\\\\([${letters}${letters.toUpperCase()}])(?![a-zA-Z])`, "g");
  return outsideOfCode(lines, (line) =>
    line.replace(command, (_, letter: string) => {
      return `{\\textcolor{${notation[letter.toLowerCase()]}}{${letter}}}`;
    }),
  );
}
