/** course class token: the links by which students sign in. */
import { writeFileSync } from "node:fs";
import { join } from "node:path";
import type { Class } from "../class.js";
import { writeTable } from "../csv.js";
import { wholeMatcher } from "../roster/match.js";
import { readStudents } from "../sql/read.js";
import { ClassError } from "../settings.js";
import { readStaff } from "../staff/staff.js";
import { makeTokens, staffKey } from "./access.js";

export const signInLink = (url: string, token: string) => `${url}/sign-in?token=${token}`;

/** Name, email address, token. */
type Link = [string, string, string];

/** The links as a table for a mail merge; readable by its owner alone. @returns the file */
function writeLinks(classroom: Class, url: string, rows: Link[]): string {
  const file = join(classroom.folder, "links.csv");
  const linked = rows.map(([name, email, token]) => [name, email, signInLink(url, token)]);
  writeFileSync(file, writeTable([["Name", "Email", "Link"], ...linked]), { mode: 0o600 });
  return file;
}

/**
 * @param who number, email, login or name of a student, or the address of somebody of the staff;
 *   undefined makes links for all students
 * @returns what to say
 */
export async function tokenFor(
  classroom: Class,
  url: string,
  who: string | undefined,
): Promise<string> {
  const students = (await readStudents(classroom.sql)).filter((s) => s.active);
  if (who !== undefined) {
    const address = who.trim().toLowerCase();
    if ((await readStaff(classroom.sql)).some(({ email }) => email === address)) {
      const key = staffKey(address);
      return signInLink(url, (await makeTokens(classroom.folder, [key])).get(key)!);
    }
    const found = wholeMatcher(students)(who.trim());
    if (!("student" in found)) throw new ClassError(found.reason);
    const { id } = found.student;
    return signInLink(url, (await makeTokens(classroom.folder, [id])).get(id)!);
  }
  const ids = students.map(({ id }) => id);
  const tokens = await makeTokens(classroom.folder, ids);
  const rows = students.map(({ id, name, email }): Link => [name, email, tokens.get(id)!]);
  const file = writeLinks(classroom, url, rows);
  return `${file} holds ${rows.length} links to send; older links no longer work.`;
}
