/**
 * One submission: run with the student's own functions, again with ours where that failed, judged
 * and diagnosed.
 */
import { runCase, type Outcome, type RunCases } from "../call";
import { diagnose } from "../diagnose";
import { judge, type Judgement } from "../judge";
import type { Submission } from "./analyse";
import { left, newBudget, seconds, type Budget } from "./budget";
import { NoSandbox } from "./bubblewrap";
import type { AskedCase, AskedExercise, Job, JobCell } from "./job";
import { NoAdapter, runKernel, type KernelSource } from "./kernels";
import type { Ours, PreparedExercise, PreparedLesson } from "./lesson";
import { PutOff } from "./run-child";
import { runJob, SandboxFault, type Launcher, type Ran, type RunOptions } from "./run";
import { forbidden, metOthersBan, undefinedIn, unwritten, type Outcomes } from "./said";

export interface ExerciseReport extends Judgement {
  name: string;
  /** Whose functions stood for the exercises before it. */
  with: "own" | "ours";
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
  says: string;
}
export interface SubmissionReport {
  exercises: ExerciseReport[];
  /** Cells that did not run or threw. */
  cells: CellReport[];
}

const texts = (bundles: Ours[]) => bundles.map(({ name, code }) => ({ name, code }));

export const inputs = ({ cases }: Pick<PreparedExercise, "cases">): AskedCase[] =>
  cases.map(({ args, wrt, of, tidy, group, cost }) => ({
    args,
    ...(wrt ? { wrt } : {}),
    ...(of === undefined ? {} : { of }),
    ...(tidy ? { tidy } : {}),
    ...(cost ? { cost: true as const } : {}),
    ...(group === "cost" ? { long: true } : {}),
  }));

/**
 * What is asked of the submission's child: the answers to all cases, or once for a kernel's text.
 */
export const questions = (e: PreparedExercise): AskedCase[] =>
  e.content.exercise.kernel ? [{ args: [] }] : inputs(e);

const isText = (outcome: Outcome | undefined) =>
  outcome !== undefined && "value" in outcome && typeof outcome.value === "string";

/** How mutants are run for a diagnosis; those of a kernel where kernels are. */
export function mutantRunner(
  { content }: Pick<PreparedExercise, "content">,
  kernels: KernelSource,
  slot: number,
  options: RunOptions = {},
): RunCases | undefined {
  const { kernel } = content.exercise;
  if (!kernel) return undefined;
  return async (fn, cases) => {
    const text = await runCase(fn, { args: [] });
    const ran = await runKernel(await kernels.open(), slot, kernel, text, cases, options);
    return ran.outcomes;
  };
}

/** Where a submission runs. */
export interface Place extends Pick<RunOptions, "onSpent" | "signal"> {
  launcher: Launcher;
  kernels: KernelSource;
  /** Of the launcher and of the kernels, free for the time of the call. */
  slot: number;
  /** For everything that the submission runs. */
  budget?: Budget;
}

/** What stays the same while a submission is graded. */
interface Room {
  lesson: PreparedLesson;
  submission: Submission;
  place: Place & { budget: Budget };
  base: Omit<Job, "exercises">;
}

/** How jobs are run: on the submission's budget, of which `others` exercises need their part. */
function optionsOf({ place }: Room, others = 0): RunOptions {
  const { budget, onSpent, signal } = place;
  return { budget, onSpent, signal, others };
}

/** How many exercises may still need to run after this one. */
const waitingAfter = (e: PreparedExercise, { lesson }: Room) =>
  lesson.exercises.length - 1 - lesson.exercises.indexOf(e);

function asked(e: PreparedExercise, { definitions }: Submission): AskedExercise {
  const { name } = e.entry;
  const definition = definitions[name];
  const cell = definition?.shadowed ? definition.cell : -1;
  return { name, cell, forbid: forbidden(e), cases: questions(e) };
}

/** What one exercise's run gave. */
interface Answers {
  /** What the child answered; of a kernel its text. */
  said: Outcomes;
  /** By case. */
  outcomes: Outcomes;
  loss?: string;
}

/** The outcomes of all cases: what the child answered, of a kernel what running its text gives. */
async function finish(e: PreparedExercise, room: Room, said: Outcomes, loss?: string) {
  const { kernel } = e.content.exercise;
  if (!kernel) return { said, outcomes: said, loss };
  const { kernels, slot } = room.place;
  const options = optionsOf(room, waitingAfter(e, room));
  const ran = await runKernel(await kernels.open(), slot, kernel, said[0], e.cases, options);
  return { said, outcomes: ran.outcomes, loss: loss ?? ran.loss };
}

