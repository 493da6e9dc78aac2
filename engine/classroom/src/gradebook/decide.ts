/** Decides about one student beyond a lesson's points: more time everywhere, excused, missing. */
import type { Class } from "../class.js";
import type { Lesson } from "../lessons.js";
import { ClassError } from "../settings.js";
import { now } from "../sql/write.js";
import type { Accommodation, Excusal, Row } from "../types.js";
import { addAccommodation, addExcusal } from "./grantedRows.js";
import { reasonOf, rowOf, studentOf, type Decision } from "./overrides.js";

const UNITS: { [unit: string]: number } = { minute: 1, hour: 60, day: 1440 };
const MAX_DAYS = 366;

/** "2 days", "36 hours", "0" in minutes. @throws ClassError */
export function readDuration(text: string): number {
  if (/^\s*(0|none)\s*$/.test(text)) return 0;
  const found = /^\s*(\d{1,5})\s*(minute|hour|day)s?\s*$/.exec(text);
  const minutes = found ? Number(found[1]) * UNITS[found[2]!]! : NaN;
  if (minutes > 0 && minutes <= MAX_DAYS * UNITS.day!) return minutes;
  throw new ClassError(
    `expected a time such as 2 days, 36 hours, or 0 to take it back, got ${text}`,
  );
}

/** Gives a student more time in every lesson, also in those whose deadline has passed. */
export async function accommodate(
  classroom: Class,
  given: Decision & { time: string },
): Promise<Accommodation & { name: string }> {
  const { id, name } = await studentOf(classroom, given.who);
  const minutes = readDuration(given.time);
  const added = { student: id, minutes, reason: reasonOf(given), by: given.by, at: now() };
  await addAccommodation(classroom.sql, added);
  return { ...added, name };
}

/** Excuses a student from a lesson, calls it missing, or takes either back. */
export async function excuse(
  classroom: Class,
  lesson: Lesson,
  given: Decision & { state: string },
): Promise<Row> {
  const { state } = given;
  if (state !== "excused" && state !== "missing" && state !== "none") {
    throw new ClassError(`expected excused, missing or none, got ${state}`);
  }
  const student = await studentOf(classroom, given.who);
  const added: Excusal = {
    lesson: lesson.id,
    student: student.id,
    state,
    reason: reasonOf(given),
    by: given.by,
    at: now(),
  };
  await addExcusal(classroom.sql, added);
  return rowOf(classroom, lesson, student);
}
