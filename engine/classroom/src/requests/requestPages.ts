/** Requests in a browser: a student asks below a published grade, instructors answer there. */
import { markup, nothing, type Markup } from "grader/reports";
import type { FastifyReply, FastifyRequest } from "fastify";
import type { Lesson } from "../lessons.js";
import { inSections } from "../staff/rights.js";
import { readStudents } from "../sql/read.js";
import { now } from "../sql/write.js";
import { showTime } from "../time.js";
import type { Student } from "../types.js";
import type { Session } from "../web/access.js";
import {
  field,
  HTML,
  lessonOf,
  may,
  nameOf,
  notFound,
  params,
  staffOf,
  type Rejected,
  type WebContext,
} from "../web/context.js";
import { hidden, kept, page, rejection, studentPath, wide } from "../web/pages.js";
import type { withInput } from "../web/rejected.js";
import { answerRequest, ask, readRequests, subjectsOf, type ReviewRequest } from "./requests.js";

interface Asked {
  lesson: Lesson;
  student: Student;
  /** Whether the student sees the lesson's grade. */
  isPublished: boolean;
  zone: string;
  /** Until when the student may ask; undefined where there is no limit. */
  until?: string;
}

const subject = ({ about }: ReviewRequest) => about || "the lesson as a whole";

function answerForm(at: string, request: ReviewRequest, session: Session, rejected?: Rejected) {
  const own = rejected?.values.get("request") === request.id ? rejected : undefined;
  return markup`<form method="post" action="${at}"><fieldset><legend>Answer</legend>
${hidden(session)}${rejection(own, at)}<input type="hidden" name="request" value="${request.id}">
<label>Answer, which the student reads at once <textarea name="message" required
maxlength="3000">${kept(own, at, "message")}</textarea></label><button>Answer</button></fieldset></form>`;
}

function requestItem(
  request: ReviewRequest,
  { lesson, student, zone }: Asked,
  session: Session,
  rejected?: Rejected,
): Markup {
  const isStaff = session.user.role !== "student";
  const by = isStaff && request.answer ? ` by ${request.answer.by}` : "";
  const answered = request.answer
    ? markup`<p><strong>Answered${by}, ${showTime(request.answer.at, zone)}:</strong>
${request.answer.message}</p>`
    : markup`<p>It waits for an answer.</p>`;
  const at = `${studentPath(lesson, student)}/answer`;
  const form = isStaff && !request.answer ? answerForm(at, request, session, rejected) : nothing;
  return markup`<li><p>${showTime(request.at, zone)}, ${subject(request)}: ${request.message}</p>
${answered}${form}</li>`;
}

function askForm(asked: Asked, session: Session, rejected?: Rejected): Markup {
  const { lesson, student, until, zone } = asked;
  if (until !== undefined && until < now()) {
    return markup`<p>Requests about this lesson were possible until ${showTime(until, zone)}.</p>`;
  }
  const limit =
    until === undefined ? nothing : markup`<p>Possible until ${showTime(until, zone)}.</p>`;
  const at = `${studentPath(lesson, student)}/request`;
  const about = kept(rejected, at, "about");
  const options = subjectsOf(lesson).map((name) =>
    name === about ? markup`<option selected>${name}</option>` : markup`<option>${name}</option>`,
  );
  return markup`<form method="post" action="${at}"><fieldset>
<legend>Ask to look at it again</legend>${limit}${hidden(session)}${rejection(rejected, at)}
<label>About <select name="about"><option value="">the lesson as a whole</option>${options}</select></label>
<label>What should be looked at, and why <textarea name="message" required
maxlength="3000">${kept(rejected, at, "message")}</textarea></label><button>Ask</button></fieldset></form>`;
}

/** A student's requests about a lesson, with the form that the reader may use. */
export function requestSection(
  asked: Asked,
  requests: ReviewRequest[],
  session: Session,
  rejected?: Rejected,
): Markup {
  const own = requests.filter(({ lesson }) => lesson === asked.lesson.id);
  const mayAsk = session.user.role === "student" && asked.isPublished;
  if (own.length === 0 && !mayAsk) return nothing;
  const items = own.map((request) => requestItem(request, asked, session, rejected));
  const list = items.length > 0 ? markup`<ul>${items}</ul>` : nothing;
  const later =
    session.user.role === "student" && own.some(({ answer }) => answer)
      ? markup`<p>Where an answer changes points, they show when grades are published again.</p>`
      : nothing;
  const form = mayAsk ? askForm(asked, session, rejected) : nothing;
  return markup`<section><h2>Requests to look again</h2>${list}${later}${form}</section>`;
}

function requestsPage(
  rows: { request: ReviewRequest; student: Student; lesson: Lesson }[],
  zone: string,
): Markup {
  const open = rows.filter(({ request }) => !request.answer);
  const line = ({ request, student, lesson }: (typeof rows)[number]) =>
    markup`<tr><th scope="row"><a href="${studentPath(lesson, student)}">${student.name}</a></th>
<td>${lesson.title}</td><td>${subject(request)}</td><td>${request.message}</td>
<td>${showTime(request.at, zone)}</td><td>${request.answer ? `answered by ${request.answer.by}` : "open"}</td></tr>`;
  const sorted = [...open, ...rows.filter(({ request }) => request.answer)];
  const head = ["student", "lesson", "about", "request", "asked", "answer"];
  const table = rows.length > 0 ? wide(head, sorted.map(line)) : markup`<p>Nobody has asked.</p>`;
  return markup`<h1>Requests to look again</h1><p>${open.length} wait for an answer.</p>${table}`;
}

const STUDENT = "/lessons/:lesson/students/:student";

/** @param show draws the student's page again where a form is rejected */
export function requestRoutes(web: WebContext, show: ReturnType<typeof withInput>): void {
  const { app, classroom } = web;
  app.get("/requests", may("section"), async (request, reply) => {
    const students = new Map((await readStudents(classroom.sql)).map((s) => [s.id, s]));
    const rows = (await readRequests(classroom.sql)).flatMap((asked) => {
      const student = students.get(asked.student)!;
      const lesson = classroom.lessons.find(({ id }) => id === asked.lesson);
      const isSeen = lesson && inSections(staffOf(request), student);
      return isSeen ? { request: asked, student, lesson } : [];
    });
    const body = requestsPage(rows, classroom.settings.timeZone);
    return reply.type(HTML).send(page("Requests", body, request.session));
  });
  const back = (request: FastifyRequest, reply: FastifyReply) =>
    reply.redirect(request.url.replace(/\/\w+$/, ""), 303);
  app.post(
    `${STUDENT}/request`,
    may("self"),
    show.form(async (request, reply) => {
      await ask(classroom, lessonOf(classroom, request), {
        student: params(request).student!,
        about: field(request, "about"),
        message: field(request, "message"),
      });
      return back(request, reply);
    }),
  );
  app.post(
    `${STUDENT}/answer`,
    may("section"),
    show.form(async (request, reply) => {
      const id = field(request, "request");
      const own = await readRequests(classroom.sql, params(request).student!);
      if (!own.some((r) => r.id === id)) throw notFound();
      const message = field(request, "message");
      await answerRequest(classroom, id, { message, by: nameOf(request) });
      return back(request, reply);
    }),
  );
}
