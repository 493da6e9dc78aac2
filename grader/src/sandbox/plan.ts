/** The one order in which a child's messages come, and what is left of a job after a loss. */
import type { Job, JobCell } from "./job";

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