/** The exercise alone, with functions of ours in the place of the student's earlier ones. */
async function runAlone(
  e: PreparedExercise,
  room: Room,
  cells: JobCell[],
  ours: Ours[],
): Promise<Answers> {
  const { base, place, submission } = room;
  const exercises = [asked(e, submission)];
  // a cell that lost a child would lose the next one too
  const job = { ...base, cells, ours: texts(ours), exercises };
  const options = optionsOf(room, waitingAfter(e, room));
  const again = await runJob(place.launcher, place.slot, job, options);
  return finish(e, room, again.outcomes[0]!, again.losses[0]);
}

interface Judged extends Answers {
  report: ExerciseReport;
  notes: string[];
}

function judged(e: PreparedExercise, answers: Answers, whose: "own" | "ours"): Judged {
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

/** Milliseconds without which it is no use to start a child. */
const LEAST_LEFT = 500;

/** What counts, and the outcomes that show the function's own mistakes. */
interface Best extends Judged {
  shown: Outcomes;
}

const better = (a: Judged, b: Judged) => (b.report.earned > a.report.earned ? b : a);

/**
 * The best of its runs: with the student's own functions, and with ours where that failed. The
 * latter shows what is wrong with this function and not with one before it.
 */
async function bestOf(
  e: PreparedExercise,
  room: Room,
  own: Judged,
  cells: JobCell[],
): Promise<Best> {
  const isFull = ({ report }: Judged) => report.earned >= e.entry.points;
  const isKernel = e.content.exercise.kernel !== undefined && isText(own.said[0]);
  if (isFull(own) || isKernel) return { ...own, shown: own.outcomes };
  const { budget } = room.place;
  if (left(budget) < LEAST_LEFT) {
    const all = seconds(budget.all);
    const note = `It was not run again with ours: the submission used up its ${all}.`;
    return { ...own, notes: [...own.notes, note], shown: own.outcomes };
  }
  let best = own;
  if (metOthersBan(e, own.outcomes)) {
    best = better(own, judged(e, await runAlone(e, room, cells, []), "own"));
    if (isFull(best)) return { ...best, shown: best.outcomes };
  }
  const ours = judged(e, await runAlone(e, room, cells, e.earlier), "ours");
  return { ...better(best, ours), shown: ours.outcomes };
}

async function gradeExercise(
  e: PreparedExercise,
  room: Room,
  first: Ran,
  index: number,
): Promise<ExerciseReport> {
  const answers = await finish(e, room, first.outcomes[index]!, first.losses[index]);
  const best = await bestOf(e, room, judged(e, answers, "own"), first.cells);
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
  const nobody = { earned: 0, of: 0, groups: [], failures: [] };
  return { name, with: "own", notGraded: true, note, ...nobody };
}

const ofTheMachine = (problem: unknown): problem is Error =>
  problem instanceof NoAdapter || problem instanceof NoSandbox || problem instanceof SandboxFault;

async function reportOn(
  e: PreparedExercise,
  room: Room,
  first: Ran,
  index: number,
): Promise<ExerciseReport> {
  const { name } = e.entry;
  const { definitions, missing } = room.submission;
  const outcomes = first.outcomes[index]!;
  if (!definitions[name] && undefinedIn(name, outcomes)) {
    return nothing(e, missing[name] ?? `No cell defines ${name}.`);
  }
  if (unwritten(e, outcomes)) return nothing(e, "Not written yet.");
  try {
    return await gradeExercise(e, room, first, index);
  } catch (problem) {
    if (problem instanceof PutOff || room.place.signal?.aborted) throw problem;
    if (!ofTheMachine(problem)) return nothing(e, `It could not be judged: ${says(problem)}.`);
    if (!e.content.exercise.kernel) throw problem;
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

function cellReports(cells: { number: number; says?: string }[]): CellReport[] {
  return cells.flatMap(({ number, says }) => (says === undefined ? [] : [{ number, says }]));
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
    const unread = cells.map(({ number, error }) => ({ number, says: error }));
    return { exercises: [], cells: cellReports(unread) };
  }
  const base = {
    wasm: place.launcher.wasm,
    solutions: lesson.solutions.code,
    ours: [],
    cells: jobCells(submission),
  };
  const withBudget = { ...place, budget: place.budget ?? newBudget() };
  const room: Room = { lesson, submission, place: withBudget, base };
  // what one may not use is gone for those after it
  const running = [...lesson.exercises].sort((a, b) => forbidden(a).length - forbidden(b).length);
  const exercises = running.map((e) => asked(e, submission));
  const options = { ...optionsOf(room), keepReserve: true };
  const first = await runJob(place.launcher, place.slot, { ...base, exercises }, options);
  const reports: ExerciseReport[] = [];
  for (const e of lesson.exercises) {
    reports.push(await reportOn(e, room, first, running.indexOf(e)));
  }
  const said = cells.map(({ number, error }, i) => ({
    number,
    says: error ?? first.cellErrors[i],
  }));
  return { exercises: reports, cells: cellReports(said) };
}
