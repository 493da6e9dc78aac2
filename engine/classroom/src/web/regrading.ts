/** Grading a lesson again from the browser: the job, its page and its routes. */
import { markup, nothing, points, type Markup } from "grader/reports";
import { DiskError } from "grader/files";
import type { Class } from "../class.js";
import { isFinished, type GradeClassOptions } from "../gradebook/grade.js";
import {
  acceptRegrade,
  preview,
  regrade,
  type Change,
  type Regrade,
} from "../gradebook/regrade.js";
import type { Lesson } from "../lessons.js";
import { ClassError } from "../settings.js";
import type { Session } from "./access.js";
import { field, HTML, lessonOf, may, nameOf, Refusal, type WebContext } from "./context.js";
import { button, lessonPath, page, shown, studentPath, wide } from "./pages.js";

export type State =
  | { status: "idle" }
  | { status: "running"; done: number; total: number }
  | { status: "failed"; message: string };

export interface Regrading {
  /** @throws ClassError while another one runs */
  start(lesson: Lesson): void;
  state(lesson: Lesson): State;
  /** Aborts the job. Finished results stay, so the next start goes on from there. */
  stop(): Promise<void>;
}

interface RegradeJob {
  lesson: string;
  state: State;
  controller: AbortController;
  ended: Promise<void>;
}

const isRunning = (job: RegradeJob | undefined): job is RegradeJob =>
  job?.state.status === "running";

/** @param options of the grader, as `class grade` takes them */
export function regrading(classroom: Class, options: GradeClassOptions = {}): Regrading {
  let job: RegradeJob | undefined;
  const run = async (lesson: Lesson, own: RegradeJob) => {
    const { signal } = own.controller;
    const progress = (done: number, total: number) => {
      own.state = { status: "running", done, total };
    };
    try {
      await regrade(classroom, lesson, { ...options, signal, progress });
      own.state = { status: "idle" };
    } catch (e) {
      const message = e instanceof Error ? e.message : String(e);
      own.state = signal.aborted ? { status: "idle" } : { status: "failed", message };
    }
  };
  return {
    start(lesson) {
      if (isRunning(job)) {
        throw new ClassError(`${job.lesson} is being compared: wait until it is done, or stop it.`);
      }
      const state = { status: "running" as const, done: 0, total: 0 };
      const controller = new AbortController();
      job = { lesson: lesson.id, state, controller, ended: Promise.resolve() };
      job.ended = run(lesson, job);
    },
    state: ({ id }) => (job?.lesson === id ? job.state : { status: "idle" }),
    async stop() {
      if (!isRunning(job)) return;
      job.controller.abort(new ClassError("Stopped."));
      await job.ended;
    },
  };
}

function changeRow(
  lesson: Lesson,
  { student, pointsBefore, pointsAfter, exercises }: Change,
): Markup {
  const parts = exercises.map((e) => `${e.name} ${points(e.before)} → ${points(e.after)}`);
  const difference = points((pointsAfter ?? 0) - (pointsBefore ?? 0));
  const signed = difference.startsWith("-") ? `−${difference.slice(1)}` : `+${difference}`;
  return markup`<tr><th scope="row"><a href="${studentPath(lesson, student)}">${student.name}</a>
</th><td>${shown(pointsBefore)}</td><td>${shown(pointsAfter)}</td><td>${signed}</td>
<td>${parts.join(", ")}</td></tr>`;
}

function comparison(lesson: Lesson, { compared, changes, digest }: Regrade, session: Session) {
  const head = markup`<p>${compared} hand-ins compared, ${changes.length} change.</p>`;
  if (changes.length === 0) return head;
  const names = ["student", "now", "then", "difference", "exercises"];
  const rows = changes.map((c) => changeRow(lesson, c));
  const accept = button(session, `${lessonPath(lesson)}/regrade/accept`, "Accept", { digest });
  return markup`${head}<p>The gradebook is as before until you accept.</p>${accept}
${wide(names, rows)}`;
}

interface RegradePage {
  lesson: Lesson;
  state: State;
  /** The result of the last comparison. */
  found?: Regrade;
  /** Whether there is anything to compare with. */
  hasGrades: boolean;
}

export function regradePage(
  { lesson, state, found, hasGrades }: RegradePage,
  session: Session,
): Markup {
  const at = `${lessonPath(lesson)}/regrade`;
  const head = markup`<h1>Grade again: ${lesson.title}</h1>
<p><a href="${lessonPath(lesson)}">Back to the gradebook</a></p>`;
  if (!hasGrades) return markup`${head}<p>This lesson has no grades yet.</p>`;
  if (state.status === "running") {
    const progress =
      state.total > 0
        ? `${state.done} of ${state.total} hand-ins are graded.`
        : "Grading has begun.";
    return markup`${head}<p role="status">${progress}</p>${button(session, `${at}/stop`, "Stop")}`;
  }
  const failed =
    state.status === "failed" ? markup`<p role="alert">It failed: ${state.message}</p>` : nothing;
  if (found) return markup`${head}${failed}${comparison(lesson, found, session)}`;
  return markup`${head}${failed}<p>After an exercise was corrected, all hand-ins are graded again with
the same seed, and this page shows who changes by how much.</p>${button(session, at, "Compare")}`;
}

const SECONDS = "3";

/** Another grader may be writing to the same folder. */
async function inFolder<T>(work: () => Promise<T>): Promise<T> {
  try {
    return await work();
  } catch (e) {
    throw e instanceof DiskError ? new Refusal(503, e.message) : e;
  }
}

export function regradeRoutes({ app, classroom, books, options }: WebContext): void {
  const running = regrading(classroom, options.grading);
  app.addHook("onClose", () => running.stop());
  const at = "/lessons/:lesson/regrade";
  app.get(at, may("instructor"), async (request, reply) => {
    const lesson = lessonOf(classroom, request);
    const state = running.state(lesson);
    const graded = (await books(lesson)).some((r) => isFinished(r.grade));
    if (state.status === "running") void reply.header("refresh", SECONDS);
    const looks = graded && state.status !== "running";
    const found = looks ? await inFolder(() => preview(classroom, lesson)) : undefined;
    const body = regradePage({ lesson, state, found, hasGrades: graded }, request.session!);
    return reply.type(HTML).send(page("Grade again", body, request.session));
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
    return reply.redirect(lessonPath(lesson), 303);
  });
}
