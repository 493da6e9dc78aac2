/**
 * The class as a table for a spreadsheet (RFC 4180): one row a submission, one column an exercise.
 */
import type { Batch } from "../batch";
import { byHand, points, printable } from "./markup";

/** Spreadsheets run what begins like a formula; an apostrophe makes it text. */
function field(value: string): string {
  const text = printable(value);
  const safe = /^\s*[=+\-@]/.test(text) ? `'${text}` : text;
  return /[",\r\n']/.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe;
}

export function classTable({ graded, notGraded, seed, version }: Batch): string {
  const exercises = [...new Set(graded.flatMap((g) => g.exercises.map((e) => e.name)))];
  const written = [...new Set(graded.flatMap((g) => g.written.map((w) => w.name)))];
  const head = [
    "file",
    "lesson",
    "points",
    "of",
    ...exercises,
    ...written.map((name) => `${name} (by hand)`),
    "note",
    "seed",
    "grader",
    "sha256",
  ];
  const rows = [
    ...graded.map((g) => [
      g.file,
      g.lesson,
      ...(byHand(g) ? ["", ""] : [points(g.earned), points(g.of)]),
      ...exercises.map((name) => {
        const e = g.exercises.find((x) => x.name === name);
        return e && !e.notGraded ? points(e.earned) : "";
      }),
      ...written.map(() => ""),
      g.exercises
        .filter((e) => e.notGraded)
        .map((e) => `${e.name}: ${e.note}`)
        .join(" "),
      String(seed),
      version,
      g.sha256,
    ]),
    ...notGraded.map((n) => [
      n.file,
      "",
      "",
      "",
      ...exercises.map(() => ""),
      ...written.map(() => ""),
      `not graded: ${n.says}`,
      String(seed),
      version,
      "",
    ]),
  ];
  return [head, ...rows].map((row) => `${row.map(field).join(",")}\r\n`).join("");
}
