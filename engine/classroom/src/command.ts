/** course class: what each action is called and takes; words.ts says what came of it. */
import { join, resolve } from "node:path";
import { graderOf, Interrupted, onInterrupt, type GraderOptions } from "grader/commands";
import { DiskError, wholeNumber, writeDurably } from "grader/files";
import { progressBar } from "grader/batch";
import { openClass, type Class } from "./class.js";
import { collect } from "./collect.js";
import { readBooks, TABLES } from "./export.js";
import { feedbackArchives } from "./feedback.js";
import { gradeLesson, type GradeClassOptions } from "./grade.js";
import { addRoster, initClass } from "./init.js";
import { lessonNamed, type Lesson } from "./lessons.js";
import { readSheet, writeSheets } from "./marks.js";
import { acceptRegrade, regrade } from "./regrade.js";
import { ClassError } from "./settings.js";
import { extend, override } from "./decide.js";
import * as words from "./words.js";
import { addPublication, now } from "./write.js";

type Given = string | number | undefined;

/** As the command line reads them. */
export interface ClassOptions extends GraderOptions {
  lesson?: Given;
  roster?: string;
  title?: Given;
  timeZone?: string;
  database?: string;
  worksheet?: string;
  fileTimes?: boolean;
  read?: string;
  reason?: Given;
  by?: Given;
  to?: string;
  out?: string;
  accept?: boolean;
  budget?: Given;
  seed?: Given;
}

interface Asked {
  of: Class;
  words: string[];
  options: ClassOptions;
}

/** The lesson that is named. */
const lessonOf = ({ of, options }: Asked) => lessonNamed(of.lessons, options.lesson);
/** The lesson that is named, or all. */
const lessonsOf = (asked: Asked): Lesson[] =>
  asked.options.lesson === undefined ? asked.of.lessons : [lessonOf(asked)];

function needed(word: string | undefined, what: string): string {
  if (word === undefined || word === "") throw new ClassError(`course class: ${what} is missing`);
  return word;
}

/** Under whose name decisions are recorded. */
export const byWhom = ({ by }: Pick<ClassOptions, "by">) =>
  String(by ?? process.env.USER ?? "instructor");

async function roster({ of, words: [file] }: Asked): Promise<void> {
  console.log(words.rosterChange(await addRoster(of, needed(file, "the roster's file"))));
}

async function collectAction(asked: Asked): Promise<void> {
  const { of, options } = asked;
  const lesson = lessonOf(asked);
  const path = needed(asked.words[0], "the folder or archive to collect");
  console.log(words.collected(of, lesson, await collect(of, lesson, path, options)));
}

