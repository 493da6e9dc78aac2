/**
 * Runs a program in bubblewrap: without network, /proc, /dev and /tmp, with only the files and the
 * environment that are given, behind a filter of system calls (seccomp.ts) and limits (prlimit).
 */
import { spawnSync } from "node:child_process";
import { closeSync, openSync, realpathSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { makeTempDir, removeStaleTempDirs } from "./staleTempDirs";
import {
  findProgram,
  sharedLibraries,
  NoSandbox,
  isRoot,
  MAX_THREADS,
  slotUser,
  readableCopy,
} from "./machine";
import type { Launcher } from "./run";
import { seccompProgram } from "./seccomp";
import { openStarter } from "./startChild";

export { NoSandbox };

export interface BubblewrapOptions {
  /** Files, each with its path inside. */
  files: [file: string, path: string][];
  /** Programs whose shared libraries are visible too, at their own paths. */
  programs: string[];
  command: string[];
  env?: Record<string, string>;
  /** Options of prlimit. */
  limits: string[];
  /** System calls that the filter would refuse and that this program may make. */
  allowed?: string[];
}
export interface ChildStarter {
  /** The child's file descriptors are 0, its input, and 3, its results. A slot runs one at a time. */
  start: Launcher["start"];
  /** Why children don't start, in the words of the sandbox's own program. */
  startupError(): string;
  close(): void;
}

const NOBODY_ID = "65534";

/** Options with their values. */
const NAMESPACES = [
  ["--unshare-all"],
  ["--unshare-user"],
  ["--die-with-parent"],
  ["--new-session"],
  ["--clearenv"],
  ["--cap-drop", "ALL"],
  ["--uid", NOBODY_ID],
  ["--gid", NOBODY_ID],
  ["--disable-userns"],
  ["--as-pid-1"],
  ["--hostname", "grader"],
];
/** The file descriptor from which bubblewrap reads the filter of system calls. */
const FILTER_FD = 4;

/** The command line after `prlimit`. */
function sandboxArguments(options: BubblewrapOptions, bwrap: string, tempDir: string): string[] {
  const { files, programs, command, env = {}, limits } = options;
  const bind = (file: string, path: string) => [
    "--ro-bind",
    readableCopy(realpathSync(file), tempDir),
    path,
  ];
  const shared = new Set(programs.flatMap(sharedLibraries));
  return [
    ...limits,
    ...(isRoot() ? [`--nproc=${MAX_THREADS}`] : []),
    bwrap,
    ...NAMESPACES.flat(),
    ...[...shared].flatMap((file) => bind(file, file)),
    ...files.flatMap(([file, path]) => bind(file, path)),
    ...Object.entries(env).flatMap(([name, value]) => ["--setenv", name, value]),
    "--remount-ro",
    "/",
    "--chdir",
    "/",
    "--seccomp",
    String(FILTER_FD),
    ...command,
  ];
}

const NO_ANSWER = "its first child does not answer";

/** Starts children with one command line, each with a file descriptor of the filter. */
function openChildStarter(prlimit: string, args: string[], filter: string) {
  const starter = openStarter();
  const start = (slot: number) =>
    starter.start({ program: prlimit, options: args, user: slotUser(slot), filter });
  const startupError = () => {
    const fd = openSync(filter, "r");
    try {
      const { stderr, error } = spawnSync(prlimit, args, {
        ...slotUser(0),
        env: {},
        cwd: "/",
        stdio: ["ignore", "ignore", "pipe", "ignore", fd],
        encoding: "utf8",
        timeout: 10_000,
      });
      return error?.message ?? (stderr.trim().split("\n")[0] || NO_ANSWER);
    } finally {
      closeSync(fd);
    }
  };
  return { start, startupError, stop: () => starter.close() };
}

/** @throws NoSandbox where bubblewrap or prlimit is missing */
export function openBubblewrap(options: BubblewrapOptions): ChildStarter {
  if (process.platform !== "linux") {
    throw new NoSandbox(
      `there is no sandbox on ${process.platform}: grade on Linux, in a container or a ` +
        "virtual machine, or grade work of your own with --trusted",
    );
  }
  const bwrap = findProgram("bwrap");
  const prlimit = findProgram("prlimit");
  removeStaleTempDirs();
  const tempDir = makeTempDir();
  try {
    const filter = join(tempDir.folder, "seccomp.bpf");
    writeFileSync(filter, seccompProgram({ allowed: options.allowed }));
    const args = sandboxArguments(options, bwrap, tempDir.folder);
    const { stop, ...starter } = openChildStarter(prlimit, args, filter);
    const close = () => {
      stop();
      tempDir.remove();
    };
    return { ...starter, close };
  } catch (e) {
    tempDir.remove();
    throw e;
  }
}
