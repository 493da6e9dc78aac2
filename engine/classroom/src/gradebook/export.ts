/** Points as Canvas and Moodle import them, and a plain table that shows how they came about. */
import { isGraded } from "grader/batch";
import type { Class } from "../class.js";
import { writeTable } from "../csv.js";
import type { Lesson } from "../lessons.js";
import { notesOf } from "./explain.js";
import { gradebookSummary } from "./rows.js";
import { ClassError } from "../settings.js";
import { showTime } from "../time.js";
import type { Row, Student } from "../types.js";

/** Points are thirds and quarters; sums of them miss a whole by less than this. */
const ROUNDING = 1e-6;

type Cells = (string | number | undefined)[];

/** Rows by lesson, without what the grader says of exercises and cells. */
export type Gradebooks = Map<Lesson, Row[]>;

export async function readGradebooks(classroom: Class, lessons: Lesson[]): Promise<Gradebooks> {
  const books: Gradebooks = new Map();
  for (const lesson of lessons) books.set(lesson, await gradebookSummary(classroom, lesson));
  return books;
}

/** Everybody who has a row in some lesson, by name. */
export function allStudents(books: Gradebooks): Student[] {
  const all = [...books.values()].flat().map(({ student }) => student);
  const byId = new Map(all.map((s) => [s.id, s]));
  return [...byId.values()].sort((a, b) => (a.name < b.name ? -1 : 1));
}

/** Points that count, by lesson and student. */
export function pointsIn(books: Gradebooks) {
  const points = new Map<string, number | undefined>();
  for (const [lesson, rows] of books) {
    for (const row of rows) points.set(`${lesson.id} ${row.student.id}`, row.points);
  }
  return (lesson: Lesson, { id }: Student) => points.get(`${lesson.id} ${id}`);
}

/** What the lesson's column is called in a platform's gradebook. */
export const columnOf = ({ settings }: Class, { id, title }: Lesson) =>
  settings.columns.get(id) ?? title;

/** Whether more points may come: a written answer has no mark, or a notebook no grade. */
export const isUnfinished = ({ status, override }: Pick<Row, "status" | "override">) =>
  override === undefined && (status === "waits for marks" || status === "waits for the grader");

/** What keeps a lesson's points from being final, as a sentence; undefined where nothing does. */
export function unfinished(lesson: Lesson, rows: Row[]): string | undefined {
  const open = rows.filter(isUnfinished);
  if (open.length === 0) return undefined;
  const marks = open.filter(({ status }) => status === "waits for marks").length;
  const parts = [
    ...(marks > 0 ? [`${marks} of ${rows.length} students wait for marks`] : []),
    ...(open.length > marks ? [`${open.length - marks} wait for the grader`] : []),
  ];
  return `${lesson.id} is unfinished: ${parts.join(" and ")}`;
}

/** Whether a grade is of other points than the lesson has, as after an exercise was changed. */
const hasOtherMaximum = (lesson: Lesson, row: Row) =>
  row.override === undefined &&
  row.points !== undefined &&
  Math.abs(row.maxPoints - lesson.maxPoints) > ROUNDING;

/** Which grades don't fit into a column of the lesson's points, as a sentence. */
function otherMaximum(lesson: Lesson, rows: Row[]): string | undefined {
  const others = rows.filter((row) => hasOtherMaximum(lesson, row));
  if (others.length === 0) return undefined;
  const maxima = [...new Set(others.map((row) => row.maxPoints))].join(" or ");
  const remedy =
    "if the exercises have changed since, grade everybody again by regrade and accept it; if a " +
    "machine could not run one, grade on a machine that can";
  return (
    `${lesson.id} has ${lesson.maxPoints} points, and ${others.length} of its grades are of ` +
    `${maxima}: ${remedy}`
  );
}

/** Why a lesson's points can't go into a platform's column now; undefined where they can. */
export function obstacle(lesson: Lesson, rows: Row[], options: TableOptions): string | undefined {
  const open = options.unfinished ? undefined : unfinished(lesson, rows);
  const remedy = "Grade and mark first, or export the points so far with --unfinished";
  return open === undefined ? otherMaximum(lesson, rows) : `${open}. ${remedy}`;
}

export interface TableOptions {
  /** Points that may still change are exported, too. */
  unfinished?: boolean;
}

/**
 * The students whose points a platform takes. Canvas (lib/gradebook_importer.rb) and Moodle take an
 * empty cell over a score as a change, so students without points have no row.
 * @throws ClassError where points may still change, or where a row would have an empty cell
 */
