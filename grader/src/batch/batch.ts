/**
 * A batch: every input read, run, judged, and handed on as soon as it is finished. What fails for
 * one input costs that input alone.
 */
import { randomInt } from "node:crypto";
import { availableParallelism } from "node:os";
import { readManifest } from "../files/manifest";
import { gradeAll, type SubmissionSource, type ClaimedSubmission } from "./flow";
import { newId, collectInputs, readInput, type Input } from "./inputs";
import {
  isGraded,
  isNotGraded,
  withName,
  type Batch,
  type SubmissionOutcome,
  type Result,
} from "./result";
import { openGradingService, type GradingService } from "./gradingService";

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

/** Takes a finished result, of which nothing is kept here. @throws when the batch must stop */
export type SaveResult = (result: Result, task: Task) => Promise<void> | void;

/** Grades tasks, in this process or on other machines, and hands each result to `keep`. */
export type GradeTasks = (
  root: string,
  tasks: Task[],
  seed: number,
  options: GradeOptions,
  keep: SaveResult,
) => Promise<void>;

export function drawSeed(): number {
  return randomInt(2 ** 32);
}

/** One more than cores, since children also wait. */
export const defaultConcurrency = (): number => availableParallelism() + 1;

export const errorMessage = (e: unknown) => (e instanceof Error ? e.message : String(e));

/** The message ends a sentence about the file. */
class Unreadable extends Error {}

/** Those that were put off come after all others. */
class TaskSource implements SubmissionSource {
  private readonly fresh: Task[];
  private readonly later: Task[] = [];
  private done = 0;
  private wake: () => void = () => undefined;

  constructor(
    private readonly tasks: Task[],
    private readonly seed: number,
    private readonly options: GradeOptions,
    private readonly service: GradingService,
    private readonly keep: SaveResult,
  ) {
    this.fresh = [...tasks];
  }

  hasWaiting(): boolean {
    return this.fresh.length > 0;
  }

  /** While some run that may be put off, it waits for them. */
  async next(): Promise<ClaimedSubmission | undefined> {
    for (;;) {
      if (this.done === this.tasks.length) return undefined;
      const isLast = this.fresh.length === 0;
      const task = this.fresh.shift() ?? this.later.shift();
      if (task) return this.taken(task, isLast);
      await new Promise<void>((resolve) => (this.wake = resolve));
    }
  }

  private taken(task: Task, isLast: boolean): ClaimedSubmission {
    const finish = async (outcome: SubmissionOutcome) => {
      await this.keep(withName(task, outcome), task);
      this.done++;
      this.options.progress?.(this.done, this.tasks.length);
      this.wake();
    };
    return {
      mustFinish: isLast,
      read: async () => this.read(task),
      keep: finish,
      postpone: async () => {
        this.later.push(task);
        this.wake();
      },
      fail: (problem) => {
        const says = errorMessage(problem);
        const unread = problem instanceof Unreadable;
        const why = unread ? says : `could not be graded: ${says}`;
        return finish(this.service.refuse(this.seed, why));
      },
    };
  }

  private read(task: Task) {
    const { lesson, budget } = this.options;
    try {
      return { bytes: readInput(task), seed: this.seed, lesson, budget };
    } catch (e) {
      throw new Unreadable(errorMessage(e), { cause: e });
    }
  }
}

/**
 * Grades tasks in this process.
 * @throws NoSandbox where untrusted code cannot be held; what keep throws; the signal's reason when
 *   it is aborted
 */
export const gradeTasks: GradeTasks = async (root, tasks, seed, options, keep) => {
  if (tasks.length === 0) return;
  const service = await openGradingService(root, options);
  try {
    const width = Math.min(options.jobs ?? defaultConcurrency(), tasks.length);
    await gradeAll(
      new TaskSource(tasks, seed, options, service, keep),
      service,
      width,
      options.signal,
    );
  } finally {
    service.close();
  }
};

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
