/** A student's total, line by line: the same page for the student and for staff. */
import { markup, nothing, type Markup } from "grader/reports";
import { allGradebooks } from "../web/cache.js";
import { HTML, may, notFound, params, type WebContext } from "../web/context.js";
import { shown, page, studentPath, wide } from "../web/pages.js";
import type { SeenLessons } from "../web/seen.js";
import type { Student } from "../types.js";
import { totalFrom, totalsIn } from "./classTotals.js";
import { number, ungroupedText, type GroupTotal, type Total, type TotalLine } from "./total.js";

export const totalPath = ({ id }: Student) => `/students/${encodeURIComponent(id)}/total`;

const percentCell = (percent: number | undefined) =>
  percent === undefined ? "–" : `${number(percent)} %`;

function lineRow(student: Student, { lesson, ...line }: TotalLine): Markup {
  const link = markup`<a href="${studentPath(lesson, student)}">${lesson.title}</a>`;
  const given =
    line.points === undefined ? "–" : `${shown(line.points)} of ${shown(line.maxPoints)}`;
  const percent = percentCell(line.percent);
  const cell = line.isDropped ? markup`<s>${percent}</s>` : markup`${percent}`;
  return markup`<tr><th scope="row">${link}</th><td>${given}</td><td>${cell}</td>
<td>${number(line.weight)}</td><td>${line.note}</td></tr>`;
}

function groupSection(student: Student, group: GroupTotal, hasRule: boolean): Markup {
  const head = ["lesson", "points", "percent", "weight", "note"];
  const weight = hasRule ? markup`, weight ${number(group.weight)}` : nothing;
  return markup`<section><h2>${group.name}${weight}</h2>
${wide(
  head,
  group.lines.map((line) => lineRow(student, line)),
)}
<p>${group.formula}</p></section>`;
}

export function totalPage(student: Student, total: Total, hasRule: boolean): Markup {
  const { groups, ungrouped, percent, formula, isSoFar } = total;
  const soFar = isSoFar ? markup` so far` : nothing;
  const sum = percent === undefined ? "–" : `${number(percent)} %`;
  const how = hasRule ? markup`<p>The groups by their weights: ${formula}</p>` : nothing;
  const later = isSoFar
    ? markup`<p>Lessons that are still open don’t count yet, so it will change.</p>`
    : nothing;
  const outside = ungrouped.length > 0 ? markup`<p>${ungroupedText(ungrouped)}</p>` : nothing;
  return markup`<h1>Total: ${student.name}</h1>
<p><strong>${sum}${soFar}</strong></p>${how}${later}
${groups.map((group) => groupSection(student, group, hasRule))}${outside}`;
}

/** @param seen the lessons of a student as the student sees them */
export function totalRoutes({ app, classroom, books }: WebContext, seen: SeenLessons): void {
  app.get("/students/:student/total", may("own"), async (request, reply) => {
    const { student: id } = params(request);
    const session = request.session!;
    const all = await allGradebooks(classroom, books);
    const student = [...all.values()].flat().find((row) => row.student.id === id)?.student;
    if (!student) throw notFound();
    const mine = session.user.role === "student" ? await seen(student.id) : undefined;
    const total = mine
      ? totalFrom(classroom, (lesson) => mine.get(lesson.id))
      : totalsIn(classroom, all)(student);
    const body = totalPage(student, total, classroom.settings.total !== undefined);
    return reply.type(HTML).send(page(`Total: ${student.name}`, body, session));
  });
}
