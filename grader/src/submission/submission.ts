/**
 * One submission: run with the student's own functions, again with ours where that failed, judged
 * and diagnosed.
 */
import { runCase, type CaseOutcome, type RunCases } from "../exercise/call";
import { diagnose, isFullyExplained } from "../exercise/diagnose";
import { judge, type Judgment } from "../exercise/judge";
import type { Submission } from "./analyze";
import {
  asked,
  finish,
  optionsOf,
  runAllKernels,
  runAlone,
  runFailed,
  type Answers,
  type Failed,
  type Place,
  type Room,
} from "./asking";
import { left, LEAST_LEFT, newBudget, seconds } from "../sandbox/budget";
import { NoSandbox } from "../sandbox/bubblewrap";
import type { JobCell } from "../sandbox/job";
import {
  NoAdapter,
  runShader,
  type ShaderSource,
  type ShaderOutcomes,
} from "../shaders/runShaders";
import type { PreparedExercise, PreparedLesson } from "./lesson";
import { PutOff } from "../sandbox/runChild";
import { runJob, SandboxFault, type Ran, type RunOptions } from "../sandbox/run";
import { forbidden, metOthersBan, undefinedIn, unwritten, type Outcomes } from "./outcomes";

export interface ExerciseReport extends Judgment {
  name: string;
  /** Whose functions stood for the exercises before it. */
  with: "own" | "reference";
  /** Why it was not run, or what to know of how. */
  note?: string;
  /** The sentence of the mutant that gives the same output. */
  diagnosis?: string;
  /**
   * Nobody could look at it, which is not zero: it counts for nothing, `of` nothing. The note says
   * why.
   */
  notGraded?: true;
}
export interface CellReport {
  number: number;
  message: string;
}
export interface SubmissionReport {
  exercises: ExerciseReport[];
  /** Cells that did not run or threw. */
  cells: CellReport[];
}

const isText = (outcome: CaseOutcome | undefined) =>
  outcome !== undefined && "value" in outcome && typeof outcome.value === "string";

/** How mutants are run for a diagnosis; those of a kernel where kernels are. */
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
    const ran = await runShader(await kernels.open(), slot, kernel, text, cases, options);
    return ran.outcomes;
  };
}

interface Judged extends Answers {
  report: ExerciseReport;
  notes: string[];
}

function judged(e: PreparedExercise, answers: Answers, whose: "own" | "reference"): Judged {
  const { name, points } = e.entry;
  const judgement = judge(e.content.exercise, points, e.cases, answers.outcomes);
  const stopped = answers.loss === undefined ? [] : [`It was stopped: ${answers.loss}.`];
  const others =
    e.earlier.length > 0
      ? "It failed with your earlier functions, so it ran with ours in their place, which counts."
      : "It failed beside your other functions, so it ran alone, which counts.";
  const notes = whose === "own" ? stopped : [others, ...stopped];
  return { ...answers, report: { name, with: whose, ...judgement }, notes };
}

/** What counts, and the outcomes that show the function's own mistakes. */
interface Best extends Judged {
  shown: Outcomes;
}

const better = (a: Judged, b: Judged) => (b.report.points > a.report.points ? b : a);
const isFull = ({ report }: Judged, { entry }: PreparedExercise) => report.points >= entry.points;

/**
 * The first run of all exercises, what running kernels gave, and of some exercises that failed what
 * they gave with ours.
 */
interface Runs {
  first: Ran;
  /** Into the exercises of the first run. */
  indexOf(e: PreparedExercise): number;
  kernels: ReadonlyMap<PreparedExercise, ShaderOutcomes>;
  again: ReadonlyMap<PreparedExercise, Answers>;
}

/**
 * The best of its runs: with the student's own functions, and with ours where that failed. The
 * latter shows what is wrong with this function and not with one before it.
 */
