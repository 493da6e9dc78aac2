/**
 * The tables, step by step: a database of an older release gets the steps that it lacks. A step
 * that has been released never changes; a new one is added below it.
 *
 * Nothing is updated but rows of students and who has an answer open, and only `erase` deletes:
 * grades form a chain by `supersedes`, and of marks, overrides, extensions, publications, updates
 * of a hand-in and everything else the newest counts (the greatest `seq`).
 */
import { lineItemOfScores, ltiTables } from "../lti/migration.js";
import { recordTables } from "../records/migration.js";
import { DatabaseError, numberedRow, type Kind, type Sql } from "./sql.js";
import { termTables } from "./termTables.js";

const STEPS: ((kind: Kind) => string[])[] = [
  (kind) => [
    `CREATE TABLE students (
      id TEXT PRIMARY KEY, name TEXT NOT NULL, email TEXT NOT NULL, number TEXT NOT NULL,
      login TEXT NOT NULL, canvas_id TEXT NOT NULL, section TEXT NOT NULL,
      active INTEGER NOT NULL)`,
    `CREATE TABLE hand_ins (
      ${numberedRow(kind)}, id TEXT NOT NULL UNIQUE, lesson TEXT NOT NULL,
      student TEXT NOT NULL REFERENCES students (id), platform TEXT NOT NULL, place TEXT NOT NULL,
      sha256 TEXT NOT NULL, at TEXT, late INTEGER NOT NULL, attempt BIGINT NOT NULL,
      collected_at TEXT NOT NULL)`,
    "CREATE INDEX hand_ins_of ON hand_ins (lesson, student)",
    `CREATE TABLE grades (
      ${numberedRow(kind)}, id TEXT NOT NULL UNIQUE,
      hand_in TEXT NOT NULL REFERENCES hand_ins (id), lesson TEXT NOT NULL, student TEXT NOT NULL,
      supersedes TEXT NOT NULL, sha256 TEXT NOT NULL, seed BIGINT NOT NULL, version TEXT NOT NULL,
      earned DOUBLE PRECISION, of_points DOUBLE PRECISION, result TEXT NOT NULL,
      graded_at TEXT NOT NULL, UNIQUE (hand_in, supersedes))`,
    "CREATE INDEX grades_of ON grades (lesson, student)",
    `CREATE TABLE marks (
      ${numberedRow(kind)}, hand_in TEXT NOT NULL REFERENCES hand_ins (id),
      question TEXT NOT NULL, points DOUBLE PRECISION NOT NULL, comment TEXT NOT NULL,
      by_whom TEXT NOT NULL, at TEXT NOT NULL)`,
    "CREATE INDEX marks_of ON marks (hand_in)",
    `CREATE TABLE overrides (
      ${numberedRow(kind)}, lesson TEXT NOT NULL, student TEXT NOT NULL REFERENCES students (id),
      points DOUBLE PRECISION, reason TEXT NOT NULL, by_whom TEXT NOT NULL, at TEXT NOT NULL)`,
    `CREATE TABLE extensions (
      ${numberedRow(kind)}, lesson TEXT NOT NULL, student TEXT NOT NULL REFERENCES students (id),
      until TEXT NOT NULL, reason TEXT NOT NULL, by_whom TEXT NOT NULL, at TEXT NOT NULL)`,
  ],
  (kind) => [
    `CREATE TABLE publications (
      ${numberedRow(kind)}, lesson TEXT NOT NULL, published INTEGER NOT NULL,
      by_whom TEXT NOT NULL, at TEXT NOT NULL)`,
    // who accepted it, empty where nobody was asked
    "ALTER TABLE grades ADD COLUMN by_whom TEXT NOT NULL DEFAULT ''",
    // how often the row was written again, so that a sum says whether the roster is as before
    "ALTER TABLE students ADD COLUMN changes INTEGER NOT NULL DEFAULT 0",
  ],
  () => [
    // the result without exercises and cells, which lists need; null in rows of older releases
    "ALTER TABLE grades ADD COLUMN summary TEXT",
  ],
  (kind) => [
    // what a later collect found out about a hand-in: its time, or that it was handed in again
    `CREATE TABLE hand_in_updates (
      ${numberedRow(kind)}, hand_in TEXT NOT NULL REFERENCES hand_ins (id), at TEXT,
      late INTEGER NOT NULL, attempt BIGINT NOT NULL, collected_at TEXT NOT NULL)`,
    "CREATE INDEX hand_in_updates_of ON hand_in_updates (hand_in)",
  ],
  // whose gradebook it is; class-id.json in the class's folder has the same id
  () => ["CREATE TABLE class_identity (one INTEGER PRIMARY KEY, id TEXT NOT NULL)"],
  (kind) => [
    // what each student saw when a lesson's grades were published, as JSON
    `CREATE TABLE published_rows (
      ${numberedRow(kind)}, lesson TEXT NOT NULL, student TEXT NOT NULL REFERENCES students (id),
      content TEXT NOT NULL, at TEXT NOT NULL)`,
    "CREATE INDEX published_rows_of ON published_rows (student, lesson)",
    "ALTER TABLE publications ADD COLUMN fixed INTEGER NOT NULL DEFAULT 0",
  ],
  termTables,
  recordTables,
  ltiTables,
  lineItemOfScores,
];

/** Makes other processes wait until this one has made the tables. */
const lockText = (kind: Kind) =>
  kind === "postgres" ? "SELECT pg_advisory_xact_lock(7241903)" : "SELECT 1";

/** How many steps this release knows. */
export const NEWEST_STEP = STEPS.length;

/** The step at which a database is. */
export async function stepOf(sql: Pick<Sql, "all">): Promise<number> {
  const [found] = await sql.all("SELECT COALESCE(MAX(step), 0) AS step FROM migrations");
  return Number(found!.step);
}

/**
 * @param last the newest step to take
 * @throws DatabaseError where a newer release has written the database
 */
export async function migrate(sql: Sql, last = NEWEST_STEP): Promise<void> {
  await sql.transaction(async (tx) => {
    await tx.all(lockText(tx.kind));
    await tx.run("CREATE TABLE IF NOT EXISTS migrations (step INTEGER PRIMARY KEY)");
    const have = await stepOf(tx);
    if (have > STEPS.length) {
      throw new DatabaseError(
        "the gradebook was written by a newer release of the course: update this one (git pull)",
      );
    }
    for (let step = have; step < last; step++) {
      for (const text of STEPS[step]!(tx.kind)) await tx.run(text);
      await tx.run("INSERT INTO migrations (step) VALUES (?)", [step + 1]);
    }
  });
}
