/**
 * The second line of defense, where containers forbid the namespaces that bubblewrap needs: the
 * child runs under Node's permission model, and locks itself down before that by a filter of system
 * calls, limits and, where the kernel has it, Landlock (grader/lockdown/lockdown.py). Files and
 * processes of the machine stay in its world: no mount or process namespace hides them, so a fault
 * of Node's permission model would show them where there is no Landlock.
 */
import { spawn, spawnSync } from "node:child_process";
import { existsSync, realpathSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { LARGE_PAGES } from "./allocator";
import type { Enclosed } from "./bubblewrap";
import { makeAside, removeLeftovers, type Aside } from "./staleTempDirs";
import { findProgram, libraries, NoSandbox, readableByAll } from "./machine";
import { seccompProgram } from "./seccomp";
import { isRoot, THREADS, userOf, visible } from "./users";

const SCRIPT = join(__dirname, "..", "..", "lockdown", "lockdown.py");
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

/** Node has had the permission model since 20, under its final name since 22.13 and 23.5. */
function permissionFlag(): string {
  return process.allowedNodeEnvironmentFlags.has("--permission")
    ? "--permission"
    : "--experimental-permission";
}

export interface Child {
  /** Options of Node that the snapshot was built with. */
  flags: string[];
  /** All that its environment holds. */
  env: Record<string, string>;
  blob: string;
  wasm: string;
}

export interface Lockdown extends Enclosed {
  /** Where the child finds tfjs's WASM. */
  wasm: string;
  /** Whether the kernel keeps all other files from it, and not Node alone. */
  landlock: boolean;
}

const NO_ANSWER = "its first child does not answer";
/** Node reads these when it starts, besides its program. */
const STARTUP = [
  "/etc/ld.so.cache",
  "/etc/ssl/openssl.cnf",
  "/proc/self",
  "/proc/meminfo",
  "/proc/cpuinfo",
  ...LARGE_PAGES,
];
const readableNow = (files: string[]) => [...new Set(files)].filter((file) => existsSync(file));

/** The command line after Python's, up to the program. */
function lockdownArguments(filter: string, readable: string[]): string[] {
  const limits = isRoot() ? { ...LIMITS, NPROC: THREADS } : LIMITS;
  return [...["-I", "-S"], SCRIPT, filter, JSON.stringify(limits), JSON.stringify(readable)];
}

/** The grader's own script and Python's files may lie where another user can't read. */
function open(child: Child, aside: Aside): Lockdown {
  const python = findProgram("python3", (file) => !isRoot() || readableByAll(file));
  const node = visible(realpathSync(process.execPath), aside.folder);
  const blob = visible(realpathSync(child.blob), aside.folder);
  const wasm = visible(realpathSync(child.wasm), aside.folder);
  const script = visible(SCRIPT, aside.folder);
  const filter = join(aside.folder, "seccomp.bpf");
  writeFileSync(filter, seccompProgram({ shared: true }));
  const readable = readableNow([node, blob, wasm, ...libraries(process.execPath), ...STARTUP]);
  const before = lockdownArguments(filter, readable).map((arg) => (arg === SCRIPT ? script : arg));
  const files = [blob, wasm].map((file) => `--allow-fs-read=${file}`);
  const program = [node, permissionFlag(), ...files, ...child.flags, "--snapshot-blob", blob];
  const settings = (slot: number) => ({ ...userOf(slot), env: child.env, cwd: "/" });
  const landlock = spawnSync(python, [...before, "--landlock"], settings(0)).status === 0;
  return {
    wasm,
    landlock,
    close: () => aside.remove(),
    start: (slot) =>
      spawn(python, [...before, ...program], {
        ...settings(slot),
        detached: true,
        stdio: ["pipe", "ignore", "ignore", "pipe"],
      }),
    complaint: () => {
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
export function lockDown(child: Child): Lockdown {
  if (process.platform !== "linux") throw new NoSandbox("the fallback needs Linux");
  removeLeftovers();
  const aside = makeAside();
  try {
    return open(child, aside);
  } catch (e) {
    aside.remove();
    throw e;
  }
}
