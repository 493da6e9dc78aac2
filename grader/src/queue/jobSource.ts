/**
 * The worker's source of jobs: takes one from the queue when a slot is free, holds it by a lease
 * that it renews, and returns its outcome. Whatever happens to a worker, each of its jobs ends in
 * exactly one way: with a response, back in the queue, or set aside after MAX_ATTEMPTS.
 */
import { UnrecoverableError, Worker, type Job } from "bullmq";
import { errorMessage } from "../batch/batch";
import type { SubmissionSource, ClaimedSubmission } from "../batch/flow";
import type { SubmissionOutcome } from "../batch/result";
import type { GradingService, GradeRequest } from "../batch/gradingService";
import { SandboxFault } from "../sandbox/run";
import { NoSandbox } from "../sandbox/sandbox";
import { PREFIX, type Log } from "./connect";
import type { QueueSession } from "./session";
import { readFile } from "./fileStore";
import type { Metrics } from "./metrics";
import { isOfVersion, parseJob, MAX_ATTEMPTS, type JobResponse, type JobData } from "./messages";

/** How often an idle worker looks for jobs. */
const POLL_MS = 200;
/** How often it counts the jobs that wait. */
const COUNT_MS = 1000;

export interface JobSourceOptions {
  session: QueueSession;
  service: GradingService;
  /** Milliseconds after which other workers take over jobs whose lease was not renewed. */
  lease: number;
  log: Log;
  metrics: Metrics;
}

const WORKER_LOST = "its worker was lost each time, perhaps for lack of memory";
const sleep = (ms: number) => new Promise<void>((resolve) => setTimeout(resolve, ms));

export class JobSource implements SubmissionSource {
  /** Why this worker can't go on. */
  failure?: string;
  readonly counts = { done: 0, aside: 0 };
  private readonly worker: Worker;
  /** The tokens of the jobs that this worker holds, by their ids. */
  private readonly held = new Map<string, string>();
  private readonly timers: NodeJS.Timeout[];
  private waiting = 0;
  private tokens = 0;
  private stopped = false;
  private loggedNotes = new Set<string>();

  constructor(private readonly options: JobSourceOptions) {
    const { session, lease } = options;
    this.worker = new Worker(session.name, null, {
      connection: session.connection.redis,
      prefix: PREFIX,
      autorun: false,
      lockDuration: lease,
      stalledInterval: lease / 2,
      maxStalledCount: MAX_ATTEMPTS, // what has used up its tries is set aside when it is taken
    });
    this.worker.on("error", () => undefined); // the connection reports outages
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

  /** Takes no more jobs; those that it holds are finished. */
  stop(): void {
    this.stopped = true;
  }

  private giveUp(why: string): void {
    this.failure ??= why;
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
      const token = `${this.options.session.self.host}:${process.pid}:${this.tokens++}`;
      const job = await this.worker.getNextJob(token, { block: false });
      const taken = job && (await this.take(job, token));
      if (taken) return taken;
      if (!job) await sleep(POLL_MS);
    }
    return undefined;
  }

  private async renew(): Promise<void> {
    if (this.held.size === 0) return;
    const { lease } = this.options;
    await this.worker.extendJobLocks([...this.held.keys()], [...this.held.values()], lease);
  }

  private async count(): Promise<void> {
    this.waiting = await this.options.session.queue.getWaitingCount();
    this.options.metrics.state(this.waiting, this.held.size);
  }

  /** @returns undefined where the job is not to be graded */
  private async take(job: Job, token: string): Promise<ClaimedSubmission | undefined> {
    const id = job.id!;
    this.held.set(id, token);
    if (job.stalledCounter + job.attemptsMade >= MAX_ATTEMPTS) {
      await this.setAside(job, token, new Error(job.failedReason || WORKER_LOST));
      return undefined;
    }
    try {
      const data = parseJob(id, job.data);
      if (data.version === this.options.session.version) return this.taken(job, token, data);
      throw new Error(`it is for version ${data.version} of the course`);
    } catch (e) {
      await this.setAside(job, token, e);
      return undefined;
    }
  }

  private taken(job: Job, token: string, data: JobData): ClaimedSubmission {
    const { session } = this.options;
    const start = performance.now();
    return {
      mustFinish: job.attemptsStarted > 1,
      read: async (): Promise<GradeRequest> => {
        const { seed, lesson, budget } = data;
        return { bytes: await readFile(session.files, data), seed, lesson, budget };
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
    if (!isOfVersion(outcome, this.options.session.versions)) {
      this.giveUp("the course's files have changed since it started");
      return this.giveBack(job, token);
    }
    const response: JobResponse = { job: job.id!, sha256: data.sha256, outcome };
    if (!(await this.end(job, () => job.moveToCompleted(response, token, false)))) return;
    this.counts.done++;
    const end = "lesson" in outcome ? "graded" : "not graded";
    this.options.metrics.ended(end, (performance.now() - start) / 1000);
    this.logUngraded(outcome);
  }

  /** Logs once what this machine lacks. */
  private logUngraded(outcome: SubmissionOutcome): void {
    if (!("lesson" in outcome)) return;
    for (const { notGraded, note = "" } of outcome.exercises) {
      if (!notGraded || this.loggedNotes.has(note)) continue;
      this.loggedNotes.add(note);
      this.options.log(`Exercises that this machine can't grade: ${note}`);
    }
  }

  /** Puts the job at the end of the queue; that does not count as an attempt. */
  private async giveBack(job: Job, token: string): Promise<void> {
    this.options.metrics.ended("put off");
    await this.end(job, () => job.moveToDelayed(Date.now() + 1, token));
  }

  private async fail(job: Job, token: string, problem: unknown): Promise<void> {
    const { service, log } = this.options;
    if (problem instanceof SandboxFault || problem instanceof NoSandbox) {
      try {
        await service.check();
      } catch (e) {
        this.giveUp(`children no longer start on this machine (${errorMessage(e)})`);
        return this.giveBack(job, token);
      }
    }
    const attempts = job.stalledCounter + job.attemptsMade + 1;
    if (attempts >= MAX_ATTEMPTS) return this.setAside(job, token, problem);
    log(`${job.id} could not be graded, ${errorMessage(problem)}: it is tried again.`);
    this.options.metrics.ended("tried again");
    await this.end(job, () => job.moveToFailed(new Error(errorMessage(problem)), token, false));
  }

  private async setAside(job: Job, token: string, problem: unknown): Promise<void> {
    const reason = errorMessage(problem);
    this.counts.aside++;
    this.options.log(`${job.id} is set aside: ${reason}.`);
    this.options.metrics.ended("set aside");
    await this.end(job, () => job.moveToFailed(new UnrecoverableError(reason), token, false));
  }

  /** @returns false where another worker has taken the job over */
  private async end(job: Job, move: () => Promise<unknown>): Promise<boolean> {
    try {
      await move();
      return true;
    } catch (e) {
      this.options.log(`${job.id} is no longer this worker's (${errorMessage(e)}).`);
      return false;
    } finally {
      this.held.delete(job.id!);
    }
  }
}
