/** The routes. Addresses name lessons and students, which are looked up, and never files. */
import { readFileSync } from "node:fs";
import type { FastifyInstance, FastifyRequest } from "fastify";
import { studentPage } from "grader/reports";
import { isGraded } from "grader/batch";
import { readManifest } from "grader/files";
import { type Class, storedFile } from "../class.js";
import {
  changesSince,
  pendingIn,
  publish,
  readPublished,
  readPublishedOf,
} from "../gradebook/published.js";
import type { Row, Student } from "../types.js";
import type { Lesson } from "../lessons.js";
import { markingRoutes, rubricRoutes } from "../marking/markingPage.js";
import { oralBody, oralSheet } from "../oral/oral.js";
import { requestRoutes } from "../requests/requestPages.js";
import { inSections } from "../staff/rights.js";
import { staffRoutes } from "../staff/staffPage.js";
import { totalsIn } from "../total/classTotals.js";
import { totalRoutes } from "../total/totalPage.js";
import { readGrade, readPublications, readStudents } from "../sql/read.js";
import { answersOf as codesOf } from "../report/answers.js";
import { addPublication, now } from "../sql/write.js";
import { belowAnswers } from "./belowAnswers.js";
import { allGradebooks, cacheGradebooks, cacheByLesson } from "./cache.js";
import { decisionRoutes } from "./decisions.js";
import { ltiRoutes } from "./lti.js";
import { recordRoutes } from "./records.js";
import { withInput } from "./rejected.js";
import { asSeen, seenLessons } from "./seen.js";
import { regradeRoutes } from "./regrading.js";
import { downloads } from "./downloads.js";
import { readListQuery } from "./listing.js";
import { oidcRoutes } from "./oidc.js";
import * as pages from "./pages.js";
import {
  COOKIE,
  enter,
  field,
  HTML,
  lessonOf,
  limited,
  may,
  nameOf,
  notFound,
  params,
  Refusal,
  staffOf,
  type WebContext,
  type WebOptions,
} from "./context.js";

type Words = { [name: string]: string | undefined };

async function rowOf({ classroom, books }: WebContext, request: FastifyRequest) {
  const lesson = lessonOf(classroom, request);
  const { student } = params(request);
  const row = (await books(lesson)).find((r) => r.student.id === student);
  if (!row) throw notFound();
  const publication = (await readPublications(classroom.sql)).get(lesson.id);
  const published = publication?.isFixed
    ? (await readPublishedOf(classroom.sql, row.student.id)).get(lesson.id)
    : undefined;
  if (request.session?.user.role !== "student") {
    return { lesson, row, seen: row, published, held: false };
  }
  const seen = asSeen(row, lesson, publication, published);
  return { lesson, row, seen, published, held: seen.isHeld };
}

function signing({ app, options: { access, url, provider } }: WebContext): void {
  app.get("/sign-in", may("public"), async (request, reply) => {
    const { token = "" } = request.query as Words;
    const body = pages.signInPage(String(token), provider !== undefined);
    return reply.type(HTML).send(pages.page("Sign in", body));
  });
  app.post("/sign-in", limited, async (request, reply) => {
    const session = access.signIn(field(request, "token"));
    if (session === undefined) {
      throw new Refusal(401, "This link is used up or out of date: ask for a new one.");
    }
    enter(reply, session, url.startsWith("https:"));
    return reply.redirect("/", 303);
  });
  app.post("/sign-out", may("public"), async (request, reply) => {
    access.signOut(request.cookies[COOKIE]);
    return reply.clearCookie(COOKIE, { path: "/" }).redirect("/sign-in", 303);
  });
}

/** Whom of the class whoever asks may see. */
const seenBy = (request: FastifyRequest) => {
  const rights = staffOf(request);
  return (student: Student) => inSections(rights, student);
};

/** What lists do by keyboard. */
const LIST = ["listing.js"];

/** A lesson's gradebook; who sees no names finds the questions to mark there. */
function lessonPage({ app, classroom, books }: WebContext): void {
  app.get("/lessons/:lesson", may("marker"), async (request, reply) => {
    const lesson = lessonOf(classroom, request);
    const decided = (await readPublications(classroom.sql)).get(lesson.id);
    const isSeen = seenBy(request);
    const rows = (await books(lesson)).filter((r) => isSeen(r.student));
    const pending = pendingIn(rows, await readPublished(classroom.sql, lesson.id));
    const query = readListQuery(request.query);
    const body = pages.gradebookPage(lesson, rows, query, request.session!, {
      decided,
      pending,
      hasPlatform: classroom.settings.lti !== undefined,
    });
    return reply.type(HTML).send(pages.page(lesson.title, body, request.session, LIST));
  });
}

