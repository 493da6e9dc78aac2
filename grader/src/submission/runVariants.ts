/**
 * Several versions of one function in one child: the mutants of an exercise. To start a child takes
 * longer than most cases, and code that has run before runs faster.
 */
import type { CaseOutcome } from "../exercise/call";
import type { Job } from "../sandbox/job";
import { DEFAULT_TIMEOUTS, runJob, type Launcher, type Timeouts } from "../sandbox/run";

/** A child may use 60 s of the processor; what is lost costs its own version alone. */
const VARIANTS_PER_CHILD = 8;

/**
 * A cell that puts one version into the function's place. Before the version's code runs, the one
 * before it is gone, so that code which does not load cannot pass for it.
 */
const cellOf = (name: string, code: string): string => `(() => {
  const name = ${JSON.stringify(name)};
  const module = { exports: {} };
  globalThis[name] = undefined;
  (function (module, exports, require) {${code}
  })(module, module.exports, (id) => (id === "@tensorflow/tfjs-core" ? tf : {}));
  globalThis[name] = module.exports[name];
})()`;

/** What one version gave. */
export interface VariantResult {
  /** By case, undefined where none came. */
  outcomes: (CaseOutcome | undefined)[];
  /** Why a child was lost at it. */
  loss?: string;
}

/**
 * Asks each version the same questions, in the sandbox that grades.
 * @param codes of CommonJS modules that export the function
 * @param timeouts allowed for one version
 */
export async function runVariants(
  launcher: Launcher,
  slot: number,
  name: string,
  codes: string[],
  cases: Job["exercises"][number]["cases"],
  timeouts: Timeouts = DEFAULT_TIMEOUTS,
): Promise<VariantResult[]> {
  const all: VariantResult[] = [];
  for (let from = 0; from < codes.length; from += VARIANTS_PER_CHILD) {
    const some = codes.slice(from, from + VARIANTS_PER_CHILD);
    const job: Job = {
      wasm: launcher.wasm,
      solutions: "",
      cells: some.map((code) => ({ code: cellOf(name, code), awaits: false })),
      exercises: some.map((_, cell) => ({ name, cell, references: [], forbid: [], cases })),
    };
    const forAll: Timeouts = { ...timeouts, child: timeouts.child * some.length };
    const { outcomes, losses } = await runJob(launcher, slot, job, { timeouts: forAll });
    all.push(...outcomes.map((ofOne, i) => ({ outcomes: ofOne, loss: losses[i] })));
  }
  return all;
}
