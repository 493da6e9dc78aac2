/** course class init and roster: the folder of a class, and who is in it. */
import { existsSync, readFileSync } from "node:fs";
import { basename, join, resolve } from "node:path";
import { makeFolders, readManifest, writeDurably } from "grader/files";
import { openClass, type Class } from "../class.js";
import { makeIdentity, readIdentity } from "../identity.js";
import { readStudents } from "../sql/read.js";
import { mergeRoster, readRoster, type RosterChange } from "../roster/roster.js";
import { ClassError, parseSettings, SETTINGS_FILE } from "../settings.js";
import { putStudent } from "../sql/write.js";

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

/** @throws ClassError with what is wrong in which line; then nothing changes */
export async function addRoster({ sql }: Class, file: string): Promise<RosterChange> {
  if (!existsSync(file)) throw new ClassError(`${file} does not exist`);
  const entries = readRoster(readFileSync(file), basename(file));
  return sql.transaction(async (tx) => {
    const change = mergeRoster(await readStudents(tx), entries, basename(file));
    for (const student of change.students) await putStudent(tx, student);
    return change;
  });
}
