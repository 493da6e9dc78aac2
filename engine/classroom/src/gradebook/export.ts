/** Points as Canvas and Moodle import them, and a plain table that shows how they came about. */
import { isGraded } from "grader/batch";
import type { Class } from "../class.js";
import { writeTable } from "../csv.js";
import type { Lesson } from "../lessons.js";
import { notesOf } from "./explain.js";
import { gradebookSummary } from "./rows.js";
import { showTime } from "../time.js";
import type { Row, Student } from "../types.js";

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

const columnOf = ({ settings }: Class, { id, title }: Lesson) => settings.columns.get(id) ?? title;

/** Canvas finds students by ID, SIS User ID or SIS Login ID; empty cells change nothing there. */
export function canvasTable(classroom: Class, books: Gradebooks): string {
  const lessons = [...books.keys()];
  const points = pointsIn(books);
  const header = ["Student", "ID", "SIS User ID", "SIS Login ID", "Section"];
  const rows = allStudents(books).map((s): Cells => [
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
export function moodleTable(classroom: Class, books: Gradebooks): string {
  const lessons = [...books.keys()];
  const points = pointsIn(books);
  const header = ["Full name", "ID number", "Email address", "Username"];
  const rows = allStudents(books).map((s): Cells => [
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
