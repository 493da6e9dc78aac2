/**
 * A batch: every input read, run, judged, and handed on as soon as it is finished. What fails for
 * one input costs that input alone.
 */
import { createHash, randomInt } from "node:crypto";
import { availableParallelism } from "node:os";
import * as tf from "@tensorflow/tfjs-core";
import "@tensorflow/tfjs-backend-wasm";
import { registerWasmKernels } from "kernels";
import { readManifest, type LessonEntry, type Manifest } from "../manifest";
import type { Submission } from "./analyse";
import { newBudget } from "./budget";
import { bundler } from "./bundles";
import { newId } from "./ids";
import { collectInputs, readInput, type Input } from "./inputs";
import { kernelSource, type KernelSource } from "./kernels";
import { openLanes, type Ticket } from "./lanes";
import { prepareLesson, type PreparedLesson } from "./lesson";
import { startReader, type Reader } from "./reader";
import { isGraded, isNotGraded, type Batch, type Result } from "./result";
import { PutOff } from "./run-child";
import { openSandbox, type Sandbox } from "./sandbox";
import { gradeSubmission, type SubmissionReport } from "./submission";
import { versions } from "./version";

export interface GradeOptions {
  /** The same seed gives the same inputs; drawn when not given. */
  seed?: number;
  /** Without a sandbox: for work of one's own only. */
  trusted?: boolean;
  /** Submissions at a time. */
  jobs?: number;
  /** Milliseconds of processor time for each submission. */
  budget?: number;
  /** The id of the lesson that was asked for; notebooks of another are not graded. */
  lesson?: string;
  /** Stops the batch; what is finished stays. */
  signal?: AbortSignal;
  /** Called with what holds the submissions, in words. */
  onSandbox?(holds: string): void;
  /** Called after each input. */
  progress?(done: number, of: number): void;
}

/** An input that is to be graded, under the name that its reports have. */
export interface Task extends Input {
  id: string;
}

export function drawSeed(): number {
  return randomInt(2 ** 32);
}

/** All that a batch needs, opened once. */
interface Room {
  seed: number;
  manifest: Manifest;
  reader: Reader;
  sandbox: Sandbox;
  kernels: KernelSource;
  versionOf(lesson: LessonEntry): string;
  prepare(lesson: LessonEntry): Promise<PreparedLesson>;
  close(): void;
}

function preparer(root: string, seed: number): Room["prepare"] {
  const bundle = bundler(root);
  const prepared = new Map<string, Promise<PreparedLesson>>();
  return (lesson) => {
    let ready = prepared.get(lesson.id);
    if (!ready) prepared.set(lesson.id, (ready = prepareLesson(root, lesson, seed, bundle)));
    return ready;
  };
}

/** @throws NoSandbox where untrusted code cannot be held */
async function openRoom(root: string, seed: number, options: GradeOptions): Promise<Room> {
  const manifest = readManifest(root);
  registerWasmKernels({ missing: true }); // what the child has, for our own answers
  await tf.setBackend("wasm");
  const sandbox = await openSandbox(root, options);
  options.onSandbox?.(sandbox.holds);
  const kernels = kernelSource(root, options);
  const reader = startReader(manifest.lessons);
  const close = () => {
    reader.close();
    sandbox.close();
    kernels.close();
  };
  const versionOf = versions(root, manifest.version);
  return {
    seed,
    manifest,
    reader,
    sandbox,
    kernels,
    versionOf,
    prepare: preparer(root, seed),
    close,
  };
}

const sum = (xs: number[]) => xs.reduce((a, b) => a + b, 0);
/** Points to four decimals, so that thirds add up to a whole. */
const round = (x: number) => Math.round(x * 1e4) / 1e4;
const messageOf = (e: unknown) => (e instanceof Error ? e.message : String(e));

function graded(
  { file, id }: Task,
  sha256: string,
  submission: Submission,
  { exercises, cells }: SubmissionReport,
  room: Room,
): Result {
  const lesson = room.manifest.lessons.find((l) => l.id === submission.lesson)!;
  const written = lesson.written.map(({ name, points }) => ({
    name,
    points,
    text: submission.written[name] ?? "",
  }));
  return {
    ...{ file, id, lesson: lesson.id, title: lesson.title, sha256 },
    ...{ seed: room.seed, version: room.versionOf(lesson) },
    earned: round(sum(exercises.map((e) => e.earned))),
    of: sum(exercises.map((e) => e.of)),
    ...{ exercises, cells, written },
  };
}

/** @throws PutOff, and the signal's reason when it is aborted */
async function gradeBytes(
  task: Task,
  bytes: Buffer,
  ticket: Ticket,
  room: Room,
  { signal, budget, lesson: asked }: GradeOptions,
): Promise<Result> {
  const answer = await room.reader.read(bytes);
  if ("error" in answer) return notGraded(task, room, answer.error);
  const { submission } = answer;
  if (asked !== undefined && submission.lesson !== asked) {
    return notGraded(task, room, `is the notebook of ${submission.lesson}, not of ${asked}`);
  }
  const lesson = room.manifest.lessons.find((l) => l.id === submission.lesson)!;
  const report = await gradeSubmission(await room.prepare(lesson), submission, {
    launcher: room.sandbox,
    kernels: room.kernels,
    slot: ticket.slot,
    onSpent: (spent) => ticket.onSpent(spent),
    budget: newBudget(budget),
    signal,
  });
  const sha256 = createHash("sha256").update(bytes).digest("hex");
  return graded(task, sha256, submission, report, room);
}

