/** What a person decides about one student: points set by hand, a later deadline. */
import type { Class } from "../class.js";
import type { Lesson } from "../lessons.js";
import { wholeMatcher } from "../roster/match.js";
import { readExtensions, readStudents } from "../sql/read.js";
import { gradebook } from "./rows.js";
import { ClassError } from "../settings.js";
import { readTime } from "../time.js";
import type { Row, Student } from "../types.js";
import { addExtension, addOverride, now } from "../sql/write.js";

export interface Decision {
  /** Number, email, login, name, or our id. */
  who: string;
  reason: string;
  by: string;
}

export async function studentOf(classroom: Class, who: string): Promise<Student> {
  const found = wholeMatcher(await readStudents(classroom.sql))(who.trim());
  if ("student" in found) return found.student;
  throw new ClassError(found.reason);
}

export function reasonOf({ reason }: Pick<Decision, "reason">): string {
  if (reason.trim() !== "") return reason.trim();
  throw new ClassError("--reason says why, for whoever reads the gradebook later");
}

export async function rowOf(classroom: Class, lesson: Lesson, { id }: Student): Promise<Row> {
  const row = (await gradebook(classroom, lesson)).find(({ student }) => student.id === id);
  if (row) return row;
  throw new ClassError(`${id} has left the class and handed in nothing for ${lesson.id}`);
}

/** Above so many times the lesson's points it is a typo. */
const MAX_TIMES = 10;

/**
 * Sets a lesson's points by hand; the points "none" take an earlier override back. More than the
 * lesson's points are extra credit, as in Canvas, and whoever gives them is told so.
 */
export async function override(
  classroom: Class,
  lesson: Lesson,
  given: Decision & { points: string },
): Promise<Row> {
  const student = await studentOf(classroom, given.who);
  const points = given.points === "none" ? undefined : Number(given.points.replace(",", "."));
  const most = MAX_TIMES * Math.max(1, lesson.maxPoints);
  if (points !== undefined && !(points >= 0 && points <= most)) {
    throw new ClassError(
      `the points must be a number from 0 to ${most} (${MAX_TIMES} times what the lesson has), or ` +
        `none to take them back, got ${given.points}`,
    );
  }
  const reason = reasonOf(given);
  const { by } = given;
  const added = { lesson: lesson.id, student: student.id, points, reason, by, at: now() };
  await addOverride(classroom.sql, added);
  return rowOf(classroom, lesson, student);
}

/** @throws ClassError where there is no extension to take back */
async function requireExtension({ sql }: Class, lesson: Lesson, { id, name }: Student) {
  const newest = (await readExtensions(sql, lesson.id)).findLast((e) => e.student === id);
  if (newest && newest.until !== "") return;
  throw new ClassError(`${name} has no extension in ${lesson.id} to take back`);
}

/**
 * Moves one student's deadline to `until`, a time in the class's time zone; "none" takes the
 * extension back.
 */
export async function extend(
  classroom: Class,
  lesson: Lesson,
  given: Decision & { until: string },
): Promise<Row> {
  const student = await studentOf(classroom, given.who);
  const isTakenBack = given.until.trim() === "none";
  const until = isTakenBack ? "" : readTime(given.until, classroom.settings.timeZone);
  if (until === undefined) {
    throw new ClassError(
      `the deadline must look like 2027-05-10 23:59, or be none to take it back, got ${given.until}`,
    );
  }
  if (isTakenBack) await requireExtension(classroom, lesson, student);
  const reason = reasonOf(given);
  const { by } = given;
  await addExtension(classroom.sql, {
    lesson: lesson.id,
    student: student.id,
    until,
    reason,
    by,
    at: now(),
  });
  return rowOf(classroom, lesson, student);
}
