/**
 * The fallback where containers forbid the namespaces that bubblewrap needs. A script
 * (grader/lockdown/lockdown.py) sets limits, a filter of system calls and, where the kernel has it,
 * Landlock; then it becomes the child, which runs under Node's permission model. No namespace hides
 * the machine's files and processes. So where there is no Landlock, a flaw in Node's permission model
 * would expose them.
 */
import { spawn, spawnSync } from "node:child_process";
import { existsSync, realpathSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { LARGE_PAGES } from "./snapshot";
import type { ChildStarter } from "./bubblewrap";
import { makeTempDir, removeStaleTempDirs, type TempDir } from "./staleTempDirs";
import {
  findProgram,
  sharedLibraries,
  NoSandbox,
  readableByAll,
  isRoot,
  MAX_THREADS,
  slotUser,
  readableCopy,
} from "./machine";
import { seccompProgram } from "./seccomp";

const LOCKDOWN_SCRIPT = join(__dirname, "..", "..", "lockdown", "lockdown.py");
const MEGABYTE = 1 << 20;
const LIMITS = {
  DATA: 768 * MEGABYTE,
  CPU: 60,
  FSIZE: 0,
  NOFILE: 64,
  CORE: 0,
  MEMLOCK: 0,
  MSGQUEUE: 0,
};

/** Node 20 introduced the permission model; 22.13 and 23.5 renamed its flag. */
function permissionFlag(): string {
  return process.allowedNodeEnvironmentFlags.has("--permission")
    ? "--permission"
    : "--experimental-permission";
}

export interface ChildProgram {
  /** The options of Node that the snapshot was built with. */
  flags: string[];
  /** Its whole environment. */
  env: Record<string, string>;
  blob: string;
  wasm: string;
}

export interface Lockdown extends ChildStarter {
  /** Where the child finds tfjs's WASM. */
  wasm: string;
  /** Whether the kernel, not only Node, keeps all other files from the child. */
  landlock: boolean;
}

const NO_ANSWER = "its first child does not answer";
/** Files that Node reads when it starts, besides its program. */
const STARTUP_FILES = [
  "/etc/ld.so.cache",
  "/etc/ssl/openssl.cnf",
  "/proc/self",
  "/proc/meminfo",
  "/proc/cpuinfo",
  ...LARGE_PAGES,
];
const onlyExisting = (files: string[]) => [...new Set(files)].filter((file) => existsSync(file));

/** Python's arguments, up to the program that the script becomes. */
function lockdownArguments(filter: string, readable: string[]): string[] {
  const limits = isRoot() ? { ...LIMITS, NPROC: MAX_THREADS } : LIMITS;
  return ["-I", "-S", LOCKDOWN_SCRIPT, filter, JSON.stringify(limits), JSON.stringify(readable)];
}

/** Uses copies where another user couldn't read a file, and a Python that any user can run. */
function lockDown(child: ChildProgram, tempDir: TempDir): Lockdown {
  const python = findProgram("python3", (file) => !isRoot() || readableByAll(file));
  const node = readableCopy(realpathSync(process.execPath), tempDir.folder);
  const blob = readableCopy(realpathSync(child.blob), tempDir.folder);
  const wasm = readableCopy(realpathSync(child.wasm), tempDir.folder);
  const script = readableCopy(LOCKDOWN_SCRIPT, tempDir.folder);
  const filter = join(tempDir.folder, "seccomp.bpf");
  writeFileSync(filter, seccompProgram({ shared: true }));
  const readable = onlyExisting([
    node,
    blob,
    wasm,
    ...sharedLibraries(process.execPath),
    ...STARTUP_FILES,
  ]);
  const before = lockdownArguments(filter, readable).map((arg) =>
    arg === LOCKDOWN_SCRIPT ? script : arg,
  );
  const files = [blob, wasm].map((file) => `--allow-fs-read=${file}`);
  const program = [node, permissionFlag(), ...files, ...child.flags, "--snapshot-blob", blob];
  const settings = (slot: number) => ({ ...slotUser(slot), env: child.env, cwd: "/" });
  const landlock = spawnSync(python, [...before, "--landlock"], settings(0)).status === 0;
  return {
    wasm,
    landlock,
    close: () => tempDir.remove(),
    start: (slot) =>
      spawn(python, [...before, ...program], {
        ...settings(slot),
        detached: true,
        stdio: ["pipe", "ignore", "ignore", "pipe"],
      }),
    startupError: () => {
      const { stderr, error } = spawnSync(python, [...before, ...program], {
        ...settings(0),
        stdio: ["ignore", "ignore", "pipe", "ignore"],
        encoding: "utf8",
        timeout: 10_000,
      });
      return error?.message ?? (stderr.trim().split("\n").at(-1) || NO_ANSWER);
    },
  };
}

/** @throws NoSandbox where there is no Python 3 */
export function openLockdown(child: ChildProgram): Lockdown {
  if (process.platform !== "linux") throw new NoSandbox("the fallback needs Linux");
  removeStaleTempDirs();
  const tempDir = makeTempDir();
  try {
    return lockDown(child, tempDir);
  } catch (e) {
    tempDir.remove();
    throw e;
  }
}