function overview({ app, classroom, books, options: { assets, report } }: WebContext): void {
  const reports = cacheByLesson(classroom, ({ id }) => report(id));
  app.get("/assets/:name", may("public"), async (request, reply) => {
    const asset = assets.get(params(request).name!);
    if (!asset) throw notFound();
    return reply.type(asset.type).send(asset.text);
  });
  app.get("/", may("public"), async ({ session }, reply) => {
    if (!session) return reply.redirect("/sign-in", 303);
    if (session.user.role === "student") return reply.redirect("/me", 303);
    const decided = await readPublications(classroom.sql);
    const body = pages.lessonsPage(classroom, decided, session.user);
    return reply.type(HTML).send(pages.page(classroom.settings.title, body, session));
  });
  app.get("/roster", may("names"), async (request, reply) => {
    const students = (await readStudents(classroom.sql)).filter(seenBy(request));
    const body = pages.rosterPage(students, readListQuery(request.query), staffOf(request));
    return reply.type(HTML).send(pages.page("Roster", body, request.session, LIST));
  });
  app.get("/grades", may("names"), async (request, reply) => {
    const isSeen = seenBy(request);
    const all = [...(await allGradebooks(classroom, books))].map(
      ([lesson, rows]): [Lesson, Row[]] => [lesson, rows.filter((r) => isSeen(r.student))],
    );
    const seen = new Map(all);
    const query = readListQuery(request.query);
    const body = pages.gradesPage(seen, query, totalsIn(classroom, seen));
    return reply.type(HTML).send(pages.page("All grades", body, request.session, LIST));
  });
  app.get("/lessons/:lesson/report", may("instructor"), async (request, reply) => {
    const { title, body } = await reports(lessonOf(classroom, request));
    const policy =
      "default-src 'none'; script-src 'self'; style-src 'self' 'unsafe-inline'; " +
      "img-src 'self' data: blob:; form-action 'self'; base-uri 'none'; frame-ancestors 'none'";
    void reply.header("content-security-policy", policy); // plotly.js writes styles
    return reply.type(HTML).send(pages.page(title, body, request.session, ["report.js"]));
  });
}

const STUDENT = "/lessons/:lesson/students/:student";

/** The page of a student's lesson: answers, report, and below them what may be decided or asked. */
const studentView = (web: WebContext) =>
  withInput(async (request, reply, rejected) => {
    const { classroom } = web;
    const { lesson, row, seen, published, held } = await rowOf(web, request);
    const entry = readManifest(classroom.root).lessons.find(({ id }) => id === lesson.id)!;
    const codes = seen.handIn
      ? codesOf(storedFile(classroom, seen.handIn), row.student.id, entry)
      : [];
    const zone = classroom.settings.timeZone;
    const changes = changesSince(published, row);
    const session = request.session!;
    const about = { lesson, student: row.student, isPublished: !held };
    const below = await belowAnswers(web, about, session, rejected);
    const body = pages.answerPage(
      { lesson, row: seen, published, changes, codes, zone, below },
      session,
    );
    return reply.type(HTML).send(pages.page(row.student.name, body, session));
  });

function oneStudent(web: WebContext, show: ReturnType<typeof studentView>): void {
  const { app, classroom, books } = web;
  app.get("/me", may("student"), async ({ session }, reply) => {
    const { user: who } = session!;
    const seen = await seenLessons(classroom, books)(who.role === "student" ? who.id : "");
    const mine = classroom.lessons.map((lesson): [Lesson, pages.VisibleRow | undefined] => [
      lesson,
      seen.get(lesson.id),
    ]);
    return reply.type(HTML).send(pages.page("My grades", pages.myPage(mine), session));
  });
  app.get(STUDENT, may("own"), show.page);
  app.get(`${STUDENT}/oral`, may("section"), async (request, reply) => {
    const { lesson, row } = await rowOf(web, request);
    const body = oralBody(oralSheet(classroom, lesson, row));
    return reply.type(HTML).send(pages.page("Oral exam", body, request.session));
  });
  app.get(`${STUDENT}/report`, may("own"), async (request, reply) => {
    const { seen, held } = await rowOf(web, request);
    if (held) throw new Refusal(404, "These grades are not published yet.");
    const result = seen.grade && (await readGrade(classroom.sql, seen.grade.id))?.result;
    if (!result || !isGraded(result)) throw new Refusal(404, "Nothing is graded yet.");
    const policy = "default-src 'none'; style-src 'unsafe-inline'; frame-ancestors 'self'; sandbox";
    void reply.header("content-security-policy", policy);
    return reply.type(HTML).send(studentPage(classroom.course, result));
  });
  app.get(`${STUDENT}/notebook`, may("own"), async (request, reply) => {
    const { lesson, row } = await rowOf(web, request);
    if (!row.handIn) throw new Refusal(404, "Nothing was handed in.");
    void reply.header("content-disposition", `attachment; filename="${lesson.id}.ipynb"`);
    return reply
      .type("application/octet-stream")
      .send(readFileSync(storedFile(classroom, row.handIn)));
  });
}

function publishing({ app, classroom }: WebContext): void {
  for (const [word, published] of [
    ["publish", true],
    ["unpublish", false],
  ] as const) {
    app.post(`/lessons/:lesson/${word}`, may("instructor"), async (request, reply) => {
      const lesson = lessonOf(classroom, request);
      const by = nameOf(request);
      if (published) await publish(classroom, lesson, by);
      else await addPublication(classroom.sql, { lesson: lesson.id, published, by, at: now() });
      return reply.redirect(pages.lessonPath(lesson), 303);
    });
  }
}

export function routes(app: FastifyInstance, classroom: Class, options: WebOptions): void {
  const web: WebContext = { app, classroom, books: cacheGradebooks(classroom), options };
  signing(web);
  oidcRoutes(web);
  overview(web);
  lessonPage(web);
  downloads(web);
  const show = studentView(web);
  oneStudent(web, show);
  decisionRoutes(web, show);
  requestRoutes(web, show);
  totalRoutes(web, seenLessons(classroom, web.books));
  markingRoutes(web);
  rubricRoutes(web);
  staffRoutes(web);
  publishing(web);
  regradeRoutes(web);
  recordRoutes(web);
  ltiRoutes(web);
}
