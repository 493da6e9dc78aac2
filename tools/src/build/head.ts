/** The head of a lesson: YAML between two lines of three hyphens. */
import { LineCounter, parseDocument } from "yaml";
import type { Report } from "./problems.js";

export interface Head {
  title: string;
  question: string;
  minutes: number;
  uses: string[];
  /** lines that the head takes */ lines: number;
}

type Reader<T> = (value: unknown) => T | undefined;
const text: Reader<string> = (v) =>
  typeof v === "string" && v.trim() !== "" ? v.trim() : undefined;
const minutes: Reader<number> = (v) =>
  typeof v === "number" && Number.isInteger(v) && v > 0 ? v : undefined;
const names: Reader<string[]> = (v) =>
  Array.isArray(v) &&
  v.every((x) => typeof x === "string" && /^[\p{ID_Start}$_][\p{ID_Continue}$]*$/u.test(x))
    ? (v as string[])
    : undefined;

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
};

/**
 * @param lines the file's lines; fields that are missing or wrong are reported and empty in the
 *   result
 */
export function readHead(lines: string[], report: Report): Head {
  const head: Head = { title: "", question: "", minutes: 0, uses: [], lines: 0 };
  const end =
    lines[0]?.trimEnd() === "---"
      ? lines.findIndex((line, i) => i > 0 && line.trimEnd() === "---")
      : -1;
  if (end < 0) {
    report(
      1,
      lines[0]?.trimEnd() === "---"
        ? "the head is not closed: write --- on a line of its own below its last field"
        : "the head is missing: begin the file with ---, title, question and minutes, and ---",
    );
    return head;
  }
  head.lines = end + 1;
  const counter = new LineCounter();
  const document = parseDocument(lines.slice(1, end).join("\n"), {
    lineCounter: counter,
    prettyErrors: false,
  });
  const lineOf = (offset: number) => counter.linePos(offset).line + 1;
  if (document.errors.length > 0) {
    for (const { pos, message } of document.errors) {
      report(
        lineOf(pos[0]),
        `the head is no YAML: ${message.replace(/\.$/, "")}; write \`name: ` +
          `value\` on each line, with quotes around a value that holds a colon`,
      );
    }
    return head;
  }
  const values: unknown = document.toJS();
  if (typeof values !== "object" || values === null || Array.isArray(values)) {
    report(
      2,
      "the head is no list of fields: write `title: …`, `question: …` and `minutes: " +
        "…` on lines of their own",
    );
    return head;
  }
  const lineOfField = (name: string) => {
    const start = new RegExp(`^["']?${name}\\b`);
    return lines.findIndex((line, i) => i > 0 && start.test(line)) + 1 || 1;
  };
  for (const name of Object.keys(values)) {
    if (!Object.hasOwn(FIELDS, name)) {
      report(
        lineOfField(name),
        `the head has no field ${name}: it holds ${Object.keys(FIELDS).join(", ")}`,
      );
    }
  }
  for (const [name, { read, empty, required, example }] of Object.entries(FIELDS)) {
    const value = (values as Record<string, unknown>)[name];
    if (value === undefined && !required) continue;
    const good = read(value);
    if (good === undefined) {
      report(
        value === undefined ? 1 : lineOfField(name),
        `the head's ${name} is ${value === undefined ? "missing" : "not what it should be"}: ` +
          `write for example \`${example}\``,
      );
    }
    Object.assign(head, { [name]: good ?? empty });
  }
  return head;
}
