/** The totals of a class: for a page, a table, a command. */
import type { Class } from "../class.js";
import { writeTable } from "../csv.js";
import { allStudents, type Gradebooks } from "../gradebook/export.js";
import { now } from "../sql/write.js";
import type { Row, Student } from "../types.js";
import type { Lesson } from "../lessons.js";
import { number, totalOf, type Standing, type Total } from "./total.js";

type Grading = Pick<Class, "lessons" | "settings">;

export const totalFrom = (
  { lessons, settings }: Grading,
  standingOf: (lesson: Lesson) => Standing | undefined,
): Total => totalOf({ lessons, settings, time: now() }, standingOf);

/** Computes students' totals from gradebooks as staff see them. */
export function totalsIn(classroom: Grading, books: Gradebooks): (student: Student) => Total {
  const rows = new Map<string, Row>();
  for (const [{ id }, all] of books) {
    for (const row of all) rows.set(`${id} ${row.student.id}`, row);
  }
  return ({ id }) => totalFrom(classroom, (lesson) => rows.get(`${lesson.id} ${id}`));
}

const percentCell = (percent: number | undefined) =>
  percent === undefined ? undefined : number(percent);

/** One row for each student: each group's percent, the total, and how it is computed. */
export function totalTable(classroom: Grading, books: Gradebooks): string {
  const totalFor = totalsIn(classroom, books);
  const groups = classroom.settings.total?.groups.map(({ name }) => name) ?? ["All lessons"];
  const header = [
    "Name",
    "Email",
    "Number",
    "Login",
    "Section",
    ...groups,
    "Total",
    "So far",
    "Sum",
  ];
  const rows = allStudents(books).map((s) => {
    const total = totalFor(s);
    return [
      s.name,
      s.email,
      s.number,
      s.login,
      s.section,
      ...total.groups.map(({ percent }) => percentCell(percent)),
      percentCell(total.percent),
      total.isSoFar ? "yes" : "",
      total.formula,
    ];
  });
  return writeTable([header, ...rows]);
}
