/**
 * One server per folder of copies. The file .server.json in the folder names the process that
 * starts or runs the server, so that no other process writes there.
 */
import { readFileSync, rmSync, statSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { makeFolder, paths, writeFileAtomic } from "grader/files";

export interface Running {
  pid: number;
  /** Known when the server answers. */
  port?: number;
  token?: string;
}
export interface Lock {
  /** Tells others where the server is. */
  tell(port: number, token: string): void;
  release(): void;
}

/** A start that takes longer than this has failed. */
const STARTING_AT_MOST_MS = 120_000;

/**
 * Takes the lock, or says who has it: a server that answers, or a start that is under way. Takes
 * over a lock that a crashed process left.
 */
export async function takeLock(root: string): Promise<{ lock: Lock } | { running: Running }> {
  const { personal } = paths(root);
  const file = join(personal, ".server.json");
  makeFolder(personal);
  while (!tryLock(file)) {
    const running = await holder(file);
    if (running) return { running };
    rmSync(file, { force: true });
  }
  return { lock: lockOn(file) };
}

/** Makes the file; false when it exists already. */
function tryLock(file: string): boolean {
  try {
    writeFileSync(file, JSON.stringify({ pid: process.pid }), { flag: "wx", mode: 0o600 });
    return true;
  } catch (e) {
    if ((e as NodeJS.ErrnoException).code !== "EEXIST") throw e;
    return false;
  }
}

function lockOn(file: string): Lock {
  return {
    tell(port, token) {
      const running: Running = { pid: process.pid, port, token };
      writeFileAtomic(file, JSON.stringify(running), { mode: 0o600 });
    },
    release: () => rmSync(file, { force: true }),
  };
}

/** Who holds the lock; undefined when nobody does anymore. */
async function holder(file: string): Promise<Running | undefined> {
  try {
    const running = JSON.parse(readFileSync(file, "utf8")) as Running;
    if (running.port && running.token) {
      return (await answers(running.port, running.token)) ? running : undefined;
    }
    const age = Date.now() - statSync(file).mtimeMs;
    return isAlive(running.pid) && age < STARTING_AT_MOST_MS ? running : undefined;
  } catch {
    return undefined; // gone in the meantime, or cut off by a crash
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

/** Whether a Jupyter server with this token answers on the port. A busy one gets three tries. */
export async function answers(port: number, token: string, tries = 3): Promise<boolean> {
  for (let i = 0; i < tries; i++) {
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
