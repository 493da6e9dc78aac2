/**
 * The class as a table for a spreadsheet (RFC 4180): one row a submission, one column an exercise.
 */
import type { Batch, Graded, NotGraded } from "../batch";
import { byHand, points, printable } from "./markup";

/** Spreadsheets run what begins like a formula; an apostrophe makes it text. */
function field(value: string): string {
  const text = printable(value);
  const safe = /^\s*[=+\-@]/.test(text) ? `'${text}` : text;
  return /[",\r\n']/.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe;
}

/** The columns that depend on the class. */
interface Columns {
  exercises: string[];
  written: string[];
}

const unique = (names: string[]) => [...new Set(names)];
const empty = (names: string[]) => names.map(() => "");

function gradedRow(g: Graded, { exercises, written }: Columns): string[] {
  const pointsOf = (name: string) => {
    const e = g.exercises.find((x) => x.name === name);
    return e && !e.notGraded ? points(e.earned) : "";
  };
  const missed = g.exercises.filter((e) => e.notGraded).map((e) => `${e.name}: ${e.note}`);
  const total = byHand(g) ? ["", ""] : [points(g.earned), points(g.of)];
  return [
    g.file,
    g.lesson,
    ...total,
    ...exercises.map(pointsOf),
    ...empty(written),
    missed.join(" "),
  ];
}

function notGradedRow({ file, says }: NotGraded, { exercises, written }: Columns): string[] {
  return [file, "", "", "", ...empty(exercises), ...empty(written), `not graded: ${says}`];
}

export function classTable({ graded, notGraded, seed, version }: Batch): string {
  const columns: Columns = {
    exercises: unique(graded.flatMap((g) => g.exercises.map((e) => e.name))),
    written: unique(graded.flatMap((g) => g.written.map((w) => w.name))),
  };
  const head = [
    ...["file", "lesson", "points", "of"],
    ...columns.exercises,
    ...columns.written.map((name) => `${name} (by hand)`),
    ...["note", "seed", "grader", "sha256"],
  ];
  const rows = [
    ...graded.map((g) => [...gradedRow(g, columns), String(seed), version, g.sha256]),
    ...notGraded.map((n) => [...notGradedRow(n, columns), String(seed), version, ""]),
  ];
  return [head, ...rows].map((row) => `${row.map(field).join(",")}\r\n`).join("");
}
