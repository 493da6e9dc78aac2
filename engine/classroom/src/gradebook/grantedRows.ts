/** Reads and adds accommodations and excusals; of each student the newest counts. */
import type { Record, Statements } from "../sql/sql.js";
import type { Accommodation, Excusal, Extension, Override } from "../types.js";

type Reading = Pick<Statements, "all">;
type Writing = Pick<Statements, "run">;
const text = String;
const decided = (r: Record) => ({ reason: text(r.reason), by: text(r.by_whom), at: text(r.at) });

/** By student. */
export async function readAccommodations(sql: Reading): Promise<Map<string, Accommodation>> {
  const rows = await sql.all("SELECT * FROM accommodations ORDER BY seq");
  const all = rows.map((r) => ({
    student: text(r.student),
    minutes: Number(r.minutes),
    ...decided(r),
  }));
  return new Map(all.map((a) => [a.student, a]));
}

export async function addAccommodation(sql: Writing, a: Accommodation): Promise<void> {
  await sql.run(
    "INSERT INTO accommodations (student, minutes, reason, by_whom, at) VALUES (?, ?, ?, ?, ?)",
    [a.student, a.minutes, a.reason, a.by, a.at],
  );
}

/** By lesson and student. */
export async function readExcusals(sql: Reading): Promise<Map<string, Excusal>> {
  const rows = await sql.all("SELECT * FROM excusals ORDER BY seq");
  const all = rows.map((r) => ({
    lesson: text(r.lesson),
    student: text(r.student),
    state: text(r.state) as Excusal["state"],
    ...decided(r),
  }));
  return new Map(all.map((e) => [`${e.lesson} ${e.student}`, e]));
}

export async function addExcusal(sql: Writing, e: Excusal): Promise<void> {
  await sql.run(
    `INSERT INTO excusals (lesson, student, state, reason, by_whom, at)
     VALUES (?, ?, ?, ?, ?, ?)`,
    [e.lesson, e.student, e.state, e.reason, e.by, e.at],
  );
}

/** Of all lessons, older ones first. */
export async function readAllExtensions(sql: Reading): Promise<Extension[]> {
  const rows = await sql.all("SELECT * FROM extensions ORDER BY seq");
  return rows.map((r) => ({
    lesson: text(r.lesson),
    student: text(r.student),
    until: text(r.until),
    ...decided(r),
  }));
}

/** The overrides that count, of all lessons. */
export async function readAllOverrides(sql: Reading): Promise<Override[]> {
  const rows = await sql.all("SELECT * FROM overrides ORDER BY seq");
  const all = rows.map((r) => ({
    lesson: text(r.lesson),
    student: text(r.student),
    points: r.points === null ? undefined : Number(r.points),
    ...decided(r),
  }));
  return [...new Map(all.map((o) => [`${o.lesson} ${o.student}`, o])).values()];
}
