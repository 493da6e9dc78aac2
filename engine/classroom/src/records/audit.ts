/**
 * Who changed what and when: every row of every table that says who made it, in one list. Tables
 * that a later migration adds are in it without a line here, with their columns as they are.
 */
import type { Class } from "../class.js";
import { showDuration } from "../gradebook/granted.js";
import { describeRights, type Role } from "../staff/rights.js";
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
    r.until === ""
      ? `took back the extension: ${r.reason}`
      : `extended the deadline to ${showTime(String(r.until), zone)}: ${r.reason}`,
  publications: (r) => (r.published === 1 ? "published the grades" : "held the grades back"),
  grades: (r) => `accepted a grade of ${r.earned} of ${r.of_points} points from grading again`,
  lti_scores: (r) =>
    r.points === null
      ? "took a score back from the platform"
      : `sent ${r.points} of ${r.max_points} points to the platform`,
  lti_services: (r) =>
    `${r.connected === 1 ? "connected" : "opened the class from"} the platform’s course ${r.title} (${r.context})`,
  accommodations: (r) =>
    r.minutes === 0
      ? `took back the time given in every lesson: ${r.reason}`
      : `gave ${showDuration(Number(r.minutes))} more in every lesson: ${r.reason}`,
  excusals: (r) =>
    r.state === "none"
      ? `took back that the lesson is excused or missing: ${r.reason}`
      : `called the lesson ${r.state}: ${r.reason}`,
  staff: (r) => {
    if (r.role === "none") return `took ${r.email}’s rights away`;
    const sections = JSON.parse(String(r.sections)) as string[];
    const rights = { role: r.role as Role, name: "", sections, seesNames: r.sees_names === 1 };
    return `gave ${r.name} (${r.email}) rights: ${describeRights(rights)}`;
  },
  rubric_items: (r) =>
    r.points === null
      ? `removed a rubric item of ${r.question}: ${short(r.sentence)}`
      : `set a rubric item of ${r.question} to ${r.points} points: ${short(r.sentence)}`,
  request_answers: (r) => `answered a request: ${short(r.message)}`,
  events: (r) => (r.detail === "" ? String(r.action) : `${r.action}: ${r.detail}`),
};

/** Columns that are shown in columns of their own, or say nothing to a person. */
const HIDDEN = new Set(["seq", "id", "by_whom", "at", "lesson", "student", "hand_in", "request"]);

const describePlainly =
  (table: string): Describe =>
  (row) => {
    const shown = Object.entries(row).filter(([name, v]) => !HIDDEN.has(name) && v !== null);
    const parts = shown.map(([name, value]) => `${name.replaceAll("_", " ")} ${short(value, 80)}`);
    return `${table.replaceAll("_", " ")}: ${parts.join(", ")}`;
  };

/** A row without a time, as of an answer that somebody has open, decides nothing. */
const isAudited = ({ columns }: Table) =>
  columns.includes("by_whom") && (columns.includes("at") || columns.includes("graded_at"));
const timeColumn = ({ columns }: Table) => (columns.includes("at") ? "at" : "graded_at");

type Reading = Pick<Statements, "all">;

/** Of a hand-in or a request by its id: its lesson and its student. */
type Subjects = Map<unknown, Record>;

async function readSubjects(sql: Reading): Promise<Subjects> {
  const rows = [
    ...(await sql.all("SELECT id, lesson, student FROM hand_ins")),
    ...(await sql.all("SELECT id, lesson, student FROM requests")),
  ];
  return new Map(rows.map((row) => [row.id, row]));
}

async function entriesOf(
  sql: Reading,
  table: Table,
  subjects: Subjects,
  { zone, limit }: { zone: string; limit: number },
): Promise<AuditEntry[]> {
  // nobody made a row such as a grader's first grade
  const rows = await sql.all(
    `SELECT * FROM ${table.name} WHERE by_whom <> '' ORDER BY ${timeColumn(table)} DESC LIMIT ${limit}`,
  );
  const describe = WHAT[table.name] ?? describePlainly(table.name);
  return rows.map((row) => {
    const about = subjects.get(row.hand_in ?? row.request) ?? row;
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
  const subjects = await readSubjects(sql);
  const entries: AuditEntry[] = [];
  for (const table of tables) {
    entries.push(...(await entriesOf(sql, table, subjects, { zone: settings.timeZone, limit })));
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
