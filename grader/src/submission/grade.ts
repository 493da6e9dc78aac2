/**
 * One submission's way: planned, run with the student's own functions, run again with reference
 * functions where that may help, judged and reported. gradeSubmission is the whole way; each step
 * hands plain data to the next. rounds.ts plans and runs, this file decides between rounds what runs
 * again and which run counts, report.ts writes what the student reads.
 */
import { isDeepStrictEqual } from "node:util";
import type { CaseOutcome } from "../exercise/call";
import { isFullyExplained } from "../exercise/diagnose";
import { forbiddenName } from "../exercise/guard";
import { judge } from "../exercise/judge";
import { newBudget, type Budget } from "../sandbox/budget";
import { notDefined, type JobCell } from "../sandbox/job";
import { Postponed } from "../sandbox/run";
import type { PreparedExercise, PreparedLesson } from "./lesson";
import type { Submission } from "./notebook";
import {
  mutantRunner,
  reportExercise,
  stopsGrading,
  type ExerciseReport,
  type ExerciseRuns,
  type JudgedRun,
} from "./report";
import {
  canStartChild,
  forbiddenBy,
  planFirstRound,
  planJointRerun,
  planSingleRerun,
  runRound,
  runShaderText,
  runShaderTexts,
  type ExerciseRun,
  type Outcomes,
  type PlanInput,
  type Round,
  type RunContext,
} from "./rounds";

export type { ExerciseReport };

export interface CellReport {
  number: number;
  message: string;
}
export interface SubmissionReport {
  exercises: ExerciseReport[];
  /** Cells that did not run or threw. */
  cells: CellReport[];
}

type Runs = Map<PreparedExercise, JudgedRun>;

/** What a round gave, judged. */
interface JudgedRound {
  runs: Runs;
  /** By cell: what it threw or why it was stopped. */
  cellErrors: (string | undefined)[];
  /** The cells without those that lost a child. */
  cells: JobCell[];
}

/** Adds what a run earns, or why it can't be judged. */
function judgeRun({ content, entry, cases }: PreparedExercise, run: ExerciseRun): JudgedRun {
  try {
    return { ...run, judgment: judge(content.exercise, entry.points, cases, run.outcomes) };
  } catch (problem) {
    return { ...run, problem };
  }
}

/** Whether a run earns all points; undefined where it can't be judged, as its report will say. */
const earnsAll = ({ entry }: PreparedExercise, { judgment }: JudgedRun): boolean | undefined =>
  judgment && judgment.points >= entry.points;

async function runAndJudge(round: Round, context: RunContext): Promise<JudgedRound> {
  const { runs, ...rest } = await runRound(round, context);
  const judged = [...runs].map(([exercise, run]): [PreparedExercise, JudgedRun] => [
    exercise,
    judgeRun(exercise, run),
  ]);
  return { ...rest, runs: new Map(judged) };
}

// What the first round says of an exercise.

