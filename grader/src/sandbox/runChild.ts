/**
 * One child: it gets its job, is heard as long as its messages come in the one order possible, and
 * is stopped when it is late or loud. Its answers belong to it: nothing that it says later, and
 * nothing that another child says, can take their place.
 */
import type { ChildProcess } from "node:child_process";
import type { Writable } from "node:stream";
import type { Value } from "../exercise/value";
import { Account, type Limits, type Reason } from "./account";
import { pack, frameReader } from "./frames";
import type { Job, Message } from "./job";
import { parseMessage } from "./messages";
import { steps, type Step } from "./plan";
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
export interface Terms extends Limits {
  slot: number;
  /** Told what the submission has spent so far; says how to go on. */
  onSpent?(spent: number): "go on" | "politely" | "later";
  signal?: AbortSignal;
}

export interface Ended extends Partial<Reason> {
  /** How many messages came in order. */
  at: number;
  /** Milliseconds by step. */
  costs: number[];
}

/** The submission gives way to those that have not had their turn; it starts anew later. */
export class PutOff extends Error {}

/** All that a child may say, in bytes. */
const LOUDEST = 32 << 20;
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
      if (bytes > LOUDEST) return "it wrote too much";
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
function startLooking(look: () => Reason | undefined, at: () => number, stop: (r: Reason) => void) {
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
function supervise(child: Child, job: Job, terms: Terms, hear: (m: Message) => void) {
  const plan = steps(job);
  const pid = child.pid ?? -1;
  const account = new Account(
    job,
    plan,
    startMeter(() => sampleTree(pid)),
    terms,
  );
  const listening = startListening(plan, hear);
  const seen: { stopped?: Reason; putOff: boolean } = { putOff: false };
  const stop = (reason: Reason) => {
    seen.stopped ??= reason;
    child.kill();
  };
  const look = () => {
    account.charge(listening.at);
    const order = terms.onSpent?.(terms.budget.spent);
    if (order === "politely") lowerPriority(pid);
    seen.putOff ||= order === "later";
    if (seen.putOff) stop({ why: "it was put off" });
    return account.overdrawn(listening.at);
  };
  child.results.on("data", (chunk: Buffer) => {
    const fault = seen.stopped ? undefined : listening.take(chunk);
    if (fault !== undefined) stop({ why: fault });
  });
  child.results.on("error", () => undefined);
  const stopLooking = startLooking(look, () => listening.at, stop);
  const end = (failure: string | undefined): Ended => {
    const { at } = listening;
    account.charge(at);
    const vanished = at === plan.length ? undefined : VANISHED;
    return { at, costs: account.costs, ...(seen.stopped ?? { why: failure ?? vanished }) };
  };
  return { end, seen, stopLooking };
}

/**
 * @param hear gets each message that came in order
 * @throws PutOff, StarterLost, or the signal's reason when it is aborted
 */
export async function runChild(
  launcher: Launcher,
  job: Job,
  terms: Terms,
  hear: (message: Message) => void,
): Promise<Ended> {
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
  if (seen.putOff) throw new PutOff();
  return result;
}

function give(job: Writable, bytes: Uint8Array): void {
  job.on("error", () => undefined); // the child went before it had read its job; its end tells
  job.end(bytes);
}
