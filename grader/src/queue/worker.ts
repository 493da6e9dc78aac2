/** `course worker`: grades what graders put on a queue, until it is asked to stop. */
import { defaultConcurrency } from "../batch/batch";
import { gradeAll } from "../batch/flow";
import { openGradingService } from "../batch/gradingService";
import type { Say } from "./connect";
import { openDesk, type Desk } from "./desk";
import { Jobs } from "./jobs";
import { noMetrics, serveMetrics } from "./metrics";
import { nameOf, type Presence } from "./presence";

export interface WorkerOptions {
  queue: string;
  files?: string;
  endpoint?: string;
  trusted?: boolean;
  /** Submissions at a time. */
  jobs?: number;
  /** A port, or an address and a port. */
  metrics?: string;
  /** Seconds without a sign of life after which others take over what this worker has. */
  lease?: number;
}

/** Seconds. Our own answers are computed in this process, which says nothing meanwhile. */
const LEASE = 60;

const say: Say = (text) => console.error(text);

/** Says once of each grader that its submissions are not for this worker. */
function refuser() {
  const told = new Set<string>();
  return (all: Presence[], version: string) => {
    for (const other of all) {
      if (other.kind !== "grader" || other.version === version || told.has(nameOf(other))) continue;
      told.add(nameOf(other));
      say(
        `The submissions of the grader ${nameOf(other)} are refused and left for other workers: ` +
          `they are for version ${other.version} of the course, and this worker has ${version}. ` +
          "Install the same release on both.",
      );
    }
  };
}

/** The first signal lets it finish what it has; the second gives that back to the queue. */
function onSignals(jobs: Jobs): { signal: AbortSignal; release(): void } {
  const now = new AbortController();
  let asked = false;
  const heard = () => {
    jobs.stop();
    if (asked) now.abort(new Error("stopped"));
    else say("Stopping: what runs is finished first; ask again to give it back to the queue.");
    asked = true;
  };
  const names = ["SIGINT", "SIGTERM"] as const;
  for (const name of names) process.on(name, heard);
  const release = () => names.forEach((name) => process.off(name, heard));
  return { signal: now.signal, release };
}

async function work(root: string, desk: Desk, options: WorkerOptions): Promise<number> {
  const width = options.jobs ?? defaultConcurrency();
  const room = await openGradingService(root, options);
  const metrics = options.metrics ? await serveMetrics(options.metrics, "worker") : undefined;
  const lease = 1000 * (options.lease ?? LEASE);
  const jobs = new Jobs({ desk, room, lease, say, metrics: metrics ?? noMetrics });
  const stop = onSignals(jobs);
  try {
    await jobs.open();
    const { me, connection, files, version } = desk;
    say(
      `Worker ${nameOf(me)}: version ${version}, ${width} submissions at a time, queue at ` +
        `${connection.place}, files in ${files.place}` +
        `${metrics ? `, metrics at ${metrics.url}` : ""}.`,
    );
    await gradeAll(jobs, room, width, stop.signal).catch((e: unknown) => {
      if (!stop.signal.aborted) throw e;
    });
  } finally {
    stop.release();
    await jobs.close();
    metrics?.close();
    room.close();
  }
  const { done, aside } = jobs.counts;
  say(`Stopped: ${done} submissions finished${aside > 0 ? `, ${aside} set aside` : ""}.`);
  if (jobs.broken === undefined) return 0;
  say(`Nothing more can be graded here until it is started again: ${jobs.broken}.`);
  return 1;
}

/** @returns the exit code: 1 where the machine can't grade any more */
export async function runWorker(root: string, options: WorkerOptions): Promise<number> {
  const desk = await openDesk(root, "worker", { ...options, say }, refuser());
  try {
    return await work(root, desk, options);
  } finally {
    await desk.close();
  }
}
