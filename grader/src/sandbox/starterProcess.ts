/**
 * The starter process: a process of its own that holds almost no memory, starts children on request
 * and hands their pipes over to the grader. startChild.ts is the grader's side.
 */
import { spawn, type ChildProcess } from "node:child_process";
import { closeSync, openSync } from "node:fs";
import type { Socket } from "node:net";
import { killGroup } from "./processes";

/** What the grader asks for the child of this id. */
export type StarterRequest = { id: number } & ({ start: ProgramOptions } | { end: true });

export interface ProgramOptions {
  program: string;
  options: string[];
  user?: { uid: number; gid: number };
  /** The file with the filter of system calls; the child gets it as file descriptor 4. */
  filter: string;
}

/** What happened to the child. The message with `pipe` carries the pipe itself. */
export type StarterEvent =
  | { id: number; pid: number }
  | { id: number; pipe: "job" | "results" }
  | { id: number; failed: string }
  | { id: number; exited: true };

const ORPHAN_CHECK_MS = 1000;

const running = new Map<number, ChildProcess>();

function sendEvent(event: StarterEvent, pipe?: Socket): void {
  // the grader may end while a message to it is on its way; nobody needs it then
  if (process.connected) process.send!(event, pipe, undefined, () => undefined);
}

function spawnProgram({ program, options, user, filter }: ProgramOptions): ChildProcess {
  // a new descriptor for each child, since bubblewrap reads it to its end
  const fd = openSync(filter, "r");
  try {
    const stdio: ("pipe" | "ignore" | number)[] = ["pipe", "ignore", "ignore", "pipe", fd];
    return spawn(program, options, { ...user, env: {}, cwd: "/", detached: true, stdio });
  } finally {
    closeSync(fd);
  }
}

function start(id: number, program: ProgramOptions): void {
  const child = spawnProgram(program);
  child.on("error", (e) => sendEvent({ id, failed: e.message }));
  if (child.pid === undefined) return;
  running.set(id, child);
  child.on("exit", () => {
    killGroup(child);
    running.delete(id);
    sendEvent({ id, exited: true });
  });
  sendEvent({ id, pid: child.pid });
  // the child sends nothing before it gets its job, so no data has been read here
  sendEvent({ id, pipe: "job" }, child.stdin as Socket);
  sendEvent({ id, pipe: "results" }, child.stdio[3] as Socket);
}

process.on("message", (request: StarterRequest) => {
  if ("end" in request) {
    const child = running.get(request.id);
    if (child) killGroup(child);
    return;
  }
  try {
    start(request.id, request.start);
  } catch (e) {
    sendEvent({ id: request.id, failed: (e as Error).message });
  }
});
// Ctrl+C in a terminal and a system's stop signal this process too; the grader reacts to them
for (const signal of ["SIGINT", "SIGTERM", "SIGHUP"]) process.on(signal, () => undefined);
function end(): never {
  for (const child of running.values()) killGroup(child);
  process.exit(0);
}
// The grader has ended, or was killed. The channel tells, and where it was killed at a wrong moment,
// such as while it started this process, that this process has another parent.
process.on("disconnect", end);
process.on("uncaughtException", end);
const graderPid = Number(process.argv[2]);
setInterval(() => {
  if (process.ppid !== graderPid) end();
}, ORPHAN_CHECK_MS);
