/** course class init and roster: the folder of a class, and who is in it. */
import { existsSync, readFileSync } from "node:fs";
import { basename, join, resolve } from "node:path";
import { makeFolders, readManifest, writeDurably } from "grader/files";
import { openClass, type Class } from "../class.js";
import { makeIdentity, readIdentity } from "../identity.js";
import { readStudents } from "../sql/read.js";
import { addEvent } from "../records/events.js";
import { mergeRoster, readRoster, type Entry, type RosterChange } from "../roster/roster.js";
import { ClassError, parseSettings, SETTINGS_FILE } from "../settings.js";
import type { Statements } from "../sql/sql.js";
import { putStudent } from "../sql/write.js";
import type { Student } from "../types.js";

export interface InitOptions {
  title?: string;
  /** "Europe/Berlin"; this machine's where it isn't given. */
  timeZone?: string;
  /** postgres://… */
  database?: string;
}

/** YAML takes JSON's strings as they are. */
const text = (value: string) => JSON.stringify(value);

function settingsText(folder: string, lessons: string[], options: InitOptions): string {
  const { title = basename(folder), database } = options;
  const zone = options.timeZone ?? Intl.DateTimeFormat().resolvedOptions().timeZone;
  const gradebook =
    database === undefined
      ? "# The gradebook is gradebook.sqlite in this folder. To keep it in PostgreSQL instead:\n" +
        "# database: postgres://user@host/name\n"
      : `database: ${text(database)}\n`;
  return `title: ${text(title)}
# Deadlines are written in this time zone.
timeZone: ${zone}
${gradebook}
late:
  percentPerDay: 10  # taken off the earned points for each day begun after the deadline
  graceMinutes: 15   # so many minutes late is in time
  cutOffDays: 7      # later than this counts nothing

# Lessons of this class, each with its deadline, such as 2027-05-03 23:59. Without one, nothing is
# late. Remove those that you don't teach.
lessons:
${lessons.map((id) => `  ${id}:`).join("\n")}
`;
}

/** Writes class.yaml, where there is none, and makes the gradebook. */
export async function initClass(
  root: string,
  folder: string,
  options: InitOptions,
): Promise<Class> {
  const file = join(folder, SETTINGS_FILE);
  if (existsSync(file)) {
    throw new ClassError(
      `${file} is there already: change it, and read a roster with class roster`,
    );
  }
  const lessons = readManifest(root).lessons.map(({ id }) => id);
  const written = settingsText(resolve(folder), lessons, options);
  const { database } = parseSettings(written, file, lessons); // what was given may be wrong
  makeFolders(resolve(folder));
  const isPostgres = (database ?? process.env.COURSE_DATABASE) !== undefined;
  if (!readIdentity(folder)) makeIdentity(folder, isPostgres ? "postgres" : "sqlite");
  await writeDurably(file, written);
  return openClass(root, folder);
}

function describeChange(field: keyof Student, old: Student, student: Student): string {
  if (field !== "active") return `${field} ${old[field] || "empty"} → ${student[field] || "empty"}`;
  return student.active ? "back in the roster" : "left the roster";
}

/** What a roster changed, an event for each student who was there before. */
async function noteRoster(tx: Statements, before: Student[], change: RosterChange, by: string) {
  const known = new Map(before.map((s) => [s.id, s]));
  for (const student of change.students) {
    const old = known.get(student.id);
    if (!old) continue;
    const fields = Object.keys(student) as (keyof Student)[];
    const changed = fields.filter((field) => old[field] !== student[field]);
    if (changed.length === 0) continue;
    const values = changed.map((field) => describeChange(field, old, student));
    await addEvent(tx, { action: "roster", student: student.id, detail: values.join(", "), by });
  }
  if (change.added > 0) {
    await addEvent(tx, { action: "roster", detail: `${change.added} added`, by });
  }
}

/** Takes in the rows of a roster, from whatever source. */
export function putRoster({ sql }: Class, entries: Entry[], source: string, by: string) {
  return sql.transaction(async (tx) => {
    const before = await readStudents(tx);
    const change = mergeRoster(before, entries, source);
    for (const student of change.students) await putStudent(tx, student);
    await noteRoster(tx, before, change, by);
    return change;
  });
}

/** @throws ClassError with what is wrong in which line; then nothing changes */
export async function addRoster(
  classroom: Class,
  file: string,
  by = "instructor",
): Promise<RosterChange> {
  if (!existsSync(file)) throw new ClassError(`${file} does not exist`);
  const entries = readRoster(readFileSync(file), basename(file));
  return putRoster(classroom, entries, basename(file), by);
}
