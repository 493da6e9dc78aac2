/**
 * What is made of a lesson's tables, kept for as long as nothing in them changes: 800 students who
 * look at their grades at once would read all of it 800 times, and a report compares all answers.
 * Rows are only ever added, also by other processes, so their numbers say whether anything is new;
 * of students, how often they were written, and how many were erased.
 */
import type { Class } from "../class.js";
import type { Lesson } from "../lessons.js";
import { gradebookSummary } from "../gradebook/rows.js";
import type { Row } from "../types.js";

export type Cached<T> = (lesson: Lesson) => Promise<T>;

/** Rows whose grades lack what the grader says of exercises and cells; see readGrade. */
export type CachedGradebooks = Cached<Row[]>;

const COUNTS = `SELECT
  (SELECT COUNT(*) FROM hand_ins WHERE lesson = ?) AS hand_ins,
  (SELECT COUNT(*) FROM hand_in_updates u JOIN hand_ins h ON h.id = u.hand_in WHERE h.lesson = ?)
    AS updates,
  (SELECT COUNT(*) FROM grades WHERE lesson = ?) AS grades,
  (SELECT COUNT(*) FROM overrides WHERE lesson = ?) AS overrides,
  (SELECT COUNT(*) FROM extensions WHERE lesson = ?) AS extensions,
  (SELECT COUNT(*) FROM marks m JOIN hand_ins h ON h.id = m.hand_in WHERE h.lesson = ?) AS marks,
  (SELECT COUNT(*) FROM accommodations) AS accommodations,
  (SELECT COUNT(*) FROM excusals WHERE lesson = ?) AS excusals,
  (SELECT COUNT(*) FROM students) AS students,
  (SELECT SUM(changes) FROM students) AS changes,
  (SELECT COUNT(*) FROM erasures) AS erasures`;

/** What the budgets of late days depend on, in every lesson. */
const BUDGET_COUNTS = `SELECT
  (SELECT COUNT(*) FROM hand_ins) AS hand_ins,
  (SELECT COUNT(*) FROM hand_in_updates) AS updates,
  (SELECT COUNT(*) FROM overrides) AS overrides,
  (SELECT COUNT(*) FROM extensions) AS extensions,
  (SELECT COUNT(*) FROM excusals) AS excusals`;

/** Makes it when it is asked for first, and again when the lesson has changed since. */
export function cacheByLesson<T>(
  classroom: Class,
  make: (lesson: Lesson) => Promise<T>,
): Cached<T> {
  const kept = new Map<string, { state: string; made: Promise<T> }>();
  const hasBudgets = Boolean(classroom.settings.late.budgetDays);
  const stateOf = async ({ id }: Lesson) =>
    JSON.stringify([
      await classroom.sql.all(COUNTS, Array<string>(7).fill(id)),
      hasBudgets ? await classroom.sql.all(BUDGET_COUNTS) : [],
    ]);
  return async (lesson) => {
    const state = await stateOf(lesson); // before it is made: that may be newer, never older
    const known = kept.get(lesson.id);
    if (known?.state === state) return known.made;
    const made = make(lesson);
    kept.set(lesson.id, { state, made });
    made.catch(() => kept.delete(lesson.id));
    return made;
  };
}

export const cacheGradebooks = (classroom: Class): CachedGradebooks =>
  cacheByLesson(classroom, (lesson) => gradebookSummary(classroom, lesson));

/** Those of all lessons, as exports take them. */
export async function allGradebooks(
  classroom: Class,
  books: CachedGradebooks,
  lessons = classroom.lessons,
) {
  const all: [Lesson, Row[]][] = [];
  for (const lesson of lessons) all.push([lesson, await books(lesson)]);
  return new Map(all);
}
