/**
 * The mutation tester's child: tries the mutants of one exercise after another and tells its parent
 * of each, so that the parent can end it where one never answers.
 */
import * as tf from "@tensorflow/tfjs-core";
import "@tensorflow/tfjs-backend-wasm";
import { registerWasmKernels } from "ops";
import { loadContent } from "../exercise/content";
import { openTrial } from "./trial";

/** What the parent asks: an exercise's mutants from one on, without those that need no trial. */
export interface Ask {
  root: string;
  name: string;
  from: number;
  /** Look after each mutant whether it broke the device's memory. */
  careful: boolean;
}
export type Told =
  | { kind: "ready" }
  | { kind: "mutant"; index: number; /** the case that killed it */ killer?: string }
  | { kind: "end" }
  /** The last mutant broke the device's memory. */
  | { kind: "broken" }
  /** Some mutant did, and what came after it does not count. */
  | { kind: "doubtful" }
  | { kind: "error"; says: string };

const tell = (told: Told): void => void process.send!(told);
// a promise that a mutant leaves behind
process.on("unhandledRejection", () => undefined);

async function answer({ root, name, from, careful }: Ask): Promise<void> {
  const { mutants, run, isBroken, isSound } = await openTrial(root, loadContent(root, name));
  tell({ kind: "ready" });
  for (const [index, mutant] of mutants.entries()) {
    if (index < from) continue;
    const killer = await run(mutant);
    tell({ kind: "mutant", index, ...(killer === undefined ? {} : { killer }) });
    if (isBroken() || (careful && !(await isSound()))) return tell({ kind: "broken" });
  }
  tell({ kind: (await isSound()) ? "end" : "doubtful" });
}

const ready = (async () => {
  tf.env().set("PROD", true); // no greeting
  registerWasmKernels({ missing: true });
  await tf.setBackend("wasm");
})();
process.on("message", (ask: Ask) => {
  ready
    .then(() => answer(ask))
    .catch((e: unknown) =>
      tell({ kind: "error", says: e instanceof Error ? e.message : String(e) }),
    );
});
process.on("disconnect", () => process.exit(0));
