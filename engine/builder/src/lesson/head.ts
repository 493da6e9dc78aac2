/** The head of a lesson: YAML between two lines of three hyphens. */
import { LineCounter, parseDocument } from "yaml";
import type { Report } from "./problems.js";
import { IDENTIFIER } from "./reading.js";

export interface Head {
  title: string;
  question: string;
  minutes: number;
  uses: string[];
  /** What the lesson builds, of the components that package.json lists. */
  components: string[];
  /** How many lines the head takes. */
  lines: number;
}

/** Reads a field's value; undefined where it is not what it should be. */
type Reader<T> = (value: unknown) => T | undefined;
const text: Reader<string> = (v) =>
  typeof v === "string" && v.trim() !== "" ? v.trim() : undefined;
const minutes: Reader<number> = (v) =>
  typeof v === "number" && Number.isInteger(v) && v > 0 ? v : undefined;
const isName = (v: unknown) => typeof v === "string" && IDENTIFIER.test(v);
const names: Reader<string[]> = (v) =>
  Array.isArray(v) && v.every(isName) ? (v as string[]) : undefined;
const texts: Reader<string[]> = (v) =>
  Array.isArray(v) && v.every((item) => text(item)) ? (v as string[]) : undefined;

const FIELDS = {
  title: { read: text, empty: "", required: true, example: "title: Attention" },
  question: {
    read: text,
    empty: "",
    required: true,
    example: "question: How does a token find the tokens that matter to it?",
  },
  minutes: { read: minutes, empty: 0, required: true, example: "minutes: 150" },
  uses: { read: names, empty: [], required: false, example: "uses: [softmax, expectShape]" },
  components: { read: texts, empty: [], required: false, example: "components: [mixing]" },
};

/**
 * @param lines the file's lines
 * @returns the head; fields that are missing or wrong are reported and stay empty
 */
export function readHead(lines: string[], report: Report): Head {
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
function endOfHead(lines: string[], report: Report): number | undefined {
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

function parseFields(yaml: string, report: Report): Record<string, unknown> | undefined {
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
  report: Report,
): void {
  for (const name of Object.keys(values)) {
    if (Object.hasOwn(FIELDS, name)) continue;
    const known = Object.keys(FIELDS).join(", ");
    report(lineOf(name), `the head has no field ${name}: it holds ${known}`);
  }
}
