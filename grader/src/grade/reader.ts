/** Reads submissions in a worker thread with limits on time and memory; a notebook that breaks it costs a new worker, not the batch. */
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
  const ask = (bytes: Uint8Array) => new Promise<Answer>((resolve) => {
    const asked = worker ??= new Worker(FILE, { workerData: lessons, resourceLimits: MEMORY, env: {}, stdin: false });
    const done = (answer: Answer) => {
      clearTimeout(timer);
      asked.removeAllListeners();
      resolve(answer);
    };
    const lose = (error: string) => {
      worker = undefined;
      done({ error });
      asked.on("error", () => undefined); // what it says while it goes
      void asked.terminate();
    };
    const timer = setTimeout(() => lose(`takes longer than ${LIMIT_MS / 1000} s to read`), LIMIT_MS);
    asked.once("message", done);
    asked.once("error", (e) => lose(`cannot be read: ${e.message}`));
    asked.once("exit", () => lose("cannot be read: it ended the reader"));
    asked.postMessage(bytes);
  });
  return {
    read(bytes) {
      const answer = last.then(() => ask(bytes));
      last = answer;
      return answer;
    },
    close: async () => { await worker?.terminate(); },
  };
}
