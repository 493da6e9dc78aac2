/**
 * A roster as Canvas (the gradebook's export), Moodle (participants, grades, grading worksheet) and
 * Gradescope (roster) write it, or a plain table: columns are found by their names.
 */
import { newId } from "grader/batch";
import { readTable, type Table, type TableRow } from "../csv.js";
import { ClassError } from "../settings.js";
import type { Student } from "../types.js";

/** One row of a roster. */
export interface Entry extends Omit<Student, "id" | "active"> {
  line: number;
  /** Moodle's number of a student in one assignment; its folders carry it. */
  participant: string;
}

type Field = Exclude<keyof Entry, "line"> | "first" | "last";

const NAMES: Record<Field, string[]> = {
  name: ["name", "student", "student name", "full name", "fullname"],
  first: ["first name", "firstname", "given name"],
  last: ["last name", "lastname", "surname", "family name"],
  email: ["email", "email address", "e-mail", "mail"],
  number: ["id number", "sis user id", "sid", "student id", "student number", "number"],
  login: ["sis login id", "username", "user name", "login", "login id"],
  canvasId: ["id", "canvas id"],
  section: ["section", "sections", "group", "groups"],
  participant: ["identifier"],
};

type Columns = Partial<Record<Field, number>>;

function findColumns({ header, file }: Table): Columns {
  const names = header.map((name) => name.toLowerCase());
  const columns: Columns = {};
  for (const [field, known] of Object.entries(NAMES)) {
    const index = known.map((name) => names.indexOf(name)).find((i) => i >= 0);
    if (index !== undefined) columns[field as Field] = index;
  }
  const isCanvas = names.includes("sis login id") || names.includes("sis user id");
  if (columns.canvasId !== undefined && !isCanvas && !names.includes("canvas id")) {
    columns.number ??= columns.canvasId; // a plain table's own number
    delete columns.canvasId;
  }
  const has = (...fields: Field[]) => fields.some((field) => columns[field] !== undefined);
  if (!has("name") && !(has("first") && has("last"))) {
    throw new ClassError(
      `${file}, line 1: no column holds names; expected Name, Student, Full name, or First name ` +
        `and Last name, got ${header.join(", ")}`,
    );
  }
  if (!has("email", "number", "login", "canvasId")) {
    throw new ClassError(
      `${file}, line 1: a column must separate students of the same name; expected Email, Number ` +
        `or Login, got ${header.join(", ")}`,
    );
  }
  return columns;
}

/** "Lovelace, Ada" → "Ada Lovelace" */
export function naturalName(name: string): string {
  const [last, first, ...rest] = name.split(",").map((part) => part.trim());
  return first && rest.length === 0 ? `${first} ${last}` : name.trim();
}

function toEntry({ line, cells }: TableRow, columns: Columns): Entry {
  const of = (field: Field) => {
    const index = columns[field];
    return index === undefined ? "" : (cells[index] ?? "");
  };
  const whole = [of("first"), of("last")].filter(Boolean).join(" ");
  return {
    line,
    name: whole || naturalName(of("name")),
    email: of("email").toLowerCase(),
    number: of("number"),
    login: of("login"),
    canvasId: of("canvasId"),
    section: of("section"),
    participant: of("participant").replace(/^\D*(\d+)$/, "$1"),
  };
}

/** Canvas writes the possible points below its header, and what is posted by hand above them. */
const isOfPlatform = ({ name, email, number, login, canvasId }: Entry) =>
  /^points possible$/i.test(name) ||
  (!email && !number && !login && !canvasId && /^(manual posting|\(?read only\)?)?$/i.test(name));
/** Canvas's view of what students see. */
const isTestStudent = ({ name, number, login, email }: Entry) =>
  /^(test student|student test)$/i.test(name) && !number && !email && !/@/.test(login);

const EMAIL = /^[^\s@,;]+@[^\s@,;]+$/;

function problemsOf(entry: Entry, { header, file }: Table, columns: Columns): string[] {
  const at = (field: Field) => `${file}, line ${entry.line}, column ${header[columns[field]!]}`;
  const problems: string[] = [];
  if (!entry.name) {
    problems.push(`${at(columns.name === undefined ? "first" : "name")}: the name is missing`);
  }
  if (entry.email && !EMAIL.test(entry.email)) {
    problems.push(`${at("email")}: ${entry.email} is not an email address`);
  }
  if (!entry.email && !entry.number && !entry.login && !entry.canvasId) {
    const names = (["email", "number", "login", "canvasId"] as const)
      .filter((field) => columns[field] !== undefined)
      .map((field) => header[columns[field]!]);
    problems.push(`${file}, line ${entry.line}: ${names.join(" and ")} must not be empty`);
  }
  return problems;
}

function repeated(entries: Entry[], { header, file }: Table, columns: Columns): string[] {
  const problems: string[] = [];
  for (const field of ["email", "number", "login", "canvasId"] as const) {
    const lines = new Map<string, number>();
    for (const entry of entries) {
      const value = entry[field].toLowerCase();
      if (!value) continue;
      const before = lines.get(value);
      lines.set(value, entry.line);
      if (before === undefined) continue;
      const where = `${file}, line ${entry.line}, column ${header[columns[field]!]}`;
      problems.push(`${where}: ${entry[field]} is in line ${before} too`);
    }
  }
  return problems;
}

const MAX_LISTED_PROBLEMS = 10;

