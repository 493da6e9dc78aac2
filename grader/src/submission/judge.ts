/**
 * Judges what exercises gave: which failed, which may fail because of other functions and run
 * again, which run counts, and what the student reads about it.
 */
import { isDeepStrictEqual } from "node:util";
import { runCase, type CaseOutcome, type RunCases } from "../exercise/call";
import { diagnose, isFullyExplained } from "../exercise/diagnose";
import { forbiddenName } from "../exercise/guard";
import { judge, type Judgment } from "../exercise/judge";
import { formatSeconds } from "../sandbox/budget";
import { NoSandbox } from "../sandbox/bubblewrap";
import { notDefined } from "../sandbox/job";
import { SandboxFault, type RunOptions } from "../sandbox/run";
import { NoAdapter, runShader, type ShaderSource } from "../shaders/runShaders";
import type { Submission } from "./analyze";
import type { PreparedExercise } from "./lesson";
import { forbiddenBy } from "./plan";
import type { ExerciseRun, Outcomes, RunContext } from "./run";

export interface ExerciseReport extends Judgment {
  name: string;
  /** Whose functions stood for the exercises before it. */
  with: "own" | "reference";
  /** Why it was not run, or what to know of how. */
  note?: string;
  /** The message of the mutant that gives the same output. */
  diagnosis?: string;
  /**
   * The machine could not grade it, which is not zero: it counts for nothing, out of no points. The
   * note says why.
   */
  notGraded?: true;
}

/** All runs of one exercise. */
export interface ExerciseRuns {
  exercise: PreparedExercise;
  /** What the child's first round gave; for a shader exercise, the text. */
  returned: Outcomes;
  /** Why there is nothing to judge: it is not defined or not written. */
  missing?: string;
  /** With the student's own functions; absent where there is nothing to judge. */
  own?: ExerciseRun;
  /** The same, alone in a child. */
  ownAlone?: ExerciseRun;
  /** With reference functions in place of the earlier ones. */
  reference?: ExerciseRun;
  /** The budget did not suffice for running it again. */
  outOfBudget?: boolean;
  /** What a run threw. */
  problem?: unknown;
}

export const isText = (outcome: CaseOutcome | undefined): boolean =>
  outcome !== undefined && "value" in outcome && typeof outcome.value === "string";

const hasError = (outcome: CaseOutcome | undefined, error: string) =>
  outcome !== undefined && "error" in outcome && outcome.error === error;

/**
 * Whether the stub threw. What stands before its throw, such as checks of the arguments, may answer
 * some cases, but no case of values, where an answer that lacks a branch has some.
 */
function isUnwritten({ entry, cases }: PreparedExercise, outcomes: Outcomes): boolean {
  const stub = `not written yet: ${entry.name}`;
  const hasValue = (i: number) => cases[i]?.group === "values" && "value" in (outcomes[i] ?? {});
  return outcomes.some((o) => hasError(o, stub)) && !outcomes.some((_, i) => hasValue(i));
}

/** The note of an exercise whose cell is the stub as shipped. */
export const NOT_WRITTEN = "Not written yet.";

/** Why there is nothing to judge; undefined where there is. */
export function whyMissing(
  exercise: PreparedExercise,
  { definitions, missing }: Submission,
  outcomes: Outcomes,
): string | undefined {
  const { name } = exercise.entry;
  if (!definitions[name] && outcomes.every((o) => hasError(o, notDefined(name)))) {
    return missing[name] ?? `No cell defines ${name}.`;
  }
  return isUnwritten(exercise, outcomes) ? NOT_WRITTEN : undefined;
}

/** Whether it met what another exercise of its child forbids, and may use that itself. */
export const metForeignBan = (exercise: PreparedExercise, outcomes: Outcomes): boolean =>
  outcomes.some((o) => {
    const name = o && "error" in o ? forbiddenName(o.error) : undefined;
    return name !== undefined && !forbiddenBy(exercise).includes(name);
  });

