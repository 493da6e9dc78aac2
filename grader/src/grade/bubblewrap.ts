/**
 * Bubblewrap around a program: no network, no /proc, /dev or /tmp, no file but those that are
 * named, no environment but what is given, a filter of system calls, limits by prlimit.
 */
import { spawn, spawnSync, type ChildProcess } from "node:child_process";
import {
  accessSync,
  chmodSync,
  closeSync,
  constants,
  copyFileSync,
  existsSync,
  mkdtempSync,
  openSync,
  readdirSync,
  realpathSync,
  rmSync,
  statSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { basename, delimiter, dirname, join } from "node:path";
import { seccompProgram } from "./seccomp";

/** Why there is no sandbox, and what to do about it. */
export class NoSandbox extends Error {}

export interface Enclosure {
  /** Files, each with its place inside. */
  files: [file: string, place: string][];
  /** Of these files the shared libraries come along, at their own places. */
  programs: string[];
  command: string[];
  env?: Record<string, string>;
  /** Options of prlimit. */
  limits: string[];
  /** System calls that are allowed beyond the usual ones. */
  allowed?: string[];
}
export interface Enclosed {
  /** File descriptors of the program: 0 its input, 3 its results. Each slot runs one at a time. */
  start(slot: number): ChildProcess;
  /** What the sandbox itself says of why it does not start. */
  complaint(): string;
  close(): void;
}

/** Threads count as processes. */
const THREADS = 40;
/**
 * Root's children run as users of their own, one a slot, since a limit on processes counts by user
 * and never for root. Graders that run at the same time mostly have others; all numbers are below
 * 65,536, which is as many users as a container may have.
 */
const userOf = (slot: number) => 61_000 + (process.pid % 70) * 64 + (slot % 64);
const NOBODY = "65534";

const REMEDY =
  "install it (Debian, Ubuntu: apt-get install bubblewrap util-linux), or grade work of your " +
  "own with --trusted";

function findProgram(name: string): string {
  for (const folder of (process.env.PATH ?? "").split(delimiter)) {
    try {
      accessSync(join(folder, name), constants.X_OK);
      return join(folder, name);
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
function readableByAll(file: string): boolean {
  if (!othersMay(file, 0o004)) return false;
  for (let folder = dirname(realpathSync(file)); ; folder = dirname(folder)) {
    if (!othersMay(folder, 0o001)) return false;
    if (dirname(folder) === folder) return true;
  }
}

const PREFIX = "course-grader-";

/** Removes the folders that killed graders left: their names hold the process that made them. */
function removeLeftovers(): void {
  for (const name of readdirSync(tmpdir())) {
    const pid = Number(name.startsWith(PREFIX) ? name.slice(PREFIX.length).split("-")[0] : NaN);
    if (pid > 0 && !existsSync(`/proc/${pid}`)) {
      rmSync(join(tmpdir(), name), { recursive: true, force: true });
    }
  }
}

/** @throws NoSandbox where bubblewrap or prlimit is missing */
export function enclose({
  files,
  programs,
  command,
  env = {},
  limits,
  allowed,
}: Enclosure): Enclosed {
  if (process.platform !== "linux") {
    throw new NoSandbox(
      `there is no sandbox on ${process.platform}: grade on Linux, in a container or a ` +
        "virtual machine, or grade work of your own with --trusted",
    );
  }
  const bwrap = findProgram("bwrap");
  const prlimit = findProgram("prlimit");
  const asRoot = process.getuid?.() === 0;
  removeLeftovers();
  const aside = mkdtempSync(join(tmpdir(), `${PREFIX}${process.pid}-`));
  chmodSync(aside, 0o755);
  const close = () => rmSync(aside, { recursive: true, force: true });
  try {
    /** Another user's child cannot read from a private folder such as /root: it gets a copy. */
    const visible = (file: string) => {
      if (!asRoot || readableByAll(file)) return file;
      const copy = join(aside, basename(file));
      copyFileSync(file, copy);
      chmodSync(copy, 0o755);
      return copy;
    };
    const shared = new Map(programs.flatMap(libraries).map((file) => [file, realpathSync(file)]));
    const filter = join(aside, "seccomp.bpf");
    writeFileSync(filter, seccompProgram(allowed));
    const options = [
      ...limits,
      ...(asRoot ? [`--nproc=${THREADS}`] : []),
      bwrap,
      "--unshare-all",
      "--unshare-user",
      "--die-with-parent",
      "--new-session",
      "--clearenv",
      "--cap-drop",
      "ALL",
      "--uid",
      NOBODY,
      "--gid",
      NOBODY,
      "--disable-userns",
      "--as-pid-1",
      ...[...shared].flatMap(([place, file]) => ["--ro-bind", visible(file), place]),
      ...files.flatMap(([file, place]) => ["--ro-bind", visible(realpathSync(file)), place]),
      ...Object.entries(env).flatMap(([name, value]) => ["--setenv", name, value]),
      "--remount-ro",
      "/",
      "--chdir",
      "/",
      "--seccomp",
      "4",
      ...command,
    ];
    /**
     * Lends a descriptor of the filter; a new one for each child, since bubblewrap reads it to its
     * end.
     */
    const withFilter = <T>(use: (fd: number) => T): T => {
      const fd = openSync(filter, "r");
      try {
        return use(fd);
      } finally {
        closeSync(fd);
      }
    };
    const settings = (slot: number) => ({
      ...(asRoot ? { uid: userOf(slot), gid: userOf(slot) } : {}),
      env: {},
      cwd: "/",
    });
    return {
      close,
      start: (slot) =>
        withFilter((fd) =>
          spawn(prlimit, options, {
            ...settings(slot),
            detached: true,
            stdio: ["pipe", "ignore", "ignore", "pipe", fd],
          }),
        ),
      complaint: () =>
        withFilter((fd) => {
          const { stderr, error } = spawnSync(prlimit, options, {
            ...settings(0),
            stdio: ["ignore", "ignore", "pipe", "ignore", fd],
            encoding: "utf8",
            timeout: 10_000,
          });
          return (
            error?.message ?? (stderr.trim().split("\n")[0] || "its first child does not answer")
          );
        }),
    };
  } catch (e) {
    close();
    throw e;
  }
}
