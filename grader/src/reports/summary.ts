/**
 * A class as text: a table for a spreadsheet (RFC 4180), one row for each submission and one column
 * for each exercise, and what the terminal shows, one line for each submission and then the class
 * as a whole.
 */
import { stripVTControlCharacters } from "node:util";
import { isGraded, type Graded, type NotGraded, type Result } from "../batch/result";
import { byHand, outcome, points, printable } from "./markup";

/**
 * Spreadsheets run what begins like a formula, with full-width signs too; an apostrophe makes it
 * text. Where they split rows at semicolons, what stands after one begins a field as well.
 */
const FORMULA = /(^|[;|])([\s"']*)([=+\-@＝＋－﹢﹣＠])/gu;

/** One field: a single line of text that no spreadsheet takes for a formula. */
export function field(value: string): string {
  const line = printable(value).replace(/[\r\n\t\u2028\u2029\u0085]+/g, " ");
  const safe = line.replace(FORMULA, "$1'$2$3");
  return /[",;']/.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe;
}

const rowText = (row: string[]) => `${row.map(field).join(",")}\r\n`;

/** The columns that depend on the class. */
interface Columns {
  exercises: Set<string>;
  written: Set<string>;
}

function columnsOf(results: Iterable<Result>): Columns {
  const columns: Columns = { exercises: new Set(), written: new Set() };
  for (const result of results) {
    if (!isGraded(result)) continue;
    for (const { name } of result.exercises) columns.exercises.add(name);
    for (const { name } of result.written) columns.written.add(name);
  }
  return columns;
}

const empty = (names: Set<string>) => [...names].map(() => "");

function gradedRow(g: Graded, { exercises, written }: Columns): string[] {
  const pointsOf = (name: string) => {
    const e = g.exercises.find((x) => x.name === name);
    return e && !e.notGraded ? points(e.points) : "";
  };
  const missed = g.exercises.filter((e) => e.notGraded).map((e) => `${e.name}: ${e.note}`);
  const total = byHand(g) ? ["", ""] : [points(g.points), points(g.maxPoints)];
  return [
    g.file,
    g.lesson,
    ...total,
    ...[...exercises].map(pointsOf),
    ...empty(written),
    missed.join(" "),
    String(g.seed),
    g.version,
    g.sha256,
  ];
}

function notGradedRow(n: NotGraded, { exercises, written }: Columns): string[] {
  return [
    n.file,
    "",
    "",
    "",
    ...empty(exercises),
    ...empty(written),
    `not graded: ${n.reason}`,
    String(n.seed),
    n.version,
    "",
  ];
}

/** Rows as text; results are gone through twice. */
export function* classTable(results: () => Iterable<Result>): Generator<string> {
  const columns = columnsOf(results());
  yield rowText([
    "file",
    "lesson",
    "points",
    "of",
    ...columns.exercises,
    ...[...columns.written].map((name) => `${name} (by hand)`),
    "note",
    "seed",
    "grader",
    "sha256",
  ]);
  for (const r of results()) {
    yield rowText(isGraded(r) ? gradedRow(r, columns) : notGradedRow(r, columns));
  }
}

// What the terminal shows.

/**
 * File names and messages come from submissions: no control character of theirs reaches the
 * terminal.
 */
// eslint-disable-next-line no-control-regex -- these are what it is about
const CONTROL = /[\u0000-\u001f\u007f-\u009f\u202a-\u202e\u2066-\u2069]/g;
const plain = (text: string) => stripVTControlCharacters(text).replace(CONTROL, "?");

const MAX_NAME_WIDTH = 60;

function gradedLine(g: Graded, width: number): string {
  const file = plain(g.file).padEnd(width);
  if (byHand(g)) return `${file}  ${outcome(g)}`;
  const short = g.exercises
    .filter((e) => e.points < e.maxPoints)
    .map((e) => `${e.name} ${points(e.points)}/${points(e.maxPoints)}`);
  const missed = g.exercises.filter((e) => e.notGraded).map((e) => `${e.name} not graded`);
  const details = [...short, ...missed].join(", ");
  const total = `${points(g.points)}/${points(g.maxPoints)}`.padStart(9);
  return details === "" ? `${file}  ${total}` : `${file}  ${total}  ${details}`;
}

/** One line for each result, then each reason once why exercises were not graded. */
export function resultLines(results: () => Iterable<Result>): string[] {
  let longest = 0;
  for (const { file } of results()) longest = Math.max(longest, plain(file).length);
  const width = Math.min(MAX_NAME_WIDTH, longest);
  const lines: string[] = [];
  const reasons = new Set<string>();
  for (const r of results()) {
    lines.push(
      isGraded(r) ? gradedLine(r, width) : `${plain(r.file)}: not graded, it ${plain(r.reason)}`,
    );
    if (!isGraded(r)) continue;
    for (const e of r.exercises) if (e.notGraded) reasons.add(plain(e.note ?? ""));
  }
  return [...lines, ...reasons];
}

const files = (n: number) => `${n} ${n === 1 ? "submission" : "submissions"}`;

/** "30 submissions graded, 75 % of the points on average, 1 not graded." */
export function totals(results: Iterable<Result>): string {
  let graded = 0;
  let missed = 0;
  let counted = 0;
  let share = 0;
  for (const r of results) {
    if (!isGraded(r)) missed++;
    else graded++;
    if (!isGraded(r) || byHand(r)) continue;
    counted++;
    share += r.maxPoints > 0 ? r.points / r.maxPoints : 0;
  }
  const parts = [`${files(graded)} graded`];
  const mean = Math.round((100 * share) / counted);
  if (counted > 0) parts.push(`${mean} % of the points on average`);
  if (missed > 0) parts.push(`${missed} not graded`);
  return `${parts.join(", ")}.`;
}

/** Hidden files are left out, which a student may not know. */
export function hiddenLine(hidden: string[]): string | undefined {
  if (hidden.length === 0) return undefined;
  const shown = hidden.slice(0, 5).map(plain).join(", ");
  const more = hidden.length > 5 ? ", …" : "";
  if (hidden.length === 1) return `1 name begins with a dot and was left out: ${shown}.`;
  return `${hidden.length} names begin with a dot and were left out: ${shown}${more}.`;
}
