/**
 * Runs a planned round in children, and shaders in theirs. Nothing here knows what is right: what
 * comes out are the outcomes of each exercise.
 */
import type { CaseOutcome } from "../exercise/call";
import { MIN_CHILD_BUDGET_MS, remaining, type Budget } from "../sandbox/budget";
import type { JobCell } from "../sandbox/job";
import { runJob, type Launcher, type RunOptions } from "../sandbox/run";
import {
  runShader,
  runShaders,
  type ShaderSource,
  type ShaderOutcomes,
} from "../shaders/runShaders";
import type { PreparedExercise, PreparedLesson } from "./lesson";
import { exercisesAfter, type Round } from "./plan";

/** Where a submission runs, and what it may spend. */
export interface RunContext extends Pick<RunOptions, "onSpent" | "signal"> {
  launcher: Launcher;
  kernels: ShaderSource;
  /** Of the launcher and of the shaders, free while the submission is graded. */
  slot: number;
  /** For everything that the submission runs. */
  budget: Budget;
}

/** By case; undefined where none came. */
export type Outcomes = (CaseOutcome | undefined)[];

/** What running one exercise gave. */
export interface ExerciseRun {
  outcomes: Outcomes;
  /** Why the child was lost, if it was. */
  loss?: string;
}

export interface RoundResult {
  runs: Map<PreparedExercise, ExerciseRun>;
  /** By cell: what it threw or why it was stopped. */
  cellErrors: (string | undefined)[];
  /** The cells without those that lost a child. */
  cells: JobCell[];
}

export const canStartChild = ({ budget }: RunContext): boolean =>
  remaining(budget) >= MIN_CHILD_BUDGET_MS;

/** @throws Postponed, SandboxFault, and the signal's reason when it is aborted */
export async function runRound(round: Round, context: RunContext): Promise<RoundResult> {
  const { exercises, job, keepReserve, otherExercises } = round;
  const { launcher, slot, budget, onSpent, signal } = context;
  const options = { budget, onSpent, signal, keepReserve, otherExercises };
  const { outcomes, losses, cellErrors, cells } = await runJob(launcher, slot, job, options);
  const runs = exercises.map((exercise, i): [PreparedExercise, ExerciseRun] => [
    exercise,
    { outcomes: outcomes[i]!, loss: losses[i] },
  ]);
  return { runs: new Map(runs), cellErrors, cells };
}

/** A shader exercise, and what the student's function returned: the shader's text or an error. */
export interface ShaderText {
  exercise: PreparedExercise;
  text: CaseOutcome | undefined;
}

function shaderOptions(last: PreparedExercise, lesson: PreparedLesson, context: RunContext) {
  const { budget, onSpent, signal } = context;
  return { budget, onSpent, signal, otherExercises: exercisesAfter(last, lesson) };
}

/** All shaders of a submission in one child. */
export async function runShaderTexts(
  texts: ShaderText[],
  lesson: PreparedLesson,
  context: RunContext,
): Promise<ShaderOutcomes[]> {
  if (texts.length === 0) return [];
  const all = texts.map(({ exercise, text }) => ({
    spec: exercise.content.exercise.shader!,
    text,
    cases: exercise.cases,
  }));
  const options = shaderOptions(texts.at(-1)!.exercise, lesson, context);
  return runShaders(await context.kernels.open(), context.slot, all, options);
}

/** One shader in a child of its own. */
export async function runShaderText(
  { exercise, text }: ShaderText,
  lesson: PreparedLesson,
  context: RunContext,
): Promise<ShaderOutcomes> {
  const options = shaderOptions(exercise, lesson, context);
  const spec = exercise.content.exercise.shader!;
  const kernels = await context.kernels.open();
  return runShader(kernels, context.slot, spec, text, exercise.cases, options);
}
