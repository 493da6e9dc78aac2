/**
 * Threads that compute parts of a kernel's result. A job is cut into pieces that nothing but their
 * place sets apart, and each thread takes the next one; what comes out doesn't depend on who
 * computed it.
 */
import { createRequire } from "node:module";

type Compute = (...numbers: number[]) => unknown;

/** An argument of a kernel: its value, and what each item before the piece and each thread add. */
type Argument = [value: number, perItem: number, perThread: number];

export interface Job {
  /** The function's index among those that the pool was created with. */
  f: number;
  args: readonly Argument[];
  /** The argument that says how many items to compute. */
  count: number;
  items: number;
  /** Items of a piece. */
  itemsPerChunk: number;
}

/** Most pieces of a job, since a byte counts them. */
export const MAX_CHUNKS = 255;
const MAX_ARGUMENTS = 20;
const JOB_HEADER_LENGTH = 5;

/** Milliseconds to wait for a piece, which takes a few of them; a thread beyond it is lost. */
const THREAD_TIMEOUT_MS = 10_000;
/**
 * Looks at a number before sleeping: some 100 microseconds, the time between two operations. Waking
 * a thread takes 20, and 10 more of the caller's.
 */
const SPIN_COUNT = 10_000;

/**
 * Takes pieces of the open job until none is left: the caller from the front, the others from the
 * back, so that what a thread has written is likely to be in its own caches when the next operation
 * reads it. Many are taken at first, and one at a time in the end, when everybody is to be done at
 * once. Its text runs in other threads too, so it uses nothing from around it.
 * @param turn a job's number, and in the lowest bytes how many pieces have been taken from the
 *   front and how many nobody has taken; threads at work; threads that failed
 * @param share the part of what is left that is taken at once is 1 / share
 */
function takeChunks(
  turn: Int32Array,
  job: Float64Array,
  functions: Compute[],
  thread: number,
  share: number,
): void {
  for (;;) {
    const now = Atomics.load(turn, 0);
    const left = now & 255;
    const before = (now >> 8) & 255;
    if (left === 0) return;
    const taken = Math.max(1, Math.floor(left / share));
    const next = now - taken + (thread === 0 ? taken << 8 : 0);
    if (Atomics.compareExchange(turn, 0, now, next) !== now) continue;
    const [args, count, items, each] = [job[1]!, job[2]!, job[3]!, job[4]!];
    const first = (thread === 0 ? before : before + left - taken) * each;
    const given: number[] = [];
    for (let i = 0, at = 5; i < args; i++, at += 3) {
      given.push(job[at]! + first * job[at + 1]! + thread * job[at + 2]!);
    }
    given[count] = Math.min(taken * each, items - first);
    functions[job[0]!]!(...given);
  }
}

/** Milliseconds of jobs after which the time is looked at, and for which a busy machine rests. */
const LOAD_WINDOW_MS = 20;
const BACKOFF_MS = 500;

/**
 * On a machine that others keep busy, a helper that has to wait for a core holds its piece, and the
 * caller with it. Where waiting takes half as long as work, threads rest for a while.
 */
function createLoadMonitor() {
  let [worked, waited, restsUntil] = [0, 0, 0];
  return {
    rests: () => restsUntil > 0 && performance.now() < restsUntil,
    add(work: number, wait: number): void {
      worked += work;
      waited += wait;
      if (worked + waited < LOAD_WINDOW_MS) return;
      restsUntil = waited > worked / 2 ? performance.now() + BACKOFF_MS : 0;
      worked = waited = 0;
    },
  };
}

/** The message that starts a thread. */
interface ThreadStart {
  module: WebAssembly.Module;
  memory: WebAssembly.Memory;
  names: string[];
  turn: Int32Array;
  job: Float64Array;
  spinCount: number;
  thread: number;
  share: number;
}

/**
 * A thread's main loop. The pool sends the source text of this function and of `work` to the
 * thread.
 */
function threadLoop({
  module,
  memory,
  names,
  turn,
  job,
  spinCount,
  thread,
  share,
}: ThreadStart): void {
  const { exports } = new WebAssembly.Instance(module, { env: { memory } });
  const functions = names.map((name) => exports[name] as Compute);
  for (;;) {
    let now = Atomics.load(turn, 0);
    for (let i = 0; i < spinCount && (now & 255) === 0; i++) now = Atomics.load(turn, 0);
    if ((now & 255) === 0) {
      Atomics.wait(turn, 0, now);
      continue;
    }
    Atomics.add(turn, 1, 1);
    try {
      takeChunks(turn, job, functions, thread, share);
    } catch {
      Atomics.add(turn, 2, 1);
      return;
    } finally {
      Atomics.sub(turn, 1, 1);
      Atomics.notify(turn, 1);
    }
  }
}

/** A thread, in Node or in a browser. */
interface Thread {
  postMessage(startThread: ThreadStart): void;
  terminate(): unknown;
}

