/**
 * Rounds: what a submission's children run, planned as plain data, and its run. First all exercises
 * in one child, with the student's own functions; then those that failed, with reference functions
 * in place of the student's earlier ones, together in one child where that gives what each would
 * give alone, else in a child each. Nothing here knows what is right: what comes out are the outcomes
 * of each exercise.
 */
import type { CaseOutcome } from "../exercise/call";
import { MIN_CHILD_BUDGET_MS, remaining, type Budget } from "../sandbox/budget";
import type { JobCase, JobExercise, Job, JobCell } from "../sandbox/job";
import { runJob, type Launcher, type RunOptions } from "../sandbox/run";
import {
  runShader,
  runShaders,
  type ShaderSource,
  type ShaderOutcomes,
} from "../shaders/runShaders";
import type { PreparedExercise, PreparedLesson, ReferenceFunction } from "./lesson";
import type { Submission } from "./notebook";

/** What every plan of a submission is made from. */
export interface PlanInput {
  lesson: PreparedLesson;
  submission: Submission;
  /** Where the child finds tfjs's WASM. */
  wasm: string;
}

/** One job, and which exercises it runs. */
export interface Round {
  /** In the order in which the job runs them. */
  exercises: PreparedExercise[];
  job: Job;
  /** Whether a part of the budget is kept for later rounds. */
  keepReserve: boolean;
  /** How many exercises outside this round still need their part of the budget. */
  otherExercises: number;
}

/** Functions of tfjs that an exercise may not use. */
export const forbiddenBy = ({ content }: PreparedExercise): string[] =>
  content.exercise.forbid ?? [];

/** What the child runs: all cases, or a shader exercise's function once, since it returns a text. */
export function jobCases({ content, cases }: PreparedExercise): JobCase[] {
  if (content.exercise.shader) return [{ args: [] }];
  const sync = content.exercise.async === false;
  return cases.map(({ args, wrt, output, squared, tidy, fresh, group, cost }) => {
    const request: JobCase = { args };
    if (sync) request.sync = sync;
    if (wrt) request.wrt = wrt;
    if (output !== undefined) request.output = output;
    if (squared) request.squared = squared;
    if (tidy) request.tidy = tidy;
    if (fresh) request.fresh = fresh;
    if (cost) request.cost = true;
    if (group === "cost") request.long = true;
    return request;
  });
}

/** @param references functions that take the place of the student's */
function jobExercise(
  exercise: PreparedExercise,
  { definitions }: Submission,
  references: ReferenceFunction[],
): JobExercise {
  const { name } = exercise.entry;
  const definition = definitions[name];
  return {
    name,
    cell: definition?.shadowed ? definition.cell : -1,
    references: references.map(({ name, code }) => ({ name, code })),
    forbid: forbiddenBy(exercise),
    cases: jobCases(exercise),
  };
}

function jobCells({ cells, definitions }: Submission): JobCell[] {
  const defining = new Set(Object.values(definitions).map((d) => d.cell));
  return cells.map(({ code, awaits, fallbacks, declares }, i): JobCell => {
    if (defining.has(i)) return { code, awaits, fallbacks, needed: "an exercise" };
    return declares ? { code, awaits, needed: "other cells" } : { code, awaits };
  });
}

/** How many exercises of the lesson come after this one, and may still need to run. */
export const exercisesAfter = (exercise: PreparedExercise, { exercises }: PreparedLesson): number =>
  exercises.length - 1 - exercises.indexOf(exercise);

/** All exercises with the student's own functions, in one child. */
export function planFirstRound({ lesson, submission, wasm }: PlanInput): Round {
  // what an exercise forbids is gone for all exercises after it, so those that forbid less run first
  const exercises = [...lesson.exercises].sort(
    (a, b) => forbiddenBy(a).length - forbiddenBy(b).length,
  );
  const job: Job = {
    wasm,
    solutions: lesson.solutions.code,
    cells: jobCells(submission),
    exercises: exercises.map((exercise) => jobExercise(exercise, submission, [])),
  };
  return { exercises, job, keepReserve: true, otherExercises: 0 };
}

function planRerun(
  { lesson, submission, wasm }: PlanInput,
  exercises: PreparedExercise[],
  cells: JobCell[],
  references: (exercise: PreparedExercise) => ReferenceFunction[],
): Round {
  const job: Job = {
    wasm,
    solutions: lesson.solutions.code,
    cells,
    exercises: exercises.map((e) => jobExercise(e, submission, references(e))),
  };
  const otherExercises = exercisesAfter(exercises.at(-1)!, lesson);
  return { exercises, job, keepReserve: false, otherExercises };
}

/**
 * Whether an exercise may run after others in one child: reference functions that it may not meet
 * must not be there, and what it may use must not be gone.
 */
function mayFollow(exercise: PreparedExercise, before: PreparedExercise[]): boolean {
  const known = new Set(exercise.earlier.map(({ name }) => name));
  const forbidden = new Set(forbiddenBy(exercise));
  return before.every(
    (b) =>
      b.earlier.every(({ name }) => known.has(name)) &&
      forbiddenBy(b).every((name) => forbidden.has(name)),
  );
}

/**
 * Exercises that failed, in one child, each with reference functions in place of the student's
 * earlier ones. They run in the lesson's order, so that a reference function arrives only after the
 * student's own has answered.
 * @param cells without those that lost a child, since they would lose the next one too
 * @returns undefined where fewer than two can run together
 */
export function planJointRerun(
  input: PlanInput,
  failed: PreparedExercise[],
  cells: JobCell[],
): Round | undefined {
  const group: PreparedExercise[] = [];
  for (const exercise of failed) if (mayFollow(exercise, group)) group.push(exercise);
  if (group.length < 2) return undefined;
  return planRerun(input, group, cells, (exercise) => exercise.earlier);
}

/** One exercise in a child of its own. @param cells as for planJointRerun */
export const planSingleRerun = (
  input: PlanInput,
  exercise: PreparedExercise,
  cells: JobCell[],
  runWith: "own" | "reference",
): Round => planRerun(input, [exercise], cells, () => (runWith === "own" ? [] : exercise.earlier));

/** Where a submission runs, and what it may spend. */
export interface RunContext extends Pick<RunOptions, "onSpent" | "signal"> {
  launcher: Launcher;
  shaders: ShaderSource;
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
  return runShaders(await context.shaders.open(), context.slot, all, options);
}

/** One shader in a child of its own. */
export async function runShaderText(
  { exercise, text }: ShaderText,
  lesson: PreparedLesson,
  context: RunContext,
): Promise<ShaderOutcomes> {
  const options = shaderOptions(exercise, lesson, context);
  const spec = exercise.content.exercise.shader!;
  const launcher = await context.shaders.open();
  return runShader(launcher, context.slot, spec, text, exercise.cases, options);
}
