/**
 * course class marks: a sheet for each written question, answers without names, to be filled in and
 * read back. The statement, which holds the rubric, lies beside it.
 */
import { existsSync, readFileSync } from "node:fs";
import { basename, join } from "node:path";
import { makeFolders, paths, readManifest, writeDurably } from "grader/files";
import { isGraded } from "grader/batch";
import type { Class } from "../class.js";
import { readTable, writeTable, type TableRow } from "../csv.js";
import type { Lesson } from "../lessons.js";
import { gradebook } from "./rows.js";
import { ClassError } from "../settings.js";
import type { Mark, Row } from "../types.js";
import { addMark, idOf, now } from "../sql/write.js";

/** Says nothing of the student, and orders answers by nothing that a marker knows. */
export const codeOf = (handIn: string, question: string) =>
  idOf("answer", handIn, question).slice(0, 8).toUpperCase();

const HEADER = ["Code", "Question", "Answer", "Of", "Points", "Comment"];

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

export interface Sheet {
  question: string;
  file: string;
  answers: number;
  /** Those that have no mark. */
  open: number;
}

/** Writes the sheets to marks/<lesson>/. Marks that were given are in them. */
export async function writeSheets(classroom: Class, lesson: Lesson): Promise<Sheet[]> {
  const rows = await gradebook(classroom, lesson);
  const answers = answersOf(rows);
  const folder = join(classroom.folder, "marks", lesson.id);
  makeFolders(folder);
  const sheets: Sheet[] = [];
  for (const { name: question } of lesson.written) {
    const own = answers.filter((a) => a.question === question);
    const table = own.map((a) => [
      a.code,
      question,
      a.text,
      a.maxPoints,
      a.mark?.points,
      a.mark?.comment,
    ]);
    const file = join(folder, `${question}.csv`);
    await writeDurably(file, writeTable([HEADER, ...table]));
    await writeDurably(
      join(folder, `${question}.md`),
      statementOf(classroom.root, lesson.id, question),
    );
    const open = own.filter((a) => !a.mark).length;
    sheets.push({ question, file, answers: own.length, open });
  }
  return sheets;
}

interface Columns {
  code: number;
  points: number;
  comment: number;
}

function markOf({ line, cells }: TableRow, columns: Columns, answer: Answer, file: string) {
  const text = (cells[columns.points] ?? "").replace(",", ".");
  const points = Number(text);
  if (text !== "" && points >= 0 && points <= answer.maxPoints) {
    return { points, comment: cells[columns.comment] ?? "" };
  }
  throw new ClassError(
    `${file}, line ${line}, column Points: expected a number from 0 to ${answer.maxPoints}, got ${text}`,
  );
}

function columnsOf(header: string[], file: string): Columns {
  const at = (name: string) => header.findIndex((h) => h.toLowerCase() === name);
  const columns = { code: at("code"), points: at("points"), comment: at("comment") };
  if (columns.code >= 0 && columns.points >= 0) return columns;
  throw new ClassError(
    `${file}, line 1: expected the columns Code and Points, got ${header.join(", ")}`,
  );
}

/** What a sheet changes: marks that are new or other than the newest. */
function changesIn(file: string, answers: Map<string, Answer>, by: string): Mark[] {
  const { header, rows } = readTable(readFileSync(file), basename(file));
  const columns = columnsOf(header, basename(file));
  const changes: Mark[] = [];
  for (const row of rows) {
    if (!row.cells[columns.points]) continue; // not marked yet
    const answer = answers.get((row.cells[columns.code] ?? "").toUpperCase());
    if (!answer) {
      const code = row.cells[columns.code];
      throw new ClassError(
        `${basename(file)}, line ${row.line}, column Code: ${code} is no answer of this lesson ` +
          "that counts; a newer hand-in may have taken its place: write the sheets again",
      );
    }
    const given = markOf(row, columns, answer, basename(file));
    const { mark } = answer;
    if (mark?.points === given.points && mark.comment === given.comment) continue;
    changes.push({ handIn: answer.handIn, question: answer.question, ...given, by, at: now() });
  }
  return changes;
}

/**
 * Reads a sheet back; rows without points wait.
 * @returns how many marks are new or other than before
 * @throws ClassError with line and column; then nothing is added
 */
export async function readSheet(
  classroom: Class,
  lesson: Lesson,
  file: string,
  by: string,
): Promise<number> {
  if (!existsSync(file)) throw new ClassError(`${file} does not exist`);
  const rows = await gradebook(classroom, lesson);
  const answers = answersOf(rows);
  const changes = changesIn(file, new Map(answers.map((a) => [a.code, a])), by);
  await classroom.sql.transaction(async (tx) => {
    for (const mark of changes) await addMark(tx, mark);
  });
  return changes.length;
}
