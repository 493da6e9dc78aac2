/**
 * Who runs a class: owners change everything and everybody's rights, instructors decide about
 * students, graders mark answers and see names only if they may. Instructors and graders may have
 * sections, outside of which they see and change nothing.
 */
import type { Class } from "../class.js";
import { readStudents } from "../sql/read.js";
import { ClassError } from "../settings.js";
import type { Statements } from "../sql/sql.js";
import { now } from "../sql/write.js";

export const ROLES = ["owner", "instructor", "grader"] as const;
export type Role = (typeof ROLES)[number];

/** What somebody may do. */
export interface StaffRights {
  role: Role;
  /** Under which decisions are recorded. */
  name: string;
  /** Empty means the whole class. */
  sections: string[];
  /** Whether a grader sees whose answers they mark. */
  seesNames: boolean;
}

/** The newest of an address counts. */
export interface StaffMember extends StaffRights {
  /** In small letters; the address by which they sign in. */
  email: string;
  by: string;
  at: string;
}

export const seesNames = ({ role, seesNames }: StaffRights) => role !== "grader" || seesNames;
/** Decides about students: points, deadlines, excusals. */
export const decides = ({ role }: StaffRights) => role !== "grader";
/** Decides about the class as a whole: publishing, regrading, exports. */
export const runsClass = (rights: StaffRights) =>
  decides(rights) && (rights.role === "owner" || rights.sections.length === 0);
export const inSections = (rights: StaffRights, { section }: { section: string }) =>
  rights.role === "owner" || rights.sections.length === 0 || rights.sections.includes(section);

type Reading = Pick<Statements, "all">;
const text = String;

/** Those who have a role now, by name. */
export async function readStaff(sql: Reading): Promise<StaffMember[]> {
  const rows = await sql.all("SELECT * FROM staff ORDER BY seq");
  const newest = new Map(rows.map((r) => [text(r.email), r]));
  return [...newest.values()]
    .filter((r) => (ROLES as readonly string[]).includes(text(r.role)))
    .map((r) => ({
      email: text(r.email),
      name: text(r.name),
      role: text(r.role) as Role,
      sections: JSON.parse(text(r.sections)) as string[],
      seesNames: r.sees_names === 1,
      by: text(r.by_whom),
      at: text(r.at),
    }))
    .sort((a, b) => (a.name < b.name ? -1 : 1));
}

export interface StaffChange {
  email: string;
  /** The address, where it isn't given. */
  name: string;
  /** "none" takes somebody's rights away. */
  role: string;
  /** Names of sections, separated by commas. */
  sections: string;
  seesNames: boolean;
  by: string;
}

async function checkedSections({ sql }: Class, words: string): Promise<string[]> {
  const sections = words
    .split(",")
    .map((word) => word.trim())
    .filter(Boolean);
  const known = new Set((await readStudents(sql)).map(({ section }) => section));
  const unknown = sections.find((section) => !known.has(section));
  if (unknown === undefined) return [...new Set(sections)];
  const names = [...known].filter(Boolean).sort().join(", ") || "no sections";
  throw new ClassError(`the roster has no section ${unknown}; it has ${names}`);
}

/** Gives somebody a role, changes it or takes it away. @throws ClassError */
export async function changeStaff(classroom: Class, given: StaffChange): Promise<StaffMember[]> {
  const email = given.email.trim().toLowerCase();
  if (!/^[^\s@]+@[^\s@]+$/.test(email)) {
    throw new ClassError(`expected an email address such as eva@x.edu, got ${given.email}`);
  }
  const { role } = given;
  if (role !== "none" && !(ROLES as readonly string[]).includes(role)) {
    throw new ClassError(`the role must be owner, instructor, grader or none, got ${role}`);
  }
  const sections = await checkedSections(classroom, given.sections);
  if (role === "owner" && sections.length > 0) {
    throw new ClassError("an owner has the whole class: leave the sections empty");
  }
  const name = given.name.trim() || email;
  const namesake = (await readStaff(classroom.sql)).find(
    (s) => s.name === name && s.email !== email,
  );
  if (namesake && role !== "none") {
    throw new ClassError(
      `${namesake.email} is called ${name}, too: decisions are recorded by name, so choose another`,
    );
  }
  await classroom.sql.run(
    `INSERT INTO staff (email, name, role, sections, sees_names, by_whom, at)
     VALUES (?, ?, ?, ?, ?, ?, ?)`,
    [email, name, role, JSON.stringify(sections), given.seesNames ? 1 : 0, given.by, now()],
  );
  return readStaff(classroom.sql);
}

/** "grader, sections A and B, sees no names" */
export function describeRights(rights: StaffRights): string {
  const { role, sections } = rights;
  const where = sections.length === 0 ? "the whole class" : `sections ${sections.join(", ")}`;
  const names = role === "grader" ? [seesNames(rights) ? "sees names" : "sees no names"] : [];
  return [role, where, ...names].join("; ");
}
