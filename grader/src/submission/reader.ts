/**
 * Reads submissions in processes of their own, with limits on processor time and memory. A notebook
 * that breaks one costs a new process, not the batch. Every question has an id, and an answer
 * counts only if it carries the id of the question that its own process is at.
 */
import { fork, type ChildProcess } from "node:child_process";
import { join } from "node:path";
import type { LessonEntry } from "../files/manifest";
import { sampleTree, startMeter, SAMPLE_INTERVAL_MS } from "../sandbox/processes";
import type { ReadResult, ReadRequest, ReadResponse } from "./readerProcess";

/** Milliseconds of processor time, or asleep, for one notebook. */
const READ_TIMEOUT_MS = 10_000;
const MAX_HEAP_MB = 768;
/** While all processes are at a notebook for longer than this, another takes the next one. */
const BUSY_MS = 3_000;
const MAX_READERS = 3;
/** What was built, also when tests run from sources: a process loads JavaScript only. */
const READER_FILE = join(__dirname, "..", "..", "dist", "submission", "readerProcess.js");

export interface Reader {
  read(bytes: Uint8Array): Promise<ReadResult>;
  close(): void;
}
export interface ReaderOptions {
  limitMs?: number;
  /** Starts a process that reads; tests have others. */
  start?: () => ChildProcess;
}

const startProcess = () =>
  fork(READER_FILE, {
    serialization: "advanced",
    env: {},
    execArgv: [`--max-old-space-size=${MAX_HEAP_MB}`],
    stdio: ["ignore", "ignore", "ignore", "ipc"],
  });

interface Worker {
  child: ChildProcess;
  /** How many notebooks it has got. */
  asked: number;
  /** Gets the replies to the question that it is at. */
  hear: (reply: ReadResponse) => void;
  /** Called when it has ended. */
  lost: (why: string) => void;
}

let questions = 0;

/** What became of a question; a process that was lost may have been worn out by others. */
type Heard = { answer: ReadResult } | { lost: string };

/** Asks one question, and settles once. */
function ask(worker: Worker, bytes: Uint8Array, limitMs: number): Promise<Heard> {
  const { child } = worker;
  const id = ++questions;
  const meter = startMeter(() => sampleTree(child.pid ?? -1));
  meter.update();
  const start = meter.busy;
  let over = 0;
  worker.asked++;
  return new Promise((resolve) => {
    const settle = (heard: Heard) => {
      clearInterval(timer);
      resolve(heard);
    };
    // late at two ticks, between which an answer that has waited for us is taken
    const look = () => {
      meter.update();
      over = meter.busy - start + meter.asleep > limitMs ? over + 1 : 0;
      if (over < 2) return;
      settle({ answer: { error: `takes longer than ${limitMs / 1000} s to read` } });
      child.kill("SIGKILL");
    };
    const timer = setInterval(() => setImmediate(look), SAMPLE_INTERVAL_MS);
    worker.hear = (reply) => {
      if (reply.id === id) settle({ answer: reply.result });
    };
    worker.lost = (why) => settle({ lost: why });
    child.send({ id, bytes, limitMs } satisfies ReadRequest);
  });
}

function startWorker(start: () => ChildProcess, lessons: LessonEntry[]): Worker {
  const child = start();
  const nobody = () => undefined;
  const worker: Worker = { child, asked: 0, hear: nobody, lost: nobody };
  child.on("message", (reply: ReadResponse) => worker.hear(reply));
  child.on("error", (e) => worker.lost(e.message));
  child.on("exit", () => worker.lost("its process ended, perhaps for lack of memory"));
  child.send({ lessons });
  return worker;
}

const usable = ({ child }: Worker) => child.connected && !child.killed && child.exitCode === null;

/** Processes that are lent to one reading at a time. */
function openPool(start: () => Worker) {
  let closed = false;
  const all = new Set<Worker>();
  const idle: Worker[] = [];
  const waiting: ((worker: Worker) => void)[] = [];
  const add = () => {
    const worker = start();
    all.add(worker);
    return worker;
  };
  const give = (worker: Worker) => {
    const next = waiting.shift();
    if (next) next(worker);
    else idle.push(worker);
  };
  return {
    take(): Promise<Worker> {
      if (closed) return Promise.reject(new Error("the reader is closed"));
      for (let worker = idle.pop(); worker; worker = idle.pop()) {
        if (usable(worker)) return Promise.resolve(worker);
        all.delete(worker);
      }
      if (all.size === 0) return Promise.resolve(add());
      return new Promise((resolve) => {
        waiting.push(resolve);
        setTimeout(() => {
          if (waiting.includes(resolve) && all.size < MAX_READERS) give(add());
        }, BUSY_MS).unref();
      });
    },
    giveBack(worker: Worker): void {
      if (usable(worker)) return give(worker);
      all.delete(worker);
      worker.child.kill("SIGKILL");
      if (waiting.length > 0) give(add());
    },
    close(): void {
      closed = true;
      for (const { child } of all) child.kill("SIGKILL");
    },
  };
}

export function startReader(lessons: LessonEntry[], options: ReaderOptions = {}): Reader {
  const { limitMs = READ_TIMEOUT_MS, start = startProcess } = options;
  const pool = openPool(() => startWorker(start, lessons));
  const readOnce = async (bytes: Uint8Array) => {
    const worker = await pool.take();
    const fresh = worker.asked === 0;
    const heard = await ask(worker, bytes, limitMs);
    pool.giveBack(worker);
    return { heard, fresh };
  };
  return {
    async read(bytes) {
      for (;;) {
        const { heard, fresh } = await readOnce(bytes);
        if ("answer" in heard) return heard.answer;
        if (fresh) return { error: `cannot be read: ${heard.lost}` };
      }
    },
    close: () => pool.close(),
  };
}
