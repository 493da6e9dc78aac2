/**
 * The gradebook of each lesson, kept for as long as nothing of it changes: 800 students who look at
 * their grades at once would read all of it 800 times. Rows are only ever added, also by other
 * processes, so their numbers say whether anything is new; of students, how often they were written.
 */
import type { Class } from "../class.js";
import type { Lesson } from "../lessons.js";
import { lightBook } from "../rows.js";
import type { Row } from "../types.js";

/** Rows whose grades lack what the grader says of exercises and cells; see readGrade. */
export type Books = (lesson: Lesson) => Promise<Row[]>;

const COUNTS = `SELECT
  (SELECT COUNT(*) FROM hand_ins WHERE lesson = ?) AS hand_ins,
  (SELECT COUNT(*) FROM grades WHERE lesson = ?) AS grades,
  (SELECT COUNT(*) FROM overrides WHERE lesson = ?) AS overrides,
  (SELECT COUNT(*) FROM extensions WHERE lesson = ?) AS extensions,
  (SELECT COUNT(*) FROM marks) AS marks,
  (SELECT COUNT(*) FROM students) AS students,
  (SELECT SUM(changes) FROM students) AS changes`;

export function bookkeeper(of: Class): Books {
  const kept = new Map<string, { state: string; rows: Promise<Row[]> }>();
  const stateOf = async ({ id }: Lesson) =>
    JSON.stringify(await of.sql.all(COUNTS, [id, id, id, id]));
  return async (lesson) => {
    const state = await stateOf(lesson); // before the rows: they may be newer, never older
    const known = kept.get(lesson.id);
    if (known?.state === state) return known.rows;
    const rows = lightBook(of, lesson);
    kept.set(lesson.id, { state, rows });
    rows.catch(() => kept.delete(lesson.id));
    return rows;
  };
}
