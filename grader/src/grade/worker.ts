/** The worker thread's end of reader.ts: one notebook in, one submission or one sentence out. */
import { parentPort, workerData } from "node:worker_threads";
import { analyse, type LessonFacts, type Submission } from "./analyse";

export type Answer = { submission: Submission } | { error: string };

parentPort!.on("message", (bytes: Uint8Array) => {
  let answer: Answer;
  try {
    answer = { submission: analyse(bytes, workerData as LessonFacts[]) };
  } catch (e) {
    answer = { error: e instanceof Error ? e.message : String(e) };
  }
  parentPort!.postMessage(answer);
});
