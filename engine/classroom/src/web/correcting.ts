/** The addresses of a lesson's decisions: grading again, publishing. */
import { DiskError } from "grader/files";
import { isFinished } from "../gradebook/grade.js";
import { acceptRegrade, preview } from "../gradebook/regrade.js";
import { addPublication, now } from "../sql/write.js";
import * as pages from "./pages.js";
import { regradePage } from "./regradePage.js";
import { regrading } from "./regrading.js";
import { field, HTML, lessonOf, may, nameOf, Refusal, type WebContext } from "./context.js";

const SECONDS = "3";

/** Another grader may be writing to the same folder. */
async function inFolder<T>(work: () => Promise<T>): Promise<T> {
  try {
    return await work();
  } catch (e) {
    throw e instanceof DiskError ? new Refusal(503, e.message) : e;
  }
}

export function correcting({ app, classroom, books, options }: WebContext): void {
  const running = regrading(classroom, options.grading);
  app.addHook("onClose", () => running.stop());
  const at = "/lessons/:lesson/regrade";
  app.get(at, may("instructor"), async (request, reply) => {
    const lesson = lessonOf(classroom, request);
    const state = running.state(lesson);
    const graded = (await books(lesson)).some((r) => isFinished(r.grade));
    if (state.is === "running") void reply.header("refresh", SECONDS);
    const looks = graded && state.is !== "running";
    const found = looks ? await inFolder(() => preview(classroom, lesson)) : undefined;
    const body = regradePage({ lesson, state, found, graded }, request.session!);
    return reply.type(HTML).send(pages.page("Grade again", body, request.session));
  });
  app.post(at, may("instructor"), async (request, reply) => {
    running.start(lessonOf(classroom, request));
    return reply.redirect(request.url, 303);
  });
  app.post(`${at}/stop`, may("instructor"), async (request, reply) => {
    lessonOf(classroom, request);
    await running.stop();
    return reply.redirect(request.url.replace(/\/stop$/, ""), 303);
  });
  app.post(`${at}/accept`, may("instructor"), async (request, reply) => {
    const lesson = lessonOf(classroom, request);
    const seen = { by: nameOf(request), digest: field(request, "digest") };
    await inFolder(() => acceptRegrade(classroom, lesson, seen));
    return reply.redirect(pages.lessonPath(lesson), 303);
  });
}

export function publishing({ app, classroom }: WebContext): void {
  for (const [word, published] of [
    ["publish", true],
    ["unpublish", false],
  ] as const) {
    app.post(`/lessons/:lesson/${word}`, may("instructor"), async (request, reply) => {
      const lesson = lessonOf(classroom, request);
      const decision = { lesson: lesson.id, published, by: nameOf(request), at: now() };
      await addPublication(classroom.sql, decision);
      return reply.redirect(pages.lessonPath(lesson), 303);
    });
  }
}