/** How to grade: options as the command line gives them. */
export async function how(options: ClassOptions, signal?: AbortSignal): Promise<GradeClassOptions> {
  const seconds = wholeNumber("budget", options.budget, 1, 3600);
  return {
    grade: await graderOf(options),
    ...{ trusted: options.trusted, jobs: wholeNumber("jobs", options.jobs, 1, 256), signal },
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

const gradeAction = (asked: Asked) =>
  interruptible(async (signal) => {
    const lessons = lessonsOf(asked);
    const options = await how(asked.options, signal);
    for (const lesson of lessons) {
      const graded = await gradeLesson(asked.of, lesson, options);
      const rows = (await readBooks(asked.of, [lesson])).get(lesson)!;
      if (lessons.length === 1 || rows.some((r) => r.handIn)) {
        console.log(words.graded(graded, rows));
      }
    }
  });

const regradeAction = (asked: Asked) =>
  interruptible(async (signal) => {
    const { of, options } = asked;
    const lesson = lessonOf(asked);
    const accept = options.accept === true;
    const found = accept
      ? await acceptRegrade(of, lesson, { by: byWhom(options) })
      : await regrade(of, lesson, await how(options, signal));
    console.log(words.regraded(found, accept));
  });

async function marks(asked: Asked): Promise<void> {
  const { of, options } = asked;
  const lesson = lessonOf(asked);
  if (options.read === undefined) {
    console.log(words.sheets(await writeSheets(of, lesson)));
    return;
  }
  const changed = await readSheet(of, lesson, options.read, byWhom(options));
  console.log(`${words.count(changed, "mark")} new or changed.`);
}

async function overrideAction(asked: Asked): Promise<void> {
  const [who, points] = asked.words;
  const row = await override(asked.of, lessonOf(asked), {
    who: needed(who, "the student (number, email, login or name)"),
    points: needed(points, "the points, or none to take an override back"),
    ...{ reason: String(asked.options.reason ?? ""), by: byWhom(asked.options) },
  });
  console.log(words.standing(row, asked.of.settings.timeZone));
}

async function extendAction(asked: Asked): Promise<void> {
  const [who, ...until] = asked.words;
  const row = await extend(asked.of, lessonOf(asked), {
    who: needed(who, "the student (number, email, login or name)"),
    until: needed(until.join(" "), "the new deadline, such as 2027-05-10 23:59"),
    ...{ reason: String(asked.options.reason ?? ""), by: byWhom(asked.options) },
  });
  console.log(words.standing(row, asked.of.settings.timeZone));
}

const publishing = (published: boolean) => async (asked: Asked) => {
  const lesson = lessonOf(asked);
  const by = byWhom(asked.options);
  await addPublication(asked.of.sql, { lesson: lesson.id, published, by, at: now() });
  const says = published ? "students see their grades" : "students see that grades are held back";
  console.log(`${lesson.id}: ${says} at course class serve.`);
};

async function exportAction(asked: Asked): Promise<void> {
  const { of, options } = asked;
  const to = options.to ?? "csv";
  const written: string[] = [];
  const write = async (name: string, data: string | Uint8Array) => {
    const file = resolve(options.out ?? join(of.folder, name));
    await writeDurably(file, data); // a table that is cut off would lose grades on the platform
    written.push(file);
  };
  if (to === "feedback") {
    const lesson = lessonOf(asked);
    for (const [platform, archive] of await feedbackArchives(of, lesson)) {
      await write(`feedback-${lesson.id}-${platform}.zip`, archive);
    }
  } else {
    const table = TABLES[to as keyof typeof TABLES];
    if (!table) throw new ClassError(`--to: expected canvas, moodle, csv or feedback, got ${to}`);
    const suffix = options.lesson === undefined ? "" : `-${lessonOf(asked).id}`;
    await write(`grades-${to}${suffix}.csv`, table(of, await readBooks(of, lessonsOf(asked))));
  }
  console.log(written.length > 0 ? written.join("\n") : "Nothing is graded yet.");
}

async function show(asked: Asked): Promise<void> {
  const books = await readBooks(asked.of, lessonsOf(asked));
  console.log(words.overview(asked.of, books));
}

async function init(root: string, folder: string, options: ClassOptions): Promise<void> {
  const title = options.title === undefined ? undefined : String(options.title);
  const of = await initClass(root, folder, { ...options, title });
  try {
    console.log(`${join(folder, "class.yaml")}: write the deadlines and the late rule there.`);
    if (options.roster) await roster({ of, words: [options.roster], options });
  } finally {
    await of.sql.close();
  }
}

/** One entry for each action. Those that end with a number end the command with it. */
export const ACTIONS: { [name: string]: (asked: Asked) => Promise<unknown> } = {
  ...{ roster, collect: collectAction, grade: gradeAction, show, marks },
  ...{ override: overrideAction, extend: extendAction, regrade: regradeAction },
  ...{ publish: publishing(true), unpublish: publishing(false), export: exportAction },
};

/** @returns the exit code */
export async function classCommand(
  root: string,
  [action, folder, ...rest]: string[],
  options: ClassOptions,
): Promise<number> {
  const names = ["init", ...Object.keys(ACTIONS)].join(", ");
  const run = ACTIONS[action ?? ""];
  if (action !== "init" && !run) {
    throw new ClassError(`course class: expected ${names}, got ${action ?? "nothing"}`);
  }
  const at = needed(folder, "the class's folder");
  if (!run) {
    await init(root, at, options);
    return 0;
  }
  const of = await openClass(root, at);
  try {
    return Number((await run({ of, words: rest, options })) ?? 0);
  } catch (e) {
    throw e instanceof DiskError ? new Error(`course class: ${e.message}`, { cause: e }) : e;
  } finally {
    await of.sql.close();
  }
}
