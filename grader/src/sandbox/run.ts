/**
 * Runs a job to its end, over several children where some are lost: what is lost costs the cell or
 * the exercise that it was at. The first half runs one child: sends the job, accepts messages only in
 * protocol order, and kills the child on timeout or excess output. Nothing that a child says later,
 * and nothing that another child says, can take the place of its answers.
 */
import type { ChildProcess } from "node:child_process";
import { randomBytes } from "node:crypto";
import type { Writable } from "node:stream";
import { setTimeout as pause } from "node:timers/promises";
import type { CaseOutcome } from "../exercise/call";
import { frameReader, pack } from "../exercise/frames";
import type { Value } from "../exercise/value";
import {
  BudgetAccount,
  newBudget,
  reserveOf,
  type Budget,
  type Limits,
  type StopReason,
  type Timeouts,
} from "./budget";
import {
  afterExercise,
  SEAL_BYTES,
  steps,
  withoutCells,
  type Job,
  type JobCell,
  type Message,
  type Step,
} from "./job";
import { parseMessage } from "./messages";
import { lowerPriority, sampleTree, startMeter, SAMPLE_INTERVAL_MS } from "./processes";
import { wrapChildProcess, type Child } from "./startChild";

export type { Timeouts };

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
function startListening(plan: Step[], seal: Uint8Array, hear: (message: Message) => void) {
  const read = frameReader(seal);
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
function supervise(
  child: Child,
  job: Job,
  terms: ChildOptions,
  seal: Uint8Array,
  hear: (m: Message) => void,
) {
  const plan = steps(job);
  const pid = child.pid ?? -1;
  const account = new BudgetAccount(
    job,
    plan,
    startMeter(() => sampleTree(pid)),
    terms,
  );
  const listening = startListening(plan, seal, hear);
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
  const seal = randomBytes(SEAL_BYTES);
  const { end, seen, stopLooking } = supervise(child, job, terms, seal, hear);
  const release = killOnAbort(child, terms.signal);
  give(child.job, Buffer.concat([seal, packed]));
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

// A job, over several children.

export const DEFAULT_TIMEOUTS: Timeouts = {
  start: 15_000,
  step: 3_000,
  longCase: 10_000,
  child: 40_000,
};

const MAX_CHILD_STARTS = 14;
const MAX_SANDBOX_FAULTS = 3;
/** Milliseconds before another try, growing: the machine may be short of something for a moment. */
const RETRY_DELAY_MS = 200;
/** Cells that took less than this are never dropped for being slow. */
const SLOW_CELL_MS = 300;

/**
 * The sandbox itself failed, again and again: the submission is not graded, which is not zero
 * points.
 */
export class SandboxFault extends Error {}

/** How a job is run; everything has a default that suits a job by itself. */
export interface RunOptions extends Partial<Omit<ChildOptions, "slot">> {
  /** Keeps a part of the budget for later jobs of the submission. */
  keepReserve?: boolean;
}

export interface JobResult {
  /** By exercise and case; undefined where none came. */
  outcomes: (CaseOutcome | undefined)[][];
  /**
   * By exercise: why a child was lost at it. It is no outcome, or a loss could pass for an error
   * that a case asks for.
   */
  losses: (string | undefined)[];
  /** By cell: what it threw or why it was stopped. */
  cellErrors: (string | undefined)[];
  /** The cells as the last child ran them: without what lost a child. */
  cells: JobCell[];
}

function nothingYet({ exercises, cells }: Job): JobResult {
  return {
    outcomes: exercises.map(({ cases }) => cases.map(() => undefined)),
    losses: exercises.map(() => undefined),
    cellErrors: cells.map(() => undefined),
    cells,
  };
}

function note(ran: JobResult, message: Message): void {
  if (message.kind === "cell") ran.cellErrors[message.cell] ??= message.error;
  if (message.kind !== "case") return;
  const { exercise, case: i, value, runs, error } = message;
  ran.outcomes[exercise]![i] = error === undefined ? { value, runs } : { error };
}

/** Cells that used up what cells may use, the slowest first, until the others took a third. */
function slowCells(plan: Step[], { costs }: ChildResult): number[] {
  const cells = plan.flatMap((step, i) =>
    step.kind === "cell" ? [{ cell: step.cell, cost: costs[i] ?? 0 }] : [],
  );
  const all = cells.reduce((sum, { cost }) => sum + cost, 0);
  let rest = all;
  const slow: number[] = [];
  for (const { cell, cost } of cells.sort((a, b) => b.cost - a.cost)) {
    if (cost < SLOW_CELL_MS || rest < all / 3) break;
    slow.push(cell);
    rest -= cost;
  }
  return slow;
}

/**
 * Cells from this one on that are left out for lack of time: those that define nothing, and where
 * that does not help, all but those that define an exercise.
 */
function lessNeeded({ cells }: Job, from: number, again: boolean): number[] {
  const stays = ({ needed }: JobCell) =>
    needed === "an exercise" || (needed === "other cells" && !again);
  return cells.flatMap((cell, i) => (i >= from && !stays(cell) ? [i] : []));
}

const TOO_SLOW = "the cells together used up their share of the time, and this one was left out";

/** What is left out where the cells take too long together. */
function afterSlowCells(
  job: Job,
  plan: Step[],
  lost: number,
  ended: ChildResult,
  ran: JobResult,
): Job {
  const again = ran.cellErrors.includes(TOO_SLOW);
  const dropped = new Set([...slowCells(plan, ended), ...lessNeeded(job, lost, again)]);
  for (const i of dropped) {
    if (job.cells[i]!.code !== "") ran.cellErrors[i] = TOO_SLOW;
  }
  return withoutCells(job, dropped);
}

const ONLY_DEFINITIONS = ", so only what it defines was run";

/** Notes the loss of a child at a cell or a case. @returns the job without what was lost */
function afterLoss(job: Job, plan: Step[], lost: Step, ended: ChildResult, ran: JobResult): Job {
  if (lost.kind === "cell") {
    if (ended.overShare) return afterSlowCells(job, plan, lost.cell, ended, ran);
    const again = (job.cells[lost.cell]!.fallbacks ?? []).length > 0 ? ONLY_DEFINITIONS : "";
    ran.cellErrors[lost.cell] = `${ended.reason}${again}`;
    return withoutCells(job, new Set([lost.cell]));
  }
  if (lost.kind !== "case") return job;
  ran.losses[lost.exercise] = ended.reason;
  return afterExercise(job, lost.exercise);
}

/** What did not run since nothing was left of the budget. */
function noteUnrun(job: Job, ran: JobResult, why: string): void {
  for (const [i, { cases }] of job.exercises.entries()) {
    if (cases.length > 0) ran.losses[i] ??= why;
  }
}

function termsOf(slot: number, { keepReserve, ...options }: RunOptions): ChildOptions {
  const budget: Budget = options.budget ?? newBudget(Infinity);
  const reserve = keepReserve && Number.isFinite(budget.total) ? reserveOf(budget) : 0;
  return { timeouts: DEFAULT_TIMEOUTS, ...options, budget, reserve, slot };
}

/**
 * Runs a job to its end. A child that is lost costs the cell or the exercise it was at: the next
 * child leaves that out, and what was finished before. A child that says nothing at all is the
 * sandbox's fault and tried again.
 * @throws SandboxFault, and what runChild throws
 */
export async function runJob(
  launcher: Launcher,
  slot: number,
  job: Job,
  options: RunOptions = {},
): Promise<JobResult> {
  const terms = termsOf(slot, options);
  const ran = nothingYet(job);
  let rest = job;
  let faults = 0;
  for (let starts = 0; starts < MAX_CHILD_STARTS; starts++) {
    const plan = steps(rest);
    const ended = await runChild(launcher, rest, terms, (message) => note(ran, message));
    const lost = plan[ended.at];
    if (ended.reason === undefined || lost === undefined || lost.kind === "end") return ran;
    rest = afterLoss(rest, plan, lost, ended, ran);
    ran.cells = rest.cells;
    if (terms.budget.spent >= terms.budget.total) {
      noteUnrun(rest, ran, ended.reason);
      return ran;
    }
    if (lost.kind !== "ready") continue;
    if (++faults > MAX_SANDBOX_FAULTS) throw new SandboxFault(ended.reason);
    await pause(faults * RETRY_DELAY_MS);
  }
  return ran;
}
