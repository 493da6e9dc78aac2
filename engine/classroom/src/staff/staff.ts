/** Who runs a class: the list of staff, by address; the newest row of an address counts. */
import type { Class } from "../class.js";
import { readStudents } from "../sql/read.js";
import { ClassError } from "../settings.js";
import type { Statements } from "../sql/sql.js";
import { now } from "../sql/write.js";
import { dropToken, staffKey } from "../web/access.js";
import { ROLES, type Role, type StaffRights } from "./rights.js";

/** The newest of an address counts. */
export interface StaffMember extends StaffRights {
  /** In small letters; the address by which they sign in. */
  email: string;
  by: string;
  at: string;
}

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
  if (role === "none") await dropToken(classroom.folder, staffKey(email));
  await classroom.sql.run(
    `INSERT INTO staff (email, name, role, sections, sees_names, by_whom, at)
     VALUES (?, ?, ?, ?, ?, ?, ?)`,
    [email, name, role, JSON.stringify(sections), given.seesNames ? 1 : 0, given.by, now()],
  );
  return readStaff(classroom.sql);
}
