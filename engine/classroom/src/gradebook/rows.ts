/** The gradebook of a lesson: a row for each student, computed from what is stored. */
import { isGraded, type Graded } from "grader/batch";
import type { Class } from "../class.js";
import { extensionOf, readGranted, type Granted } from "./granted.js";
import { byNewest, countingHandIns, lateness, percentOf } from "./late.js";
import {
  readExtensions,
  readGrades,
  readHandIns,
  readMarks,
  readOverrides,
  readStudents,
  readSummaries,
} from "../sql/read.js";
import { isUnanswered, type Lesson } from "../lessons.js";
import type { Settings } from "../settings.js";
import type {
  Excusal,
  Extension,
  Grade,
  HandIn,
  Mark,
  Override,
  Row,
  Status,
  Student,
} from "../types.js";

/** Points to four decimals, so that thirds add up to a whole. */
export const round = (x: number) => Math.round(x * 1e4) / 1e4;

/** All that is stored of a lesson. */
export interface StoredLesson {
  students: Student[];
  handIns: HandIn[];
  /** Those that hold. */
  grades: Grade[];
  marks: Mark[];
  overrides: Override[];
  extensions: Extension[];
  granted: Granted;
}

interface IndexedLesson {
  handIns: Map<string, HandIn[]>;
  grades: Map<string, Grade>;
  /** Student, question and answer → the newest mark. */
  marks: Map<string, Mark>;
  overrides: Map<string, Override>;
  extensions: Map<string, Extension>;
  granted: Granted;
}

/** A mark is for an answer's text, so it counts for the same text in a later hand-in, too. */
const markKey = (student: string, question: string, text: string) =>
  JSON.stringify([student, question, text.trim()]);

const answerIn = ({ result }: Grade, question: string) =>
  isGraded(result) ? result.written.find(({ name }) => name === question)?.text : undefined;

function indexByStudent(stored: StoredLesson): IndexedLesson {
  const handIns = new Map<string, HandIn[]>();
  for (const h of stored.handIns) {
    handIns.set(h.student, [...(handIns.get(h.student) ?? []), h]);
  }
  const grades = new Map(stored.grades.map((g) => [g.handIn, g]));
  const marks = new Map<string, Mark>();
  for (const mark of stored.marks) {
    const grade = grades.get(mark.handIn);
    const text = grade && answerIn(grade, mark.question);
    if (text !== undefined) marks.set(markKey(grade!.student, mark.question, text), mark);
  }
  return {
    handIns,
    marks,
    grades,
    overrides: new Map(stored.overrides.map((o) => [o.student, o])), // the last is the newest
    extensions: new Map(stored.extensions.map((e) => [e.student, e])),
    granted: stored.granted,
  };
}

/** What a grade and its marks give, before anything is taken off. */
function earned(lesson: Lesson, student: string, graded: Graded, given: Map<string, Mark>) {
  const { points, maxPoints, written } = graded;
  const answers = written.map((answer) => ({
    ...answer,
    mark: given.get(markKey(student, answer.name, answer.text)),
    isEmpty: isUnanswered(lesson, answer),
  }));
  const marks = answers.flatMap(({ mark }) => mark ?? []);
  const writtenPoints = marks.reduce((sum, mark) => sum + mark.points, 0);
  const open = answers.filter(({ mark }) => !mark);
  return {
    exercisePoints: points,
    writtenPoints: round(writtenPoints),
    earnedPoints: round(points + writtenPoints),
    maxPoints: maxPoints + written.reduce((sum, question) => sum + question.points, 0),
    marks,
    unanswered: open.filter(({ isEmpty }) => isEmpty).map(({ name }) => name),
    unmarked: open.filter(({ isEmpty }) => !isEmpty).map(({ name }) => name),
  };
}

type Candidate = Row["others"][number];

function statusOf(best: Candidate | undefined, others: Candidate[], unmarked: string[]): Status {
  if (!best) return "nothing handed in";
  if (!best.grade || others.some(({ grade }) => !grade)) return "waits for the grader";
  if (!isGraded(best.grade.result)) return "could not be graded";
  return unmarked.length > 0 ? "waits for marks" : "graded";
}

/** Points of the exercises, then how much is written: an empty copy never wins. */
const valueOf = ({ grade }: Candidate): [number, number] => {
  if (!grade) return [-2, 0];
  if (!isGraded(grade.result)) return [-1, 0];
  const { points, written } = grade.result;
  return [points, written.reduce((sum, { text }) => sum + text.trim().length, 0)];
};

