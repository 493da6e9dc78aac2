/** What a check that passed says: praise, and where to go next. */
import type { LessonEntry, Manifest } from "grader";
import { formatPoints } from "./html";
import { lessonBar } from "./progress";
import type { Progress } from "./progressFile";

/** Plain data for the lab's extension, which makes a button from it. */
export type NextStep = { exercise: string } | { lesson: string; title: string };

export interface AfterPass {
  /** Only when the exercise passes for the first time. */
  praise?: string;
  /** Whether the student looked at the course's solution; then the lab draws no tick. */
  seen?: true;
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

/** Praises the student's own work, and says so where the course's solution was looked at. */
function praiseOf(name: string, lesson: LessonEntry, progress: Progress): string {
  const { exercises } = lesson;
  const seen = progress.exercises[name]?.seen === true;
  const works = seen ? `${name} passes, after a look at the course's solution` : `${name} works`;
  const passed = exercises.filter((exercise) => progress.exercises[exercise.name]?.passed).length;
  if (passed < exercises.length) {
    return `${works}. That makes ${passed} of the lesson's ${exercises.length} exercises.`;
  }
  const all = exercises.length === 1 ? "its exercise passes" : `all ${passed} exercises pass`;
  const { points, maxPoints } = lessonBar(lesson, progress);
  const total = `${formatPoints(points)} of ${formatPoints(maxPoints)} points`;
  return `${works}, and you are through with ${lesson.title}: ${all}, ${total}.`;
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
  const praise = isFirst ? praiseOf(name, lesson, progress) : undefined;
  const seen = progress.exercises[name]?.seen === true ? true : undefined;
  const open = openExercise(lesson, name, progress);
  if (open) {
    const where = open.isBelow ? "further down" : "further up";
    const sentence = `Next exercise: ${open.name}, ${where}.`;
    return { praise, seen, next: { exercise: open.name }, sentence };
  }
  const following = lessons[lessons.findIndex(({ id }) => id === lesson.id) + 1];
  if (!following) return { praise, seen };
  const { id, title } = following;
  return {
    praise,
    seen,
    next: { lesson: id, title },
    sentence: `Next lesson: ${title}, in ${id}.ipynb.`,
  };
}
