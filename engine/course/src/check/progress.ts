/** How far the student has come, as bars. */
import {
  courseRoot,
  readManifest,
  type ExerciseEntry,
  type LessonEntry,
  type Manifest,
} from "grader";
import { escapeHtml } from "../figures/html";
import { display } from "../kernel";
import { bars, barsText, box, details, INFO_COLOR, paragraph, plural, type Bar } from "./html";
import { readProgress, type Progress } from "./progressFile";

/** What was earned is kept as a share, since points may change with an update. */
function earnedOf({ name, points }: ExerciseEntry, { exercises }: Progress): number {
  const entry = exercises[name];
  return entry && entry.of > 0 ? points * Math.min(1, entry.earned / entry.of) : 0;
}

function passedNote(exercises: ExerciseEntry[], progress: Progress): string {
  const passed = exercises.filter(({ name }) => progress.exercises[name]?.passed).length;
  return `${passed} of ${plural(exercises.length, "exercise")} passed`;
}

/** For a lesson without exercises: its questions, which nobody marks here. */
function questionsNote(lessons: LessonEntry[]): string {
  const questions = lessons.flatMap((lesson) => lesson.written);
  const points = questions.reduce((sum, question) => sum + question.points, 0);
  return `${plural(questions.length, "question")}, ${plural(points, "point")}, marked by hand`;
}

function barOf(label: string, lessons: LessonEntry[], progress: Progress): Bar {
  const exercises = lessons.flatMap((lesson) => lesson.exercises);
  if (exercises.length === 0) {
    return { label, points: 0, maxPoints: 0, note: questionsNote(lessons) };
  }
  return {
    label,
    points: exercises.reduce((sum, exercise) => sum + earnedOf(exercise, progress), 0),
    maxPoints: exercises.reduce((sum, exercise) => sum + exercise.points, 0),
    note: passedNote(exercises, progress),
  };
}

/** A lesson's bar in a report, which fits on one line: the notebook shows the lesson's title. */
export const lessonBar = (lesson: LessonEntry, progress: Progress): Bar =>
  barOf(`Lesson ${lesson.id.split("-")[0]!}`, [lesson], progress);
export const courseBar = ({ lessons }: Manifest, progress: Progress): Bar =>
  barOf("The course", lessons, progress);

export const brokenNote = (aside: string): string =>
  `my-course/progress.json could not be read; it was kept as ${aside}, and counting starts over.`;

const hasWork = ({ exercises, written }: LessonEntry) => exercises.length + written.length > 0;

/** A bar with the number of solutions that the student has looked at. */
function withSeen(bar: Bar, lessons: LessonEntry[], { exercises }: Progress): Bar {
  const all = lessons.flatMap((lesson) => lesson.exercises);
  const seen = all.filter(({ name }) => exercises[name]?.seen).length;
  return seen > 0 ? { ...bar, note: `${bar.note}, ${plural(seen, "solution")} seen` } : bar;
}

/** Whether a check has run in the lesson, or a solution was shown. */
const isBegun = ({ exercises }: LessonEntry, progress: Progress) =>
  exercises.some(({ name }) => progress.exercises[name] !== undefined);

/** Shows how far you have come in each lesson that you have begun, and in the course. */
export function progress(): void {
  const root = courseRoot();
  const manifest = readManifest(root);
  const notes: string[] = [];
  const state = readProgress(root, (aside) => notes.push(brokenNote(aside)));
  const lessons = manifest.lessons.filter(hasWork);
  const barsOf = (some: LessonEntry[]) =>
    some.map((lesson) => {
      const bar = lessonBar(lesson, state);
      return withSeen({ ...bar, label: `${bar.label}: ${lesson.title}` }, [lesson], state);
    });
  const begun = lessons.filter((lesson) => isBegun(lesson, state));
  const whole = withSeen(courseBar(manifest, state), manifest.lessons, state);
  const list = [...barsOf(begun), whole];
  const rest = lessons.filter((lesson) => !begun.includes(lesson));
  const summary = `${plural(rest.length, "lesson")} not begun`;
  const folded = rest.length > 0 ? details(summary, bars(barsOf(rest))) : "";
  display({
    "text/html": box(
      INFO_COLOR,
      bars(list) + folded + notes.map((note) => paragraph(escapeHtml(note))).join(""),
    ),
    "text/plain": [barsText(list), ...(rest.length > 0 ? [summary] : []), ...notes].join("\n"),
  });
}
