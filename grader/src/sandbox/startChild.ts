/**
 * Starts children through a starter process (starterProcess.ts). When a process starts another, Linux
 * copies the page tables of all its memory, and then each page that it writes to. That takes 25 ms of
 * processor time for a grader of 450 MB, and 1 ms for a process that holds almost nothing.
 */
import { fork, type ChildProcess } from "node:child_process";
import type { Socket } from "node:net";
import { join } from "node:path";
import { PassThrough, type Readable, type Writable } from "node:stream";
import { killGroup } from "./processes";
import type { StarterEvent, StarterRequest, ProgramOptions } from "./starterProcess";

/** A running child, started by this process or by the starter process. */
export interface Child {
  readonly pid?: number;
  /** Its input and its results. */
  readonly job: Writable;
  readonly results: Readable;
  /** Kills it and its process group. */
  kill(): void;
  /**
   * Resolves when it has ended and all its results are read; to the reason if it could not be started.
   */
  readonly ended: Promise<string | undefined>;
}

/** The starter process has ended. That is the machine's fault, not a submission's. */
export class StarterLost extends Error {}

export interface Starter {
  /** @throws StarterLost; `ended` may reject with it later */
  start(program: ProgramOptions): Promise<Child>;
  close(): void;
}

/** The compiled file, also when tests run from sources: a process loads JavaScript only. */
const STARTER_FILE = join(__dirname, "..", "..", "dist", "sandbox", "starterProcess.js");

const untilClosed = (results: Readable) =>
  new Promise<void>((resolve) => {
    if (results.destroyed) resolve();
    else results.on("close", resolve);
  });

/** Stands in for the pipe of a child that could not be started. */
const closedPipe = () => new PassThrough().destroy();

class RemoteChild implements Child {
  pid?: number;
  job: Writable = closedPipe();
  results: Readable = closedPipe();
  readonly ended: Promise<string | undefined>;
  /** Resolves when its pipes have arrived, or it has ended before. */
  readonly ready: Promise<void>;
  private setEnded!: (failure?: string) => void;
  private setReady!: () => void;
  /** Reports that the starter process has ended. */
  fail!: () => void;

  constructor(readonly kill: () => void) {
    this.ready = new Promise((resolve) => (this.setReady = resolve));
    this.ended = new Promise((resolve, reject) => {
      this.setEnded = resolve;
      this.fail = () => reject(new StarterLost("the process that starts children has ended"));
    });
    this.ended.then(this.setReady, this.setReady);
  }

  handleEvent(event: StarterEvent, pipe: Socket | undefined): void {
    if ("pid" in event) this.pid = event.pid;
    if ("failed" in event) this.setEnded(event.failed);
    if ("exited" in event) void untilClosed(this.results).then(() => this.setEnded());
    if (!("pipe" in event) || !pipe) return;
    if (event.pipe === "job") this.job = pipe;
    else this.results = pipe;
    if (event.pipe === "results") this.setReady();
  }
}

const forkStarter = () =>
  fork(STARTER_FILE, [String(process.pid)], {
    env: {},
    execArgv: [],
    stdio: ["ignore", "ignore", "ignore", "ipc"],
  });

/** The starter process, and its children by their ids. */
interface StarterHandle {
  process: ChildProcess;
  children: Map<number, RemoteChild>;
}

/** Keeps this process alive for the starter process only while that has children. */
function updateRefs({ process, children }: StarterHandle): void {
  for (const handle of [process, process.channel]) {
    if (children.size > 0) handle?.ref();
    else handle?.unref();
  }
}

function startStarter(): StarterHandle {
  const starter: StarterHandle = { process: forkStarter(), children: new Map() };
  starter.process.on("message", (event: StarterEvent, pipe?: Socket) => {
    starter.children.get(event.id)?.handleEvent(event, pipe);
    if ("failed" in event || "exited" in event) starter.children.delete(event.id);
    updateRefs(starter);
  });
  const failAll = () => {
    for (const child of starter.children.values()) child.fail();
    starter.children.clear();
  };
  starter.process.on("error", failAll);
  starter.process.on("exit", failAll);
  return starter;
}

const isUsable = ({ connected, exitCode, killed }: ChildProcess) =>
  connected && exitCode === null && !killed;

/** The starter process starts with the first child, and again after it was lost. */
export function openStarter(): Starter {
  let starter: StarterHandle | undefined;
  let lastId = 0;
  return {
    async start(program) {
      if (!starter || !isUsable(starter.process)) starter = startStarter();
      const { process, children } = starter;
      const id = ++lastId;
      const send = (request: StarterRequest) => process.connected && process.send(request);
      const child = new RemoteChild(() => void send({ id, end: true }));
      children.set(id, child);
      updateRefs(starter);
      send({ id, start: program });
      await child.ready;
      return child;
    },
    close: () => starter?.process.kill("SIGKILL"),
  };
}

/** A child that this process has started itself. */
export function wrapChildProcess(child: ChildProcess): Child {
  const kill = () => killGroup(child);
  const ended = new Promise<string | undefined>((resolve) => {
    child.on("exit", kill);
    child.on("error", (e) => resolve(e.message));
    child.on("close", () => resolve(undefined));
  });
  return { pid: child.pid, job: child.stdin!, results: child.stdio[3] as Readable, kill, ended };
}
