/** `check(fn)`, what a student runs after each attempt, and `showSolution(name)`, the way on. */
import { existsSync } from "node:fs";
import { createRequire } from "node:module";
import { join } from "node:path";
import {
  courseRoot,
  isRelease,
  loadContent,
  readManifest,
  readSource,
  type AnyFunction,
  type Content,
  type ExerciseEntry,
  type LessonEntry,
  type Manifest,
} from "grader";
import { definitionText } from "../definition";
import { display, isUncompiled, notebookNames } from "../kernel";
import { afterPass, type AfterPass } from "./afterPass";
import { box, INFO_COLOR, paragraph, withCode, type Bar } from "./html";
import { checkForNbgrader, runsInNbgrader } from "./nbgrader";
import { changeEntry, readProgress, type ExerciseProgress } from "./progressFile";
import { brokenNote, courseBar, lessonBar } from "./progress";
import { earlierNote, praiseOf, reportHtml, reportText } from "./report";
import { runCheck, type CheckResult } from "./run";

/** What the lab's extension makes buttons from, beside the report. */
const CHECK_MIME = "application/vnd.course.check+json";

/** After this many failed checks, the report shows how to continue. */
const MIN_FAILED_CHECKS = 3;

interface ExerciseContext {
  manifest: Manifest;
  lesson: LessonEntry;
  entry: ExerciseEntry;
}

function findExercise(caller: string, root: string, name: string): ExerciseContext {
  const manifest = readManifest(root);
  for (const lesson of manifest.lessons) {
    const entry = lesson.exercises.find((e) => e.name === name);
    if (entry) return { manifest, lesson, entry };
  }
  const alike = similarName(name, manifest);
  const hint = alike
    ? `; did you mean ${alike}?`
    : ", and the function's name says which exercise it answers";
  throw new Error(`${caller}: no exercise is called ${name}${hint}`);
}

/** An exercise's name that contains this one or is contained in it. */
function similarName(name: string, { lessons }: Manifest): string | undefined {
  const asked = name.toLowerCase();
  const names = lessons.flatMap((lesson) => lesson.exercises).map((e) => e.name);
  return names.find((known) => {
    const lower = known.toLowerCase();
    return lower.includes(asked) || asked.includes(lower);
  });
}

/** What a value is, for an error message. */
function describe(value: unknown): string {
  if (value === null) return "null";
  if (Array.isArray(value)) return "a list";
  if (typeof value === "object") return "an object";
  return `the ${typeof value} ${String(value)}`;
}

/**
 * The exercise that a function answers: by the name under which a cell holds it, which is how the
 * grader finds it, whatever the function calls itself (a method, a bound function, a factory's
 * result); else by its own name.
 */
function exerciseNameOf(fn: unknown, { lessons }: Manifest): string {
  if (typeof fn !== "function") {
    throw new Error(`check: expected the function itself, check(softmax), got ${describe(fn)}`);
  }
  const own = String(fn.name).replace(/^(bound )+/, "");
  const exercises = new Set(lessons.flatMap((lesson) => lesson.exercises).map((e) => e.name));
  const held = notebookNames(fn).filter((name) => exercises.has(name));
  if (held.length > 0 && !held.includes(own)) return held[0]!;
  if (own === "") {
    throw new Error(
      "check: this function has no name, so there is no telling which exercise it answers; " +
        "define it as function NAME(…) { … } and write check(NAME)",
    );
  }
  return own;
}

/** The entry after one more check. What was earned is a share, since points may have changed. */
function afterCheck(entry: ExerciseProgress, result: CheckResult): ExerciseProgress {
  const passed = result.failed === 0;
  const bestShare = entry.of > 0 ? entry.earned / entry.of : 0;
  const isFailure = !passed && !entry.passed;
  return {
    ...entry,
    checks: entry.checks + 1,
    failed: entry.failed + (isFailure ? 1 : 0),
    of: result.maxPoints,
    earned: Math.max(result.points, bestShare * result.maxPoints),
    ...(passed ? { passed: true } : {}),
  };
}

/** What a check changed in the student's progress. */
interface RecordedProgress {
  /** Failed checks so far. */
  failedChecks: number;
  bars: Bar[];
  notes: string[];
  /** Empty unless the check passed. */
  afterPass: AfterPass;
}

/** Writes the result down. The check is worth showing even when that fails. */
function recordResult(
  root: string,
  { manifest, lesson, entry }: ExerciseContext,
  result: CheckResult,
): RecordedProgress {
  const notes: string[] = [];
  let isFirst = false;
  const change = (before: ExerciseProgress) => {
    isFirst = !before.passed;
    return afterCheck(before, result);
  };
  const onBroken = (aside: string) => notes.push(brokenNote(aside));
  try {
    const progress = changeEntry(root, entry.name, change, onBroken);
    return {
      failedChecks: progress.exercises[entry.name]!.failed,
      bars: [lessonBar(lesson, progress), courseBar(manifest, progress)],
      notes,
      afterPass:
        result.failed === 0 ? afterPass(entry.name, lesson, manifest, progress, isFirst) : {},
    };
  } catch (e) {
    const reason = (e as Error).message;
    const note = `Your progress could not be saved in my-course/progress.json: ${reason}`;
    return { failedChecks: 1, bars: [], notes: [note], afterPass: {} };
  }
}

