/**
 * The other end of starting.ts, a process of its own that holds almost nothing: it starts children
 * and hands their pipes over.
 */
import { spawn, type ChildProcess } from "node:child_process";
import { closeSync, openSync } from "node:fs";
import type { Socket } from "node:net";
import { endGroup } from "./group";

/** What is to be done for the child of this id. */
export type Order = { id: number } & ({ start: Program } | { end: true });

export interface Program {
  program: string;
  options: string[];
  user?: { uid: number; gid: number };
  /** Of which the child gets a descriptor of its own, the fourth. */
  filter: string;
}

/** What became of the child; `pipe` comes with the pipe itself. */
export type News =
  | { id: number; pid: number }
  | { id: number; pipe: "job" | "results" }
  | { id: number; failed: string }
  | { id: number; exited: true };

const running = new Map<number, ChildProcess>();
const tell = (news: News, pipe?: Socket) => process.send!(news, pipe);

function begin({ program, options, user, filter }: Program): ChildProcess {
  // a new descriptor for each child, since bubblewrap reads it to its end
  const fd = openSync(filter, "r");
  try {
    const stdio: ("pipe" | "ignore" | number)[] = ["pipe", "ignore", "ignore", "pipe", fd];
    return spawn(program, options, { ...user, env: {}, cwd: "/", detached: true, stdio });
  } finally {
    closeSync(fd);
  }
}

function start(id: number, program: Program): void {
  const child = begin(program);
  child.on("error", (e) => tell({ id, failed: e.message }));
  if (child.pid === undefined) return;
  running.set(id, child);
  child.on("exit", () => {
    endGroup(child);
    running.delete(id);
    tell({ id, exited: true });
  });
  tell({ id, pid: child.pid });
  // it says nothing before it has got its job, so nothing has been read here
  tell({ id, pipe: "job" }, child.stdin as Socket);
  tell({ id, pipe: "results" }, child.stdio[3] as Socket);
}

process.on("message", (order: Order) => {
  if ("end" in order) {
    const child = running.get(order.id);
    if (child) endGroup(child);
    return;
  }
  try {
    start(order.id, order.start);
  } catch (e) {
    tell({ id: order.id, failed: (e as Error).message });
  }
});
// a terminal's Ctrl+C and a system's stop come here too, and are the grader's to act on
for (const signal of ["SIGINT", "SIGTERM", "SIGHUP"]) process.on(signal, () => undefined);
// the grader has ended, perhaps killed
process.on("disconnect", () => {
  for (const child of running.values()) endGroup(child);
  process.exit(0);
});
