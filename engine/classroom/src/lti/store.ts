/** What is stored of a platform: its services, its ids of students, the scores that it has. */
import type { Record, Statements } from "../sql/sql.js";
import { now } from "../sql/write.js";

type Reading = Pick<Statements, "all">;
type Writing = Pick<Statements, "all" | "run">;

/** Where a course of the platform has its services. */
export interface Services {
  /** The platform's id of the course. */
  context: string;
  title: string;
  lineItems: string;
  memberships: string;
}

const toServices = (r: Record): Services => ({
  context: String(r.context),
  title: String(r.title),
  lineItems: String(r.line_items),
  memberships: String(r.memberships),
});

/** The course of the platform that may use the class, if one is connected. */
export async function readServices(sql: Reading): Promise<Services | undefined> {
  const [row] = await sql.all(
    "SELECT * FROM lti_services WHERE connected = 1 ORDER BY seq DESC LIMIT 1",
  );
  return row && toServices(row);
}

/** Courses whose instructors have opened the class before it was connected, the newest first. */
export async function readWaiting(sql: Reading): Promise<(Services & { by: string })[]> {
  const rows = await sql.all("SELECT * FROM lti_services WHERE connected = 0 ORDER BY seq DESC");
  const newest = new Map<string, Services & { by: string }>();
  for (const r of rows) {
    if (!newest.has(String(r.context))) {
      newest.set(String(r.context), { ...toServices(r), by: String(r.by_whom) });
    }
  }
  return [...newest.values()];
}

export async function addServices(
  sql: Writing,
  s: Services,
  { isConnected, by }: { isConnected: boolean; by: string },
): Promise<void> {
  await sql.run(
    `INSERT INTO lti_services (context, title, line_items, memberships, connected, by_whom, at)
     VALUES (?, ?, ?, ?, ?, ?, ?)`,
    [s.context, s.title, s.lineItems, s.memberships, isConnected ? 1 : 0, by, now()],
  );
}

/** The platform's id → the student. */
export async function readUsers(sql: Reading): Promise<Map<string, string>> {
  const rows = await sql.all("SELECT user_id, student FROM lti_users");
  return new Map(rows.map((r) => [String(r.user_id), String(r.student)]));
}

export async function putUser(sql: Writing, userId: string, student: string): Promise<void> {
  await sql.run(
    `INSERT INTO lti_users (user_id, student) VALUES (?, ?)
     ON CONFLICT (user_id) DO UPDATE SET student = excluded.student`,
    [userId, student],
  );
}

/** What the platform has of a student in a lesson. */
export interface SentScore {
  student: string;
  /** Undefined where an earlier score was taken back. */
  points: number | undefined;
  maxPoints: number;
  /** Id of the column that it went to; empty where an older release sent it. */
  lineItem: string;
}

/**
 * Student → the score that was sent last to this column: another course of the platform, or a
 * column in place of a deleted one, has none yet.
 */
export async function readScores(
  sql: Reading,
  lesson: string,
  lineItem: string,
): Promise<Map<string, SentScore>> {
  const rows = await sql.all("SELECT * FROM lti_scores WHERE lesson = ? ORDER BY seq", [lesson]);
  const scores = rows.map((r): SentScore => ({
    student: String(r.student),
    points: r.points === null ? undefined : Number(r.points),
    maxPoints: Number(r.max_points),
    lineItem: String(r.line_item),
  }));
  const own = scores.filter((s) => s.lineItem === lineItem || s.lineItem === "");
  return new Map(own.map((s) => [s.student, s]));
}

export async function addScore(
  sql: Writing,
  lesson: string,
  { student, points, maxPoints, lineItem }: SentScore,
  by: string,
): Promise<void> {
  await sql.run(
    `INSERT INTO lti_scores (lesson, student, points, max_points, line_item, by_whom, at)
     VALUES (?, ?, ?, ?, ?, ?, ?)`,
    [lesson, student, points ?? null, maxPoints, lineItem, by, now()],
  );
}
