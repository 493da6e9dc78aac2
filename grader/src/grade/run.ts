/**
 * Runs a job in children: checks that messages come in the one order possible, stops what is late
 * or loud, and starts again after a loss.
 */
import type { ChildProcess } from "node:child_process";
import { setTimeout as pause } from "node:timers/promises";
import type { Outcome } from "../call";
import type { Value } from "../value";
import { pack } from "./frames";
import { ERROR_LENGTH, type Job, type Message } from "./job";
import { frameReader } from "./unframe";

/** Where children are started: the sandbox, or an ordinary process when the work is trusted. */
export interface Launcher {
  /** Where the child finds tfjs's WASM. */
  wasm: string;
  /**
   * File descriptors: 0 the job, 3 the results. Each slot runs one child at a time; one that starts
   * others leads a process group.
   */
  start(slot: number): ChildProcess;
}

/**
 * Milliseconds for the first message, for each later one, for that of a long case, and for a child
 * as a whole.
 */
export interface Patience {
  first: number;
  next: number;
  long: number;
  all: number;
}
export const PATIENCE: Patience = { first: 15_000, next: 3_000, long: 10_000, all: 40_000 };

/** All that a child may say, in bytes. */
const LOUDEST = 32 << 20;
const MOST_STARTS = 14;
const MOST_FAULTS = 3;
/** Milliseconds before another try, growing: the machine may be short of something for a moment. */
const PAUSE = 200;

/**
 * The sandbox itself failed, again and again: the submission is not graded, which is not zero
 * points.
 */
export class SandboxFault extends Error {}

interface Ended {
  /** how many messages came in order */ at: number;
  /** why it stopped early */ why?: string;
}

type Step =
  | { kind: "ready" }
  | { kind: "cell"; cell: number }
  | { kind: "case"; exercise: number; case: number }
  | { kind: "end" };

const isLong = (job: Job, step: Step | undefined) =>
  step?.kind === "case" && job.exercises[step.exercise]!.cases[step.case]!.long;

function steps(job: Job): Step[] {
  return [
    { kind: "ready" },
    ...job.cells.map((_, cell): Step => ({ kind: "cell", cell })),
    ...job.exercises.flatMap(({ cases }, exercise) =>
      cases.map((_, i): Step => ({ kind: "case", exercise, case: i })),
    ),
    { kind: "end" },
  ];
}

/** Every field is the submission's. @throws when the message is not the one that must come now */
function expectMessage(value: Value, step: Step | undefined): Message {
  const message = value as unknown as Message & Record<string, unknown>;
  if (typeof message !== "object" || message === null || !step) {
    throw new Error("an unexpected message");
  }
  for (const [key, v] of Object.entries(step)) {
    if (message[key] !== v) throw new Error("a message out of order");
  }
  const error = message.error;
  if (error !== undefined && (typeof error !== "string" || error.length > ERROR_LENGTH)) {
    throw new Error("an overlong error");
  }
  return message;
}

/**
 * Ends the child and its process group. bubblewrap starts a second process, which waits for the
 * first for ever when that is killed at the wrong moment, and would hold the results' pipe open.
 */
function kill(child: ChildProcess): void {
  try {
    process.kill(-child.pid!, "SIGKILL");
  } catch {
    child.kill("SIGKILL"); // it leads no group, or all are gone
  }
}

function runChild(
  launcher: Launcher,
  slot: number,
  job: Job,
  plan: Step[],
  hear: (message: Message) => void,
  patience: Patience,
): Promise<Ended> {
  const packed = pack(job as unknown as Value);
  return new Promise((resolve) => {
    const child = launcher.start(slot);
    const read = frameReader();
    const results = child.stdio[3]!;
    let at = 0;
    let heard = 0;
    let why: string | undefined;
    const stop = (reason: string) => {
      why ??= reason;
      kill(child);
    };
    const late = (ms: number) => setTimeout(() => stop(`it ran longer than ${ms / 1000} s`), ms);
    const whole = late(patience.all);
    let timer = late(patience.first);
    const finish = (ended: Ended) => {
      clearTimeout(timer);
      clearTimeout(whole);
      resolve(ended);
    };
    results.on("data", (chunk: Buffer) => {
      if (why !== undefined) return;
      heard += chunk.length;
      if (heard > LOUDEST) return stop("it wrote too much");
      try {
        for (const value of read(chunk)) {
          const message = expectMessage(value, plan[at]);
          at++;
          hear(message);
          clearTimeout(timer);
          timer = late(isLong(job, plan[at]) ? patience.long : patience.next);
        }
      } catch {
        stop("it disturbed the grader's channel");
      }
    });
    results.on("error", () => undefined);
    child.stdin!.on("error", () => undefined); // it went before it had read its job; "close" tells
    child.stdin!.end(packed);
    child.on("exit", () => kill(child));
    child.on("error", (e) => finish({ at, why: e.message }));
    child.on("close", () =>
      finish({
        at,
        why:
          why ??
          (at === plan.length
            ? undefined
            : "it ended the process, used too much memory or waited for something that never comes"),
      }),
    );
  });
}

export interface Ran {
  /** By exercise and case; undefined where none came. */
  outcomes: (Outcome | undefined)[][];
  /**
   * By exercise: why a child was lost at it. It is no outcome, or a loss could pass for an error
   * that a case asks for.
   */
  losses: (string | undefined)[];
  /** By cell: what it threw or why it was stopped. */
  cellErrors: (string | undefined)[];
  /** Cells whose run lost a child. */
  lostCells: Set<number>;
}

/**
 * Runs a job to its end. A child that is lost costs the cell or the exercise it was at: the next
 * child leaves that out, and what was finished before. A child that says nothing at all is the
 * sandbox's fault and tried again. @throws SandboxFault
 */
export async function runJob(
  launcher: Launcher,
  slot: number,
  job: Job,
  patience = PATIENCE,
): Promise<Ran> {
  const ran: Ran = {
    outcomes: job.exercises.map(({ cases }) => cases.map(() => undefined)),
    losses: job.exercises.map(() => undefined),
    cellErrors: job.cells.map(() => undefined),
    lostCells: new Set(),
  };
  const hear = (message: Message) => {
    if (message.kind === "cell") ran.cellErrors[message.cell] ??= message.error;
    if (message.kind === "case") {
      ran.outcomes[message.exercise]![message.case] =
        message.error === undefined ? { value: message.value } : { error: message.error };
    }
  };
  let left = job;
  let faults = 0;
  for (let starts = 0; starts < MOST_STARTS; starts++) {
    const plan = steps(left);
    const { at, why } = await runChild(launcher, slot, left, plan, hear, patience);
    const lost = plan[at];
    if (why === undefined || lost === undefined || lost.kind === "end") return ran;
    if (lost.kind === "ready") {
      if (++faults > MOST_FAULTS) throw new SandboxFault(why);
      await pause(faults * PAUSE);
    } else if (lost.kind === "cell") {
      ran.cellErrors[lost.cell] = why;
      ran.lostCells.add(lost.cell);
      left = {
        ...left,
        cells: left.cells.map((c, i) => (i === lost.cell ? { ...c, code: "" } : c)),
      };
    } else {
      ran.losses[lost.exercise] = why;
      left = {
        ...left,
        exercises: left.exercises.map((e, i) => (i <= lost.exercise ? { ...e, cases: [] } : e)),
      };
    }
  }
  return ran;
}