const inNode = (process.versions as { node?: string }).node !== undefined;

/** @param gone called when it has ended, for whatever reason */
function start(gone: () => void): Thread {
  const both = `${takeChunks}\n${threadLoop}\n`;
  if (!inNode) {
    const code = `${both} onmessage = ({ data }) => ${threadLoop.name}(data);`;
    const url = URL.createObjectURL(new Blob([code], { type: "text/javascript" }));
    const worker = new Worker(url);
    worker.onerror = (event) => {
      event.preventDefault();
      gone();
    };
    return worker;
  }
  const threads = createRequire(__filename)(
    "node:worker_threads",
  ) as typeof import("worker_threads");
  const code = `${both} require("node:worker_threads").parentPort.once("message", ${threadLoop.name});`;
  const worker = new threads.Worker(code, { eval: true, execArgv: [], env: {} });
  worker.on("error", () => undefined); // an exit follows
  worker.on("exit", gone);
  worker.unref();
  return worker;
}

/** Starts so many threads. @returns false where one can't be had */
function startThreads(
  threads: Set<Thread>,
  count: number,
  what: Omit<ThreadStart, "thread">,
): boolean {
  try {
    for (let thread = 1; thread <= count; thread++) {
      const made = start(() => threads.delete(made));
      threads.add(made);
      made.postMessage({ ...what, thread });
    }
    return true;
  } catch {
    return false;
  }
}

export interface Pool {
  /** Computes all pieces, together with threads that are idle. */
  run(job: Job): void;
  /** How many threads help. */
  helpers(): number;
  /** Whether the caller is faster alone at the moment. */
  isBackingOff(): boolean;
  /** Ends the threads; jobs are then computed by the caller alone. */
  stop(): void;
}

/**
 * Starts threads beside the caller's own. They join in as soon as they are there, and a process or
 * a page ends without waiting for them.
 * @param count with the caller's
 * @param functions of the module that jobs may name
 * @param patience milliseconds to wait for a thread's last piece
 */
export function startPool(
  count: number,
  module: WebAssembly.Module,
  memory: WebAssembly.Memory,
  functions: readonly { name: string; run: Compute }[],
  patience = THREAD_TIMEOUT_MS,
): Pool {
  const turn = new Int32Array(new SharedArrayBuffer(12));
  const job = new Float64Array(new SharedArrayBuffer(8 * (JOB_HEADER_LENGTH + 3 * MAX_ARGUMENTS)));
  const names = functions.map(({ name }) => name);
  const own = functions.map(({ run }) => run);
  const threads = new Set<Thread>();
  const watched = createLoadMonitor();
  const stop = () => {
    for (const thread of threads) void thread.terminate();
    threads.clear();
  };
  const share = 2 * count;
  const first = {
    module,
    memory,
    names,
    turn,
    job,
    spinCount: SPIN_COUNT,
    share,
  };
  if (!startThreads(threads, count - 1, first)) stop(); // the caller does it all
  const attempt = (next: Job): boolean => {
    openJob(turn, job, next);
    const begun = performance.now();
    try {
      takeChunks(turn, job, own, 0, share);
    } finally {
      closeJob(turn);
    }
    const worked = performance.now();
    const whole = waitUntilIdle(turn, patience) && Atomics.load(turn, 2) === 0;
    watched.add(worked - begun, performance.now() - worked);
    return whole;
  };
  const run = (next: Job): void => {
    closeJob(turn); // where an interrupt left the last one open
    if (!waitUntilIdle(turn, patience)) stop();
    if (attempt(next)) return;
    stop();
    Atomics.store(turn, 1, 0);
    Atomics.store(turn, 2, 0);
    openJob(turn, job, next);
    takeChunks(turn, job, own, 0, share);
  };
  return { run, helpers: () => threads.size, isBackingOff: watched.rests, stop };
}

/** Closes the job: threads can't take pieces any more. */
const closeJob = (turn: Int32Array) => Atomics.and(turn, 0, ~255);

function openJob(
  turn: Int32Array,
  job: Float64Array,
  { f, args, count, items, itemsPerChunk: each }: Job,
): void {
  job.set([f, args.length, count, items, each]);
  args.forEach((argument, i) => job.set(argument, JOB_HEADER_LENGTH + 3 * i));
  const pieces = Math.ceil(items / each);
  Atomics.store(turn, 0, ((Atomics.load(turn, 0) | 0xffff) + 1 + pieces) | 0);
  Atomics.notify(turn, 0, pieces - 1);
}

/** Waits until all others are done. @returns false where one has been lost */
function waitUntilIdle(turn: Int32Array, patience: number): boolean {
  for (let i = 0; i < SPIN_COUNT; i++) if (Atomics.load(turn, 1) === 0) return true;
  const end = performance.now() + patience;
  for (let busy; (busy = Atomics.load(turn, 1)) > 0;) {
    if (performance.now() > end) return false;
    Atomics.wait(turn, 1, busy, patience);
  }
  return true;
}
