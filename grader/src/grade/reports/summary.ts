/** What the terminal shows: one line a submission, then what the class found hard. */
import { stripVTControlCharacters } from "node:util";
import type { Batch } from "../batch";
import { byHand, outcome, points } from "./markup";

/**
 * File names and messages come from submissions: no control character of theirs reaches the
 * terminal.
 */
// eslint-disable-next-line no-control-regex -- these are what it is about
const CONTROL = /[\u0000-\u001f\u007f-\u009f\u202a-\u202e\u2066-\u2069]/g;
const plain = (text: string) => stripVTControlCharacters(text).replace(CONTROL, "?");

export function summary({ graded, notGraded, seed, version }: Batch): string {
  const width = Math.min(60, Math.max(0, ...graded.map((g) => plain(g.file).length)));
  const lines = graded.map((g) => {
    const short = g.exercises
      .filter((e) => e.earned < e.of)
      .map((e) => `${e.name} ${points(e.earned)}/${points(e.of)}`);
    short.push(...g.exercises.filter((e) => e.notGraded).map((e) => `${e.name} not graded`));
    if (byHand(g)) return `${plain(g.file).padEnd(width)}  ${outcome(g)}`;
    return (
      `${plain(g.file).padEnd(width)}  ` +
      `${`${points(g.earned)}/${points(g.of)}`.padStart(9)}${short.length > 0 ? `  ${short.join(", ")}` : ""}`
    );
  });
  for (const n of notGraded) lines.push(`${plain(n.file)}: not graded, it ${plain(n.says)}`);
  for (const note of new Set(
    graded.flatMap((g) => g.exercises.filter((e) => e.notGraded).map((e) => plain(e.note ?? ""))),
  )) {
    lines.push(note);
  }
  const counted = graded.filter((g) => !byHand(g));
  const mean =
    counted.reduce((sum, g) => sum + (g.of > 0 ? g.earned / g.of : 0), 0) / counted.length;
  const files = (n: number) => `${n} ${n === 1 ? "submission" : "submissions"}`;
  lines.push(
    `${files(graded.length)} ` +
      `graded${counted.length > 0 ? `, ${Math.round(100 * mean)} % of the points on average` : ""}${notGraded.length > 0 ? `, ${notGraded.length} not graded` : ""}. ` +
      `Seed ${seed}, grader ${version}.`,
  );
  return lines.join("\n");
}
