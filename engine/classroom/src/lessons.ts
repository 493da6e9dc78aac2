/** What a class needs to know of a lesson, and which lesson a notebook belongs to. */
import { findLesson, noLesson, type LessonEntry } from "grader/files";
import { ClassError } from "./settings.js";

export interface Lesson {
  /** "06-attention" */
  id: string;
  title: string;
  /** Points of exercises and written questions. */
  maxPoints: number;
  exercises: { name: string; points: number }[];
  /** Questions that a person marks. */
  written: { name: string; points: number }[];
}

const points = (entries: { points: number }[]) => entries.reduce((sum, e) => sum + e.points, 0);
const plain = (entries: { name: string; points: number }[]) =>
  entries.map((e) => ({ name: e.name, points: e.points }));

export const toLesson = ({ id, title, exercises, written }: LessonEntry): Lesson => ({
  id,
  title,
  maxPoints: points(exercises) + points(written),
  exercises: plain(exercises),
  written: plain(written),
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

interface NotebookCell {
  metadata?: { nbgrader?: { grade_id?: unknown } };
}

function gradeIds(bytes: Buffer): string[] {
  try {
    const { cells } = JSON.parse(bytes.toString("utf8")) as { cells?: NotebookCell[] };
    if (!Array.isArray(cells)) return [];
    return cells.map((cell) => String(cell?.metadata?.nbgrader?.grade_id ?? ""));
  } catch {
    return [];
  }
}

/**
 * The lesson of a notebook, from the ids of its cells; nothing of it runs.
 * @returns undefined where the file is not a notebook of the course, damaged or cut off
 */
export function lessonOf(bytes: Buffer, lessons: LessonEntry[]): string | undefined {
  const ids = new Set(gradeIds(bytes));
  let best: { id: string; count: number } | undefined;
  for (const { id, exercises, written } of lessons) {
    const count = [...exercises, ...written].filter(({ gradeId }) => ids.has(gradeId)).length;
    if (count > (best?.count ?? 0)) best = { id, count };
  }
  return best?.id;
}
