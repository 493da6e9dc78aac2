/**
 * Starts children by way of a small process. To start another, Linux copies the tables of all memory
 * that a process holds, and then each page that it writes to: 25 ms of processor time for a grader
 * of 450 MB, one for a process that holds nothing.
 */
import { fork, type ChildProcess } from "node:child_process";
import type { Socket } from "node:net";
import { join } from "node:path";
import { PassThrough, type Readable, type Writable } from "node:stream";
import { endGroup } from "./group";
import type { News, Order, Program } from "./starter";

/** A child that runs, whoever has started it. */
export interface Child {
  readonly pid?: number;
  /** Its input and its results. */
  readonly job: Writable;
  readonly results: Readable;
  /** Ends it, and its process group. */
  kill(): void;
  /** When it has ended and all that it said is read: why it could not be started. */
  readonly ended: Promise<string | undefined>;
}

/** The process that starts children has ended: the machine's fault, and no submission's. */
export class StarterLost extends Error {}

export interface Starter {
  /** @throws StarterLost, later also by way of `ended` */
  start(program: Program): Promise<Child>;
  close(): void;
}

/** What was built, also when tests run from sources: a process loads JavaScript only. */
const FILE = join(__dirname, "..", "..", "dist", "sandbox", "starter.js");

const closed = (results: Readable) =>
  new Promise<void>((resolve) => {
    if (results.destroyed) resolve();
    else results.on("close", resolve);
  });

/** A pipe of a child that never came. */
const noPipe = () => new PassThrough().destroy();

class FarChild implements Child {
  pid?: number;
  job: Writable = noPipe();
  results: Readable = noPipe();
  readonly ended: Promise<string | undefined>;
  /** When its pipes are there, or it has ended before. */
  readonly there: Promise<void>;
  private setEnded!: (why?: string) => void;
  private setThere!: () => void;
  /** To be called when the small process has ended. */
  lost!: () => void;

  constructor(readonly kill: () => void) {
    this.there = new Promise((resolve) => (this.setThere = resolve));
    this.ended = new Promise((resolve, reject) => {
      this.setEnded = resolve;
      this.lost = () => reject(new StarterLost("the process that starts children has ended"));
    });
    this.ended.then(this.setThere, this.setThere);
  }

  hear(news: News, pipe: Socket | undefined): void {
    if ("pid" in news) this.pid = news.pid;
    if ("failed" in news) this.setEnded(news.failed);
    if ("exited" in news) void closed(this.results).then(() => this.setEnded());
    if (!("pipe" in news) || !pipe) return;
    if (news.pipe === "job") this.job = pipe;
    else this.results = pipe;
    if (news.pipe === "results") this.setThere();
  }
}

const startProcess = () =>
  fork(FILE, { env: {}, execArgv: [], stdio: ["ignore", "ignore", "ignore", "ipc"] });

/** The small process, and its children by their ids. */
interface Small {
  process: ChildProcess;
  children: Map<number, FarChild>;
}

/** This process waits for the small one only while that has children. */
function wait({ process, children }: Small): void {
  for (const one of [process, process.channel]) {
    if (children.size > 0) one?.ref();
    else one?.unref();
  }
}

function startSmall(): Small {
  const small: Small = { process: startProcess(), children: new Map() };
  small.process.on("message", (news: News, pipe?: Socket) => {
    small.children.get(news.id)?.hear(news, pipe);
    if ("failed" in news || "exited" in news) small.children.delete(news.id);
    wait(small);
  });
  const lost = () => {
    for (const child of small.children.values()) child.lost();
    small.children.clear();
  };
  small.process.on("error", lost);
  small.process.on("exit", lost);
  return small;
}

const usable = ({ connected, exitCode, killed }: ChildProcess) =>
  connected && exitCode === null && !killed;

/** The small process starts with the first child, and again where it was lost. */
export function openStarter(): Starter {
  let small: Small | undefined;
  let ids = 0;
  return {
    async start(program) {
      if (!small || !usable(small.process)) small = startSmall();
      const { process, children } = small;
      const id = ++ids;
      const order = (what: Order) => process.connected && process.send(what);
      const child = new FarChild(() => void order({ id, end: true }));
      children.set(id, child);
      wait(small);
      order({ id, start: program });
      await child.there;
      return child;
    },
    close: () => small?.process.kill("SIGKILL"),
  };
}

/** A child of this process's own. */
export function nearChild(child: ChildProcess): Child {
  const kill = () => endGroup(child);
  const ended = new Promise<string | undefined>((resolve) => {
    child.on("exit", kill);
    child.on("error", (e) => resolve(e.message));
    child.on("close", () => resolve(undefined));
  });
  return { pid: child.pid, job: child.stdin!, results: child.stdio[3] as Readable, kill, ended };
}
