/**
 * A grader's temporary folders. Each holds a file that the grader keeps locked while it runs, so
 * that another one can tell what a killed grader left, also where both run in containers that share
 * the folder and not the numbers of processes.
 */
import { chmodSync, mkdtempSync, readdirSync, rmSync, statSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { tryLock, type Lock } from "../files/lock";

const PREFIX = "course-grader-";
const LOCK = "lock";
/** A folder this young may be about to get its lock. */
const YOUNG_MS = 60_000;

/** Removes the folder unless its grader runs. */
function removeIfLeft(folder: string): void {
  try {
    if (Date.now() - statSync(folder).mtimeMs < YOUNG_MS && !hasLock(folder)) return;
    const lock = tryLock(join(folder, LOCK));
    if (!lock) return;
    rmSync(folder, { recursive: true, force: true });
    lock.release();
  } catch {
    /* another user's, or removed meanwhile */
  }
}

const hasLock = (folder: string) => readdirSync(folder).includes(LOCK);

export function removeLeftovers(): void {
  for (const name of readdirSync(tmpdir())) {
    if (name.startsWith(PREFIX)) removeIfLeft(join(tmpdir(), name));
  }
}

export interface Aside {
  folder: string;
  remove(): void;
}

/** A folder that any user can read, for as long as this process runs. */
export function makeAside(): Aside {
  const folder = mkdtempSync(join(tmpdir(), PREFIX));
  chmodSync(folder, 0o755);
  const lock: Lock | undefined = tryLock(join(folder, LOCK));
  return {
    folder,
    remove() {
      rmSync(folder, { recursive: true, force: true });
      lock?.release();
    },
  };
}
