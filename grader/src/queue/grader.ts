/**
 * The grader's side of the queue: submits a few hundred jobs at a time and collects their responses.
 * It polls, and keeps state in the class's folder alone, so a killed grader, a server that lost its
 * data or a lost response costs time and no grade.
 */
import type { Job } from "bullmq";
import { createHash } from "node:crypto";
import { errorMessage, type GradeOptions, type SaveResult, type Task } from "../batch/batch";
import { readInput } from "../batch/inputs";
import { withName, type SubmissionOutcome } from "../batch/result";
import { orAborted, pause } from "../batch/wait";
import { readManifest } from "../files/manifest";
import type { Log } from "./connect";
import {
  JOB_OPTIONS,
  openQueueSession,
  type QueueSession,
  type QueueSessionOptions,
} from "./session";
import { StoreFull, isFull, FILE_MISSING } from "./fileStore";
import { nameOf, type Presence } from "./presence";
import { jobIdOf, parseResponse, MAX_ATTEMPTS, type JobData } from "./messages";

/** What may be on the queue at a time: the server keeps it in memory. */
const MAX_QUEUED_JOBS = 300;
const MAX_QUEUED_BYTES = 256 << 20;
const POLL_MS = 200;
const FULL_RETRY_MS = 2000;

/** A job on the queue; files of equal content share one. */
interface QueuedJob {
  data: JobData;
  tasks: Task[];
  /** How often its file was missing or its response was wrong. */
  faults: number;
}

/** Whether it failed for good: a job that succeeded on a retry keeps its failedReason too. */
const hasFailed = ({ finishedOn, returnvalue }: Job) =>
  finishedOn !== undefined && (returnvalue ?? undefined) === undefined;

/** Logs why nothing happens, once for each reason. */
function presenceLogger(log: Log) {
  const logged = new Set<string>();
  const logOnce = (text: string) => {
    if (!logged.has(text)) log(text);
    logged.add(text);
  };
  return (all: Presence[], version: string) => {
    const workers = all.filter(({ kind }) => kind === "worker");
    const others = workers.filter((worker) => worker.version !== version);
    for (const other of others) {
      logOnce(
        `The worker ${nameOf(other)} leaves these submissions alone: it has version ` +
          `${other.version} of the course, and this grader has ${version}. Install the same ` +
          "release on both.",
      );
    }
    if (workers.length > others.length) return;
    logOnce(
      "No worker is there yet. On any machine with this release: npx course worker --queue URL",
    );
  };
}

/** One batch on its way through the queue. */
class QueuedBatch {
  private readonly waiting: Task[];
  private readonly queued = new Map<string, QueuedJob>();
  private bytes = 0;
  private done = 0;
  private loggedFull = false;
  private collecting = false;

  constructor(
    private readonly tasks: Task[],
    private readonly seed: number,
    private readonly options: GradeOptions & { signal: AbortSignal },
    private readonly session: QueueSession,
    private readonly keep: SaveResult,
    private readonly log: Log,
    /** The version in a report where the lesson is unknown. */
    private readonly version: string,
  ) {
    this.waiting = [...tasks];
  }

  async run(): Promise<void> {
    while (this.waiting.length + this.queued.size > 0) {
      while (this.hasRoom()) await this.submit(this.waiting.shift()!);
      await this.collect();
      await pause(POLL_MS, this.options.signal);
    }
  }

  private hasRoom(): boolean {
    return (
      this.waiting.length > 0 && this.queued.size < MAX_QUEUED_JOBS && this.bytes < MAX_QUEUED_BYTES
    );
  }

  private async submit(task: Task): Promise<void> {
    let bytes: Buffer;
    try {
      bytes = readInput(task);
    } catch (e) {
      return this.finish([task], this.refusal(errorMessage(e)));
    }
    const { lesson, budget } = this.options;
    const sha256 = createHash("sha256").update(bytes).digest("hex");
    const { version } = this.session;
    const data = { sha256, size: bytes.length, seed: this.seed, version, lesson, budget };
    const id = jobIdOf(data);
    const same = this.queued.get(id);
    if (same) {
      same.tasks.push(task);
      return;
    }
    this.queued.set(id, { data, tasks: [task], faults: 0 });
    this.bytes += bytes.length;
    await this.send(id, data, bytes);
  }

