/**
 * One child: it gets its job, is heard as long as its messages come in the one order possible, and
 * is stopped when it is late or loud. Its answers belong to it: nothing that it says later, and
 * nothing that another child says, can take their place.
 */
import type { ChildProcess } from "node:child_process";
import type { Writable } from "node:stream";
import type { Value } from "../exercise/value";
import { BudgetAccount, type Limits, type StopReason } from "./budget";
import { pack, frameReader } from "../exercise/frames";
import { type Job, type Message, steps, type Step } from "./job";
import { parseMessage } from "./messages";
import { lowerPriority, sampleTree, startMeter, SAMPLE_INTERVAL_MS } from "./processes";
import { wrapChildProcess, type Child } from "./startChild";

/** Where children are started: the sandbox, or an ordinary process when the work is trusted. */
export interface Launcher {
  /** Where the child finds tfjs's WASM. */
  wasm: string;
  /**
   * File descriptors: 0 the job, 3 the results. Each slot runs one child at a time; one that starts
   * others leads a process group.
   */
  start(slot: number): ChildProcess | Promise<Child>;
}

/** How a child is run beside others. */
export interface ChildOptions extends Limits {
  slot: number;
  /** Told what the submission has spent so far; says how to go on. */
  onSpent?(spent: number): "go on" | "politely" | "later";
  signal?: AbortSignal;
}

export interface ChildResult extends Partial<StopReason> {
  /** How many messages came in order. */
  at: number;
  /** Milliseconds by step. */
  costs: number[];
}

/** The submission gives way to those that have not had their turn; it starts anew later. */
export class Postponed extends Error {}

/** All that a child may say, in bytes. */
const MAX_CHILD_OUTPUT_BYTES = 32 << 20;
const VANISHED =
  "it ended the process, used too much memory or waited for something that never comes";

/** Takes a child's bytes, counts messages that come in order, says what is wrong with others. */
function startListening(plan: Step[], hear: (message: Message) => void) {
  const read = frameReader();
  let bytes = 0;
  const listening = {
    at: 0,
    /** @returns why the child must stop */
    take(chunk: Buffer): string | undefined {
      bytes += chunk.length;
      if (bytes > MAX_CHILD_OUTPUT_BYTES) return "it wrote too much";
      try {
        for (const value of read(chunk)) {
          hear(parseMessage(value, plan[listening.at]));
          listening.at++;
        }
        return undefined;
      } catch {
        return "it disturbed the grader's channel";
      }
    },
  };
  return listening;
}

/**
 * Calls look every tick. What it finds wrong must be so at two ticks, between which whatever the
 * child has said is read: it may have waited for us.
 */
function startLooking(
  look: () => StopReason | undefined,
  at: () => number,
  stop: (r: StopReason) => void,
) {
  let suspectedAt = -1;
  let ended = false;
  const timer = setInterval(() => {
    setImmediate(() => {
      if (ended) return;
      const reason = look();
      if (reason && suspectedAt === at()) stop(reason);
      suspectedAt = reason ? at() : -1;
    });
  }, SAMPLE_INTERVAL_MS);
  return () => {
    ended = true;
    clearInterval(timer);
  };
}

/** Ends the child when the batch is stopped. @returns what takes that back */
function killOnAbort(child: Child, signal: AbortSignal | undefined): () => void {
  const abort = () => child.kill();
  signal?.addEventListener("abort", abort);
  return () => signal?.removeEventListener("abort", abort);
}

/** Watches what a child costs and says, and stops it. */
function supervise(child: Child, job: Job, terms: ChildOptions, hear: (m: Message) => void) {
  const plan = steps(job);
  const pid = child.pid ?? -1;
  const account = new BudgetAccount(
    job,
    plan,
    startMeter(() => sampleTree(pid)),
    terms,
  );
  const listening = startListening(plan, hear);
  const seen: { stopped?: StopReason; putOff: boolean } = { putOff: false };
  const stop = (reason: StopReason) => {
    seen.stopped ??= reason;
    child.kill();
  };
  const look = () => {
    account.charge(listening.at);
    const order = terms.onSpent?.(terms.budget.spent);
    if (order === "politely") lowerPriority(pid);
    seen.putOff ||= order === "later";
    if (seen.putOff) stop({ reason: "it was put off" });
    return account.exceeded(listening.at);
  };
  child.results.on("data", (chunk: Buffer) => {
    const fault = seen.stopped ? undefined : listening.take(chunk);
    if (fault !== undefined) stop({ reason: fault });
  });
  child.results.on("error", () => undefined);
  const stopLooking = startLooking(look, () => listening.at, stop);
  const end = (failure: string | undefined): ChildResult => {
    const { at } = listening;
    account.charge(at);
    const vanished = at === plan.length ? undefined : VANISHED;
    return { at, costs: account.costs, ...(seen.stopped ?? { reason: failure ?? vanished }) };
  };
  return { end, seen, stopLooking };
}

/**
 * @param hear gets each message that came in order
 * @throws Postponed, StarterLost, or the signal's reason when it is aborted
 */
export async function runChild(
  launcher: Launcher,
  job: Job,
  terms: ChildOptions,
  hear: (message: Message) => void,
): Promise<ChildResult> {
  terms.signal?.throwIfAborted();
  const packed = pack(job as unknown as Value);
  const started = launcher.start(terms.slot);
  const child = started instanceof Promise ? await started : wrapChildProcess(started);
  const { end, seen, stopLooking } = supervise(child, job, terms, hear);
  const release = killOnAbort(child, terms.signal);
  give(child.job, packed);
  const failure = await child.ended.finally(() => {
    stopLooking();
    release();
  });
  const result = end(failure);
  terms.signal?.throwIfAborted();
  if (seen.putOff) throw new Postponed();
  return result;
}

function give(job: Writable, bytes: Uint8Array): void {
  job.on("error", () => undefined); // the child went before it had read its job; its end tells
  job.end(bytes);
}