const judgeRun = ({ entry, content, cases }: PreparedExercise, { outcomes }: ExerciseRun) =>
  judge(content.exercise, entry.points, cases, outcomes);

/** Whether a run earns all points; undefined where it can't be judged, as its report will say. */
export function earnsAll(exercise: PreparedExercise, run: ExerciseRun): boolean | undefined {
  try {
    return judgeRun(exercise, run).points >= exercise.entry.points;
  } catch {
    return undefined;
  }
}

/** How mutants are run for a diagnosis: undefined for functions, which run in this process. */
export function mutantRunner(
  { content }: Pick<PreparedExercise, "content">,
  kernels: ShaderSource,
  slot: number,
  options: RunOptions = {},
): RunCases | undefined {
  const { shader: kernel } = content.exercise;
  if (!kernel) return undefined;
  return async (fn, cases) => {
    const text = await runCase(fn, { args: [] });
    const { outcomes } = await runShader(await kernels.open(), slot, kernel, text, cases, options);
    return outcomes;
  };
}

/** Whether a shader's outcomes earn all points, or are those of a typical mistake. */
export async function isSettled(
  exercise: PreparedExercise,
  run: ExerciseRun,
  { kernels, slot }: RunContext,
): Promise<boolean> {
  if (judgeRun(exercise, run).points >= exercise.entry.points) return true;
  const runMutants = mutantRunner(exercise, kernels, slot);
  return isFullyExplained(exercise.content, exercise.cases, run.outcomes, runMutants);
}

/** Exercises that failed: those whose failure is their own, and those to run with references. */
export interface Failed {
  ownMistakes: Set<PreparedExercise>;
  rerun: PreparedExercise[];
}

/**
 * Finds the exercises that reference functions may help. They would change nothing where all
 * earlier functions are right and a typical mistake of this one gives every outcome.
 */
export async function findFailed(all: ExerciseRuns[]): Promise<Failed> {
  const failed: Failed = { ownMistakes: new Set(), rerun: [] };
  const right = new Set<string>();
  for (const { exercise, returned, missing } of all) {
    const { content, cases, earlier, entry } = exercise;
    const all = earnsAll(exercise, { outcomes: returned });
    if (all) right.add(entry.name);
    if (all !== false || missing !== undefined || content.exercise.shader) continue;
    if (metForeignBan(exercise, returned)) continue;
    const isOwn =
      earlier.every(({ name }) => right.has(name)) &&
      (await isFullyExplained(content, cases, returned).catch(() => false));
    if (isOwn) failed.ownMistakes.add(exercise);
    else failed.rerun.push(exercise);
  }
  return failed;
}

/** Whether there is a value wherever the grader expects one. */
const hasValues = ({ cases }: PreparedExercise, outcomes: Outcomes) =>
  cases.every(({ group }, i) => group === "errors" || !("error" in (outcomes[i] ?? {})));

/**
 * Of the runs of one child, those that count: the first, those that earn all points, and those that
 * gave wrong values in the same way as the first time. Others may have suffered from an exercise
 * before them, and must run alone.
 */
export function undisturbed(
  first: ReadonlyMap<PreparedExercise, ExerciseRun>,
  again: ReadonlyMap<PreparedExercise, ExerciseRun>,
): Map<PreparedExercise, ExerciseRun> {
  const counting = [...again].filter(([exercise, run], i) => {
    const isSame = isDeepStrictEqual(run, first.get(exercise)) && hasValues(exercise, run.outcomes);
    return i === 0 || isSame || earnsAll(exercise, run);
  });
  return new Map(counting);
}

/** One run, judged. */
interface JudgedRun {
  with: "own" | "reference";
  judgment: Judgment;
  notes: string[];
}