  /** The file first; a job that failed before is tried anew, one that is there is joined. */
  private async send(id: string, data: JobData, bytes: Buffer): Promise<void> {
    const { files, queue } = this.session;
    await this.retryWhileFull(() => files.put(data.sha256, bytes));
    const before = (await this.abortable(queue.getJob(id))) as Job | undefined;
    if (before && hasFailed(before)) await this.abortable(before.remove());
    await this.retryWhileFull(() => queue.add("grade", data, { ...JOB_OPTIONS, jobId: id }));
  }

  /** Tries again while the server's memory is full. */
  private async retryWhileFull(put: () => Promise<unknown>): Promise<void> {
    for (;;) {
      try {
        await this.abortable(put());
        this.loggedFull = false;
        return;
      } catch (e) {
        const why = errorMessage(e);
        if (!(e instanceof StoreFull) && !isFull(why)) throw e;
        if (!this.loggedFull) this.log(`Submissions wait, since ${why}.`);
        this.loggedFull = true;
      }
      await this.collect(); // which makes room
      await pause(FULL_RETRY_MS, this.options.signal);
    }
  }

  /** Stops waiting for the server, which may be away, when the grader is stopped. */
  private abortable<T>(promise: Promise<T>): Promise<T> {
    return orAborted(promise, this.options.signal);
  }

  private async collect(): Promise<void> {
    if (this.collecting) return; // a job that is sent again may wait for memory
    this.collecting = true;
    try {
      await this.collectAll();
    } finally {
      this.collecting = false;
    }
  }

  private async collectAll(): Promise<void> {
    const requests = [...this.queued].map(async ([id, sent]) => {
      const job = (await this.session.queue.getJob(id)) as Job | undefined;
      return { id, sent, job };
    });
    for (const { id, sent, job } of await this.abortable(Promise.all(requests))) {
      if (!this.queued.has(id)) continue;
      if (!job) await this.sendAgain(id, sent);
      else if (job.finishedOn) await this.take(id, sent, job);
    }
  }

  /** Sends a job again that is not on the queue, or whose file was gone. */
  private async sendAgain(id: string, { data, tasks }: QueuedJob): Promise<void> {
    let bytes: Buffer | undefined;
    try {
      bytes = readInput(tasks[0]!);
    } catch {
      // it is gone
    }
    const sha256 = bytes && createHash("sha256").update(bytes).digest("hex");
    if (bytes && sha256 === data.sha256) return this.send(id, data, bytes);
    await this.end(id, this.refusal("was changed or removed while it waited to be graded"));
  }

  private async take(id: string, sent: QueuedJob, job: Job): Promise<void> {
    try {
      if (hasFailed(job)) throw new Error(job.failedReason);
      await this.end(id, parseResponse(id, sent.data, job.returnvalue, this.session.versions), job);
    } catch (e) {
      if (this.options.signal.aborted || !this.queued.has(id)) throw e;
      // somebody else removed the file, or the response is not for this job
      const again = !hasFailed(job) || job.failedReason.startsWith(FILE_MISSING);
      if (again && ++sent.faults < MAX_ATTEMPTS) {
        await this.abortable(job.remove());
        return this.sendAgain(id, sent);
      }
      const reason = `was set aside after ${MAX_ATTEMPTS} tries: ${errorMessage(e)}`;
      await this.end(id, this.refusal(reason));
    }
  }

  private refusal(reason: string): SubmissionOutcome {
    return { seed: this.seed, version: this.version, reason };
  }

  /** Writes the result to the class first; then removes the job from the queue. */
  private async end(id: string, outcome: SubmissionOutcome, job?: Job): Promise<void> {
    const { data, tasks } = this.queued.get(id)!;
    this.queued.delete(id);
    this.bytes -= data.size;
    await this.finish(tasks, outcome);
    if (job) await this.abortable(job.remove());
    await this.abortable(this.session.files.remove(data.sha256));
  }

  private async finish(tasks: Task[], outcome: SubmissionOutcome): Promise<void> {
    for (const task of tasks) {
      await this.keep(withName(task, outcome), task);
      this.done++;
      this.options.progress?.(this.done, this.tasks.length);
    }
  }
}

/** Grades tasks by workers behind a queue; see GradeTasks. */
export async function gradeOnQueue(
  root: string,
  tasks: Task[],
  seed: number,
  options: GradeOptions & QueueSessionOptions,
  keep: SaveResult,
): Promise<void> {
  if (tasks.length === 0) return;
  const { log } = options;
  const session = await openQueueSession(root, "grader", options, presenceLogger(log));
  const signal = options.signal ?? new AbortController().signal;
  const { version } = readManifest(root);
  try {
    await new QueuedBatch(tasks, seed, { ...options, signal }, session, keep, log, version).run();
  } finally {
    await session.close();
  }
}
