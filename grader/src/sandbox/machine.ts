/** What the sandbox needs of this machine: programs, their libraries, file permissions and users. */
import { spawnSync } from "node:child_process";
import { accessSync, constants, realpathSync, statSync, chmodSync, copyFileSync } from "node:fs";
import { delimiter, dirname, join, basename } from "node:path";
import { randomInt } from "node:crypto";

/** This machine has no sandbox. The message says why, and what to do about it. */
export class NoSandbox extends Error {}

const INSTALL_HINT =
  "install it (Debian, Ubuntu: apt-get install bubblewrap util-linux), or grade work of your " +
  "own with --trusted";

/**
 * Finds a program in PATH.
 * @param fits rejects files that can't be used
 * @throws NoSandbox where the program is missing
 */
export function findProgram(name: string, fits: (file: string) => boolean = () => true): string {
  for (const folder of (process.env.PATH ?? "").split(delimiter)) {
    try {
      accessSync(join(folder, name), constants.X_OK);
      if (fits(join(folder, name))) return join(folder, name);
    } catch {
      /* the next folder */
    }
  }
  throw new NoSandbox(`there is no sandbox: ${name} is missing; ${INSTALL_HINT}`);
}

/** The shared libraries of a program and its loader, as ldd lists them. */
export function sharedLibraries(program: string): string[] {
  const { stdout, status, error } = spawnSync(findProgram("ldd"), [program], { encoding: "utf8" });
  if (error) throw error;
  if (status !== 0) return []; // linked statically
  return [...stdout.matchAll(/(?:=>\s*)?(\/\S+)\s+\(0x/g)].map((m) => m[1]!);
}

const hasOthersBit = (path: string, bit: number) => (statSync(path).mode & bit) !== 0;

/** Whether any user can read a file: its own permissions and those of every folder above it. */
export function readableByAll(file: string): boolean {
  if (!hasOthersBit(file, 0o004)) return false;
  for (let folder = dirname(realpathSync(file)); ; folder = dirname(folder)) {
    if (!hasOthersBit(folder, 0o001)) return false;
    if (dirname(folder) === folder) return true;
  }
}

/** A child's limit of processes; the kernel counts threads as processes. */
export const MAX_THREADS = 40;
/**
 * Where the grader runs as root, each slot's child runs as a user of its own, since the limit of
 * processes counts per user and never applies to root. The first user is random, so that graders that
 * run at the same time mostly use different ones; process ids can't tell them apart, because
 * containers reuse them. All ids are below 65,536, the number of users that a container may have.
 */
const USER_COUNT = 64;
const FIRST_USER = 61_000 + randomInt(70) * USER_COUNT;

/** The user that runs a slot's child process. Only root can switch users. */
export function slotUser(slot: number): { uid: number; gid: number } | undefined {
  const id = FIRST_USER + (slot % USER_COUNT);
  return isRoot() ? { uid: id, gid: id } : undefined;
}
export const isRoot = () => process.getuid?.() === 0;

/** A path that a child of another user can read: the file, or a copy if it lies in a private folder. */
export function readableCopy(file: string, tempDir: string): string {
  if (!isRoot() || readableByAll(file)) return file;
  const copy = join(tempDir, basename(file));
  copyFileSync(file, copy);
  chmodSync(copy, 0o755);
  return copy;
}
