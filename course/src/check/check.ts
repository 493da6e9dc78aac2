/** `check(fn)`, what a student runs after each attempt, and `showSolution(name)`, the way on. */
import {
  courseRoot,
  loadContent,
  readManifest,
  readSource,
  type AnyFunction,
  type Content,
  type ExerciseEntry,
  type LessonEntry,
  type Manifest,
} from "grader";
import { escapeHtml } from "../figures/html";
import { display } from "../kernel";
import { box, NEUTRAL, paragraph } from "./html";
import { changeEntry, type Entry } from "./progress-file";
import { brokenNote, courseBar, lessonBar } from "./progress";
import { reportHtml, reportText } from "./report";
import { runCheck, type CheckResult } from "./run";

/** After this many failed checks the way on is offered. */
const PATIENCE = 3;

interface Place {
  manifest: Manifest;
  lesson: LessonEntry;
  entry: ExerciseEntry;
}

function placeOf(caller: string, root: string, name: string): Place {
  const manifest = readManifest(root);
  for (const lesson of manifest.lessons) {
    const entry = lesson.exercises.find((e) => e.name === name);
    if (entry) return { manifest, lesson, entry };
  }
  const alike = manifest.lessons
    .flatMap((l) => l.exercises)
    .find(
      (e) =>
        e.name.toLowerCase().includes(name.toLowerCase()) ||
        name.toLowerCase().includes(e.name.toLowerCase()),
    );
  throw new Error(
    `${caller}: no exercise is called ` +
      `${name}${alike ? `; did you mean ${alike.name}?` : ", and the function's name says which exercise it answers"}`,
  );
}

function nameOf(fn: unknown): string {
  if (typeof fn !== "function") {
    throw new Error(
      "check: expected the function itself, check(softmax), got " +
        `${fn === null ? "null" : Array.isArray(fn) ? "a list" : typeof fn === "object" ? "an object" : `the ${typeof fn} ${String(fn)}`}`,
    );
  }
  if (fn.name === "") {
    throw new Error(
      "check: this function has no name, so there is no telling which exercise it answers; " +
        "define it as function NAME(…) { … } and write check(NAME)",
    );
  }
  return fn.name;
}

const after =
  (result: CheckResult) =>
  (entry: Entry): Entry => {
    const ok = result.failed === 0;
    const best = entry.of > 0 ? entry.earned / entry.of : 0;
    return {
      ...entry,
      checks: entry.checks + 1,
      failed: entry.failed + (ok || entry.passed ? 0 : 1),
      of: result.of,
      earned: Math.max(result.earned, best * result.of),
      ...(ok ? { passed: true } : {}),
    };
  };

/** A check is worth its result even when the progress cannot be written. */
function record(root: string, { manifest, lesson, entry }: Place, result: CheckResult) {
  const notes: string[] = [];
  try {
    const progress = changeEntry(root, entry.name, after(result), (aside) =>
      notes.push(brokenNote(aside)),
    );
    return {
      tries: progress.exercises[entry.name]!.failed,
      bars: [lessonBar(lesson, progress), courseBar(manifest, progress)],
      notes,
    };
  } catch (e) {
    return {
      tries: 1,
      bars: [],
      notes: [
        `Your progress could not be saved in my-course/progress.json: ${(e as Error).message}`,
      ],
    };
  }
}

/**
 * Runs the visible cases of the exercise that the function is named after, and says what passed,
 * what failed first, which hint fits, and how far you are. The same inputs each time; the grader
 * draws others. A function that never returns cannot be stopped from here: restart the kernel.
 * @throws in one sentence when it gets no function, or one that no exercise is named after
 */
export async function check(fn: AnyFunction): Promise<void> {
  const name = nameOf(fn);
  const root = courseRoot();
  const place = placeOf("check", root, name);
  const result = await runCheck(loadContent(root, name), fn, place.entry.points);
  if ("notChecked" in result) {
    const says = `${name} cannot be checked here: ${result.notChecked}.`;
    return display({ "text/html": box(NEUTRAL, paragraph(escapeHtml(says))), "text/plain": says });
  }
  const { tries, bars, notes } = record(root, place, result);
  const ok = result.failed === 0;
  const { hints } = place.entry;
  const report = {
    name,
    result,
    hints: ok ? [] : hints.slice(0, tries),
    hintsInAll: hints.length,
    wayOn: !ok && tries >= PATIENCE,
    bars,
    notes,
  };
  display({ "text/html": reportHtml(report), "text/plain": reportText(report) });
}

/**
 * Shows the solution of an exercise, and marks it as seen in your progress.
 * @throws when no exercise has the name
 */
export function showSolution(name: string): void {
  if (typeof name !== "string" || name === "") {
    throw new Error('showSolution: expected the exercise\'s name as text, showSolution("softmax")');
  }
  const root = courseRoot();
  const { entry } = placeOf("showSolution", root, name);
  const content: Content = loadContent(root, name);
  const source = readSource(content.source).trimEnd();
  changeEntry(root, name, (before) => ({ ...before, of: before.of || entry.points, seen: true }));
  display({ "text/markdown": `\`\`\`typescript\n${source}\n\`\`\``, "text/plain": source });
}
