/** Programs, libraries and files of this machine, as the sandbox needs them. */
import { spawnSync } from "node:child_process";
import { accessSync, constants, realpathSync, statSync } from "node:fs";
import { delimiter, dirname, join } from "node:path";

/** Why there is no sandbox, and what to do about it. */
export class NoSandbox extends Error {}

const REMEDY =
  "install it (Debian, Ubuntu: apt-get install bubblewrap util-linux), or grade work of your " +
  "own with --trusted";

/**
 * @param fits takes the first of PATH for which it holds
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
  throw new NoSandbox(`there is no sandbox: ${name} is missing; ${REMEDY}`);
}

/** The shared libraries of a program and its loader, as ldd names them. */
export function libraries(program: string): string[] {
  const { stdout, status, error } = spawnSync(findProgram("ldd"), [program], { encoding: "utf8" });
  if (error) throw error;
  if (status !== 0) return []; // linked statically
  return [...stdout.matchAll(/(?:=>\s*)?(\/\S+)\s+\(0x/g)].map((m) => m[1]!);
}

const othersMay = (path: string, bit: number) => (statSync(path).mode & bit) !== 0;

/**
 * Whether any user can read the file: its own permission, and a way through every folder above it.
 */
export function readableByAll(file: string): boolean {
  if (!othersMay(file, 0o004)) return false;
  for (let folder = dirname(realpathSync(file)); ; folder = dirname(folder)) {
    if (!othersMay(folder, 0o001)) return false;
    if (dirname(folder) === folder) return true;
  }
}
