/** What a class needs to know of a lesson, and which lesson a notebook belongs to. */
import { createHash } from "node:crypto";
import { findLesson, noLesson, normalizeText, type LessonEntry } from "grader/files";
import { ClassError } from "./settings.js";

export interface Lesson {
  /** "06-attention" */
  id: string;
  title: string;
  /** Points of exercises and written questions. */
  maxPoints: number;
  exercises: { name: string; points: number }[];
  /** Questions that a person marks. */
  written: { name: string; points: number; shippedHash?: string }[];
}

const points = (entries: { points: number }[]) => entries.reduce((sum, e) => sum + e.points, 0);
const plain = (entries: { name: string; points: number }[]) =>
  entries.map((e) => ({ name: e.name, points: e.points }));

export const toLesson = ({ id, title, exercises, written, cells }: LessonEntry): Lesson => ({
  id,
  title,
  maxPoints: points(exercises) + points(written),
  exercises: plain(exercises),
  written: written.map((w) => ({ name: w.name, points: w.points, shippedHash: cells[w.gradeId] })),
});

/** Hex digits of a cell's hash in the manifest. */
const HASH_DIGITS = 16;

/** Whether an answer is empty, or the text that its cell was shipped with: it earns nothing. */
export function isUnanswered(
  lesson: Lesson,
  { name, text }: { name: string; text: string },
): boolean {
  if (text.trim() === "") return true;
  const hash = createHash("sha256").update(normalizeText(text)).digest("hex");
  const shipped = lesson.written.find((w) => w.name === name)?.shippedHash;
  return shipped === hash.slice(0, HASH_DIGITS);
}

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
