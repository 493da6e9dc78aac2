/** All grades in one table: a row for each student, a column for each lesson. */
import { markup, points, type Markup } from "grader/reports";
import { allStudents, pointsIn, type Gradebooks } from "../gradebook/export.js";
import type { Lesson } from "../lessons.js";
import type { Student } from "../types.js";
import { finder, listing, pager, searchForm, type ListQuery } from "./listing.js";
import { lessonPath, shown, studentPath, wide } from "./pages.js";

const AT = "/grades";

/** The number alone, as the column is narrow; its title is read out and shows under the pointer. */
const columnHead = (lesson: Lesson): Markup => {
  const [number] = lesson.id.split("-");
  return markup`<a href="${lessonPath(lesson)}" title="${lesson.title}"
aria-label="${number!} ${lesson.title}">${number!}</a>`;
};

export function gradesPage(books: Gradebooks, asked: ListQuery): Markup {
  const lessons = [...books.keys()];
  const earned = pointsIn(books);
  const list = listing(allStudents(books).filter(finder(asked.find)), asked);
  const cell = (lesson: Lesson, student: Student) => {
    const given = earned(lesson, student);
    if (given === undefined) return markup`<td>–</td>`;
    return markup`<td><a href="${studentPath(lesson, student)}">${points(given)}</a></td>`;
  };
  const rows = list.shown.map((student) => {
    const sum = lessons.reduce((total, lesson) => total + (earned(lesson, student) ?? 0), 0);
    return markup`<tr><th scope="row">${student.name}</th>${lessons.map((l) => cell(l, student))}
<td>${shown(sum)}</td></tr>`;
  });
  const of = lessons.reduce((total, lesson) => total + lesson.of, 0);
  const head = ["student", ...lessons.map(columnHead), `of ${points(of)}`];
  return markup`<h1>All grades</h1>${searchForm(AT, asked)}${pager(AT, list)}
<div class="grid">${wide(head, rows)}</div>`;
}
