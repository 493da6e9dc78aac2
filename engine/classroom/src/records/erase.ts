/**
 * course class erase: a student leaves nothing behind, as privacy law asks. The rows go in one
 * transaction, which also notes which files have to go; whoever opens the class next finishes what
 * was interrupted. What remains is an event that says that somebody was erased, and not who.
 */
import { readFileSync } from "node:fs";
import { join } from "node:path";
import type { Class } from "../class.js";
import { answersOf, codeOf } from "../gradebook/marks.js";
import { gradebook } from "../gradebook/rows.js";
import { ClassError } from "../given.js";
import { IDENTITY_FILE } from "../identity.js";
import { groupsOf } from "../marking/groups.js";
import { wholeMatcher } from "../roster/match.js";
import { SETTINGS_FILE } from "../settings.js";
import { readHandIns, readStudents } from "../sql/read.js";
import type { Sql, Statements } from "../sql/sql.js";
import { readStaff } from "../staff/staff.js";
import type { Student } from "../types.js";
import { staffKey } from "../web/access.js";
import { addEvent } from "./events.js";
import { listFiles } from "./files.js";
import { type FileWork, finishErasures, mentions, overwriteDeleted } from "./finishErasures.js";
import { ownedBy, readTables } from "./tables.js";

/** What a class keeps about a student. */
export interface Kept {
  student: Student;
  /** Table → how many rows, where there are any. */
  rows: { [table: string]: number };
  /** The student's own files: notebooks and reports. */
  own: string[];
  /** Tables and pages of the class that name the student and can be made again. */
  made: string[];
  /** Tables of which only the student's lines go. */
  tables: string[];
}

/** Never removed: the class's settings, who it is, and the hashes of links, which are edited. */
const ESSENTIAL = new Set([SETTINGS_FILE, IDENTITY_FILE, "access.json", "lti-key.json"]);
/** What people fill in: sheets of marks, and whose files are. */
const isFilledIn = (path: string) =>
  /^marks\/.*\.csv$/.test(path) || /^hand-ins\/[^/]+\/unmatched\.csv$/.test(path);
const isText = (path: string) => /\.(csv|html|json|xml|md|txt)$/.test(path);

export async function findStudent({ sql }: Pick<Class, "sql">, who: string): Promise<Student> {
  const found = wholeMatcher(await readStudents(sql))(who.trim());
  if ("student" in found) return found.student;
  throw new ClassError(found.reason);
}

/** Words that stand for the student and for nobody else. */
async function wordsOf({ sql }: Pick<Class, "sql">, student: Student): Promise<string[]> {
  const { name, email, number, login, canvasId, id } = student;
  const others = (await readStudents(sql)).filter((s) => s.id !== id);
  const own = [name, email, number, login, canvasId, id].filter((word) => word !== "");
  const isShared = (word: string) =>
    others.some((o) => [o.name, o.email, o.number, o.login, o.canvasId, o.id].includes(word));
  return own.filter((word) => !isShared(word));
}

/** The codes under which the student's answers stand in sheets. */
async function codesOf({ sql, lessons }: Class, { id }: Student): Promise<Set<string>> {
  const handIns = (await readHandIns(sql)).filter((h) => h.student === id);
  const questions = [...new Set(lessons.flatMap((l) => l.written.map(({ name }) => name)))];
  return new Set(handIns.flatMap((h) => questions.map((question) => codeOf(h.id, question))));
}

/** Codes of the student's answers that are equal to another student's → the other's code. */
async function equalCodes(classroom: Class, { id }: Student): Promise<FileWork["equal"]> {
  const equal: FileWork["equal"] = {};
  for (const lesson of classroom.lessons.filter(({ written }) => written.length > 0)) {
    const rows = await gradebook(classroom, lesson);
    const own = new Set(answersOf(rows.filter((r) => r.student.id === id)).map((a) => a.code));
    for (const { answers } of groupsOf(answersOf(rows))) {
      const other = answers.find(({ code }) => !own.has(code));
      for (const { code } of answers) if (other && own.has(code)) equal[code] = other.code;
    }
  }
  return equal;
}

