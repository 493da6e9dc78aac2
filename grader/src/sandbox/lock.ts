/**
 * Locks that end with the process that holds them, however it ends, and that hold across containers
 * which share a folder: an open file with flock(2) on it. Node has no flock. The program of that
 * name in util-linux locks the file that we have open, and the lock stays with it.
 */
import { spawnSync } from "node:child_process";
import { closeSync, openSync } from "node:fs";
import { findProgram, NoSandbox } from "./machine";

export interface Lock {
  release(): void;
}

/** @returns undefined when somebody else holds the lock */
export function tryLock(file: string): Lock | undefined {
  const flock = findProgram("flock");
  const fd = openSync(file, "a");
  const { status, error } = spawnSync(flock, ["-n", "3"], {
    stdio: ["ignore", "ignore", "ignore", fd],
    env: {},
  });
  if (status === 0) return { release: () => closeSync(fd) };
  closeSync(fd);
  if (error) throw error;
  return undefined;
}

/** Where there is no flock, as on macOS and Windows, nothing is locked. */
export function tryLockIfPossible(file: string): Lock | undefined {
  try {
    return tryLock(file);
  } catch (e) {
    if (e instanceof NoSandbox) return { release: () => undefined };
    throw e;
  }
}
