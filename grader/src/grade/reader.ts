/**
 * Reads submissions in a worker thread with limits on time and memory; a notebook that breaks it
 * costs a new worker, not the batch.
 */
import { join } from "node:path";
import { Worker } from "node:worker_threads";
import type { LessonFacts } from "./analyse";
import type { Answer } from "./worker";

const LIMIT_MS = 10_000;
const MEMORY = { maxOldGenerationSizeMb: 768, maxYoungGenerationSizeMb: 64, stackSizeMb: 4 };
/** What was built, also when tests run from sources: a worker loads JavaScript only. */
const FILE = join(__dirname, "..", "..", "dist", "grade", "worker.js");

export interface Reader {
  read(bytes: Uint8Array): Promise<Answer>;
  close(): Promise<void>;
}

export function startReader(lessons: LessonFacts[]): Reader {
  let worker: Worker | undefined;
  let last: Promise<unknown> = Promise.resolve(); // one notebook at a time
  /** Takes the answer, or the reason why there is none, of the notebook that is being read. */
  let settle: (answer: Answer, lost: boolean) => void = () => undefined;
  const start = () => {
    const started = new Worker(FILE, { workerData: lessons, resourceLimits: MEMORY, env: {} });
    started.on("message", (answer: Answer) => settle(answer, false));
    started.on("error", (e) => settle({ error: `cannot be read: ${e.message}` }, true));
    return started;
  };
  const ask = (bytes: Uint8Array) =>
    new Promise<Answer>((resolve) => {
      const timer = setTimeout(
        () => settle({ error: `takes longer than ${LIMIT_MS / 1000} s to read` }, true),
        LIMIT_MS,
      );
      settle = (answer, lost) => {
        clearTimeout(timer);
        settle = () => undefined;
        if (lost) {
          void worker?.terminate();
          worker = undefined;
        }
        resolve(answer);
      };
      worker ??= start();
      worker.postMessage(bytes);
    });
  return {
    read(bytes) {
      const answer = last.then(() => ask(bytes));
      last = answer;
      return answer;
    },
    close: async () => {
      await worker?.terminate();
    },
  };
}
