/** The users as which children run, and what they can read. */
import { randomInt } from "node:crypto";
import { chmodSync, copyFileSync } from "node:fs";
import { basename, join } from "node:path";
import { readableByAll } from "./machine";

/** Threads count as processes. */
export const THREADS = 40;
/**
 * Root's children run as users of their own, one a slot, since a limit on processes counts by user
 * and never for root. Graders that run at the same time mostly have others, drawn by chance since
 * containers give their processes the same numbers. All are below 65,536, which is as many users as
 * a container may have.
 */
const USERS = 64;
const FIRST_USER = 61_000 + randomInt(70) * USERS;
/** Whose child a slot's is; root's alone may be somebody else's. */
export function userOf(slot: number): { uid: number; gid: number } | undefined {
  const id = FIRST_USER + (slot % USERS);
  return isRoot() ? { uid: id, gid: id } : undefined;
}
export const isRoot = () => process.getuid?.() === 0;

/** Another user's child cannot read from a private folder such as /root: it gets a copy. */
export function visible(file: string, aside: string): string {
  if (!isRoot() || readableByAll(file)) return file;
  const copy = join(aside, basename(file));
  copyFileSync(file, copy);
  chmodSync(copy, 0o755);
  return copy;
}
