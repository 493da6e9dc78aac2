/** Computes a student's progress, and the next step. */
import type { Course, Lesson, Progress } from "./course";

/** Where the student was last: the lesson, and a cell in each lesson. */
export interface Bookmarks {
  /** The lesson that was open last. */
  last?: string;
  /** The last active cell's id, by lesson. */
  cells: Record<string, string>;
}

export type State = "new" | "begun" | "done";

function stateOf(isDone: boolean, isBegun: boolean): State {
  if (isDone) return "done";
  return isBegun ? "begun" : "new";
}

export interface LessonProgress {
  state: State;
  passed: number;
  exercises: number;
  earned: number;
  /** Points that checks give; those that an instructor gives are not included. */
  points: number;
}

const sum = (numbers: number[]) => numbers.reduce((total, n) => total + n, 0);

export function lessonProgress(
  lesson: Lesson,
  progress: Progress,
  places: Bookmarks,
): LessonProgress {
  const { exercises } = lesson;
  const passed = exercises.filter(({ name }) => progress[name]?.passed).length;
  const touched = exercises.some(({ name }) => progress[name] !== undefined);
  const isDone = exercises.length > 0 && passed === exercises.length;
  const isBegun = touched || Object.hasOwn(places.cells, lesson.id);
  return {
    state: stateOf(isDone, isBegun),
    passed,
    exercises: exercises.length,
    earned: sum(exercises.map(({ name, points }) => points * (progress[name]?.share ?? 0))),
    points: sum(exercises.map(({ points }) => points)),
  };
}

/** The progress in each lesson, by its id. */
export type Standings = ReadonlyMap<string, LessonProgress>;

export const standingsOf = (
  { lessons }: Course,
  progress: Progress,
  places: Bookmarks,
): Standings =>
  new Map(lessons.map((lesson) => [lesson.id, lessonProgress(lesson, progress, places)]));

export function totalProgress(standings: LessonProgress[]): LessonProgress {
  const total = (field: "passed" | "exercises" | "earned" | "points") =>
    sum(standings.map((standing) => standing[field]));
  const withExercises = standings.filter(({ exercises }) => exercises > 0);
  const isDone = withExercises.length > 0 && withExercises.every(({ state }) => state === "done");
  const isBegun = standings.some(({ state }) => state !== "new");
  return {
    state: stateOf(isDone, isBegun),
    passed: total("passed"),
    exercises: total("exercises"),
    earned: total("earned"),
    points: total("points"),
  };
}

export interface NextStep {
  verb: string;
  lesson: Lesson;
}

/**
 * The next thing to do: the first lesson, the last one if it is not finished, or the next after it
 * that is not; undefined when all are.
 * @param isThere whether the lesson's notebook is in the student's folder
 */
export function nextStep(
  { lessons }: Course,
  progress: Progress,
  places: Bookmarks,
  isThere: (lesson: Lesson) => boolean,
): NextStep | undefined {
  const isAt = (lesson: Lesson, state: State) =>
    lessonProgress(lesson, progress, places).state === state;
  const isOpen = (lesson: Lesson) => isThere(lesson) && !isAt(lesson, "done");
  if (lessons.every((lesson) => isAt(lesson, "new"))) {
    const first = lessons.find(isThere);
    return first && { verb: "Start", lesson: first };
  }
  const last = lastOf(lessons, progress, places);
  if (last && isOpen(last)) return { verb: "Go on with the last lesson you opened", lesson: last };
  const after = lessons.slice(lessons.indexOf(last!) + 1);
  const next = [...after, ...lessons].find(isOpen);
  return next && { verb: "Go on with the next lesson", lesson: next };
}

/** The lesson that was open last; in a new browser, the one whose exercise was checked last. */
function lastOf(lessons: Lesson[], progress: Progress, places: Bookmarks): Lesson | undefined {
  const open = lessons.find(({ id }) => id === places.last);
  if (open) return open;
  const checkedAt = ({ exercises }: Lesson) =>
    exercises.map(({ name }) => progress[name]?.at ?? "").reduce((a, b) => (a > b ? a : b), "");
  const [latest] = [...lessons].sort((a, b) => (checkedAt(a) < checkedAt(b) ? 1 : -1));
  return latest && checkedAt(latest) !== "" ? latest : undefined;
}

/** 3, 2.5: points may be shares of an exercise's points. */
export const pointsText = (n: number): string => String(Math.round(n * 10) / 10);
export const plural = (n: number, one: string): string =>
  `${pointsText(n)} ${one}${n === 1 ? "" : "s"}`;

/** 45 min, 2 h, 2 h 30 min. */
export function durationText(minutes: number): string {
  const hours = Math.floor(minutes / 60);
  const rest = Math.round(minutes % 60);
  if (hours === 0) return `${rest} min`;
  return rest === 0 ? `${hours} h` : `${hours} h ${rest} min`;
}