/** @throws ClassError with a line for each problem, which names line and column */
export function readRoster(bytes: Uint8Array, file: string): Entry[] {
  const table = readTable(bytes, file);
  const columns = findColumns(table);
  const entries = table.rows
    .map((row) => toEntry(row, columns))
    .filter((entry) => !isOfPlatform(entry) && !isTestStudent(entry));
  if (entries.length === 0) throw new ClassError(`${file} has a header but no students`);
  const problems = [
    ...entries.flatMap((entry) => problemsOf(entry, table, columns)),
    ...repeated(entries, table, columns),
  ];
  if (problems.length === 0) return entries;
  const more = problems.length - MAX_LISTED_PROBLEMS;
  const shown = problems.slice(0, MAX_LISTED_PROBLEMS);
  if (more > 0) shown.push(`and ${more} more`);
  throw new ClassError(shown.join("\n"));
}

export interface RosterChange {
  students: Student[];
  added: number;
  changed: number;
  /** No longer in the roster; their grades stay. */
  left: number;
}

const CONTACTS = ["email", "login", "canvasId"] as const;
type Contact = (typeof CONTACTS)[number];
const CONTACT_NAMES: { [contact in Contact]: string } = {
  email: "address",
  login: "login",
  canvasId: "Canvas ID",
};

const sameText = (a: string, b: string) => a !== "" && a.toLowerCase() === b.toLowerCase();
const named = ({ name, number }: Pick<Student, "name" | "number">) =>
  number ? `${name} (${number})` : name;

/** A row of the roster, and the student whom it is known to be. */
interface ResolvedEntry {
  entry: Entry;
  known?: Student;
}

/**
 * Finds the student of a row. The number decides where there is one: an address may pass from one
 * student to the next.
 * @throws ClassError where what the row says belongs to two students
 */
function resolve(students: Student[], entry: Entry, entries: Entry[], file: string): ResolvedEntry {
  const byNumber = students.find((s) => sameText(s.number, entry.number));
  if (byNumber) return { entry, known: byNumber };
  const found = new Map<Student, Contact>();
  for (const contact of CONTACTS) {
    const owner = students.find((s) => sameText(s[contact], entry[contact]));
    // a student with another number who has a row of their own is somebody else
    const hasRow = owner && entry.number && entries.some((e) => sameText(e.number, owner.number));
    if (owner && !hasRow) found.set(owner, found.get(owner) ?? contact);
  }
  const [first, second] = found;
  const row = `${file}, line ${entry.line}: ${named(entry)}`;
  if (first && second) {
    throw new ClassError(
      `${row} has the ${CONTACT_NAMES[first[1]]} of ${named(first[0])} and the ` +
        `${CONTACT_NAMES[second[1]]} of ${named(second[0])}: correct the row`,
    );
  }
  if (first && entry.number && first[0].number) {
    const old = named(first[0]);
    throw new ClassError(
      `${row} has the ${CONTACT_NAMES[first[1]]} of ${old}, who has no row here: if they are two ` +
        `people, add a row for ${old}, whose address may be empty; if they are one, write ` +
        `${first[0].number} in line ${entry.line}`,
    );
  }
  return { entry, known: first?.[0] };
}

/** @throws ClassError where two rows are the same student */
function checkTwice(resolved: ResolvedEntry[], file: string): void {
  const lines = new Map<Student, Entry>();
  for (const { entry, known } of resolved) {
    if (!known) continue;
    const before = lines.get(known);
    if (before) {
      throw new ClassError(
        `${file}: line ${before.line} (${named(before)}) and line ${entry.line} (${named(entry)}) ` +
          `are both ${named(known)}: correct one of them`,
      );
    }
    lines.set(known, entry);
  }
}

/**
 * The whole class after a roster has been read: nobody is removed, and ids stay.
 * @param file the roster's name, for messages
 * @throws ClassError where rows contradict each other or what is known
 */
export function mergeRoster(students: Student[], entries: Entry[], file = "roster"): RosterChange {
  const taken = new Set(students.map((s) => s.id));
  const resolved = entries.map((entry) => resolve(students, entry, entries, file));
  checkTwice(resolved, file);
  const met = new Map<string, Student>();
  let added = 0;
  for (const { entry, known } of resolved) {
    const name = (entry.number || entry.login || entry.email || entry.name).toLowerCase();
    if (!known) added++;
    const id = known?.id ?? newId(name.replace(/[^\p{L}\p{N}]+/gu, "-"), taken);
    /** What the row leaves out stays, unless another row has it now. */
    const kept = (contact: Contact) => {
      const old = known?.[contact] ?? "";
      return entry[contact] || (entries.some((e) => sameText(e[contact], old)) ? "" : old);
    };
    met.set(id, {
      id,
      name: entry.name,
      email: kept("email"),
      number: entry.number || known?.number || "",
      login: kept("login"),
      canvasId: kept("canvasId"),
      section: entry.section || known?.section || "",
      active: true,
    });
  }
  const gone = students.filter((s) => !met.has(s.id));
  const same = (s: Student) => JSON.stringify(met.get(s.id)) === JSON.stringify(s);
  const changed = students.filter((s) => met.has(s.id) && !same(s)).length;
  const left = gone.filter((s) => s.active).length;
  const all = [...met.values(), ...gone.map((s) => ({ ...s, active: false }))];
  return { students: all, added, changed, left };
}