function notGraded({ file, id }: Task, { seed, manifest }: Room, says: string): Result {
  return { file, id, seed, version: manifest.version, says };
}

async function gradeTask(
  task: Task,
  ticket: Ticket,
  room: Room,
  options: GradeOptions,
): Promise<Result> {
  let bytes: Buffer;
  try {
    bytes = readInput(task);
  } catch (e) {
    return notGraded(task, room, messageOf(e));
  }
  try {
    return await gradeBytes(task, bytes, ticket, room, options);
  } catch (e) {
    if (e instanceof PutOff || options.signal?.aborted) throw e;
    return notGraded(task, room, `could not be graded: ${messageOf(e)}`);
  }
}

/** Takes a finished result, of which nothing is kept here. @throws when the batch must stop */
export type Keep = (result: Result, task: Task) => Promise<void> | void;

/** Grades all tasks, as many at a time as there are places; see lanes.ts for who goes first. */
class Queue {
  private readonly later: Task[] = [];
  private readonly running = new Set<Promise<void>>();
  private readonly fresh: Task[];
  private done = 0;

  constructor(
    private readonly tasks: Task[],
    private readonly room: Room,
    private readonly options: GradeOptions,
    private readonly keep: Keep,
  ) {
    this.fresh = [...tasks];
  }

  /** @throws the first of what fails, or the signal's reason */
  async run(): Promise<void> {
    // one more than cores, since children also wait
    const width = Math.min(this.options.jobs ?? availableParallelism() + 1, this.tasks.length);
    const lanes = openLanes(width, () => this.fresh.length > 0);
    while (this.waiting + this.running.size > 0) {
      this.options.signal?.throwIfAborted();
      if (this.waiting === 0) {
        await Promise.race(this.running);
        continue;
      }
      const ticket = await Promise.race([lanes.enter(), this.failure()]);
      ticket.isLast = this.fresh.length === 0;
      this.start(this.fresh.shift() ?? this.later.shift()!, ticket);
    }
  }

  /** Waits for what runs, whatever becomes of it. */
  async settle(): Promise<void> {
    await Promise.allSettled(this.running);
  }

  private get waiting(): number {
    return this.fresh.length + this.later.length;
  }

  /** Never resolves; rejects with the first of what fails. */
  private failure(): Promise<never> {
    return new Promise((_, reject) => {
      for (const one of this.running) one.catch(reject);
    });
  }

  private start(task: Task, ticket: Ticket): void {
    const ran = this.runOne(task, ticket);
    this.running.add(ran);
    ran.then(
      () => this.running.delete(ran),
      () => undefined, // it stays, for run and failure to find
    );
  }

  private async runOne(task: Task, ticket: Ticket): Promise<void> {
    let result: Result;
    try {
      result = await gradeTask(task, ticket, this.room, this.options);
    } catch (e) {
      if (!(e instanceof PutOff)) throw e;
      this.later.push(task);
      return;
    } finally {
      ticket.leave();
    }
    await this.keep(result, task);
    this.options.progress?.(++this.done, this.tasks.length);
  }
}

/**
 * Grades tasks and hands each result to `keep`.
 * @throws NoSandbox where untrusted code cannot be held; an author's mistake (an exercise without
 *   cases) where it concerns all; what keep throws; the signal's reason when it is aborted
 */
export async function gradeTasks(
  root: string,
  tasks: Task[],
  seed: number,
  options: GradeOptions,
  keep: Keep,
): Promise<void> {
  if (tasks.length === 0) return;
  const room = await openRoom(root, seed, options);
  const failed = new AbortController();
  const signals = options.signal ? [options.signal, failed.signal] : [failed.signal];
  const signal = AbortSignal.any(signals);
  const queue = new Queue(tasks, room, { ...options, signal }, keep);
  try {
    await queue.run();
  } catch (e) {
    failed.abort(e); // children that run are stopped, and what they would have said is not kept
    room.reader.close();
    await queue.settle();
    throw e;
  } finally {
    room.close();
  }
}

/** Grades files and folders of notebooks, and keeps all results in memory: for programs. */
export async function gradeBatch(
  root: string,
  words: string[],
  options: GradeOptions = {},
): Promise<Batch> {
  const taken = new Set<string>();
  const { inputs } = collectInputs(words);
  const tasks = inputs.map((input): Task => ({ ...input, id: newId(input.file, taken) }));
  const found = new Map<string, Result>();
  const seed = options.seed ?? drawSeed();
  await gradeTasks(root, tasks, seed, options, (result, { id }) => void found.set(id, result));
  const results = tasks.map(({ id }) => found.get(id)!);
  return {
    course: readManifest(root).course,
    graded: results.filter(isGraded),
    notGraded: results.filter(isNotGraded),
  };
}
