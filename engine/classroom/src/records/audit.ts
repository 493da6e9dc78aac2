/**
 * Who changed what and when: every row of every table that says who made it, in one list. Tables
 * that a later migration adds are in it without a line here, with their columns as they are.
 */
import type { Class } from "../class.js";
import { showTime } from "../time.js";
import type { Record, Statements } from "../sql/sql.js";
import { readTables, type Table } from "./tables.js";

export interface AuditEntry {
  at: string;
  by: string;
  what: string;
  lesson: string;
  /** Id of the student whom it is about, "" where it is about none. */
  student: string;
}

const short = (value: unknown, max = 200) => {
  const text = String(value);
  return text.length > max ? `${text.slice(0, max)}…` : text;
};

type Describe = (row: Record, zone: string) => string;

const WHAT: { [table: string]: Describe } = {
  marks: (r) =>
    `marked ${r.question}: ${r.points} points${r.comment ? `, ${short(r.comment)}` : ""}`,
  overrides: (r) =>
    r.points === null
      ? `took back the points set by hand: ${r.reason}`
      : `set the points to ${r.points} by hand: ${r.reason}`,
  extensions: (r, zone) =>
    `extended the deadline to ${showTime(String(r.until), zone)}: ${r.reason}`,
  publications: (r) => (r.published === 1 ? "published the grades" : "held the grades back"),
  grades: (r) => `accepted a grade of ${r.earned} of ${r.of_points} points from grading again`,
  lti_scores: (r) =>
    r.points === null
      ? "took a score back from the platform"
      : `sent ${r.points} of ${r.max_points} points to the platform`,
  lti_services: (r) =>
    `${r.connected === 1 ? "connected" : "opened the class from"} the platform’s course ${r.title} (${r.context})`,
  events: (r) => (r.detail === "" ? String(r.action) : `${r.action}: ${r.detail}`),
};

/** Columns that are shown in columns of their own, or say nothing to a person. */
const HIDDEN = new Set(["seq", "id", "by_whom", "at", "lesson", "student", "hand_in"]);

const describePlainly =
  (table: string): Describe =>
  (row) => {
    const shown = Object.entries(row).filter(([name, v]) => !HIDDEN.has(name) && v !== null);
    const parts = shown.map(([name, value]) => `${name.replaceAll("_", " ")} ${short(value, 80)}`);
    return `${table.replaceAll("_", " ")}: ${parts.join(", ")}`;
  };

/** Whoever made the row may be nobody, as of a grader's first grade. */
const isAudited = ({ columns }: Table) => columns.includes("by_whom");
const timeColumn = ({ columns }: Table) => (columns.includes("at") ? "at" : "graded_at");

type HandIns = Map<unknown, Record>;

async function entriesOf(
  sql: Pick<Statements, "all">,
  table: Table,
  handIns: HandIns,
  { zone, limit }: { zone: string; limit: number },
): Promise<AuditEntry[]> {
  const rows = await sql.all(
    `SELECT * FROM ${table.name} WHERE by_whom <> '' ORDER BY ${timeColumn(table)} DESC LIMIT ${limit}`,
  );
  const describe = WHAT[table.name] ?? describePlainly(table.name);
  return rows.map((row) => {
    const about = handIns.get(row.hand_in) ?? row;
    return {
      at: String(row[timeColumn(table)]),
      by: String(row.by_whom),
      what: describe(row, zone),
      lesson: String(about.lesson ?? ""),
      student: String(about.student ?? ""),
    };
  });
}

const ALL = 2 ** 31 - 1;

/**
 * @param limit how many of each table, the newest
 * @returns the newest first
 */
export async function readAudit({ sql, settings }: Class, limit = ALL): Promise<AuditEntry[]> {
  const tables = (await readTables(sql)).filter(isAudited);
  const rows = await sql.all("SELECT id, lesson, student FROM hand_ins");
  const handIns: HandIns = new Map(rows.map((row) => [row.id, row]));
  const entries: AuditEntry[] = [];
  for (const table of tables) {
    entries.push(...(await entriesOf(sql, table, handIns, { zone: settings.timeZone, limit })));
  }
  return entries.sort((a, b) => (a.at < b.at ? 1 : -1));
}

/** A time that isn't one is shown as it is. */
export const shownTime = (at: string, zone: string) =>
  Number.isNaN(Date.parse(at)) ? at : showTime(at, zone);

const HEADER = ["Time", "Who", "What", "Lesson", "Student"];

/** Rows of a table, with names in place of ids. */
export function auditTable(
  entries: AuditEntry[],
  names: Map<string, string>,
  zone: string,
): string[][] {
  const rows = entries.map((e) => [
    shownTime(e.at, zone),
    e.by,
    e.what,
    e.lesson,
    names.get(e.student) ?? e.student,
  ]);
  return [HEADER, ...rows];
}
