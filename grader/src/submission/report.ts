/**
 * Reports what exercises gave: which of its runs counts, what it earns, and what the student reads
 * about it.
 */
import { isDeepStrictEqual } from "node:util";
import { runCase, type RunCases } from "../exercise/call";
import { diagnose } from "../exercise/diagnose";
import { judge, type Judgment } from "../exercise/judge";
import { formatSeconds } from "../sandbox/budget";
import { NoSandbox } from "../sandbox/bubblewrap";
import { SandboxFault, type RunOptions } from "../sandbox/run";
import { NoAdapter, runShader, type ShaderSource } from "../shaders/runShaders";
import type { PreparedExercise } from "./lesson";
import type { ExerciseRun, Outcomes, RunContext } from "./rounds";

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

/** One run of an exercise, judged. */
export interface JudgedRun extends ExerciseRun {
  judgment?: Judgment;
  /** Why it can't be judged; then there is no judgment. */
  problem?: unknown;
}

/** All runs of one exercise. */
export interface ExerciseRuns {
  exercise: PreparedExercise;
  /** What the child's first round gave; for a shader exercise, the text. */
  returned: Outcomes;
  /** Why there is nothing to judge: it is not defined or not written. */
  missing?: string;
  /** With the student's own functions. */
  own: JudgedRun;
  /** The same, alone in a child. */
  ownAlone?: JudgedRun;
  /** With reference functions in place of the earlier ones. */
  reference?: JudgedRun;
  /** The budget did not suffice for running it again. */
  outOfBudget?: boolean;
  /** What a run threw. */
  problem?: unknown;
}

/** How mutants are run for a diagnosis: undefined for functions, which run in this process. */
export function mutantRunner(
  { content }: Pick<PreparedExercise, "content">,
  shaders: ShaderSource,
  slot: number,
  options: RunOptions = {},
): RunCases | undefined {
  const { shader: spec } = content.exercise;
  if (!spec) return undefined;
  return async (fn, cases) => {
    const text = await runCase(fn, { args: [] });
    const { outcomes } = await runShader(await shaders.open(), slot, spec, text, cases, options);
    return outcomes;
  };
}

/** What a run earns, and what its report says of how it ran. */
interface ReportedRun {
  with: "own" | "reference";
  judgment: Judgment;
  notes: string[];
}

function describeRun(
  exercise: PreparedExercise,
  { judgment, problem, loss }: JudgedRun,
  runWith: "own" | "reference",
): ReportedRun {
  if (!judgment) throw problem;
  const stopped = loss === undefined ? [] : [`It was stopped: ${loss}.`];
  const rerun =
    exercise.earlier.length > 0
      ? "It failed with your earlier functions, so it ran with the reference solution's in their " +
        "place, which counts."
      : "It failed beside your other functions, so it ran alone, which counts.";
  return { with: runWith, judgment, notes: runWith === "own" ? stopped : [rerun, ...stopped] };
}

/**
 * The run with the most points. On ties, the earlier one, but the one with reference functions where
 * it fails in another way: its failures are this function's alone, while those of the student's own
 * run may be an earlier function's, "not written yet: mergePair".
 */
function bestRun({ exercise, own, ownAlone, reference }: ExerciseRuns): ReportedRun {
  const runs = [describeRun(exercise, own, "own")];
  if (ownAlone) runs.push(describeRun(exercise, ownAlone, "own"));
  const best = runs.reduce((a, b) => (b.judgment.points > a.judgment.points ? b : a));
  if (!reference) return best;
  const isolated = describeRun(exercise, reference, "reference");
  if (isolated.judgment.points !== best.judgment.points) {
    return isolated.judgment.points > best.judgment.points ? isolated : best;
  }
  return isDeepStrictEqual(isolated.judgment.failures, best.judgment.failures) ? best : isolated;
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
  const { shaders, slot, budget } = context;
  const { with: runWith, judgment, notes } = bestRun(all);
  if (outOfBudget) {
    const total = formatSeconds(budget.total);
    notes.push(
      `It was not run again with the reference solution's functions: the submission used up its ` +
        `${total}.`,
    );
  }
  const shown = reference ?? ownAlone ?? own;
  const report: ExerciseReport = { name: exercise.entry.name, with: runWith, ...judgment };
  if (notes.length > 0) report.note = notes.join(" ");
  if (judgment.failures.length === 0) return report;
  const runMutants = mutantRunner(exercise, shaders, slot);
  const { content, cases } = exercise;
  const diagnosis = await diagnose(content, cases, shown.outcomes, runMutants);
  if (diagnosis) report.diagnosis = diagnosis;
  return report;
}

/** @throws what stops the grading: a problem of the machine, or the signal's reason */
export async function reportExercise(
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
