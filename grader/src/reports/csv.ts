/**
 * The class as a table for a spreadsheet (RFC 4180): one row a submission, one column an exercise.
 */
import { isGraded, type Graded, type NotGraded, type Result } from "../batch/result";
import { byHand, points, printable } from "./markup";

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
    ...[g.file, g.lesson, ...total],
    ...[...exercises].map(pointsOf),
    ...empty(written),
    ...[missed.join(" "), String(g.seed), g.version, g.sha256],
  ];
}

function notGradedRow(n: NotGraded, { exercises, written }: Columns): string[] {
  return [
    ...[n.file, "", "", ""],
    ...empty(exercises),
    ...empty(written),
    ...[`not graded: ${n.reason}`, String(n.seed), n.version, ""],
  ];
}

/** Rows as text; results are gone through twice. */
export function* classTable(results: () => Iterable<Result>): Generator<string> {
  const columns = columnsOf(results());
  yield rowText([
    ...["file", "lesson", "points", "of"],
    ...columns.exercises,
    ...[...columns.written].map((name) => `${name} (by hand)`),
    ...["note", "seed", "grader", "sha256"],
  ]);
  for (const r of results()) {
    yield rowText(isGraded(r) ? gradedRow(r, columns) : notGradedRow(r, columns));
  }
}