/** Whether the grader may give more than a check that failed. */
function gradeNotes(root: string, { lesson, entry }: ExerciseContext, fn: AnyFunction): string[] {
  const { exercises } = readProgress(root);
  const before = lesson.exercises.slice(0, lesson.exercises.indexOf(entry));
  const open = before.map(({ name }) => name).filter((name) => !exercises[name]?.passed);
  return [earlierNote(entry.name, String(fn), open)].filter((note) => note !== undefined);
}

/** Shows a sentence in place of a report. */
function showMessage(message: string): undefined {
  display({ "text/html": box(INFO_COLOR, paragraph(withCode(message))), "text/plain": message });
}

const stoppedMessage = (name: string, title: string) =>
  `You stopped the check while ${name} ran this case: ${title}. It had not returned: does a loop ` +
  "in it end? Nothing was counted.";

const courseVersionMessage = (name: string) =>
  `This is the course's ${name}, not yours, so nothing counts. Write your own in the cell above, ` +
  "run it, then check again.";

/**
 * Whether a function is the course's own: the solution, or what lessons import under its name,
 * which for some is a version with a device's kernels or a gradient of its own.
 */
function isCourseVersion(root: string, { name, solution }: Content, fn: AnyFunction): boolean {
  if (fn === solution) return true;
  try {
    const imported = createRequire(join(root, "package.json"))("solutions") as object;
    return fn === (imported as Record<string, unknown>)[name];
  } catch {
    return false; // a course may have no such package
  }
}

const uncompiledMessage = (name: string) =>
  `${name} was not checked: the newest text of its cell doesn't compile, so this is still the ` +
  "older function. Mend the error below that cell, run it, and check again.";

/**
 * Runs the visible cases of the exercise that the function answers. Says what passed, what
 * failed first, which hint comes next, and how far you are. The inputs are the same each time; the
 * grader draws others. Stop ends a function that doesn't return, and the check says in which case.
 * @returns nothing; the points where nbgrader runs the notebook, which throws where there are none
 * @throws when it gets no function, or a function that answers no exercise
 */
export async function check(fn: AnyFunction): Promise<number | undefined> {
  const root = courseRoot();
  const name = exerciseNameOf(fn, readManifest(root));
  const place = findExercise("check", root, name);
  if (runsInNbgrader()) return checkForNbgrader(root, place, fn);
  if (isUncompiled(name)) return showMessage(uncompiledMessage(name));
  const content = loadContent(root, name);
  if (isCourseVersion(root, content, fn)) return showMessage(courseVersionMessage(name));
  const result = await runCheck(content, fn, place.entry.points);
  if ("notChecked" in result) {
    return showMessage(`${name} cannot be checked here: ${result.notChecked}.`);
  }
  if ("stoppedAt" in result) return showMessage(stoppedMessage(name, result.stoppedAt));
  const { failedChecks: tries, bars, notes, afterPass: after } = recordResult(root, place, result);
  const failed = result.failed > 0;
  const { hints } = place.entry;
  if (failed) notes.push(...gradeNotes(root, place, fn));
  const report = {
    name,
    result,
    hints: failed ? hints.slice(0, tries) : [],
    hintCount: hints.length,
    showsWayOn: failed && tries >= MIN_FAILED_CHECKS,
    bars,
    notes,
    afterPass: after,
  };
  const { seen, next } = after;
  const praise = praiseOf(report);
  const shown = report.hints.length;
  const buttons = { version: 1, name, passed: !failed, hints, shown, praise, seen, next };
  display({
    [CHECK_MIME]: buttons,
    "text/html": reportHtml(report),
    "text/plain": reportText(report),
  });
  return undefined;
}

/**
 * Shows the solution of an exercise as it goes into its cell, and marks it as seen in your
 * progress. Says so where the instructor has not published it.
 * @throws when no exercise has the name
 */
export function showSolution(name: string): void {
  if (typeof name !== "string" || name === "") {
    throw new Error('showSolution: expected the exercise\'s name as text, showSolution("softmax")');
  }
  const root = courseRoot();
  const { entry } = findExercise("showSolution", root, name);
  const { source } = loadContent(root, name);
  if (isRelease(root) && !existsSync(source)) {
    return showMessage(`The instructor has not published the solution of ${name}.`);
  }
  const code = definitionText(readSource(source), name);
  changeEntry(root, name, (before) => ({ ...before, of: before.of || entry.points, seen: true }));
  display({ "text/markdown": `\`\`\`typescript\n${code}\n\`\`\``, "text/plain": code });
}
