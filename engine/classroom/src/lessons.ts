/** What a class needs to know of a lesson. */
import { findLesson, noLesson, type LessonEntry } from "grader/files";
import { ClassError } from "./settings.js";

export interface Lesson {
  /** "06-attention" */
  id: string;
  title: string;
  /** Points of exercises and written questions. */
  of: number;
  exercises: { name: string; points: number }[];
  /** Questions that a person marks. */
  written: { name: string; points: number }[];
}

const points = (entries: { points: number }[]) => entries.reduce((sum, e) => sum + e.points, 0);
const plain = (entries: { name: string; points: number }[]) =>
  entries.map((e) => ({ name: e.name, points: e.points }));

export const toLesson = ({ id, title, exercises, written }: LessonEntry): Lesson => ({
  ...{ id, title, of: points(exercises) + points(written) },
  ...{ exercises: plain(exercises), written: plain(written) },
});

/** @param word "06" or "06-attention" */
export function lessonNamed(lessons: Lesson[], word: string | number | undefined): Lesson {
  const ids = lessons.map(({ id }) => id);
  if (word === undefined) throw new ClassError(`--lesson names one of ${ids.join(", ")}`);
  const id = findLesson(word, ids);
  const found = lessons.find((lesson) => lesson.id === id);
  if (found) return found;
  throw new ClassError(`--lesson: ${noLesson(word, ids)}`);
}
