/**
 * The mutation tester's child process. It tries the mutants of one exercise after another and reports
 * each to its parent, which ends the process if a mutant never returns.
 */
import { Worker } from "node:worker_threads";
import * as tf from "@tensorflow/tfjs-core";
import "@tensorflow/tfjs-backend-wasm";
import { registerWasmKernels } from "ops";
import { loadContent } from "../exercise/content";
import { openTrial } from "./trial";

/** The parent's request: try the mutants of an exercise, beginning with number `from`. */
export interface TrialRequest {
  root: string;
  name: string;
  from: number;
  /** Checks after each mutant whether it broke the device's memory. */
  careful: boolean;
}
export type TrialMessage =
  | { kind: "ready" }
  | { kind: "mutant"; index: number; /** the case that killed it */ killer?: string }
  | { kind: "end" }
  /** The last mutant broke the device's memory. */
  | { kind: "broken" }
  /** Some mutant broke it, and results after that one don't count. */
  | { kind: "doubtful" }
  | { kind: "error"; message: string };

const send = (message: TrialMessage): void => void process.send!(message);
// a mutant may leave a rejected promise behind
process.on("unhandledRejection", () => undefined);

async function tryMutants({ root, name, from, careful }: TrialRequest): Promise<void> {
  const { mutants, run, isBroken, isSound } = await openTrial(root, loadContent(root, name));
  send({ kind: "ready" });
  for (const [index, mutant] of mutants.entries()) {
    if (index < from) continue;
    const killer = await run(mutant);
    send({ kind: "mutant", index, ...(killer === undefined ? {} : { killer }) });
    if (isBroken() || (careful && !(await isSound()))) return send({ kind: "broken" });
  }
  send({ kind: (await isSound()) ? "end" : "doubtful" });
}

const ready = (async () => {
  tf.env().set("PROD", true); // no greeting
  registerWasmKernels({ missing: true });
  await tf.setBackend("wasm");
})();
process.on("message", (request: TrialRequest) => {
  ready
    .then(() => tryMutants(request))
    .catch((e: unknown) =>
      send({ kind: "error", message: e instanceof Error ? e.message : String(e) }),
    );
});
process.on("disconnect", () => process.exit(0));
// a mutant that never returns hears no disconnect: a thread watches for the end of the parent
const WATCH = `
  const parent = process.ppid;
  setInterval(() => {
    if (process.ppid !== parent) process.kill(process.pid, "SIGKILL");
  }, 1_000);
`;
new Worker(WATCH, { eval: true }).unref();