/** @throws ClassError where the student has a role, which nobody should lose unnoticed */
async function checkRole({ sql }: Class, { name, email }: Student): Promise<void> {
  if (!(await readStaff(sql)).some((s) => s.email === email.toLowerCase())) return;
  throw new ClassError(
    `${name} is on the staff, too: take the role away first ` +
      `(course class staff DIR ${email} --role none)`,
  );
}

async function rowsKept(sql: Sql, id: string): Promise<Kept["rows"]> {
  const rows: Kept["rows"] = {};
  for (const table of await readTables(sql)) {
    const condition = ownedBy(table);
    if (condition === undefined) continue;
    const [found] = await sql.all(`SELECT COUNT(*) AS n FROM ${table.name} WHERE ${condition}`, [
      id,
    ]);
    if (Number(found!.n) > 0) rows[table.name] = Number(found!.n);
  }
  return rows;
}

/** All that the class has about a student, without changing anything. */
export async function keptAbout(classroom: Class, student: Student): Promise<Kept> {
  const { folder, sql } = classroom;
  const words = await wordsOf(classroom, student);
  const codes = await codesOf(classroom, student);
  const isMentioned = mentions([...words, ...codes]);
  const stored = new RegExp(
    `(^|/)${student.id.replace(/[.*+?^${}()|[\]\\]/g, "\\$&")}-[0-9a-f]{12}[./]`,
  );
  const kept: Kept = {
    student,
    rows: await rowsKept(sql, student.id),
    own: [],
    made: [],
    tables: [],
  };
  for (const path of listFiles(folder)) {
    if (ESSENTIAL.has(path)) continue;
    const isArchive = /^[^/]*\.zip$/.test(path); // feedback and students' data, which are made again
    if (stored.test(path)) kept.own.push(path);
    else if (isArchive) kept.made.push(path);
    else if (!isText(path) || !isMentioned(readFileSync(join(folder, path), "utf8"))) continue;
    else if (isFilledIn(path)) kept.tables.push(path);
    else kept.made.push(path);
  }
  return kept;
}

async function deleteRows(tx: Statements, id: string): Promise<void> {
  for (const table of (await readTables(tx)).reverse()) {
    const condition = ownedBy(table);
    if (condition) await tx.run(`DELETE FROM ${table.name} WHERE ${condition}`, [id]);
  }
}

/**
 * @param who number, email, login or name
 * @throws ClassError without a reason, or where nobody is found
 */
export async function erase(
  classroom: Class,
  who: string,
  { reason, by }: { reason: string; by: string },
): Promise<Kept> {
  const { sql } = classroom;
  if (reason.trim() === "") throw new ClassError("--reason says why, for whoever asks later");
  const student = await findStudent(classroom, who);
  const kept = await keptAbout(classroom, student);
  await checkRole(classroom, student);
  const work: FileWork = {
    remove: [...kept.own, ...kept.made],
    tables: kept.tables,
    words: [...(await wordsOf(classroom, student)), ...(await codesOf(classroom, student))],
    equal: await equalCodes(classroom, student),
    keys: [student.id, staffKey(student.email.toLowerCase())],
  };
  if (mentions(work.words)(reason)) {
    throw new ClassError("the reason stays, so it must not name the student");
  }
  await overwriteDeleted(sql);
  await sql.transaction(async (tx) => {
    await deleteRows(tx, student.id);
    await tx.run("INSERT INTO erasures (student, files, finished) VALUES (?, ?, 0)", [
      student.id,
      JSON.stringify(work),
    ]);
    const count = Object.values(kept.rows).reduce((sum, n) => sum + n, 0);
    const detail = `a student: ${count} rows and ${work.remove.length} files. ${reason.trim()}`;
    await addEvent(tx, { action: "erase", detail, by });
  });
  await finishErasures(sql, classroom.folder);
  return kept;
}
