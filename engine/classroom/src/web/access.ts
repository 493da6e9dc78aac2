/**
 * Who may see what. Students' tokens lie in access.json as hashes, so whoever reads the file can't
 * sign in with it. Sessions live in the server's memory: when it starts again, all sign in again.
 */
import { createHash, randomBytes, timingSafeEqual } from "node:crypto";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { writeDurably } from "grader/files";
import { ClassError } from "../given.js";

/** An instructor's decisions are recorded under the name. */
export type User = { role: "instructor"; name: string } | { role: "student"; id: string };

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

/** The same for all sessions of a user. */
export const userKey = (user: User) =>
  user.role === "student" ? `student ${user.id}` : `${user.role} ${user.name}`;

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

/** New tokens for these students; their older ones end. */
export async function makeTokens(folder: string, students: string[]): Promise<Map<string, string>> {
  const tokens = new Map(students.map((id) => [id, newToken()]));
  const hashes = readHashes(folder);
  for (const [id, token] of tokens) hashes[id] = hash(token);
  await writeHashes(folder, hashes);
  return tokens;
}

export class Access {
  private readonly sessions = new Map<string, Session>();
  /** Signs an instructor in, once. */
  private once: { hash: string; name: string } | undefined;

  constructor(private readonly folder: string) {}

  /** A token for an instructor of this name that works once; one made earlier ends. */
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
      return this.begin({ role: "instructor", name });
    }
    const found = Object.entries(readHashes(this.folder)).find(([, h]) => h === hashed);
    return found && this.begin({ role: "student", id: found[0] });
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
