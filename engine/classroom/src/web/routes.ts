/** The routes. Addresses name lessons and students, which are looked up, and never files. */
import { readFileSync } from "node:fs";
import type { FastifyInstance, FastifyRequest } from "fastify";
import { studentPage } from "grader/reports";
import { isGraded } from "grader/batch";
import { readManifest } from "grader/files";
import { type Class, storedFile } from "../class.js";
import { extend, override } from "../gradebook/overrides.js";
import {
  changesSince,
  publish,
  readPublished,
  readPublishedOf,
  type Published,
} from "../gradebook/published.js";
import type { Publication, Row } from "../types.js";
import type { Lesson } from "../lessons.js";
import { answersOf, statementOf } from "../gradebook/marks.js";
import { readGrade, readPublications, readStudents } from "../sql/read.js";
import { answersOf as codesOf } from "../report/answers.js";
import { ClassError } from "../settings.js";
import { addMark, addPublication, now } from "../sql/write.js";
import { allGradebooks, cacheGradebooks, cacheByLesson } from "./cache.js";
import { ltiRoutes } from "./lti.js";
import { recordRoutes } from "./records.js";
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
  type WebContext,
  type WebOptions,
} from "./context.js";

type Words = { [name: string]: string | undefined };

/** A row as its student sees it: as published, or without grades. */
function asSeen(
  row: Row,
  lesson: Lesson,
  publication: Publication | undefined,
  published: Published | undefined,
): pages.VisibleRow & { isHeld: boolean } {
  const isHeld = !publication?.published || (publication.isFixed === true && !published);
  if (isHeld) return { ...pages.withoutGrades(row, lesson), isHeld };
  if (!published) return { ...row, isHeld };
  return { ...pages.publishedView(row, lesson, published.row), isHeld };
}

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

