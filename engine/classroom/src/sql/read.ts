/** Reads the gradebook: plain data out, nothing changed. */
import { isGraded, type Result, upgradeResult } from "grader/batch";
import type { Record, Statements } from "./sql.js";
import type {
  Extension,
  Grade,
  HandIn,
  Mark,
  Override,
  Platform,
  Publication,
  RubricItem,
  Student,
} from "../types.js";

type Reading = Pick<Statements, "all">;
const text = String;
const optional = (value: unknown) => (value === null || value === undefined ? undefined : value);

const toStudent = (r: Record): Student => ({
  id: text(r.id),
  name: text(r.name),
  email: text(r.email),
  number: text(r.number),
  login: text(r.login),
  canvasId: text(r.canvas_id),
  section: text(r.section),
  active: r.active === 1,
});

const toHandIn = (r: Record): HandIn => ({
  id: text(r.id),
  lesson: text(r.lesson),
  student: text(r.student),
  platform: text(r.platform) as Platform,
  path: text(r.place),
  sha256: text(r.sha256),
  ...(r.at === null ? {} : { at: text(r.at) }),
  late: r.late === 1,
  attempt: Number(r.attempt),
  collectedAt: text(r.collected_at),
});

/** A result without what the grader says of exercises and cells, which is most of it. */
export const summaryOf = (result: Result): Result =>
  isGraded(result) ? { ...result, exercises: [], cells: [] } : result;

const toGrade = (r: Record): Grade => ({
  id: text(r.id),
  handIn: text(r.hand_in),
  lesson: text(r.lesson),
  student: text(r.student),
  supersedes: text(r.supersedes),
  sha256: text(r.sha256),
  seed: Number(r.seed),
  version: text(r.version),
  points: optional(r.earned) as number | undefined,
  maxPoints: optional(r.of_points) as number | undefined,
  result: upgradeResult(JSON.parse(text(r.result))),
  gradedAt: text(r.graded_at),
  by: text(r.by_whom),
});

/** By name, those who left the roster included. */
export async function readStudents(sql: Reading): Promise<Student[]> {
  const rows = await sql.all("SELECT * FROM students ORDER BY name, id");
  return rows.map(toStudent);
}

/** In the order in which they were collected, each with its newest update. */
export async function readHandIns(sql: Reading, lesson?: string): Promise<HandIn[]> {
  const [where, values] = lesson === undefined ? ["", []] : ["WHERE h.lesson = ?", [lesson]];
  const rows = await sql.all(`SELECT h.* FROM hand_ins h ${where} ORDER BY h.seq`, values);
  const updates = await sql.all(
    `SELECT u.* FROM hand_in_updates u JOIN hand_ins h ON h.id = u.hand_in ${where} ORDER BY u.seq`,
    values,
  );
  const newest = new Map(updates.map((u) => [u.hand_in, u]));
  return rows.map((r) =>
    toHandIn(newest.has(r.id!) ? { ...r, ...newest.get(r.id!), id: r.id! } : r),
  );
}

const CURRENT = `NOT EXISTS (
  SELECT 1 FROM grades n WHERE n.hand_in = g.hand_in AND n.supersedes = g.id)`;

/** The grades that hold, one for each hand-in that was graded. */
export async function readGrades(sql: Reading, lesson: string): Promise<Grade[]> {
  const where = `WHERE g.lesson = ? AND ${CURRENT} ORDER BY g.seq`;
  return (await sql.all(`SELECT g.* FROM grades g ${where}`, [lesson])).map(toGrade);
}

/** The same, their results without exercises and cells: reports of 800 would fill the memory. */
export async function readSummaries(sql: Reading, lesson: string): Promise<Grade[]> {
  const rows = await sql.all(
    `SELECT g.id, g.hand_in, g.lesson, g.student, g.supersedes, g.sha256, g.seed, g.version,
       g.earned, g.of_points, COALESCE(g.summary, g.result) AS result, g.graded_at, g.by_whom
     FROM grades g WHERE g.lesson = ? AND ${CURRENT} ORDER BY g.seq`,
    [lesson],
  );
  return rows.map(toGrade).map((grade) => ({ ...grade, result: summaryOf(grade.result) }));
}

/** One grade, with all that the grader says. */
export async function readGrade(sql: Reading, id: string): Promise<Grade | undefined> {
  const [row] = await sql.all("SELECT * FROM grades WHERE id = ?", [id]);
  return row && toGrade(row);
}

/** All grades of a hand-in, the first one first. */
export async function readHistory(sql: Reading, handIn: string): Promise<Grade[]> {
  const rows = await sql.all("SELECT * FROM grades WHERE hand_in = ? ORDER BY seq", [handIn]);
  return rows.map(toGrade);
}

function itemsOf(r: Record): Pick<Mark, "items"> {
  const items = JSON.parse(text(r.items)) as RubricItem[];
  return items.length > 0 ? { items } : {};
}

/** All marks of a lesson, older ones first. */
export async function readMarks(sql: Reading, lesson: string): Promise<Mark[]> {
  const rows = await sql.all(
    `SELECT m.* FROM marks m JOIN hand_ins h ON h.id = m.hand_in
     WHERE h.lesson = ? ORDER BY m.seq`,
    [lesson],
  );
  return rows.map((r) => ({
    handIn: text(r.hand_in),
    question: text(r.question),
    points: Number(r.points),
    comment: text(r.comment),
    ...itemsOf(r),
    by: text(r.by_whom),
    at: text(r.at),
  }));
}

/** All overrides of a lesson, older ones first. */
export async function readOverrides(sql: Reading, lesson: string): Promise<Override[]> {
  const rows = await sql.all("SELECT * FROM overrides WHERE lesson = ? ORDER BY seq", [lesson]);
  return rows.map((r) => ({
    lesson: text(r.lesson),
    student: text(r.student),
    points: optional(r.points) as number | undefined,
    reason: text(r.reason),
    by: text(r.by_whom),
    at: text(r.at),
  }));
}

/** All extensions of a lesson, older ones first. */
export async function readExtensions(sql: Reading, lesson: string): Promise<Extension[]> {
  const rows = await sql.all("SELECT * FROM extensions WHERE lesson = ? ORDER BY seq", [lesson]);
  return rows.map((r) => ({
    lesson: text(r.lesson),
    student: text(r.student),
    until: text(r.until),
    reason: text(r.reason),
    by: text(r.by_whom),
    at: text(r.at),
  }));
}

/** Lesson → what was decided last about its grades; a lesson without one is held back. */
export async function readPublications(sql: Reading): Promise<Map<string, Publication>> {
  const rows = await sql.all("SELECT * FROM publications ORDER BY seq");
  const all = rows.map((r): Publication => ({
    lesson: text(r.lesson),
    published: r.published === 1,
    ...(r.fixed === 1 ? { isFixed: true } : {}),
    by: text(r.by_whom),
    at: text(r.at),
  }));
  return new Map(all.map((p) => [p.lesson, p]));
}
