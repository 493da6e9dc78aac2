/** What the parent asks of a child, and what a child may say. */
import type { OpRun } from "../exercise/cost";
import type { Value } from "../exercise/value";

/** A script, and whether it evaluates to a promise. */
export interface Code {
  code: string;
  awaits: boolean;
}

export interface Job {
  /** Where the WASM binary lies in the child's world. */
  wasm: string;
  /** What `import … from "solutions"` gives: the text of a CommonJS module. */
  solutions: string;
  /** JavaScript; empty for a cell that is left out. An awaiting cell evaluates to a promise. */
  cells: JobCell[];
  exercises: JobExercise[];
}
export interface JobCell extends Code {
  /** What may depend on it, where there is not enough time for all cells; nothing unless given. */
  needed?: "other cells" | "an exercise";
  /** What runs in its place, one after another, where the cell loses its child. */
  fallbacks?: Code[];
}
export interface JobExercise {
  name: string;
  /** A cell to run again before the exercise, or −1. */
  cell: number;
  /**
   * Reference functions that take the place of the student's from this exercise on, each exported
   * by a module as above.
   */
  references: { name: string; code: string }[];
  /** Functions of tfjs that are gone from the first case on, for all later exercises too. */
  forbid: string[];
  cases: JobCase[];
}
export interface JobCase {
  args: Value[];
  wrt?: string[];
  output?: string;
  /** The squares of its result are differentiated. */
  squared?: true;
  /** A call must dispose of all tensors that it makes, except those of its result. */
  tidy?: true;
  /** Its result may hold no list, map, array or tensor of the arguments. */
  fresh?: true;
  /** It may not return a promise. */
  sync?: boolean;
  /** What it runs is to be recorded. */
  cost?: true;
  /** It may take its time. */
  long?: boolean;
}

/** A job that asks nothing. */
export const emptyJob = (wasm = ""): Job => ({
  wasm,
  solutions: "",
  cells: [],
  exercises: [],
});

/**
 * A number of this length, drawn for each child, stands before the job and before each message of
 * the child.
 */
export const SEAL_BYTES = 16;

/**
 * The child's messages come in exactly this order: ready, each cell, each case of each exercise,
 * end.
 */
export type Message =
  | { kind: "ready" }
  | { kind: "cell"; cell: number; error?: string }
  | { kind: "case"; exercise: number; case: number; value?: Value; runs?: OpRun[]; error?: string }
  | { kind: "end" };

export const MAX_ERROR_LENGTH = 600;

/** What the child says of an exercise that no cell has defined. */
export const notDefined = (name: string): string => `${name} is not defined`;

// The one order in which a child's messages come, and what is left of a job after a loss.

export type Step =
  | { kind: "ready" }
  | { kind: "cell"; cell: number }
  | { kind: "case"; exercise: number; case: number }
  | { kind: "end" };

export function steps(job: Job): Step[] {
  return [
    { kind: "ready" },
    ...job.cells.map((_, cell): Step => ({ kind: "cell", cell })),
    ...job.exercises.flatMap(({ cases }, exercise) =>
      cases.map((_, i): Step => ({ kind: "case", exercise, case: i })),
    ),
    { kind: "end" },
  ];
}

/** Whether the step may take its time. */
export const isLong = (job: Job, step: Step | undefined): boolean =>
  step?.kind === "case" && job.exercises[step.exercise]!.cases[step.case]!.long === true;

const NOTHING = { code: "", awaits: false };

/** The next version of a cell that can't run as it is: in the end nothing. */
const nextVersion = ({ fallbacks = [], ...cell }: JobCell): JobCell => ({
  ...cell,
  ...(fallbacks[0] ?? NOTHING),
  fallbacks: fallbacks.slice(1),
});

/** Without these cells, or with what stands in for them. */
export function withoutCells(job: Job, dropped: ReadonlySet<number>): Job {
  const cells = job.cells.map((cell, i) => (dropped.has(i) ? nextVersion(cell) : cell));
  return { ...job, cells };
}

/** Without an exercise and those before it, which are finished. */
export function afterExercise(job: Job, exercise: number): Job {
  const exercises = job.exercises.map((e, i) => (i <= exercise ? { ...e, cases: [] } : e));
  return { ...job, exercises };
}

/** Exercises that still have something to run, from this one on. */
export const waitingFrom = (job: Job, exercise: number): number =>
  job.exercises.filter(({ cases }, i) => i >= exercise && cases.length > 0).length;
