/** `course worker`: grades what graders put on a queue, until it is asked to stop. */
import { defaultConcurrency } from "../batch/batch";
import { gradeAll } from "../batch/flow";
import { openGradingService } from "../batch/gradingService";
import type { Log } from "./connect";
import { openQueueSession, type QueueSession } from "./session";
import { JobSource } from "./jobSource";
import { noMetrics, serveMetrics } from "./metrics";
import { nameOf, type Presence } from "./presence";

export interface WorkerOptions {
  queue: string;
  trusted?: boolean;
  /** Submissions at a time. */
  jobs?: number;
  /** A port, or an address and a port. */
  metrics?: string;
  /** Seconds after which other workers take over jobs whose lease was not renewed. */
  lease?: number;
}

/** Long, because reference solutions block this process and delay the renewal of leases. */
const DEFAULT_LEASE_S = 60;

const log: Log = (text) => console.error(text);

/** Warns once about each grader of another version, whose submissions this worker skips. */
function versionChecker() {
  const logged = new Set<string>();
  return (all: Presence[], version: string) => {
    for (const other of all) {
      if (other.kind !== "grader" || other.version === version || logged.has(nameOf(other))) {
        continue;
      }
      logged.add(nameOf(other));
      log(
        `The submissions of the grader ${nameOf(other)} are refused and left for other workers: ` +
          `they are for version ${other.version} of the course, and this worker has ${version}. ` +
          "Install the same release on both.",
      );
    }
  };
}

/** The first signal lets the worker finish its jobs; the second returns them to the queue. */
function onSignals(jobs: JobSource): { signal: AbortSignal; release(): void } {
  const now = new AbortController();
  let stopping = false;
  const onSignal = () => {
    jobs.stop();
    if (stopping) now.abort(new Error("stopped"));
    else log("Stopping: what runs is finished first; ask again to give it back to the queue.");
    stopping = true;
  };
  const names = ["SIGINT", "SIGTERM"] as const;
  for (const name of names) process.on(name, onSignal);
  const release = () => names.forEach((name) => process.off(name, onSignal));
  return { signal: now.signal, release };
}

async function work(root: string, session: QueueSession, options: WorkerOptions): Promise<number> {
  const width = options.jobs ?? defaultConcurrency();
  const service = await openGradingService(root, options);
  const metrics = options.metrics ? await serveMetrics(options.metrics, "worker") : undefined;
  const lease = 1000 * (options.lease ?? DEFAULT_LEASE_S);
  const jobs = new JobSource({ session, service, lease, log, metrics: metrics ?? noMetrics });
  const stop = onSignals(jobs);
  try {
    await jobs.open();
    const { self, connection, version } = session;
    log(
      `Worker ${nameOf(self)}: version ${version}, ${width} submissions at a time, queue at ` +
        `${connection.address}` +
        `${metrics ? `, metrics at ${metrics.url}` : ""}.`,
    );
    await gradeAll(jobs, service, width, stop.signal).catch((e: unknown) => {
      if (!stop.signal.aborted) throw e;
    });
  } finally {
    stop.release();
    await jobs.close();
    metrics?.close();
    service.close();
  }
  const { done, aside } = jobs.counts;
  log(`Stopped: ${done} submissions finished${aside > 0 ? `, ${aside} set aside` : ""}.`);
  if (jobs.failure === undefined) return 0;
  log(`Nothing more can be graded here until it is started again: ${jobs.failure}.`);
  return 1;
}

/** @returns the exit code: 1 where the machine can't grade any more */
export async function runWorker(root: string, options: WorkerOptions): Promise<number> {
  const session = await openQueueSession(root, "worker", { ...options, log }, versionChecker());
  try {
    return await work(root, session, options);
  } finally {
    await session.close();
  }
}
