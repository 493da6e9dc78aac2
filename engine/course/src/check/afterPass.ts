/** What a check that passed says beside its headline: what is done, and where to go next. */
import type { LessonEntry, Manifest } from "grader";
import { formatPoints } from "./html";
import { lessonBar } from "./progress";
import type { Progress } from "./progressFile";

/** Plain data for the lab's extension, which makes a button from it. */
export type NextStep = { exercise: string } | { lesson: string; title: string };

export interface AfterPass {
  /** Whether the exercise passes for the first time. */
  isFirst?: true;
  /** Whether the student looked at the course's solution; then the lab draws no tick. */
  seen?: true;
  /** Says that the lesson is done, on the first pass of its last exercise. */
  completion?: string;
  next?: NextStep;
  /** The next step in words, for programs without the button. */
  sentence?: string;
}

/** The exercise after this one that hasn't passed, or the first one before it. */
function openExercise({ exercises }: LessonEntry, name: string, progress: Progress) {
  const at = exercises.findIndex((exercise) => exercise.name === name);
  const inOrder = [...exercises.slice(at + 1), ...exercises.slice(0, at)];
  const open = inOrder.find((exercise) => !progress.exercises[exercise.name]?.passed);
  return open && { name: open.name, isBelow: exercises.indexOf(open) > at };
}

/** The lesson's total once all of its exercises pass; undefined before. */
function completionOf(lesson: LessonEntry, progress: Progress): string | undefined {
  const { exercises, title } = lesson;
  if (!exercises.every(({ name }) => progress.exercises[name]?.passed)) return undefined;
  const all =
    exercises.length === 1 ? "its exercise passes" : `all ${exercises.length} exercises pass`;
  const { points, maxPoints } = lessonBar(lesson, progress);
  const total = `${formatPoints(points)} of ${formatPoints(maxPoints)} points`;
  return `You are through with ${title}: ${all}, ${total}.`;
}

/**
 * @param isFirst whether the exercise had not passed before
 * @param progress with the check that passed
 */
export function afterPass(
  name: string,
  lesson: LessonEntry,
  { lessons }: Manifest,
  progress: Progress,
  isFirst: boolean,
): AfterPass {
  const pass: AfterPass = {
    ...(isFirst ? { isFirst, completion: completionOf(lesson, progress) } : {}),
    ...(progress.exercises[name]?.seen === true ? { seen: true } : {}),
  };
  const open = openExercise(lesson, name, progress);
  if (open) {
    const where = open.isBelow ? "further down" : "further up";
    const sentence = `Next exercise: ${open.name}, ${where}.`;
    return { ...pass, next: { exercise: open.name }, sentence };
  }
  const following = lessons[lessons.findIndex(({ id }) => id === lesson.id) + 1];
  if (!following) return pass;
  const { id, title } = following;
  const sentence = `Next lesson: ${title}, in ${id}.ipynb.`;
  return { ...pass, next: { lesson: id, title }, sentence };
}
