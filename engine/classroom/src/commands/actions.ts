/** course class: the name and the arguments of each action; messages.ts words the results. */
import { join, resolve } from "node:path";
import { graderOf, Interrupted, onInterrupt } from "grader/commands";
import { DiskError, wholeNumber } from "grader/files";
import { progressBar } from "grader/batch";
import { openClass } from "../class.js";
import { collect } from "../collect/collect.js";
import { readGradebooks, TABLES, obstacle } from "../gradebook/export.js";
import { feedbackArchives } from "../gradebook/feedback.js";
import { gradeLesson, type GradeClassOptions } from "../gradebook/grade.js";
import { addRoster, initClass } from "./init.js";
import type { Lesson } from "../lessons.js";
import { readSheet, writeSheets } from "../marking/sheets.js";
import { pendingChanges, publish } from "../gradebook/published.js";
import { acceptRegrade, regrade } from "../gradebook/regrade.js";
import { protectFolder } from "../permissions.js";
import { ClassError } from "../settings.js";
import { extend, override } from "../gradebook/overrides.js";
import { totalTable } from "../total/classTotals.js";
import { ungroupedIn, ungroupedText } from "../total/total.js";
import {
  byWhom,
  lessonOf,
  requireArg,
  STUDENT,
  writePrivately,
  type ActionContext,
  type ClassOptions,
} from "./common.js";
import { lti } from "./ltiCommands.js";
import * as messages from "./messages.js";
import { exportStudent, noteAction, RECORD_ACTIONS, restoreCommand } from "./recordCommands.js";
import { TERM_ACTIONS } from "./termActions.js";
import { readPublications } from "../sql/read.js";
import { addPublication, now } from "../sql/write.js";

/** The lesson that is named, or all. */
const lessonsOf = (context: ActionContext): Lesson[] =>
  context.options.lesson === undefined ? context.classroom.lessons : [lessonOf(context)];

async function roster({ classroom, args: [file], options }: ActionContext): Promise<void> {
  console.log(
    messages.rosterChange(
      await addRoster(classroom, requireArg(file, "the roster's file"), byWhom(options)),
    ),
  );
}

async function collectAction(context: ActionContext): Promise<void> {
  const { classroom, options } = context;
  const lesson = lessonOf(context);
  const path = requireArg(context.args[0], "the folder or archive to collect");
  console.log(
    messages.collected(classroom, lesson, await collect(classroom, lesson, path, options)),
  );
}

/** How to grade: options as the command line gives them. */
export async function gradeOptions(
  options: ClassOptions,
  signal?: AbortSignal,
): Promise<GradeClassOptions> {
  const seconds = wholeNumber("budget", options.budget, 1, 3600);
  return {
    grade: await graderOf(options),
    trusted: options.trusted,
    jobs: wholeNumber("jobs", options.jobs, 1, 256),
    signal,
    seed: wholeNumber("seed", options.seed, 0, 2 ** 32 - 1),
    budget: seconds === undefined ? undefined : 1000 * seconds,
    progress: progressBar(process.stderr, "grading"),
  };
}

const INTERRUPTED = 130;

/** Ends well when somebody presses Ctrl-C: what is finished is in the gradebook. */
async function interruptible(work: (signal: AbortSignal) => Promise<void>): Promise<number> {
  const stop = onInterrupt();
  try {
    await work(stop.signal);
    return 0;
  } catch (e) {
    if (!(e instanceof Interrupted)) throw e;
    console.error("Interrupted. What is finished is kept; the same command goes on from there.");
    return INTERRUPTED;
  } finally {
    stop.release();
  }
}

const gradeAction = (context: ActionContext) =>
  interruptible(async (signal) => {
    const lessons = lessonsOf(context);
    const options = await gradeOptions(context.options, signal);
    for (const lesson of lessons) {
      const graded = await gradeLesson(context.classroom, lesson, options);
      const rows = (await readGradebooks(context.classroom, [lesson])).get(lesson)!;
      if (lessons.length === 1 || rows.some((r) => r.handIn)) {
        console.log(messages.graded(graded, rows));
      }
    }
  });

const regradeAction = (context: ActionContext) =>
  interruptible(async (signal) => {
    const { classroom, options } = context;
    const lesson = lessonOf(context);
    const accept = options.accept === true;
    const found = accept
      ? await acceptRegrade(classroom, lesson, { by: byWhom(options) })
      : await regrade(classroom, lesson, await gradeOptions(options, signal));
    console.log(messages.regraded(found, accept));
  });

async function marks(context: ActionContext): Promise<void> {
  const { classroom, options } = context;
  const lesson = lessonOf(context);
  if (options.read === undefined) {
    console.log(messages.sheets(await writeSheets(classroom, lesson)));
    return;
  }
  const changed = await readSheet(classroom, lesson, options.read, byWhom(options));
  console.log(`${messages.count(changed, "mark")} new or changed.`);
}

async function overrideAction(context: ActionContext): Promise<void> {
  const [who, points] = context.args;
  const row = await override(context.classroom, lessonOf(context), {
    who: requireArg(who, STUDENT),
    points: requireArg(points, "the points, or none to take an override back"),
    reason: String(context.options.reason ?? ""),
    by: byWhom(context.options),
  });
  console.log(messages.overridden(row, context.classroom.settings.timeZone));
}

async function extendAction(context: ActionContext): Promise<void> {
  const [who, ...until] = context.args;
  const row = await extend(context.classroom, lessonOf(context), {
    who: requireArg(who, STUDENT),
    until: requireArg(
      until.join(" "),
      "the new deadline, such as 2027-05-10 23:59, or none to take it back",
    ),
    reason: String(context.options.reason ?? ""),
    by: byWhom(context.options),
  });
  console.log(messages.extended(row, context.classroom.settings.timeZone));
}