async function bestOf(
  e: PreparedExercise,
  room: Room,
  own: Judged,
  { first: { cells }, again }: Runs,
): Promise<Best> {
  const isKernel = e.content.exercise.shader !== undefined && isText(own.said[0]);
  if (isFull(own, e) || isKernel) return { ...own, shown: own.outcomes };
  const known = again.get(e);
  if (known) return { ...better(own, judged(e, known, "reference")), shown: known.outcomes };
  const { budget } = room.place;
  if (left(budget) < LEAST_LEFT) {
    const all = seconds(budget.all);
    const note = `It was not run again with ours: the submission used up its ${all}.`;
    return { ...own, notes: [...own.notes, note], shown: own.outcomes };
  }
  let best = own;
  if (metOthersBan(e, own.outcomes)) {
    best = better(own, judged(e, await runAlone(e, room, cells, []), "own"));
    if (isFull(best, e)) return { ...best, shown: best.outcomes };
  }
  const ours = judged(e, await runAlone(e, room, cells, e.earlier), "reference");
  return { ...better(best, ours), shown: ours.outcomes };
}

async function gradeExercise(e: PreparedExercise, room: Room, runs: Runs): Promise<ExerciseReport> {
  const { outcomes, losses } = runs.first;
  const index = runs.indexOf(e);
  const known = runs.kernels.get(e);
  const answers = await finish(e, room, outcomes[index]!, losses[index], known);
  const best = await bestOf(e, room, judged(e, answers, "own"), runs);
  const { report, shown, notes } = best;
  const { kernels, slot } = room.place;
  const diagnosis =
    report.failures.length > 0
      ? await diagnose(e.content, e.cases, shown, mutantRunner(e, kernels, slot))
      : undefined;
  return {
    ...report,
    ...(notes.length > 0 ? { note: notes.join(" ") } : {}),
    ...(diagnosis ? { diagnosis } : {}),
  };
}

function nothing(e: PreparedExercise, note: string): ExerciseReport {
  const { name, points } = e.entry;
  const judgement = judge(e.content.exercise, points, e.cases, []);
  return { name, with: "own", note, ...judgement, failures: [] };
}

/** The machine lacks what the exercise needs. */
function notGraded(e: PreparedExercise, problem: Error): ExerciseReport {
  const { name } = e.entry;
  const note = `Not graded: ${problem.message}.`;
  const nobody = { points: 0, maxPoints: 0, groups: [], failures: [] };
  return { name, with: "own", notGraded: true, note, ...nobody };
}

const ofTheMachine = (problem: unknown): problem is Error =>
  problem instanceof NoAdapter || problem instanceof NoSandbox || problem instanceof SandboxFault;

/** Why there is nothing to judge. */
function whyNothing(e: PreparedExercise, { submission }: Room, outcomes: Outcomes) {
  const { name } = e.entry;
  const { definitions, missing } = submission;
  if (!definitions[name] && undefinedIn(name, outcomes)) {
    return missing[name] ?? `No cell defines ${name}.`;
  }
  return unwritten(e, outcomes) ? "Not written yet." : undefined;
}

/** Whether it earns all points; undefined where it could not be judged, as its report will say. */
function earnsAll(e: PreparedExercise, own: Answers): boolean | undefined {
  try {
    return isFull(judged(e, own, "own"), e);
  } catch {
    return undefined;
  }
}

/** Whether the second run of what failed is one with ours. */
const needsOurs = (e: PreparedExercise, room: Room, { outcomes }: Answers): boolean =>
  !e.content.exercise.shader &&
  whyNothing(e, room, outcomes) === undefined &&
  !metOthersBan(e, outcomes);

/**
 * Whether ours in the place of earlier functions would change nothing: those are right, and a
 * typical mistake of this one gives all that it gave.
 */
async function isOwnMistake(e: PreparedExercise, { outcomes }: Answers, areRight: Set<string>) {
  if (!e.earlier.every(({ name }) => areRight.has(name))) return false;
  return isFullyExplained(e.content, e.cases, outcomes).catch(() => false);
}

/** Runs some of those that failed with ours where that may change something; see runFailed. */
async function runAgain(room: Room, { first, indexOf }: Pick<Runs, "first" | "indexOf">) {
  const found = new Map<PreparedExercise, Answers>();
  const failed: Failed[] = [];
  const areRight = new Set<string>();
  for (const e of room.lesson.exercises) {
    const outcomes = first.outcomes[indexOf(e)]!;
    const own = { said: outcomes, outcomes, loss: first.losses[indexOf(e)] };
    const all = earnsAll(e, own);
    if (all) areRight.add(e.entry.name);
    if (all !== false || !needsOurs(e, room, own)) continue;
    if (await isOwnMistake(e, own, areRight)) found.set(e, own);
    else failed.push({ e, own });
  }
  if (left(room.place.budget) < LEAST_LEFT) return found;
  const again = await runFailed(failed, room, first.cells, (e, answers) =>
    isFull(judged(e, answers, "reference"), e),
  );
  return new Map([...found, ...again]);
}

