/**
 * The worker's source: takes jobs from the queue when there is a place for them, holds them by a
 * lease that it renews, and gives their outcomes back. What becomes of a worker, each of its jobs
 * ends in exactly one way: with an answer, back in the queue, or set aside after its tries.
 */
import { UnrecoverableError, Worker, type Job } from "bullmq";
import { errorMessage } from "../batch/batch";
import type { SubmissionSource, ClaimedSubmission } from "../batch/flow";
import type { SubmissionOutcome } from "../batch/result";
import type { GradingService, GradeRequest } from "../batch/gradingService";
import { SandboxFault } from "../sandbox/run";
import { NoSandbox } from "../sandbox/sandbox";
import { PREFIX, type Say } from "./connect";
import type { Desk } from "./desk";
import { FilesAway, readFile } from "./files";
import type { Metrics } from "./metrics";
import { isOfVersion, parseJob, TRIES, type Answer, type JobData } from "./work";

/** How often an idle worker looks for jobs, and how often it counts those that wait. */
const LOOK_MS = 200;
const COUNT_MS = 1000;
/** After the place for files was found away. */
const AWAY_MS = 2000;

export interface JobsOptions {
  desk: Desk;
  room: GradingService;
  /** Milliseconds without a sign of life after which others take over what this worker has. */
  lease: number;
  say: Say;
  metrics: Metrics;
}

const LOST = "its worker was lost each time, perhaps for lack of memory";
const sleep = (ms: number) => new Promise<void>((resolve) => setTimeout(resolve, ms));

export class Jobs implements SubmissionSource {
  /** Why this worker can't go on. */
  broken?: string;
  readonly counts = { done: 0, aside: 0 };
  private readonly worker: Worker;
  /** By id, the tokens of the jobs that this worker has. */
  private readonly held = new Map<string, string>();
  private readonly timers: NodeJS.Timeout[];
  private waiting = 0;
  private tokens = 0;
  private stopped = false;
  private lookAt = 0;
  private toldUngraded = new Set<string>();

  constructor(private readonly options: JobsOptions) {
    const { desk, lease } = options;
    this.worker = new Worker(desk.name, null, {
      connection: desk.connection.redis,
      prefix: PREFIX,
      autorun: false,
      lockDuration: lease,
      stalledInterval: lease / 2,
      maxStalledCount: TRIES, // what has used up its tries is set aside when it is taken
    });
    this.worker.on("error", () => undefined); // the connection tells
    this.timers = [
      setInterval(() => void this.renew().catch(() => undefined), lease / 3),
      setInterval(() => void this.count().catch(() => undefined), COUNT_MS),
    ];
  }

  /** Also takes over what other workers have lost. */
  async open(): Promise<void> {
    await this.worker.waitUntilReady();
    await this.worker.startStalledCheckTimer();
    await this.count();
  }

  /** Takes no more; what it has it finishes. */
  stop(): void {
    this.stopped = true;
  }

  private giveUp(why: string): void {
    this.broken ??= why;
    this.stop();
  }

  async close(): Promise<void> {
    for (const timer of this.timers) clearInterval(timer);
    await this.worker.close(true);
  }

  hasWaiting(): boolean {
    return this.waiting > 0;
  }

  async next(): Promise<ClaimedSubmission | undefined> {
    while (!this.stopped) {
      const token = `${this.options.desk.me.host}:${process.pid}:${this.tokens++}`;
      const isTime = Date.now() >= this.lookAt;
      const job = isTime ? await this.worker.getNextJob(token, { block: false }) : undefined;
      const taken = job && (await this.take(job, token));
      if (taken) return taken;
      if (!job) await sleep(LOOK_MS);
    }
    return undefined;
  }

  private async renew(): Promise<void> {
    if (this.held.size === 0) return;
    const { lease } = this.options;
    await this.worker.extendJobLocks([...this.held.keys()], [...this.held.values()], lease);
  }

  private async count(): Promise<void> {
    this.waiting = await this.options.desk.queue.getWaitingCount();
    this.options.metrics.state(this.waiting, this.held.size);
  }

