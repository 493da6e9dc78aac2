/**
 * Bubblewrap around a program: no network, no /proc, /dev or /tmp, no file but those that are
 * named, no environment but what is given, a filter of system calls, limits by prlimit.
 */
import { spawnSync } from "node:child_process";
import { closeSync, openSync, realpathSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { makeAside, removeLeftovers } from "./staleTempDirs";
import { findProgram, libraries, NoSandbox } from "./machine";
import type { Launcher } from "./runChild";
import { seccompProgram } from "./seccomp";
import { openStarter } from "./starting";
import { isRoot, THREADS, userOf, visible } from "./users";

export { NoSandbox };

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
  start: Launcher["start"];
  /** What the sandbox itself says of why it does not start. */
  complaint(): string;
  close(): void;
}

const NOBODY = "65534";

const NAMESPACES = [
  "--unshare-all",
  "--unshare-user",
  "--die-with-parent",
  "--new-session",
  "--clearenv",
  ...["--cap-drop", "ALL"],
  ...["--uid", NOBODY],
  ...["--gid", NOBODY],
  "--disable-userns",
  "--as-pid-1",
  ...["--hostname", "grader"],
];
/** The file descriptor at which bubblewrap finds the filter of system calls. */
const FILTER = 4;

/** The command line after `prlimit`. */
function sandboxOptions(enclosure: Enclosure, bwrap: string, aside: string): string[] {
  const { files, programs, command, env = {}, limits } = enclosure;
  const bind = (file: string, place: string) => [
    "--ro-bind",
    visible(realpathSync(file), aside),
    place,
  ];
  const shared = new Set(programs.flatMap(libraries));
  return [
    ...limits,
    ...(isRoot() ? [`--nproc=${THREADS}`] : []),
    bwrap,
    ...NAMESPACES,
    ...[...shared].flatMap((file) => bind(file, file)),
    ...files.flatMap(([file, place]) => bind(file, place)),
    ...Object.entries(env).flatMap(([name, value]) => ["--setenv", name, value]),
    ...["--remount-ro", "/"],
    ...["--chdir", "/"],
    ...["--seccomp", String(FILTER)],
    ...command,
  ];
}

const noChild = "its first child does not answer";

/** Starts children of one command line, each with a descriptor of the filter. */
function launcher(prlimit: string, options: string[], filter: string) {
  const starter = openStarter();
  const start = (slot: number) =>
    starter.start({ program: prlimit, options, user: userOf(slot), filter });
  const complaint = () => {
    const fd = openSync(filter, "r");
    try {
      const { stderr, error } = spawnSync(prlimit, options, {
        ...userOf(0),
        env: {},
        cwd: "/",
        stdio: ["ignore", "ignore", "pipe", "ignore", fd],
        encoding: "utf8",
        timeout: 10_000,
      });
      return error?.message ?? (stderr.trim().split("\n")[0] || noChild);
    } finally {
      closeSync(fd);
    }
  };
  return { start, complaint, stop: () => starter.close() };
}

/** @throws NoSandbox where bubblewrap or prlimit is missing */
export function enclose(enclosure: Enclosure): Enclosed {
  if (process.platform !== "linux") {
    throw new NoSandbox(
      `there is no sandbox on ${process.platform}: grade on Linux, in a container or a ` +
        "virtual machine, or grade work of your own with --trusted",
    );
  }
  const bwrap = findProgram("bwrap");
  const prlimit = findProgram("prlimit");
  removeLeftovers();
  const aside = makeAside();
  try {
    const filter = join(aside.folder, "seccomp.bpf");
    writeFileSync(filter, seccompProgram({ allowed: enclosure.allowed }));
    const options = sandboxOptions(enclosure, bwrap, aside.folder);
    const { stop, ...rest } = launcher(prlimit, options, filter);
    const close = () => {
      stop();
      aside.remove();
    };
    return { ...rest, close };
  } catch (e) {
    aside.remove();
    throw e;
  }
}