function studentsToImport(
  books: Gradebooks,
  options: TableOptions,
  points = pointsIn(books) as (lesson: Lesson, student: Student) => string | number | undefined,
): Student[] {
  for (const [lesson, rows] of books) {
    const found = obstacle(lesson, rows, options);
    if (found !== undefined) throw new ClassError(found);
  }
  const lessons = [...books.keys()];
  const students = allStudents(books).filter((s) =>
    lessons.some((l) => points(l, s) !== undefined),
  );
  const gap = students.find((s) => lessons.some((l) => points(l, s) === undefined));
  if (gap === undefined) return students;
  throw new ClassError(
    `${gap.name} has points in some lessons and none in others, and a platform takes an empty cell ` +
      "as a deleted score: export one lesson at a time (--lesson)",
  );
}

/** As Canvas writes and reads it (lib/gradebook_importer.rb). */
const CANVAS_EXCUSED = "EX";

/** Students who are excused from this lesson. */
const excusedIn = (rows: Row[]): Set<string> =>
  new Set(rows.filter((r) => r.status === "excused").map((r) => r.student.id));

/** Canvas finds students by ID, SIS User ID or SIS Login ID. */
export function canvasTable(
  classroom: Class,
  books: Gradebooks,
  options: TableOptions = {},
): string {
  const lessons = [...books.keys()];
  const earned = pointsIn(books);
  const excused = new Map([...books].map(([lesson, rows]) => [lesson, excusedIn(rows)]));
  const points = (lesson: Lesson, student: Student) =>
    excused.get(lesson)!.has(student.id) ? CANVAS_EXCUSED : earned(lesson, student);
  const header = ["Student", "ID", "SIS User ID", "SIS Login ID", "Section"];
  const rows = studentsToImport(books, options, points).map((s): Cells => [
    s.name,
    s.canvasId,
    s.number,
    s.login || s.email,
    s.section,
    ...lessons.map((lesson) => points(lesson, s)),
  ]);
  const possible: Cells = [
    "    Points Possible",
    "",
    "",
    "",
    "",
    ...lessons.map((l) => l.maxPoints),
  ];
  return writeTable([
    [...header, ...lessons.map((l) => columnOf(classroom, l))],
    possible,
    ...rows,
  ]);
}

/** Moodle asks which column finds students (ID number or email) and which item is which. */
export function moodleTable(
  classroom: Class,
  books: Gradebooks,
  options: TableOptions = {},
): string {
  const lessons = [...books.keys()];
  const points = pointsIn(books);
  const header = ["Full name", "ID number", "Email address", "Username"];
  const rows = studentsToImport(books, options).map((s): Cells => [
    s.name,
    s.number,
    s.email,
    s.login,
    ...lessons.map((lesson) => points(lesson, s)),
  ]);
  return writeTable([[...header, ...lessons.map((l) => columnOf(classroom, l))], ...rows]);
}

const PLAIN = [
  "Name",
  "Email",
  "Number",
  "Login",
  "Canvas ID",
  "Section",
  "Lesson",
  "Status",
  "Handed in",
  "Deadline",
  "Days late",
  "Percent off",
  "Exercises",
  "Written",
  "Before",
  "Points",
  "Of",
  "Set because",
  "Seed",
  "Version",
  "SHA-256",
  "Notes",
];

function plainRow(row: Row, zone: string): Cells {
  const { student: s, handIn, grade } = row;
  const time = (iso: string | undefined) => iso && showTime(iso, zone);
  const inputs = grade && isGraded(grade.result) ? grade : undefined;
  return [
    s.name,
    s.email,
    s.number,
    s.login,
    s.canvasId,
    s.section,
    row.lesson,
    row.status,
    time(handIn?.at),
    time(row.deadline),
    row.daysLate,
    row.percentOff,
    row.exercisePoints,
    row.writtenPoints,
    row.earnedPoints,
    row.points,
    row.maxPoints,
    row.override?.reason,
    inputs?.seed,
    inputs?.version,
    inputs?.sha256,
    notesOf(row).join(" "),
  ];
}

/** One row for each student and lesson. */
export function plainTable(classroom: Class, books: Gradebooks): string {
  const rows = [...books.values()].flat();
  return writeTable([PLAIN, ...rows.map((row) => plainRow(row, classroom.settings.timeZone))]);
}

export const TABLES = { canvas: canvasTable, moodle: moodleTable, csv: plainTable };
