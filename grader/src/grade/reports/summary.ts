/** What the terminal shows: one line a submission, then what the class found hard. */
import { stripVTControlCharacters } from "node:util";
import type { Batch, Graded } from "../batch";
import { byHand, outcome, points } from "./markup";

/**
 * File names and messages come from submissions: no control character of theirs reaches the
 * terminal.
 */
// eslint-disable-next-line no-control-regex -- these are what it is about
const CONTROL = /[\u0000-\u001f\u007f-\u009f\u202a-\u202e\u2066-\u2069]/g;
const plain = (text: string) => stripVTControlCharacters(text).replace(CONTROL, "?");

const WIDEST_NAME = 60;

function gradedLine(g: Graded, width: number): string {
  const file = plain(g.file).padEnd(width);
  if (byHand(g)) return `${file}  ${outcome(g)}`;
  const short = g.exercises
    .filter((e) => e.earned < e.of)
    .map((e) => `${e.name} ${points(e.earned)}/${points(e.of)}`);
  const missed = g.exercises.filter((e) => e.notGraded).map((e) => `${e.name} not graded`);
  const details = [...short, ...missed].join(", ");
  const total = `${points(g.earned)}/${points(g.of)}`.padStart(9);
  return details === "" ? `${file}  ${total}` : `${file}  ${total}  ${details}`;
}

/** Why exercises were not graded, each reason once. */
function reasons(graded: Graded[]): string[] {
  const missed = graded.flatMap((g) => g.exercises.filter((e) => e.notGraded));
  return [...new Set(missed.map((e) => plain(e.note ?? "")))];
}

const files = (n: number) => `${n} ${n === 1 ? "submission" : "submissions"}`;

function totals({ graded, notGraded }: Batch): string {
  const counted = graded.filter((g) => !byHand(g));
  const shares = counted.map((g) => (g.of > 0 ? g.earned / g.of : 0));
  const parts = [`${files(graded.length)} graded`];
  if (shares.length > 0) {
    const mean = shares.reduce((a, b) => a + b, 0) / shares.length;
    parts.push(`${Math.round(100 * mean)} % of the points on average`);
  }
  if (notGraded.length > 0) parts.push(`${notGraded.length} not graded`);
  return `${parts.join(", ")}.`;
}

export function summary(batch: Batch): string {
  const { graded, notGraded, seed, version } = batch;
  const longest = Math.max(0, ...graded.map((g) => plain(g.file).length));
  const width = Math.min(WIDEST_NAME, longest);
  return [
    ...graded.map((g) => gradedLine(g, width)),
    ...notGraded.map((n) => `${plain(n.file)}: not graded, it ${plain(n.says)}`),
    ...reasons(graded),
    `${totals(batch)} Seed ${seed}, grader ${version}.`,
  ].join("\n");
}
