/** The command worker, as the command line calls it. */
import { queueUrl, wholeNumber, type GradeCommandOptions } from "./grade";
import { runWorker } from "../queue/worker";

export type WorkerCommandOptions = Pick<
  GradeCommandOptions,
  "queue" | "files" | "endpoint" | "metrics" | "trusted" | "jobs"
> & {
  /** Seconds. */
  lease?: number | string;
};

/** @returns the exit code: 1 where the machine can't grade any more */
export async function workerCommand(root: string, options: WorkerCommandOptions): Promise<number> {
  const { files, endpoint, trusted, metrics } = options;
  return runWorker(root, {
    ...{ files, endpoint, trusted },
    queue: queueUrl(options.queue),
    jobs: wholeNumber("jobs", options.jobs, 1, 256),
    lease: wholeNumber("lease", options.lease, 2, 3600),
    metrics: metrics === undefined ? undefined : String(metrics),
  });
}
