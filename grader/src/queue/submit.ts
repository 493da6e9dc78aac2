/**
 * The grader's side of the queue: puts submissions on it, a few hundred at a time, and takes what
 * comes back. Everything is asked again and again and nothing is remembered but the class's folder:
 * so a grader that is killed, a server that loses its data or an answer that is lost costs time.
 */
import type { Job } from "bullmq";
import { createHash } from "node:crypto";
import { errorMessage, type GradeOptions, type SaveResult, type Task } from "../batch/batch";
import { readInput } from "../batch/inputs";
import { withName, type SubmissionOutcome } from "../batch/result";
import { orAborted, pause } from "../batch/wait";
import { readManifest } from "../files/manifest";
import type { Say } from "./connect";
import { JOB_OPTIONS, openDesk, type Desk, type DeskOptions } from "./desk";
import { FilesAway, isFull, NO_FILE } from "./files";
import { nameOf, type Presence } from "./presence";
import { idOf, parseAnswer, TRIES, type JobData } from "./work";

/** What may be on the queue at a time, which the server has to keep in memory. */
const MOST_JOBS = 300;
const MOST_BYTES = 256 << 20;
const LOOK_MS = 200;
const AWAY_MS = 2000;

/** A job on the queue; files of the same content are one. */
interface Sent {
  data: JobData;
  tasks: Task[];
  /** How often its file or its answer was not right. */
  faults: number;
}

/** For good; what was tried again with success keeps its reason. */
const hasFailed = ({ finishedOn, returnvalue }: Job) =>
  finishedOn !== undefined && (returnvalue ?? undefined) === undefined;

/** Says why nothing happens, once for each reason. */
function watcher(say: Say) {
  const told = new Set<string>();
  const tell = (text: string) => {
    if (!told.has(text)) say(text);
    told.add(text);
  };
  return (all: Presence[], version: string) => {
    const workers = all.filter(({ kind }) => kind === "worker");
    const others = workers.filter((worker) => worker.version !== version);
    for (const other of others) {
      tell(
        `The worker ${nameOf(other)} leaves these submissions alone: it has version ` +
          `${other.version} of the course, and this grader has ${version}. Install the same ` +
          "release on both.",
      );
    }
    if (workers.length > others.length) return;
    tell("No worker is there yet. On any machine with this release: npx course worker --queue URL");
  };
}

class Class {
  private readonly waiting: Task[];
  private readonly out = new Map<string, Sent>();
  private bytes = 0;
  private done = 0;
  private toldAway = false;
  private isCollecting = false;

  constructor(
    private readonly tasks: Task[],
    private readonly seed: number,
    private readonly options: GradeOptions & { signal: AbortSignal },
    private readonly desk: Desk,
    private readonly keep: SaveResult,
    private readonly say: Say,
    /** What a report carries where no lesson is known. */
    private readonly version: string,
  ) {
    this.waiting = [...tasks];
  }

  async run(): Promise<void> {
    while (this.waiting.length + this.out.size > 0) {
      while (this.hasPlace()) await this.submit(this.waiting.shift()!);
      await this.collect();
      await pause(LOOK_MS, this.options.signal);
    }
  }

  private hasPlace(): boolean {
    return this.waiting.length > 0 && this.out.size < MOST_JOBS && this.bytes < MOST_BYTES;
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
    const { version } = this.desk;
    const data = { sha256, size: bytes.length, seed: this.seed, version, lesson, budget };
    const id = idOf(data);
    const same = this.out.get(id);
    if (same) {
      same.tasks.push(task);
      return;
    }
    this.out.set(id, { data, tasks: [task], faults: 0 });
    this.bytes += bytes.length;
    await this.send(id, data, bytes);
  }

  /** The file first; a job that failed before is tried anew, one that is there is joined. */
  private async send(id: string, data: JobData, bytes: Buffer): Promise<void> {
    const { files, queue } = this.desk;
    await this.patiently(() => files.put(data.sha256, bytes));
    const before = (await this.asked(queue.getJob(id))) as Job | undefined;
    if (before && hasFailed(before)) await this.asked(before.remove());
    await this.patiently(() => queue.add("grade", data, { ...JOB_OPTIONS, jobId: id }));
  }