  /** @returns undefined where the job is not to be graded */
  private async take(job: Job, token: string): Promise<ClaimedSubmission | undefined> {
    const id = job.id!;
    this.held.set(id, token);
    if (job.stalledCounter + job.attemptsMade >= TRIES) {
      await this.setAside(job, token, new Error(job.failedReason || LOST));
      return undefined;
    }
    try {
      const data = parseJob(id, job.data);
      if (data.version === this.options.desk.version) return this.taken(job, token, data);
      throw new Error(`it is for version ${data.version} of the course`);
    } catch (e) {
      await this.setAside(job, token, e);
      return undefined;
    }
  }

  private taken(job: Job, token: string, data: JobData): ClaimedSubmission {
    const { desk } = this.options;
    const start = performance.now();
    return {
      mustFinish: job.attemptsStarted > 1,
      read: async (): Promise<GradeRequest> => {
        const { seed, lesson, budget } = data;
        return { bytes: await readFile(desk.files, data), seed, lesson, budget };
      },
      keep: (outcome) => this.keep(job, token, data, outcome, start),
      postpone: () => this.giveBack(job, token),
      fail: (problem) => this.fail(job, token, problem),
    };
  }

  private async keep(
    job: Job,
    token: string,
    data: JobData,
    outcome: SubmissionOutcome,
    start: number,
  ) {
    if (!isOfVersion(outcome, this.options.desk.versions)) {
      this.giveUp("the course's files have changed since it started");
      return this.giveBack(job, token);
    }
    const answer: Answer = { job: job.id!, sha256: data.sha256, outcome };
    if (!(await this.end(job, () => job.moveToCompleted(answer, token, false)))) return;
    this.counts.done++;
    const end = "lesson" in outcome ? "graded" : "not graded";
    this.options.metrics.ended(end, (performance.now() - start) / 1000);
    this.tellUngraded(outcome);
  }

  /** What this machine lacks is said once. */
  private tellUngraded(outcome: SubmissionOutcome): void {
    if (!("lesson" in outcome)) return;
    for (const { notGraded, note = "" } of outcome.exercises) {
      if (!notGraded || this.toldUngraded.has(note)) continue;
      this.toldUngraded.add(note);
      this.options.say(`Exercises that this machine can't grade: ${note}`);
    }
  }

  /** To the end of the queue; it is no try. */
  private async giveBack(job: Job, token: string): Promise<void> {
    this.options.metrics.ended("put off");
    await this.end(job, () => job.moveToDelayed(Date.now() + 1, token));
  }

  private async fail(job: Job, token: string, problem: unknown): Promise<void> {
    const { room, say } = this.options;
    if (problem instanceof FilesAway) {
      this.lookAt = Date.now() + AWAY_MS;
      return this.giveBack(job, token);
    }
    if (problem instanceof SandboxFault || problem instanceof NoSandbox) {
      try {
        await room.check();
      } catch (e) {
        this.giveUp(`children no longer start on this machine (${errorMessage(e)})`);
        return this.giveBack(job, token);
      }
    }
    const tries = job.stalledCounter + job.attemptsMade + 1;
    if (tries >= TRIES) return this.setAside(job, token, problem);
    say(`${job.id} could not be graded, ${errorMessage(problem)}: it is tried again.`);
    this.options.metrics.ended("tried again");
    await this.end(job, () => job.moveToFailed(new Error(errorMessage(problem)), token, false));
  }

  private async setAside(job: Job, token: string, problem: unknown): Promise<void> {
    const says = errorMessage(problem);
    this.counts.aside++;
    this.options.say(`${job.id} is set aside: ${says}.`);
    this.options.metrics.ended("set aside");
    await this.end(job, () => job.moveToFailed(new UnrecoverableError(says), token, false));
  }

  /** @returns whether this worker still had the job; another one has taken it over otherwise */
  private async end(job: Job, move: () => Promise<unknown>): Promise<boolean> {
    try {
      await move();
      return true;
    } catch (e) {
      this.options.say(`${job.id} is no longer this worker's (${errorMessage(e)}).`);
      return false;
    } finally {
      this.held.delete(job.id!);
    }
  }
}
