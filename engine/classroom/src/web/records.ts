/**
 * Pages of what happened to a class: who changed what, what is kept about a student, erasing it.
 */
import type { FastifyRequest } from "fastify";
import { markup, nothing, type Markup } from "grader/reports";
import { ClassError } from "../given.js";
import { readAudit, shownTime, type AuditEntry } from "../records/audit.js";
import { erase, keptAbout, type Kept } from "../records/erase.js";
import { addEvent } from "../records/events.js";
import { studentData } from "../records/studentData.js";
import { readStudents } from "../sql/read.js";
import type { Student } from "../types.js";
import type { Session } from "./access.js";
import {
  field,
  HTML,
  may,
  nameOf,
  notFound,
  params,
  type Rejected,
  type WebContext,
} from "./context.js";
import { finder, listing, pager, readListQuery, searchForm, type ListQuery } from "./listing.js";
import { hidden, kept as typed, page, rejection, wide } from "./pages.js";
import { withInput } from "./rejected.js";

export const rosterPath = ({ id }: Pick<Student, "id">) => `/roster/${encodeURIComponent(id)}`;

/** The newest rows of each table that the page looks at. */
const MAX_SHOWN = 5000;

const entryRow = (entry: AuditEntry, student: Student | undefined, zone: string): Markup => {
  const name = student
    ? markup`<a href="${rosterPath(student)}">${student.name}</a>`
    : entry.student;
  return markup`<tr><td>${shownTime(entry.at, zone)}</td><td>${entry.by}</td><td>${entry.what}</td>
<td>${entry.lesson}</td><td>${name}</td></tr>`;
};

const HEAD = ["time", "who", "what", "lesson", "student"];
const AUDIT_PATH = "/audit";

function auditPage(
  entries: AuditEntry[],
  students: Map<string, Student>,
  query: ListQuery,
  zone: string,
): Markup {
  const isMeant = finder(query.find);
  const found = entries.filter((e) => {
    const student = students.get(e.student);
    const text = { name: `${e.by} ${e.what} ${e.lesson} ${student?.name ?? ""}` };
    const none = { number: "", email: "", login: "", section: "" };
    return isMeant({ ...(student ?? none), ...text } as Student);
  });
  const list = listing(found, query);
  const rows = list.shown.map((e) => entryRow(e, students.get(e.student), zone));
  const text = markup`<p>The newest first. <code>course class audit</code> writes all of them to a table.</p>`;
  return markup`<h1>Changes</h1>${text}${searchForm(AUDIT_PATH, query, [], "Find changes")}
${pager(AUDIT_PATH, list, { what: "Changes", none: "Nothing is found." })}${wide(HEAD, rows)}`;
}

const paths = (head: string, files: string[]) =>
  files.length === 0
    ? nothing
    : markup`<details><summary>${head}: ${files.length}</summary><ul>${files.map(
        (path) => markup`<li>${path}</li>`,
      )}</ul></details>`;

/** The form by which an owner erases a student, as it was typed where it was rejected. */
function eraseForm(student: Student, session: Session, rejected: Rejected | undefined): Markup {
  const at = `${rosterPath(student)}/erase`;
  return markup`<form method="post" action="${at}"><fieldset><legend>Erase the student</legend>
${hidden(session)}${rejection(rejected, at)}
<p>Everything above goes for good, and can’t be brought back. Backups still have it.</p>
<label>Reason, without a name <input name="reason" required maxlength="500"
value="${typed(rejected, at, "reason")}"></label>
<label>Write ${student.id} to confirm <input name="confirm" required autocomplete="off"
value="${typed(rejected, at, "confirm")}"></label>
<button>Erase</button></fieldset></form>`;
}

interface Shown {
  kept: Kept;
  changes: AuditEntry[];
  zone: string;
}

function studentPage(
  { kept, changes, zone }: Shown,
  session: Session,
  rejected: Rejected | undefined,
): Markup {
  const { student, rows, own, made, tables } = kept;
  const at = rosterPath(student);
  const counts = Object.entries(rows).map(
    ([name, n]) => markup`<li>${name.replaceAll("_", " ")}: ${n}</li>`,
  );
  const lines = changes.map((e) => entryRow(e, student, zone));
  return markup`<h1>${student.name}</h1><h2>What is kept</h2><ul>${counts}</ul>
${paths("Notebooks and reports", own)}${paths("Files that may name the student and can be made again", made)}
${paths("Tables of which the student’s lines go", tables)}
<p><a href="${at}/data">Download everything as an archive</a></p>
<h2>Changes</h2>${changes.length > 0 ? wide(HEAD, lines) : markup`<p>None.</p>`}
${session.user.role === "owner" ? eraseForm(student, session, rejected) : nothing}`;
}

async function studentOf({ classroom }: WebContext, request: FastifyRequest): Promise<Student> {
  const students = await readStudents(classroom.sql);
  const found = students.find(({ id }) => id === params(request).student);
  if (!found) throw notFound();
  return found;
}

export function recordRoutes(web: WebContext): void {
  const { app, classroom } = web;
  const zone = classroom.settings.timeZone;
  app.get(AUDIT_PATH, may("instructor"), async ({ session, query }, reply) => {
    const students = new Map((await readStudents(classroom.sql)).map((s) => [s.id, s]));
    const entries = await readAudit(classroom, MAX_SHOWN);
    const body = auditPage(entries, students, readListQuery(query), zone);
    return reply.type(HTML).send(page("Changes", body, session, ["listing.js"]));
  });
  const show = withInput(async (request, reply, rejected) => {
    const student = await studentOf(web, request);
    const kept = await keptAbout(classroom, student);
    const changes = (await readAudit(classroom)).filter((e) => e.student === student.id);
    const body = studentPage({ kept, changes, zone }, request.session!, rejected);
    return reply.type(HTML).send(page(student.name, body, request.session));
  });
  app.get("/roster/:student", may("instructor"), show.page);
  app.get("/roster/:student/data", may("instructor"), async (request, reply) => {
    const student = await studentOf(web, request);
    const archive = await studentData(classroom, student);
    const by = nameOf(request);
    await addEvent(classroom.sql, {
      action: "export",
      student: student.id,
      detail: "all data",
      by,
    });
    void reply.header("content-disposition", 'attachment; filename="student.zip"');
    return reply.type("application/zip").send(Buffer.from(archive));
  });
  app.post(
    "/roster/:student/erase",
    may("owner"),
    show.form(async (request, reply) => {
      const student = await studentOf(web, request);
      if (field(request, "confirm").trim() !== student.id) {
        throw new ClassError(`Nothing is erased: to confirm, write ${student.id}.`);
      }
      if (field(request, "reason").trim() === "") throw new ClassError("The reason is missing.");
      await erase(classroom, student.id, { reason: field(request, "reason"), by: nameOf(request) });
      return reply.redirect("/roster", 303);
    }),
  );
}
