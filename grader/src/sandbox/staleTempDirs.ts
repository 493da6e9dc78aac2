/**
 * A grader's temporary folders, and the removal of those that a killed grader left behind. Each folder
 * holds a file that its grader keeps locked while it runs. A lock works also between containers that
 * share /tmp, where a process id would not.
 */
import { chmodSync, mkdtempSync, readdirSync, rmSync, statSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { tryLock, type Lock } from "./lock";

const TEMP_DIR_PREFIX = "course-grader-";
const LOCK_FILE = "lock";
/** A younger folder may be about to get its lock. */
const GRACE_PERIOD_MS = 60_000;

/** Removes the folder unless its grader is running. */
function removeIfStale(folder: string): void {
  try {
    if (Date.now() - statSync(folder).mtimeMs < GRACE_PERIOD_MS && !hasLock(folder)) return;
    const lock = tryLock(join(folder, LOCK_FILE));
    if (!lock) return;
    rmSync(folder, { recursive: true, force: true });
    lock.release();
  } catch {
    /* it belongs to another user, or was removed in the meantime */
  }
}

const hasLock = (folder: string) => readdirSync(folder).includes(LOCK_FILE);

export function removeStaleTempDirs(): void {
  for (const name of readdirSync(tmpdir())) {
    if (name.startsWith(TEMP_DIR_PREFIX)) removeIfStale(join(tmpdir(), name));
  }
}

export interface TempDir {
  folder: string;
  remove(): void;
}

/** Makes a folder that any user can read and that lasts as long as this process. */
export function makeTempDir(): TempDir {
  const folder = mkdtempSync(join(tmpdir(), TEMP_DIR_PREFIX));
  chmodSync(folder, 0o755);
  const lock: Lock | undefined = tryLock(join(folder, LOCK_FILE));
  return {
    folder,
    remove() {
      rmSync(folder, { recursive: true, force: true });
      lock?.release();
    },
  };
}