/** What lists do by keyboard. */
const LIST = ["listing.js"];

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
    const body = pages.lessonsPage(classroom, await readPublications(classroom.sql));
    return reply.type(HTML).send(pages.page(classroom.settings.title, body, session));
  });
  app.get("/roster", may("instructor"), async ({ session, query }, reply) => {
    const body = pages.rosterPage(await readStudents(classroom.sql), readListQuery(query));
    return reply.type(HTML).send(pages.page("Roster", body, session, LIST));
  });
  app.get("/grades", may("instructor"), async ({ session, query }, reply) => {
    const body = pages.gradesPage(await allGradebooks(classroom, books), readListQuery(query));
    return reply.type(HTML).send(pages.page("All grades", body, session, LIST));
  });
  app.get("/lessons/:lesson", may("instructor"), async (request, reply) => {
    const lesson = lessonOf(classroom, request);
    const decided = (await readPublications(classroom.sql)).get(lesson.id);
    const rows = await books(lesson);
    const published = await readPublished(classroom.sql, lesson.id);
    const isNews = (row: Row) =>
      published.has(row.student.id)
        ? changesSince(published.get(row.student.id), row).length > 0
        : (row.handIn ?? row.override) !== undefined;
    const news = decided?.isFixed ? rows.filter(isNews).length : 0;
    const query = readListQuery(request.query);
    const body = pages.gradebookPage(lesson, rows, query, request.session!, {
      decided,
      news,
      hasPlatform: classroom.settings.lti !== undefined,
    });
    return reply.type(HTML).send(pages.page(lesson.title, body, request.session, LIST));
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

function oneStudent(web: WebContext): void {
  const { app, classroom, books } = web;
  app.get("/me", may("student"), async ({ session }, reply) => {
    const { user: who } = session!;
    const published = await readPublications(classroom.sql);
    const mine: [Lesson, pages.VisibleRow | undefined][] = [];
    const student = who.role === "student" ? who.id : "";
    const seen = await readPublishedOf(classroom.sql, student);
    for (const lesson of classroom.lessons) {
      const row = (await books(lesson)).find((r) => r.student.id === student);
      const view = row && asSeen(row, lesson, published.get(lesson.id), seen.get(lesson.id));
      mine.push([lesson, view]);
    }
    return reply.type(HTML).send(pages.page("My grades", pages.myPage(mine), session));
  });
  app.get(STUDENT, may("own"), async (request, reply) => {
    const { lesson, row, seen, published } = await rowOf(web, request);
    const entry = readManifest(classroom.root).lessons.find(({ id }) => id === lesson.id)!;
    const codes = seen.handIn
      ? codesOf(storedFile(classroom, seen.handIn), row.student.id, entry)
      : [];
    const zone = classroom.settings.timeZone;
    const changes = changesSince(published, row);
    const body = pages.answerPage(
      { lesson, row: seen, published, changes, codes, zone },
      request.session!,
    );
    return reply.type(HTML).send(pages.page(row.student.name, body, request.session));
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

function decisions(web: WebContext): void {
  const { app, classroom } = web;
  app.post(`${STUDENT}/override`, may("instructor"), async (request, reply) => {
    const { lesson, row } = await rowOf(web, request);
    const given = { points: field(request, "points"), reason: field(request, "reason") };
    if (given.points.trim() === "") throw new ClassError("the points are missing");
    await override(classroom, lesson, { who: row.student.id, ...given, by: nameOf(request) });
    return reply.redirect(request.url.replace(/\/override$/, ""), 303);
  });
  app.post(`${STUDENT}/extension`, may("instructor"), async (request, reply) => {
    const { lesson, row } = await rowOf(web, request);
    const given = { until: field(request, "until"), reason: field(request, "reason") };
    await extend(classroom, lesson, { who: row.student.id, ...given, by: nameOf(request) });
    return reply.redirect(request.url.replace(/\/extension$/, ""), 303);
  });
}

async function answersTo({ classroom, books }: WebContext, request: FastifyRequest) {
  const lesson = lessonOf(classroom, request);
  const { question } = params(request);
  if (!lesson.written.some(({ name }) => name === question)) {
    throw notFound();
  }
  const all = answersOf(await books(lesson));
  return { lesson, question: question!, answers: all.filter((a) => a.question === question) };
}

function marking(web: WebContext): void {
  const { app, classroom } = web;
  const at = "/lessons/:lesson/marking/:question";
  app.get(at, may("instructor"), async (request, reply) => {
    const { lesson, question, answers } = await answersTo(web, request);
    const { code } = request.query as Words;
    const open = answers.filter((a) => !a.mark);
    const answer = answers.find((a) => a.code === code) ?? open[0] ?? answers[0];
    const next = answers[(answers.indexOf(answer!) + 1) % answers.length]?.code ?? "";
    const statement = statementOf(classroom.root, lesson.id, question);
    const marking = { answer, next, left: open.length, statement };
    const body = pages.markingPage(lesson, question, marking, request.session!);
    return reply.type(HTML).send(pages.page(question, body, request.session, ["marking.js"]));
  });
  app.post(at, may("instructor"), async (request, reply) => {
    const { answers } = await answersTo(web, request);
    const answer = answers.find((a) => a.code === field(request, "code"));
    if (!answer) throw new Refusal(404, "This answer isn’t there any more.");
    const text = field(request, "points").trim().replace(",", ".");
    const points = text === "" ? NaN : Number(text);
    if (!(points >= 0 && points <= answer.maxPoints)) {
      throw new ClassError(`The points must be a number from 0 to ${answer.maxPoints}.`);
    }
    const { handIn, question } = answer;
    const comment = field(request, "comment").slice(0, 5000);
    await addMark(classroom.sql, {
      handIn,
      question,
      points,
      comment,
      by: nameOf(request),
      at: now(),
    });
    return reply.redirect(request.url.split("?")[0]!, 303);
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
  downloads(web);
  oneStudent(web);
  decisions(web);
  marking(web);
  publishing(web);
  regradeRoutes(web);
  recordRoutes(web);
  ltiRoutes(web);
}
