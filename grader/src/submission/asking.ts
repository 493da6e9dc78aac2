/**
 * How a submission's exercises are run: first all in one child, with the student's own functions.
 * Those that failed run again with functions of ours in the place of the student's earlier ones:
 * together where that gives what each would give alone, else in a child each.
 */
import { isDeepStrictEqual } from "node:util";
import type { CaseOutcome } from "../exercise/call";
import type { Submission } from "./analyze";
import { left, LEAST_LEFT, type Budget } from "../sandbox/budget";
import type { AskedCase, AskedExercise, Job, JobCell } from "../sandbox/job";
import {
  runShader,
  runShaders,
  type ShaderSource,
  type ShaderOutcomes,
} from "../shaders/runShaders";
import type { Ours, PreparedExercise, PreparedLesson } from "./lesson";
import { runJob, type Launcher, type RunOptions } from "../sandbox/run";
import { forbidden, type Outcomes } from "./outcomes";

/** Where a submission runs. */
export interface Place extends Pick<RunOptions, "onSpent" | "signal"> {
  launcher: Launcher;
  kernels: ShaderSource;
  /** Of the launcher and of the kernels, free for the time of the call. */
  slot: number;
  /** For everything that the submission runs. */
  budget?: Budget;
}

/** What stays the same while a submission is graded. */
export interface Room {
  lesson: PreparedLesson;
  submission: Submission;
  place: Place & { budget: Budget };
  base: Omit<Job, "exercises">;
}

/** What one exercise's run gave. */
export interface Answers {
  /** What the child answered; of a kernel its text. */
  said: Outcomes;
  /** By case. */
  outcomes: Outcomes;
  loss?: string;
}

export const inputs = ({ cases }: Pick<PreparedExercise, "cases">): AskedCase[] =>
  cases.map(({ args, wrt, output, tidy, group, cost }) => ({
    args,
    ...(wrt ? { wrt } : {}),
    ...(output === undefined ? {} : { output }),
    ...(tidy ? { tidy } : {}),
    ...(cost ? { cost: true as const } : {}),
    ...(group === "cost" ? { long: true } : {}),
  }));

/**
 * What is asked of the submission's child: the answers to all cases, or once for a kernel's text.
 */
export const questions = (e: PreparedExercise): AskedCase[] =>
  e.content.exercise.shader ? [{ args: [] }] : inputs(e);

/** How jobs are run: on the submission's budget, of which `others` exercises need their part. */
export function optionsOf({ place }: Room, others = 0): RunOptions {
  const { budget, onSpent, signal } = place;
  return { budget, onSpent, signal, others };
}

/** How many exercises may still need to run after this one. */
const waitingAfter = (e: PreparedExercise, { lesson }: Room) =>
  lesson.exercises.length - 1 - lesson.exercises.indexOf(e);

/** @param ours functions that take the place of the student's */
export function asked(
  e: PreparedExercise,
  { definitions }: Submission,
  ours: Ours[] = [],
): AskedExercise {
  const { name } = e.entry;
  const definition = definitions[name];
  const cell = definition?.shadowed ? definition.cell : -1;
  const texts = ours.map(({ name, code }) => ({ name, code }));
  return { name, cell, ours: texts, forbid: forbidden(e), cases: questions(e) };
}

/**
 * The outcomes of all cases: what the child answered, of a kernel what running its text gives.
 * @param known what running a kernel has given already
 */
export async function finish(
  e: PreparedExercise,
  room: Room,
  said: Outcomes,
  loss?: string,
  known?: ShaderOutcomes,
): Promise<Answers> {
  if (!e.content.exercise.shader) return { said, outcomes: said, loss };
  const ran = known ?? (await runOneKernel(e, room, said[0]));
  return { said, outcomes: ran.outcomes, loss: loss ?? ran.loss };
}

async function runOneKernel(e: PreparedExercise, room: Room, text: CaseOutcome | undefined) {
  const { kernels, slot } = room.place;
  const options = optionsOf(room, waitingAfter(e, room));
  const spec = e.content.exercise.shader!;
  return runShader(await kernels.open(), slot, spec, text, e.cases, options);
}

/** An exercise about a kernel, and what the student's function returned. */
export interface KernelText {
  e: PreparedExercise;
  text: CaseOutcome | undefined;
}