const isText = (outcome: CaseOutcome | undefined): boolean =>
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
function whyMissing(
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

/** What was run of each exercise in the first round, and why there is nothing to judge. */
function startRuns({ lesson, submission }: PlanInput, { runs }: JudgedRound): ExerciseRuns[] {
  return lesson.exercises.map((exercise) => {
    const own = runs.get(exercise)!;
    const missing = whyMissing(exercise, submission, own.outcomes);
    return { exercise, returned: own.outcomes, missing, own };
  });
}

/** Whether it met what another exercise of its child forbids, and may use that itself. */
const metForeignBan = (exercise: PreparedExercise, outcomes: Outcomes): boolean =>
  outcomes.some((o) => {
    const name = o && "error" in o ? forbiddenName(o.error) : undefined;
    return name !== undefined && !forbiddenBy(exercise).includes(name);
  });

// Shaders, whose text the first round gave.

const mustStop = (problem: unknown, { signal }: RunContext) =>
  problem instanceof Postponed || signal?.aborted === true;

/** Whether a shader's outcomes earn all points, or are those of a typical mistake. */
async function isSettled(
  exercise: PreparedExercise,
  run: JudgedRun,
  { shaders, slot }: RunContext,
): Promise<boolean> {
  if (run.problem !== undefined) throw run.problem;
  if (earnsAll(exercise, run)) return true;
  const runMutants = mutantRunner(exercise, shaders, slot);
  return isFullyExplained(exercise.content, exercise.cases, run.outcomes, runMutants);
}

/**
 * Runs all shaders together. What failed after another shader runs again alone, since that one may
 * have disturbed the driver. Where this step fails, each runs alone later, and its report says why.
 */
async function runTexts({ lesson }: PlanInput, all: ExerciseRuns[], context: RunContext) {
  const texts = all
    .filter(({ exercise, returned }) => exercise.content.exercise.shader && isText(returned[0]))
    .map(({ exercise, returned }) => ({ exercise, text: returned[0] }));
  const found: Runs = new Map();
  try {
    const together = await runShaderTexts(texts, lesson, context);
    for (const [i, shader] of texts.entries()) {
      const { exercise } = shader;
      const run = judgeRun(exercise, together[i]!);
      const counts =
        i === 0 || !canStartChild(context) || (await isSettled(exercise, run, context));
      const alone = () => runShaderText(shader, lesson, context);
      found.set(exercise, counts ? run : judgeRun(exercise, await alone()));
    }
    return found;
  } catch (problem) {
    if (mustStop(problem, context)) throw problem;
    return new Map() as Runs;
  }
}

/** The outcomes of all cases: of a shader exercise, what running the returned text gives. */
async function withShader(
  { lesson }: PlanInput,
  exercise: PreparedExercise,
  run: JudgedRun,
  context: RunContext,
  known?: JudgedRun,
): Promise<JudgedRun> {
  if (!exercise.content.exercise.shader) return run;
  const shader = { exercise, text: run.outcomes[0] };
  const { outcomes, loss } = known ?? (await runShaderText(shader, lesson, context));
  return judgeRun(exercise, { outcomes, loss: run.loss ?? loss });
}

// What runs again.

/** Exercises that failed: those whose failure is their own, and those to run with references. */
interface Failed {
  ownMistakes: Set<PreparedExercise>;
  rerun: PreparedExercise[];
}

/**
 * Finds the exercises that reference functions may help. They would change nothing where all
 * earlier functions are right and a typical mistake of this one gives every outcome.
 */
async function findFailed(all: ExerciseRuns[]): Promise<Failed> {
  const failed: Failed = { ownMistakes: new Set(), rerun: [] };
  const right = new Set<string>();
  for (const { exercise, returned, missing, own } of all) {
    const { content, cases, earlier, entry } = exercise;
    const all = earnsAll(exercise, own);
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
function undisturbed(first: Runs, again: Runs): Runs {
  const counting = [...again].filter(([exercise, run], i) => {
    const isSame = isDeepStrictEqual(run, first.get(exercise)) && hasValues(exercise, run.outcomes);
    return i === 0 || isSame || earnsAll(exercise, run);
  });
  return new Map(counting);
}

/** Runs together what failed, and returns the runs that count. */
async function rerunTogether(
  input: PlanInput,
  all: ExerciseRuns[],
  first: JudgedRound,
  context: RunContext,
): Promise<Runs> {
  const { ownMistakes, rerun } = await findFailed(all);
  const unchanged: Runs = new Map([...ownMistakes].map((e) => [e, first.runs.get(e)!]));
  const round = canStartChild(context) ? planJointRerun(input, rerun, first.cells) : undefined;
  if (!round) return unchanged;
  const again = await runAndJudge(round, context);
  return new Map([...unchanged, ...undisturbed(first.runs, again.runs)]);
}

/** One exercise in a child of its own, and its shader in another. */
async function runAlone(
  input: PlanInput,
  exercise: PreparedExercise,
  cells: JobCell[],
  runWith: "own" | "reference",
  context: RunContext,
): Promise<JudgedRun> {
  const { runs } = await runAndJudge(planSingleRerun(input, exercise, cells, runWith), context);
  return withShader(input, exercise, runs.get(exercise)!, context);
}

/** Completes one exercise's runs: its shader, and alone what did not run together. */
async function completeRuns(
  input: PlanInput,
  start: ExerciseRuns,
  cells: JobCell[],
  known: { shader?: JudgedRun; reference?: JudgedRun },
  context: RunContext,
): Promise<ExerciseRuns> {
  const { exercise, returned } = start;
  const own = await withShader(input, exercise, start.own, context, known.shader);
  const runs: ExerciseRuns = { ...start, own };
  const isShader = exercise.content.exercise.shader !== undefined && isText(returned[0]);
  if (isShader || earnsAll(exercise, own) !== false) return runs;
  if (known.reference) return { ...runs, reference: known.reference };
  if (!canStartChild(context)) return { ...runs, outOfBudget: true };
  if (metForeignBan(exercise, own.outcomes)) {
    runs.ownAlone = await runAlone(input, exercise, cells, "own", context);
    if (earnsAll(exercise, runs.ownAlone) !== false) return runs;
  }
  return { ...runs, reference: await runAlone(input, exercise, cells, "reference", context) };
}

/** Like completeRuns, but what a run throws costs its own exercise alone. */
async function tryCompleteRuns(...args: Parameters<typeof completeRuns>): Promise<ExerciseRuns> {
  const [, start, , , context] = args;
  if (start.missing !== undefined) return start;
  try {
    return await completeRuns(...args);
  } catch (problem) {
    if (mustStop(problem, context) || stopsGrading(start.exercise, problem)) throw problem;
    return { ...start, problem };
  }
}

/** @param cellErrors what running the cells gave, by cell */
function reportCells({ cells }: Submission, cellErrors: (string | undefined)[]): CellReport[] {
  return cells.flatMap(({ number, error }, i) => {
    const message = error ?? cellErrors[i];
    return message === undefined ? [] : [{ number, message }];
  });
}

/** @throws Postponed, SandboxFault, and the signal's reason when it is aborted */
export async function gradeSubmission(
  lesson: PreparedLesson,
  submission: Submission,
  place: Omit<RunContext, "budget"> & { budget?: Budget },
): Promise<SubmissionReport> {
  // a project, marked by hand: its cells may run for hours, and no point depends on them
  if (lesson.exercises.length === 0) return { exercises: [], cells: reportCells(submission, []) };
  const context: RunContext = { ...place, budget: place.budget ?? newBudget() };
  const input: PlanInput = { lesson, submission, wasm: place.launcher.wasm };

  const first = await runAndJudge(planFirstRound(input), context);
  const started = startRuns(input, first);
  const shaders = await runTexts(input, started, context);
  const references = await rerunTogether(input, started, first, context);

  const exercises: ExerciseReport[] = [];
  for (const start of started) {
    const { exercise } = start;
    const known = { shader: shaders.get(exercise), reference: references.get(exercise) };
    const runs = await tryCompleteRuns(input, start, first.cells, known, context);
    exercises.push(await reportExercise(runs, context));
  }
  return { exercises, cells: reportCells(submission, first.cellErrors) };
}
