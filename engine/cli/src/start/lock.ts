/**
 * A lock on a student's folder, so that only one Jupyter server writes there. The file .server.json in
 * the folder names the process that starts or runs the server.
 */
import { readFileSync, rmSync, statSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { makeFolder, paths, writeFileAtomic } from "grader/files";

/** The process that holds a lock. */
export interface LockHolder {
  pid: number;
  /** Known once the server answers. */
  port?: number;
  token?: string;
}
export interface Lock {
  /** Writes into the file where the server listens, so that a second start opens it. */
  publish(port: number, token: string): void;
  release(): void;
}

/** A start that takes longer than this has failed. */
const START_TIMEOUT_MS = 120_000;

/**
 * Takes the lock, also from a process that has crashed.
 * @returns the lock, or who holds it: a server that answers, or a start that is under way
 */
export async function takeLock(root: string): Promise<{ lock: Lock } | { holder: LockHolder }> {
  const { personal } = paths(root);
  const file = join(personal, ".server.json");
  makeFolder(personal);
  while (!createLockFile(file)) {
    const holder = await readHolder(file);
    if (holder) return { holder };
    rmSync(file, { force: true });
  }
  return { lock: createLock(file) };
}

/** @returns false where the file exists already */
function createLockFile(file: string): boolean {
  try {
    writeFileSync(file, JSON.stringify({ pid: process.pid }), { flag: "wx", mode: 0o600 });
    return true;
  } catch (e) {
    if ((e as NodeJS.ErrnoException).code !== "EEXIST") throw e;
    return false;
  }
}

function createLock(file: string): Lock {
  return {
    publish(port, token) {
      const holder: LockHolder = { pid: process.pid, port, token };
      writeFileAtomic(file, JSON.stringify(holder), { mode: 0o600 });
    },
    release: () => rmSync(file, { force: true }),
  };
}

/** Who holds the lock; undefined where that process has ended. */
async function readHolder(file: string): Promise<LockHolder | undefined> {
  try {
    const holder = JSON.parse(readFileSync(file, "utf8")) as LockHolder;
    if (holder.port && holder.token) {
      return (await isServerUp(holder.port, holder.token)) ? holder : undefined;
    }
    const age = Date.now() - statSync(file).mtimeMs;
    return isAlive(holder.pid) && age < START_TIMEOUT_MS ? holder : undefined;
  } catch {
    return undefined; // the file is gone in the meantime, or a crash cut it off
  }
}

export function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (e) {
    return (e as NodeJS.ErrnoException).code === "EPERM";
  }
}

/** Whether a Jupyter server with this token answers on the port. A busy one gets three attempts. */
export async function isServerUp(port: number, token: string, attempts = 3): Promise<boolean> {
  for (let attempt = 1; attempt <= attempts; attempt++) {
    try {
      const { ok } = await fetch(`http://127.0.0.1:${port}/api/status`, {
        headers: { authorization: `token ${token}` },
        signal: AbortSignal.timeout(2000),
      });
      return ok;
    } catch (e) {
      if ((e as Error).name !== "TimeoutError") return false;
      await sleep(500);
    }
  }
  return false;
}
