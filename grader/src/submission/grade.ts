/**
 * One submission's way: planned, run with the student's own functions, run again with reference
 * functions where that may help, judged, diagnosed and reported. gradeSubmission is the whole way;
 * each step hands plain data to the next.
 */
import { newBudget, type Budget } from "../sandbox/budget";
import type { JobCell } from "../sandbox/job";
import { Postponed } from "../sandbox/runChild";
import type { Submission } from "./analyze";
import {
  earnsAll,
  findFailed,
  isSettled,
  isText,
  judgeExercise,
  metForeignBan,
  stopsGrading,
  undisturbed,
  whyMissing,
  type ExerciseReport,
  type ExerciseRuns,
} from "./judge";
import type { PreparedExercise, PreparedLesson } from "./lesson";
import { planFirstRound, planJointRerun, planSingleRerun, type PlanInput } from "./plan";
import {
  canStartChild,
  runRound,
  runShaderText,
  runShaderTexts,
  type ExerciseRun,
  type RoundResult,
  type RunContext,
} from "./run";

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

type Runs = Map<PreparedExercise, ExerciseRun>;

/** What was run of each exercise in the first round, and why there is nothing to judge. */
function startRuns({ lesson, submission }: PlanInput, { runs }: RoundResult): ExerciseRuns[] {
  return lesson.exercises.map((exercise) => {
    const own = runs.get(exercise)!;
    const missing = whyMissing(exercise, submission, own.outcomes);
    return { exercise, returned: own.outcomes, missing, own };
  });
}

const mustStop = (problem: unknown, { signal }: RunContext) =>
  problem instanceof Postponed || signal?.aborted === true;

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
      const run = together[i]!;
      const { exercise } = shader;
      const counts =
        i === 0 || !canStartChild(context) || (await isSettled(exercise, run, context));
      found.set(exercise, counts ? run : await runShaderText(shader, lesson, context));
    }
    return found;
  } catch (problem) {
    if (mustStop(problem, context)) throw problem;
    return new Map() as Runs;
  }
}

/** Runs together what failed, and returns the runs that count. */
async function rerunTogether(
  input: PlanInput,
  all: ExerciseRuns[],
  first: RoundResult,
  context: RunContext,
): Promise<Runs> {
  const { ownMistakes, rerun } = await findFailed(all);
  const unchanged: Runs = new Map([...ownMistakes].map((e) => [e, first.runs.get(e)!]));
  const round = canStartChild(context) ? planJointRerun(input, rerun, first.cells) : undefined;
  if (!round) return unchanged;
  const again = await runRound(round, context);
  return new Map([...unchanged, ...undisturbed(first.runs, again.runs)]);
}

/** One exercise in a child of its own, and its shader in another. */
async function runAlone(
  input: PlanInput,
  exercise: PreparedExercise,
  cells: JobCell[],
  runWith: "own" | "reference",
  context: RunContext,
): Promise<ExerciseRun> {
  const { runs } = await runRound(planSingleRerun(input, exercise, cells, runWith), context);
  return withShader(input, exercise, runs.get(exercise)!, context);
}

/** The outcomes of all cases: of a shader exercise, what running the returned text gives. */
async function withShader(
  { lesson }: PlanInput,
  exercise: PreparedExercise,
  run: ExerciseRun,
  context: RunContext,
  known?: ExerciseRun,
): Promise<ExerciseRun> {
  if (!exercise.content.exercise.shader) return run;
  const shader = { exercise, text: run.outcomes[0] };
  const { outcomes, loss } = known ?? (await runShaderText(shader, lesson, context));
  return { outcomes, loss: run.loss ?? loss };
}

/** Completes one exercise's runs: its shader, and alone what did not run together. */
async function completeRuns(
  input: PlanInput,
  start: ExerciseRuns,
  cells: JobCell[],
  known: { shader?: ExerciseRun; reference?: ExerciseRun },
  context: RunContext,
): Promise<ExerciseRuns> {
  const { exercise, returned } = start;
  const own = await withShader(input, exercise, start.own!, context, known.shader);
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

  const first = await runRound(planFirstRound(input), context);
  const started = startRuns(input, first);
  const shaders = await runTexts(input, started, context);
  const references = await rerunTogether(input, started, first, context);

  const exercises: ExerciseReport[] = [];
  for (const start of started) {
    const { exercise } = start;
    const known = { shader: shaders.get(exercise), reference: references.get(exercise) };
    const runs = await tryCompleteRuns(input, start, first.cells, known, context);
    exercises.push(await judgeExercise(runs, context));
  }
  return { exercises, cells: reportCells(submission, first.cellErrors) };
}
