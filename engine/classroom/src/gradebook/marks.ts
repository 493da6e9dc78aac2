/** Written answers as those who mark see them: without names, with the question's statement. */
import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { paths, readManifest } from "grader/files";
import { isGraded } from "grader/batch";
import type { Mark, Row } from "../types.js";
import { idOf } from "../sql/write.js";

/** Says nothing of the student, and orders answers by nothing that a marker knows. */
export const codeOf = (handIn: string, question: string) =>
  idOf("answer", handIn, question).slice(0, 8).toUpperCase();

export interface Answer {
  code: string;
  handIn: string;
  question: string;
  maxPoints: number;
  text: string;
  mark?: Mark;
}

export function answersOf(rows: Row[]): Answer[] {
  const answers = rows.flatMap(({ handIn, grade, marks, unanswered }): Answer[] => {
    if (!handIn || !grade || !isGraded(grade.result)) return [];
    const answered = grade.result.written.filter(({ name }) => !unanswered.includes(name));
    return answered.map(({ name, points, text }) => ({
      code: codeOf(handIn.id, name),
      handIn: handIn.id,
      question: name,
      maxPoints: points,
      text,
      mark: marks.find((m) => m.question === name),
    }));
  });
  return answers.sort((a, b) => (a.code < b.code ? -1 : 1));
}

interface Cell {
  source: string | string[];
  metadata?: { course?: { role?: string; name?: string } };
}

/** The text above the answer's cell in the notebook as shipped: the question and its rubric. */
export function statementOf(root: string, lesson: string, question: string): string {
  const file = join(paths(root).notebooks, `${lesson}.ipynb`);
  if (!existsSync(file)) return "";
  const { cells } = JSON.parse(readFileSync(file, "utf8")) as { cells: Cell[] };
  const written = readManifest(root).lessons.find(({ id }) => id === lesson)?.written ?? [];
  if (!written.some(({ name }) => name === question)) return "";
  const index = cells.findIndex(({ metadata }) => metadata?.course?.name === question);
  return index < 1 ? "" : [cells[index - 1]!.source].flat().join("");
}