/** Runs all kernels together. Where that fails, each runs alone, and its report says what is wrong. */
async function runTexts(room: Room, { first, indexOf }: Pick<Runs, "first" | "indexOf">) {
  const texts = room.lesson.exercises.flatMap((e) => {
    const [text] = first.outcomes[indexOf(e)]!;
    return e.content.exercise.shader && isText(text) ? [{ e, text }] : [];
  });
  const { kernels, slot } = room.place;
  const isSettled = async (e: PreparedExercise, { outcomes, loss }: ShaderOutcomes) =>
    isFull(judged(e, { said: outcomes, outcomes, loss }, "own"), e) ||
    isFullyExplained(e.content, e.cases, outcomes, mutantRunner(e, kernels, slot));
  try {
    return await runAllKernels(texts, room, isSettled);
  } catch (problem) {
    if (problem instanceof PutOff || room.place.signal?.aborted) throw problem;
    return new Map<PreparedExercise, ShaderOutcomes>();
  }
}

async function reportOn(e: PreparedExercise, room: Room, runs: Runs): Promise<ExerciseReport> {
  const none = whyNothing(e, room, runs.first.outcomes[runs.indexOf(e)]!);
  if (none !== undefined) return nothing(e, none);
  try {
    return await gradeExercise(e, room, runs);
  } catch (problem) {
    if (problem instanceof PutOff || room.place.signal?.aborted) throw problem;
    if (!ofTheMachine(problem)) return nothing(e, `It could not be judged: ${says(problem)}.`);
    if (!e.content.exercise.shader) throw problem;
    return notGraded(e, problem);
  }
}

function jobCells({ cells, definitions }: Submission): JobCell[] {
  const defining = new Set(Object.values(definitions).map((d) => d.cell));
  return cells.map(({ code, awaits, instead, declares }, i): JobCell => {
    if (defining.has(i)) return { code, awaits, instead, needed: "an exercise" };
    return declares ? { code, awaits, needed: "other cells" } : { code, awaits };
  });
}

const says = (problem: unknown) => (problem instanceof Error ? problem.message : String(problem));

function cellReports(cells: { number: number; message?: string }[]): CellReport[] {
  return cells.flatMap(({ number, message }) =>
    message === undefined ? [] : [{ number, message }],
  );
}

/** @throws PutOff, SandboxFault, and the signal's reason when it is aborted */
export async function gradeSubmission(
  lesson: PreparedLesson,
  submission: Submission,
  place: Place,
): Promise<SubmissionReport> {
  const { cells } = submission;
  if (lesson.exercises.length === 0) {
    // a project, marked by hand: its cells may run for hours, and no point depends on them
    const unread = cells.map(({ number, error }) => ({ number, message: error }));
    return { exercises: [], cells: cellReports(unread) };
  }
  const base = {
    wasm: place.launcher.wasm,
    solutions: lesson.solutions.code,
    cells: jobCells(submission),
  };
  const withBudget = { ...place, budget: place.budget ?? newBudget() };
  const room: Room = { lesson, submission, place: withBudget, base };
  // what one may not use is gone for those after it
  const running = [...lesson.exercises].sort((a, b) => forbidden(a).length - forbidden(b).length);
  const exercises = running.map((e) => asked(e, submission));
  const options = { ...optionsOf(room), keepReserve: true };
  const first = await runJob(place.launcher, place.slot, { ...base, exercises }, options);
  const indexOf = (e: PreparedExercise) => running.indexOf(e);
  const kernels = await runTexts(room, { first, indexOf });
  const again = await runAgain(room, { first, indexOf });
  const runs: Runs = { first, indexOf, kernels, again };
  const reports: ExerciseReport[] = [];
  for (const e of lesson.exercises) reports.push(await reportOn(e, room, runs));
  const said = cells.map(({ number, error }, i) => ({
    number,
    message: error ?? first.cellErrors[i],
  }));
  return { exercises: reports, cells: cellReports(said) };
}
