/** The command worker, as the command line calls it. */
import { wholeNumber } from "../files/commandLine";
import { queueUrl, type GradeCommandOptions } from "./grade";
import { runWorker } from "../queue/worker";

export type WorkerCommandOptions = Pick<
  GradeCommandOptions,
  "queue" | "metrics" | "trusted" | "jobs"
> & {
  /** Seconds. */
  lease?: number | string;
};

/** @returns the exit code: 1 where the machine can't grade any more */
export async function workerCommand(root: string, options: WorkerCommandOptions): Promise<number> {
  const { trusted, metrics } = options;
  return runWorker(root, {
    trusted,
    queue: queueUrl(options.queue),
    jobs: wholeNumber("jobs", options.jobs, 1, 256),
    lease: wholeNumber("lease", options.lease, 2, 3600),
    metrics: metrics === undefined ? undefined : String(metrics),
  });
}
