/**
 * Folders that are filled under a temporary name and renamed once they are whole, so a process that
 * is killed leaves nothing half. The next one removes what a dead process has left.
 */
import { mkdirSync, readdirSync, rmSync } from "node:fs";
import { hostname } from "node:os";
import { basename, dirname, join } from "node:path";

const HOST = hostname().replace(/[^A-Za-z0-9]/g, "");
const nameOf = (kind: string, pid: number | string, name: string) =>
  `.course-${kind}-${HOST}-${pid}-${name}`;

function isRunning(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (e) {
    return (e as NodeJS.ErrnoException).code === "EPERM";
  }
}

/** What processes of this machine that have ended left beside this target. */
export function leftovers(kind: string, target: string): string[] {
  const folder = dirname(target);
  const pattern = new RegExp(`^\\.course-${kind}-${HOST}-(\\d+)-`);
  return readdirSync(folder).flatMap((name) => {
    const pid = Number(pattern.exec(name)?.[1]);
    return pid && !isRunning(pid) ? [join(folder, name)] : [];
  });
}

/** An empty folder beside the target, which only its owner may read. */
export function temporaryBeside(kind: string, target: string): string {
  const folder = join(dirname(target), nameOf(kind, process.pid, basename(target)));
  rmSync(folder, { recursive: true, force: true });
  mkdirSync(folder, { mode: 0o700 });
  return folder;
}
