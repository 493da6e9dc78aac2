/**
 * Adds to the gradebook. Nothing is overwritten but a student's own data; each function is all or
 * nothing, and doing it twice adds nothing.
 */
import { createHash } from "node:crypto";
import { isGraded, type Result } from "grader/batch";
import { summaryOf } from "./read.js";
import type { Statements } from "./sql.js";
import type { Extension, Grade, HandIn, Mark, Override, Publication, Student } from "../types.js";

type Writing = Pick<Statements, "all" | "run">;

const ID_DIGITS = 20;
/** A short name of all this, always the same. */
export const idOf = (...parts: (string | number)[]): string =>
  createHash("sha256").update(JSON.stringify(parts)).digest("hex").slice(0, ID_DIGITS);

export const now = () => new Date().toISOString();

export async function putStudent(sql: Writing, s: Student): Promise<void> {
  await sql.run(
    `INSERT INTO students (id, name, email, number, login, canvas_id, section, active)
     VALUES (?, ?, ?, ?, ?, ?, ?, ?)
     ON CONFLICT (id) DO UPDATE SET name = excluded.name, email = excluded.email,
       number = excluded.number, login = excluded.login, canvas_id = excluded.canvas_id,
       section = excluded.section, active = excluded.active,
       changes = students.changes + 1`,
    [s.id, s.name, s.email, s.number, s.login, s.canvasId, s.section, s.active ? 1 : 0],
  );
}

export async function addHandIn(sql: Writing, h: HandIn): Promise<void> {
  await sql.run(
    `INSERT INTO hand_ins
       (id, lesson, student, platform, place, sha256, at, late, attempt, collected_at)
     VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?) ON CONFLICT (id) DO NOTHING`,
    [
      h.id,
      h.lesson,
      h.student,
      h.platform,
      h.path,
      h.sha256,
      h.at ?? null,
      h.late ? 1 : 0,
      h.attempt,
      h.collectedAt,
    ],
  );
}

/** Records what a later collect found out about a hand-in; the newest update counts. */
export async function addHandInUpdate(sql: Writing, h: HandIn): Promise<void> {
  await sql.run(
    `INSERT INTO hand_in_updates (hand_in, at, late, attempt, collected_at)
     VALUES (?, ?, ?, ?, ?)`,
    [h.id, h.at ?? null, h.late ? 1 : 0, h.attempt, h.collectedAt],
  );
}

/** Whether a result with these inputs is the one that holds already. */
const same = (grade: Grade | undefined, result: Result) =>
  grade !== undefined &&
  grade.seed === result.seed &&
  grade.version === result.version &&
  JSON.stringify(grade.result) === JSON.stringify(result);

/**
 * Adds a grade after the one that holds. Two that do so at once add one grade, since the id is made
 * of the grade before it and a grade has one successor at most.
 * @param holds the grade that holds, if any
 * @param by who accepts it, where somebody was asked
 */
export async function addGrade(
  sql: Writing,
  handIn: HandIn,
  holds: Grade | undefined,
  result: Result,
  by = "",
): Promise<void> {
  if (same(holds, result)) return;
  const before = holds?.id ?? "";
  const [earned, of] = isGraded(result) ? [result.points, result.maxPoints] : [null, null];
  await sql.run(
    `INSERT INTO grades
       (id, hand_in, lesson, student, supersedes, sha256, seed, version, earned, of_points,
        result, summary, graded_at, by_whom)
     VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?) ON CONFLICT DO NOTHING`,
    [
      idOf(handIn.id, before),
      handIn.id,
      handIn.lesson,
      handIn.student,
      before,
      handIn.sha256,
      result.seed,
      result.version,
      earned,
      of,
      JSON.stringify(result),
      JSON.stringify(summaryOf(result)),
      now(),
      by,
    ],
  );
}

export async function addMark(sql: Writing, m: Mark): Promise<void> {
  await sql.run(
    `INSERT INTO marks (hand_in, question, points, comment, by_whom, at, items)
     VALUES (?, ?, ?, ?, ?, ?, ?)`,
    [m.handIn, m.question, m.points, m.comment, m.by, m.at, JSON.stringify(m.items ?? [])],
  );
}

export async function addOverride(sql: Writing, o: Override): Promise<void> {
  await sql.run(
    `INSERT INTO overrides (lesson, student, points, reason, by_whom, at)
     VALUES (?, ?, ?, ?, ?, ?)`,
    [o.lesson, o.student, o.points ?? null, o.reason, o.by, o.at],
  );
}

export async function addExtension(sql: Writing, e: Extension): Promise<void> {
  await sql.run(
    `INSERT INTO extensions (lesson, student, until, reason, by_whom, at)
     VALUES (?, ?, ?, ?, ?, ?)`,
    [e.lesson, e.student, e.until, e.reason, e.by, e.at],
  );
}

export async function addPublication(sql: Writing, p: Publication): Promise<void> {
  await sql.run(
    "INSERT INTO publications (lesson, published, by_whom, at, fixed) VALUES (?, ?, ?, ?, ?)",
    [p.lesson, p.published ? 1 : 0, p.by, p.at, p.isFixed ? 1 : 0],
  );
}