/** Of notebooks that were handed in together the one with more points, else the newest. */
function bestFirst(together: HandIn[], grades: Map<string, Grade>): Candidate[] {
  return together
    .map((handIn) => ({ handIn, grade: grades.get(handIn.id) }))
    .sort((a, b) => {
      const [[pointsA, lengthA], [pointsB, lengthB]] = [valueOf(a), valueOf(b)];
      return pointsB - pointsA || lengthB - lengthA;
    });
}

function rowOf(student: Student, lesson: Lesson, settings: Settings, ready: IndexedLesson): Row {
  const { late, lessons, timeZone } = settings;
  const all = ready.handIns.get(student.id) ?? [];
  const { extension, accommodation } = extensionOf(
    lesson.id,
    ready.extensions.get(student.id),
    ready.granted.accommodations.get(student.id),
    settings,
  );
  const override = ready.overrides.get(student.id);
  const deadline = lessons.get(lesson.id);
  const together = countingHandIns(all, deadline, extension, late, timeZone);
  const [best, ...others] = bestFirst(together, ready.grades);
  const { handIn, grade } = best ?? {};
  const result = grade && isGraded(grade.result) ? grade.result : undefined;
  const sums = result && earned(lesson, student.id, result, ready.marks);
  const lateBy = handIn && lateness(handIn, deadline, extension, late, timeZone);
  const coveredDays = ready.granted.coveredDays.get(student.id) ?? 0;
  const percentOff = lateBy ? percentOf(lateBy, coveredDays, late) : 0;
  const after = sums && round(sums.earnedPoints * (1 - percentOff / 100));
  const set = override?.points === undefined ? undefined : override;
  const row: Row = {
    lesson: lesson.id,
    student,
    status: statusOf(best, others, sums?.unmarked ?? []),
    handIn,
    handIns: [...all].sort(byNewest),
    grade,
    others,
    marks: [],
    unanswered: [],
    unmarked: [],
    maxPoints: lesson.maxPoints,
    ...sums,
    deadline: lateBy?.deadline ?? extension?.until ?? deadline,
    extension,
    ...(accommodation && { accommodation }),
    daysLate: lateBy?.days ?? 0,
    ...(coveredDays > 0 && { coveredDays }),
    percentOff,
    override: set,
    points: set?.points ?? after,
  };
  return withExcusal(row, ready.granted.excusals.get(student.id));
}

/**
 * Excused lessons have no points; missing ones have 0, until something is handed in. Of an excusal
 * and points that were set by hand, what was decided later counts.
 */
function withExcusal(row: Row, excusal: Excusal | undefined): Row {
  if (!excusal || excusal.state === "none") return row;
  if (row.override && row.override.at > excusal.at) return row;
  if (excusal.state === "excused") return { ...row, status: "excused", points: undefined, excusal };
  if (row.handIn ?? row.override) return row;
  return { ...row, status: "missing", points: 0, excusal };
}

/** @returns a row for each student of the roster, and for those who left it with something to count */
export function rowsOf(stored: StoredLesson, lesson: Lesson, settings: Settings): Row[] {
  const ready = indexByStudent(stored);
  return stored.students
    .filter(({ id, active }) => active || ready.handIns.has(id) || ready.overrides.has(id))
    .map((student) => rowOf(student, lesson, settings, ready));
}

/** All that is stored of a lesson, as of one moment. */
export async function readStored(
  { sql, settings }: Class,
  lesson: string,
  grades = readGrades,
): Promise<StoredLesson> {
  return sql.snapshot(async (tx) => ({
    students: await readStudents(tx),
    handIns: await readHandIns(tx, lesson),
    grades: await grades(tx, lesson),
    marks: await readMarks(tx, lesson),
    overrides: await readOverrides(tx, lesson),
    extensions: await readExtensions(tx, lesson),
    granted: await readGranted(tx, lesson, settings),
  }));
}

/** Where each student stands in a lesson. */
export async function gradebook(classroom: Class, lesson: Lesson): Promise<Row[]> {
  return rowsOf(await readStored(classroom, lesson.id), lesson, classroom.settings);
}

/** The same without what the grader says of exercises and cells. */
export const gradebookSummary = async (classroom: Class, lesson: Lesson): Promise<Row[]> =>
  rowsOf(await readStored(classroom, lesson.id, readSummaries), lesson, classroom.settings);
