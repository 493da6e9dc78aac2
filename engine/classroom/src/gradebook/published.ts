/**
 * What students see of a lesson: each student's row as it was when the grades were published. Until
 * they are published again, a new hand-in, mark or decision changes nothing for the student.
 */
import { points as shown } from "grader/reports";
import type { Class } from "../class.js";
import type { Lesson } from "../lessons.js";
import type { Statements } from "../sql/sql.js";
import { addPublication, now } from "../sql/write.js";
import type { Row, Student } from "../types.js";
import { notesOf } from "./explain.js";
import { gradebookSummary } from "./rows.js";

const KEPT = [
  "status",
  "points",
  "maxPoints",
  "exercisePoints",
  "writtenPoints",
  "earnedPoints",
  "unmarked",
  "unanswered",
  "deadline",
  "daysLate",
  "coveredDays",
  "percentOff",
  "override",
  "excusal",
  "marks",
] as const satisfies (keyof Row)[];

/** A row as it was published. */
export interface PublishedRow extends Pick<Row, (typeof KEPT)[number]> {
  /** Id and path of the hand-in that counted. */
  handIn?: string;
  path?: string;
  /** Id of its grade. */
  grade?: string;
  notes: string[];
}

export interface Published {
  row: PublishedRow;
  at: string;
  /** What was published before, if it was something else. */
  before?: PublishedRow;
}

function publishedRow(row: Row): PublishedRow {
  const kept = Object.fromEntries(KEPT.map((key) => [key, row[key]])) as unknown as PublishedRow;
  const { handIn, grade } = row;
  return { ...kept, handIn: handIn?.id, path: handIn?.path, grade: grade?.id, notes: notesOf(row) };
}

const isSame = (a: PublishedRow, b: PublishedRow) => JSON.stringify(a) === JSON.stringify(b);

/** Why somebody's points are no longer what they were, one sentence each. */
export function reasonsFor(before: PublishedRow, after: PublishedRow): string[] {
  const reasons: string[] = [];
  const change = (what: string, a: number | undefined, b: number | undefined, unit = "") => {
    if (a === b) return;
    reasons.push(`${what}: ${shown(a ?? 0)}${unit} before, ${shown(b ?? 0)}${unit} now.`);
  };
  if (before.handIn !== after.handIn) {
    reasons.push(
      `Another hand-in counts: ${after.path ?? "none"} instead of ${before.path ?? "none"}.`,
    );
  } else if (before.grade !== after.grade) {
    reasons.push("The same file was graded again.");
  }
  change("Exercises", before.exercisePoints, after.exercisePoints);
  change("Written answers", before.writtenPoints, after.writtenPoints);
  change("Taken off because it was late", before.percentOff, after.percentOff, " %");
  if (before.override?.at !== after.override?.at) {
    const { override } = after;
    reasons.push(override ? `Set by hand: ${override.reason}.` : "No longer set by hand.");
  }
  if (before.excusal?.state !== after.excusal?.state) {
    reasons.push(after.excusal ? `It is ${after.excusal.state} now.` : "It counts again.");
  }
  if (reasons.length === 0 && !isSame(before, after)) {
    reasons.push("Only what stands beside the points: comments, the deadline or a note.");
  }
  return reasons;
}

/** What has changed for a student since the grades were published. */
export const changesSince = (published: Published | undefined, row: Row): string[] =>
  published ? reasonsFor(published.row, publishedRow(row)) : [];

type Reading = Pick<Statements, "all">;

function toPublished(rows: Awaited<ReturnType<Reading["all"]>>): Published[] {
  return rows.map((r) => ({
    row: JSON.parse(String(r.content)) as PublishedRow,
    at: String(r.at),
  }));
}

/** A student's rows as they were published, by lesson. */
export async function readPublishedOf(sql: Reading, student: string) {
  const rows = await sql.all("SELECT * FROM published_rows WHERE student = ? ORDER BY seq", [
    student,
  ]);
  return newest(
    rows.map((r) => String(r.lesson)),
    toPublished(rows),
  );
}

/** A lesson's rows as they were published, by student. */
export async function readPublished(sql: Reading, lesson: string) {
  const rows = await sql.all("SELECT * FROM published_rows WHERE lesson = ? ORDER BY seq", [
    lesson,
  ]);
  return newest(
    rows.map((r) => String(r.student)),
    toPublished(rows),
  );
}

function newest(keys: string[], all: Published[]): Map<string, Published> {
  const found = new Map<string, Published>();
  for (const [i, one] of all.entries()) {
    found.set(keys[i]!, { ...one, before: found.get(keys[i]!)?.row });
  }
  return found;
}

/** Whether there is anything to show a student. */
const isShown = ({ handIn, override, excusal }: Row): boolean =>
  (handIn ?? override ?? excusal) !== undefined;

/** A student who sees something else once the grades are published. */
export interface PendingChange {
  student: Student;
  /** What the student sees now; undefined where it is nothing. */
  before?: PublishedRow;
  after: PublishedRow;
  reasons: string[];
}

/** What publishing these rows changes. A row that was published changes, too, when it gets empty. */
export function pendingIn(rows: Row[], published: Map<string, Published>): PendingChange[] {
  return rows.flatMap((row) => {
    const { student } = row;
    const before = published.get(student.id)?.row;
    const after = publishedRow(row);
    if (before ? isSame(before, after) : !isShown(row)) return [];
    return { student, before, after, reasons: before ? reasonsFor(before, after) : [] };
  });
}

/** What publishing a lesson's grades as they are now changes. */
export const pendingChanges = async (classroom: Class, lesson: Lesson): Promise<PendingChange[]> =>
  pendingIn(
    await gradebookSummary(classroom, lesson),
    await readPublished(classroom.sql, lesson.id),
  );

/** Shows students their grades as they are now. @returns how many students see something new */
export async function publish(classroom: Class, lesson: Lesson, by: string): Promise<number> {
  const rows = await gradebookSummary(classroom, lesson);
  return classroom.sql.transaction(async (tx) => {
    const at = now();
    const pending = pendingIn(rows, await readPublished(tx, lesson.id));
    for (const { student, after } of pending) {
      await tx.run(
        "INSERT INTO published_rows (lesson, student, content, at) VALUES (?, ?, ?, ?)",
        [lesson.id, student.id, JSON.stringify(after), at],
      );
    }
    await addPublication(tx, { lesson: lesson.id, published: true, by, at, isFixed: true });
    return pending.length;
  });
}
