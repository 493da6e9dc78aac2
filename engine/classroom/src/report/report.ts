/** All that a lesson's report says, from the gradebook and the hand-ins that count. */
import { resolve } from "node:path";
import { isGraded } from "grader/batch";
import { readManifest } from "grader/files";
import { type Class, storedFile } from "../class.js";
import type { Lesson } from "../lessons.js";
import { readStored, rowsOf } from "../gradebook/rows.js";
import type { Row } from "../types.js";
import { answersOf, knownOf } from "./answers.js";
import { otherAnswers } from "./otherClasses.js";
import { type Code, compareAnswers, type Dictated, inTurns, type Pair } from "./similar.js";
import { type Bin, bins, statistics, type Statistics } from "./statistics.js";

export interface Report extends Statistics {
  course: string;
  title: string;
  lesson: Lesson;
  timeZone: string;
  deadline?: string;
  students: number;
  handedIn: number;
  late: number;
  notGraded: number;
  times: Bin[];
  /** Hand-ins whose time is unknown. */
  withoutTime: number;
  pairs: Pair[];
  /** Equal copies that say nothing. */
  dictated: Dictated[];
  /** Folders of other classes whose answers were compared. */
  others: string[];
  /** The answers of pairs, to be read side by side. */
  codes: Map<string, string>;
  names: Map<string, string>;
}

export const codeKey = (student: string, exercise: string) => JSON.stringify([student, exercise]);

const marksOf = ({ marks }: Row) => new Map(marks.map((m) => [m.question, m.points]));

function answered(rows: Row[]) {
  return rows.flatMap((row) =>
    row.grade && isGraded(row.grade.result)
      ? [{ student: row.student.id, result: row.grade.result, marks: marksOf(row) }]
      : [],
  );
}

async function compare(classroom: Class, lesson: Lesson, rows: Row[], others: string[]) {
  const entry = readManifest(classroom.root).lessons.find(({ id }) => id === lesson.id)!;
  const codes: Code[] = [];
  for await (const { handIn, student } of inTurns(rows)) {
    if (handIn) codes.push(...answersOf(storedFile(classroom, handIn), student.id, entry));
  }
  const ids = new Set(rows.map(({ student }) => student.id));
  codes.push(...(await otherAnswers(others, entry, ids)));
  const { pairs, dictated } = await compareAnswers(codes, knownOf(classroom.root, entry));
  const named = new Set(pairs.flatMap((p) => p.students));
  const shown = codes.filter((c) => named.has(c.student));
  const shownCodes = new Map(shown.map((c) => [codeKey(c.student, c.exercise), c.code]));
  return { pairs, dictated, others, codes: shownCodes };
}

/** @param others folders whose answers are compared, too, beside those of class.yaml */
export async function readReport(
  classroom: Class,
  lesson: Lesson,
  others: string[] = [],
): Promise<Report> {
  const own = classroom.settings.compareWith.map((path) => resolve(classroom.folder, path));
  const stored = await readStored(classroom, lesson.id);
  const rows = rowsOf(stored, lesson, classroom.settings);
  const times = rows.flatMap(({ handIn }) => handIn?.at ?? []);
  const handedIn = rows.filter((r) => r.handIn);
  return {
    course: classroom.course,
    title: classroom.settings.title,
    lesson,
    timeZone: classroom.settings.timeZone,
    deadline: classroom.settings.lessons.get(lesson.id),
    students: rows.length,
    handedIn: handedIn.length,
    late: rows.filter((r) => r.daysLate > 0).length,
    notGraded: rows.filter((r) => r.status === "could not be graded").length,
    ...statistics(lesson, answered(rows)),
    times: bins(times, classroom.settings.timeZone),
    withoutTime: handedIn.length - times.length,
    ...(await compare(classroom, lesson, rows, [...new Set([...own, ...others])])),
    names: new Map(rows.map(({ student }) => [student.id, student.name])),
  };
}