function judgeWith(
  exercise: PreparedExercise,
  run: ExerciseRun,
  runWith: "own" | "reference",
): JudgedRun {
  const stopped = run.loss === undefined ? [] : [`It was stopped: ${run.loss}.`];
  const rerun =
    exercise.earlier.length > 0
      ? "It failed with your earlier functions, so it ran with ours in their place, which counts."
      : "It failed beside your other functions, so it ran alone, which counts.";
  return {
    with: runWith,
    judgment: judgeRun(exercise, run),
    notes: runWith === "own" ? stopped : [rerun, ...stopped],
  };
}

/** The run with the most points; on ties, the earlier one. */
function bestRun({ exercise, own, ownAlone, reference }: ExerciseRuns): JudgedRun {
  const judged = [judgeWith(exercise, own!, "own")];
  if (ownAlone) judged.push(judgeWith(exercise, ownAlone, "own"));
  if (reference) judged.push(judgeWith(exercise, reference, "reference"));
  return judged.reduce((a, b) => (b.judgment.points > a.judgment.points ? b : a));
}

function reportNothing({ entry, content, cases }: PreparedExercise, note: string): ExerciseReport {
  const judgment = judge(content.exercise, entry.points, cases, []);
  return { name: entry.name, with: "own", note, ...judgment, failures: [] };
}

/** The machine lacks what the exercise needs. */
const reportNotGraded = ({ entry }: PreparedExercise, { message }: Error): ExerciseReport => ({
  name: entry.name,
  with: "own",
  notGraded: true,
  note: `Not graded: ${message}.`,
  points: 0,
  maxPoints: 0,
  groups: [],
  failures: [],
});

const isMachineProblem = (problem: unknown): problem is Error =>
  problem instanceof NoAdapter || problem instanceof NoSandbox || problem instanceof SandboxFault;

/** Whether a problem is the machine's and none of a shader, so that nothing can be graded. */
export const stopsGrading = ({ content }: PreparedExercise, problem: unknown): boolean =>
  isMachineProblem(problem) && !content.exercise.shader;

function reportProblem(exercise: PreparedExercise, problem: unknown): ExerciseReport {
  if (isMachineProblem(problem)) return reportNotGraded(exercise, problem);
  const message = problem instanceof Error ? problem.message : String(problem);
  return reportNothing(exercise, `It could not be judged: ${message}.`);
}

/**
 * The best run's points, and the diagnosis. The run with reference functions shows what is wrong
 * with this function and not with one before it, so it is the one that is diagnosed.
 */
async function reportBest(all: ExerciseRuns, context: RunContext): Promise<ExerciseReport> {
  const { exercise, own, ownAlone, reference, outOfBudget } = all;
  const { kernels, slot, budget } = context;
  const { with: runWith, judgment, notes } = bestRun(all);
  if (outOfBudget) {
    const total = formatSeconds(budget.total);
    notes.push(`It was not run again with ours: the submission used up its ${total}.`);
  }
  const shown = reference ?? ownAlone ?? own!;
  const runMutants = mutantRunner(exercise, kernels, slot);
  const diagnosis =
    judgment.failures.length > 0
      ? await diagnose(exercise.content, exercise.cases, shown.outcomes, runMutants)
      : undefined;
  return {
    name: exercise.entry.name,
    with: runWith,
    ...judgment,
    ...(notes.length > 0 ? { note: notes.join(" ") } : {}),
    ...(diagnosis ? { diagnosis } : {}),
  };
}

/** @throws what stops the grading: a problem of the machine, or the signal's reason */
export async function judgeExercise(
  runs: ExerciseRuns,
  context: RunContext,
): Promise<ExerciseReport> {
  const { exercise, missing } = runs;
  if (missing !== undefined) return reportNothing(exercise, missing);
  if (runs.problem !== undefined) return reportProblem(exercise, runs.problem);
  try {
    return await reportBest(runs, context);
  } catch (problem) {
    if (context.signal?.aborted || stopsGrading(exercise, problem)) throw problem;
    return reportProblem(exercise, problem);
  }
}