const publishing = (published: boolean) => async (context: ActionContext) => {
  const lesson = lessonOf(context);
  const by = byWhom(context.options);
  if (!published) {
    await addPublication(context.classroom.sql, { lesson: lesson.id, published, by, at: now() });
    console.log(`${lesson.id}: students see that grades are held back at course class serve.`);
    return;
  }
  const pending = await pendingChanges(context.classroom, lesson);
  if (context.options.preview) {
    const decided = (await readPublications(context.classroom.sql)).get(lesson.id);
    console.log(messages.preview(lesson, pending, decided?.published === true));
    return;
  }
  await publish(context.classroom, lesson, by);
  console.log(messages.published(lesson, pending));
};

type Write = (name: string, data: string | Uint8Array) => Promise<void>;

/** One table of everything, or for a platform one for each lesson, since it takes no empty cells. */
async function exportTables(context: ActionContext, to: string, write: Write): Promise<void> {
  const { classroom, options } = context;
  if (to === "total") {
    const books = await readGradebooks(classroom, classroom.lessons);
    const outside = ungroupedIn(classroom.settings.total, classroom.lessons);
    if (outside.length > 0) console.log(ungroupedText(outside));
    return write("grades-total.csv", totalTable(classroom, books));
  }
  const table = TABLES[to as keyof typeof TABLES];
  if (!table) {
    throw new ClassError(`--to: expected canvas, moodle, csv, total or feedback, got ${to}`);
  }
  const books = await readGradebooks(classroom, lessonsOf(context));
  if (to === "csv") {
    const suffix = options.lesson === undefined ? "" : `-${lessonOf(context).id}`;
    await write(`grades-csv${suffix}.csv`, table(classroom, books));
    return;
  }
  if (options.out !== undefined) lessonOf(context); // one file holds one lesson
  for (const [lesson, rows] of books) {
    if (options.lesson === undefined) {
      const found = obstacle(lesson, rows, options);
      if (found !== undefined) {
        console.log(`Left out: ${found}.`);
        continue;
      }
    }
    if (!rows.some((r) => r.points !== undefined || r.status === "excused")) continue;
    const text = table(classroom, new Map([[lesson, rows]]), options);
    await write(`grades-${to}-${lesson.id}.csv`, text);
    console.log(messages.exported(lesson, rows));
  }
}

async function exportAction(context: ActionContext): Promise<void> {
  const { classroom, options } = context;
  if (options.student !== undefined) return exportStudent(context);
  const to = options.to ?? "csv";
  const written: string[] = [];
  const write = async (name: string, data: string | Uint8Array) => {
    const file = resolve(options.out ?? join(classroom.folder, name));
    written.push(await writePrivately(file, data));
  };
  if (to === "feedback") {
    const lesson = lessonOf(context);
    for (const [platform, archive] of await feedbackArchives(classroom, lesson)) {
      await write(`feedback-${lesson.id}-${platform}.zip`, archive);
    }
  } else {
    await exportTables(context, to, write);
  }
  console.log(written.length > 0 ? written.join("\n") : "Nothing is exported.");
}

async function show(context: ActionContext): Promise<void> {
  const books = await readGradebooks(context.classroom, lessonsOf(context));
  console.log(messages.overview(context.classroom, books));
}

async function init(root: string, folder: string, options: ClassOptions): Promise<void> {
  const title = options.title === undefined ? undefined : String(options.title);
  const classroom = await initClass(root, folder, { ...options, title });
  try {
    console.log(`${join(folder, "class.yaml")}: write the deadlines and the late rule there.`);
    if (options.roster) await roster({ classroom, args: [options.roster], options });
  } finally {
    await classroom.sql.close();
    protectFolder(folder);
  }
}

/** One entry for each action. Those that end with a number end the command with it. */
export const ACTIONS: { [name: string]: (context: ActionContext) => Promise<unknown> } = {
  roster,
  collect: collectAction,
  grade: gradeAction,
  show,
  marks,
  override: overrideAction,
  extend: extendAction,
  regrade: regradeAction,
  publish: publishing(true),
  unpublish: publishing(false),
  export: exportAction,
  ...TERM_ACTIONS,
  ...RECORD_ACTIONS,
  lti,
};

/** Says when others may read the class; only the folder's owner can change that. */
export function warnIfOpen(folder: string): void {
  if (protectFolder(folder)) return;
  console.error(
    `Others may read ${folder}, and you don't own it: let its owner run chmod -R go= ${folder}`,
  );
}

/** @returns the exit code */
export async function classCommand(
  root: string,
  [action, folder, ...rest]: string[],
  options: ClassOptions,
): Promise<number> {
  const names = ["init", ...Object.keys(ACTIONS), "restore"].join(", ");
  const run = ACTIONS[action ?? ""];
  if (action !== "init" && action !== "restore" && !run) {
    throw new ClassError(`course class: expected ${names}, got ${action ?? "nothing"}`);
  }
  const at = requireArg(folder, "the class's folder");
  if (!run) {
    await (action === "init" ? init : restoreCommand)(root, at, options);
    return 0;
  }
  const classroom = await openClass(root, at);
  warnIfOpen(at);
  try {
    const code = Number((await run({ classroom, args: rest, options })) ?? 0);
    await noteAction(classroom, action!, rest, options);
    return code;
  } catch (e) {
    throw e instanceof DiskError ? new Error(`course class: ${e.message}`, { cause: e }) : e;
  } finally {
    await classroom.sql.close();
    protectFolder(at);
  }
}
