/**
 * Who may see what. Students' tokens lie in access.json as hashes, so whoever reads the file can't
 * sign in with it. Sessions live in the server's memory: when it starts again, all sign in again.
 */
import { createHash, randomBytes, timingSafeEqual } from "node:crypto";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { writeDurably } from "grader/files";
import { ClassError } from "../given.js";
import type { StaffRights } from "../staff/rights.js";

/** Somebody of the staff; with an address, their rights are read again for each request. */
export interface StaffUser extends StaffRights {
  email?: string;
}
export type User = StaffUser | { role: "student"; id: string };

/** Where a name comes from that isn't on the list of staff, it has the whole class. */
export const wholeClass = (role: "owner" | "instructor", name: string): StaffUser => ({
  role,
  name,
  sections: [],
  seesNames: true,
});

/** No student's id has a colon. */
const STAFF_PREFIX = "staff:";
/** Whose token it is in access.json. */
export const staffKey = (email: string) => STAFF_PREFIX + email;

/** Until the rights of the address are read, it has the fewest. */
const ofAddress = (email: string): StaffUser => ({
  role: "grader",
  name: email,
  email,
  sections: [],
  seesNames: false,
});

export interface Session {
  user: User;
  /** Comes back with each form, so that no other page can send one. */
  csrf: string;
  ends: number;
}

const SESSION_HOURS = 12;
const MAX_SESSIONS = 20_000;
/** Of one user, so that nobody ends the sessions of others by signing in again and again. */
const MAX_USER_SESSIONS = 50;

/** The same for all sessions of a user: roles and names of the staff may change meanwhile. */
export function userKey(user: User): string {
  if (user.role === "student") return `student ${user.id}`;
  return user.email === undefined ? `${user.role} ${user.name}` : `staff ${user.email}`;
}

const newToken = () => randomBytes(32).toString("base64url");
const hash = (token: string) => createHash("sha256").update(token).digest("hex");
const fileOf = (folder: string) => join(folder, "access.json");

export function same(a: unknown, b: string): boolean {
  if (typeof a !== "string") return false;
  return timingSafeEqual(Buffer.from(hash(a)), Buffer.from(hash(b)));
}

type Hashes = { [student: string]: string };

/** The hashes of students' tokens. @throws ClassError where the file is damaged */
export function readHashes(folder: string): Hashes {
  let text: string;
  try {
    text = readFileSync(fileOf(folder), "utf8");
  } catch (e) {
    if ((e as NodeJS.ErrnoException).code === "ENOENT") return {};
    throw e;
  }
  try {
    return JSON.parse(text) as Hashes;
  } catch {
    throw new ClassError(
      `${fileOf(folder)} is damaged: delete it and make new tokens by course class token`,
    );
  }
}

export const writeHashes = (folder: string, hashes: Hashes) =>
  writeDurably(fileOf(folder), JSON.stringify(hashes));

/** New tokens for these students, or staff by staffKey; their older ones end. */
export async function makeTokens(folder: string, students: string[]): Promise<Map<string, string>> {
  const tokens = new Map(students.map((id) => [id, newToken()]));
  const hashes = readHashes(folder);
  for (const [id, token] of tokens) hashes[id] = hash(token);
  await writeHashes(folder, hashes);
  return tokens;
}

/** Ends the link of somebody who lost the role, so that a new role doesn't bring it back. */
export async function dropToken(folder: string, key: string): Promise<void> {
  const { [key]: dropped, ...kept } = readHashes(folder);
  if (dropped !== undefined) await writeHashes(folder, kept);
}

export class Access {
  private readonly sessions = new Map<string, Session>();
  /** Signs whoever started the server in, once. */
  private once: { hash: string; name: string } | undefined;

  constructor(private readonly folder: string) {}

  /** A token for an owner of this name that works once; one made earlier ends. */
  instructorToken(name = "instructor"): string {
    const token = newToken();
    this.once = { hash: hash(token), name };
    return token;
  }

  /** @returns the name of a new session, undefined where the token is none of ours */
  signIn(token: string): string | undefined {
    const hashed = hash(token);
    if (hashed === this.once?.hash) {
      const { name } = this.once;
      this.once = undefined;
      return this.begin(wholeClass("owner", name));
    }
    const found = Object.entries(readHashes(this.folder)).find(([, h]) => h === hashed);
    if (!found) return undefined;
    const [key] = found;
    return key.startsWith(STAFF_PREFIX)
      ? this.begin(ofAddress(key.slice(STAFF_PREFIX.length)))
      : this.begin({ role: "student", id: key });
  }

  /** For whoever has proved who they are. @returns the name of a new session */
  begin(user: User): string {
    const own = [...this.sessions].filter(([, s]) => userKey(s.user) === userKey(user));
    if (own.length >= MAX_USER_SESSIONS) this.sessions.delete(own[0]![0]);
    if (this.sessions.size >= MAX_SESSIONS) {
      this.sessions.delete(this.sessions.keys().next().value!);
    }
    const name = newToken();
    this.sessions.set(hash(name), {
      user,
      csrf: newToken(),
      ends: Date.now() + SESSION_HOURS * 3_600_000,
    });
    return name;
  }

  session(name: string | undefined): Session | undefined {
    const found = name === undefined ? undefined : this.sessions.get(hash(name));
    return found && found.ends > Date.now() ? found : undefined;
  }

  signOut(name: string | undefined): void {
    if (name !== undefined) this.sessions.delete(hash(name));
  }
}