  /** Tries again where the place of files is away or the server's memory is full. */
  private async patiently(put: () => Promise<unknown>): Promise<void> {
    for (;;) {
      try {
        await this.asked(put());
        this.toldAway = false;
        return;
      } catch (e) {
        const why = errorMessage(e);
        if (!(e instanceof FilesAway) && !isFull(why)) throw e;
        if (!this.toldAway) this.say(`Submissions wait, since ${why}.`);
        this.toldAway = true;
      }
      await this.collect(); // which makes room
      await pause(AWAY_MS, this.options.signal);
    }
  }

  /** The server may be away; whoever stops the grader doesn't wait for it. */
  private asked<T>(promise: Promise<T>): Promise<T> {
    return orAborted(promise, this.options.signal);
  }

  private async collect(): Promise<void> {
    if (this.isCollecting) return; // what it sends again may wait for the place of files
    this.isCollecting = true;
    try {
      await this.lookAtAll();
    } finally {
      this.isCollecting = false;
    }
  }

  private async lookAtAll(): Promise<void> {
    const look = [...this.out].map(async ([id, sent]) => {
      const job = (await this.desk.queue.getJob(id)) as Job | undefined;
      return { id, sent, job };
    });
    for (const { id, sent, job } of await this.asked(Promise.all(look))) {
      if (!this.out.has(id)) continue;
      if (!job) await this.sendAgain(id, sent);
      else if (job.finishedOn) await this.take(id, sent, job);
    }
  }

  /** It is not on the queue, or its file was gone. */
  private async sendAgain(id: string, { data, tasks }: Sent): Promise<void> {
    let bytes: Buffer | undefined;
    try {
      bytes = readInput(tasks[0]!);
    } catch {
      /* it is gone */
    }
    const sha256 = bytes && createHash("sha256").update(bytes).digest("hex");
    if (bytes && sha256 === data.sha256) return this.send(id, data, bytes);
    await this.end(id, this.refusal("was changed or removed while it waited to be graded"));
  }

  private async take(id: string, sent: Sent, job: Job): Promise<void> {
    try {
      if (hasFailed(job)) throw new Error(job.failedReason);
      await this.end(id, parseAnswer(id, sent.data, job.returnvalue, this.desk.versions), job);
    } catch (e) {
      if (this.options.signal.aborted || !this.out.has(id)) throw e;
      // a file that somebody else removed, or an answer that is not for us
      const again = !hasFailed(job) || job.failedReason.startsWith(NO_FILE);
      if (again && ++sent.faults < TRIES) {
        await this.asked(job.remove());
        return this.sendAgain(id, sent);
      }
      const says = `was set aside after ${TRIES} tries: ${errorMessage(e)}`;
      await this.end(id, this.refusal(says));
    }
  }

  private refusal(says: string): SubmissionOutcome {
    return { seed: this.seed, version: this.version, reason: says };
  }

  /** The class has it first; then the queue forgets it. */
  private async end(id: string, outcome: SubmissionOutcome, job?: Job): Promise<void> {
    const { data, tasks } = this.out.get(id)!;
    this.out.delete(id);
    this.bytes -= data.size;
    await this.finish(tasks, outcome);
    if (job) await this.asked(job.remove());
    await this.asked(this.desk.files.remove(data.sha256)).catch((e: unknown) => {
      if (!(e instanceof FilesAway)) throw e; // it expires, or the bucket's rules remove it
    });
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
  options: GradeOptions & DeskOptions,
  keep: SaveResult,
): Promise<void> {
  if (tasks.length === 0) return;
  const { say } = options;
  const desk = await openDesk(root, "grader", options, watcher(say));
  const signal = options.signal ?? new AbortController().signal;
  const { version } = readManifest(root);
  try {
    await new Class(tasks, seed, { ...options, signal }, desk, keep, say, version).run();
  } finally {
    await desk.close();
  }
}