/**
 * All kernels of a submission in one child. What failed there after another runs again alone, since
 * a kernel before it may have disturbed the driver.
 * @param isSettled whether the outcomes earn all points, or are those of a typical mistake
 */
export async function runAllKernels(
  texts: KernelText[],
  room: Room,
  isSettled: (e: PreparedExercise, ran: ShaderOutcomes) => Promise<boolean>,
): Promise<Map<PreparedExercise, ShaderOutcomes>> {
  const found = new Map<PreparedExercise, ShaderOutcomes>();
  if (texts.length === 0) return found;
  const { kernels, slot, budget } = room.place;
  const all = texts.map(({ e, text }) => ({
    spec: e.content.exercise.shader!,
    text,
    cases: e.cases,
  }));
  const options = optionsOf(room, waitingAfter(texts.at(-1)!.e, room));
  const together = await runShaders(await kernels.open(), slot, all, options);
  for (const [i, { e, text }] of texts.entries()) {
    const ran = together[i]!;
    const counts = i === 0 || left(budget) < LEAST_LEFT || (await isSettled(e, ran));
    found.set(e, counts ? ran : await runOneKernel(e, room, text));
  }
  return found;
}

/**
 * The exercise in a child of its own.
 * @param cells without those that lost a child, since they would lose the next one too
 */
export async function runAlone(
  e: PreparedExercise,
  room: Room,
  cells: JobCell[],
  ours: Ours[],
): Promise<Answers> {
  const { base, place, submission } = room;
  const job = { ...base, cells, exercises: [asked(e, submission, ours)] };
  const options = optionsOf(room, waitingAfter(e, room));
  const again = await runJob(place.launcher, place.slot, job, options);
  return finish(e, room, again.outcomes[0]!, again.losses[0]);
}

/**
 * Whether the exercise may run after others in one child. Functions of ours that it may not meet
 * must not be there, and what it may use must not be gone.
 */
function mayFollow(e: PreparedExercise, before: PreparedExercise[]): boolean {
  const known = new Set(e.earlier.map(({ name }) => name));
  const banned = new Set(forbidden(e));
  return before.every(
    (b) =>
      b.earlier.every(({ name }) => known.has(name)) && forbidden(b).every((x) => banned.has(x)),
  );
}

/** An exercise that failed, and what its first run gave. */
export interface Failed {
  e: PreparedExercise;
  own: Answers;
}

/** Where the grader expects a value, there is one. */
const hasValues = (e: PreparedExercise, outcomes: (CaseOutcome | undefined)[]) =>
  e.cases.every(({ group }, i) => group === "errors" || !("error" in (outcomes[i] ?? {})));

/**
 * Several exercises that failed in one child, each with ours in the place of the student's earlier
 * functions. They come in the lesson's order, so that ours is there only after the student's own has
 * answered. Left out is what might have suffered from those before it, and must run alone: what
 * failed in another way than the first time, or threw.
 * @param isRight whether the answers earn all points
 */
export async function runFailed(
  failed: Failed[],
  room: Room,
  cells: JobCell[],
  isRight: (e: PreparedExercise, answers: Answers) => boolean,
): Promise<Map<PreparedExercise, Answers>> {
  const found = new Map<PreparedExercise, Answers>();
  const group: Failed[] = [];
  for (const one of failed) {
    const before = group.map(({ e }) => e);
    if (mayFollow(one.e, before)) group.push(one);
  }
  if (group.length < 2) return found;
  const { base, place, submission } = room;
  const exercises = group.map(({ e }) => asked(e, submission, e.earlier));
  const options = optionsOf(room, waitingAfter(group.at(-1)!.e, room));
  const job = { ...base, cells, exercises };
  const { outcomes, losses } = await runJob(place.launcher, place.slot, job, options);
  for (const [i, { e, own }] of group.entries()) {
    const answers: Answers = { said: outcomes[i]!, outcomes: outcomes[i]!, loss: losses[i] };
    const sameAsOwn = isDeepStrictEqual(answers, own) && hasValues(e, answers.outcomes);
    if (i === 0 || sameAsOwn || isRight(e, answers)) found.set(e, answers);
  }
  return found;
}
