/**
 * Tries mutants on the cases of their exercise, in this process: references and fresh cases of
 * several seeds, judged as the grader judges. A mutant is killed when it fails with every seed,
 * since a wrong answer must not pass by luck.
 */
import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { join } from "node:path";
import * as tf from "@tensorflow/tfjs-core";
import { runCase, type AnyFunction } from "../call";
import type { Content } from "../content";
import type { ReferenceCase } from "../exercise";
import { prepareExercise } from "../grade/lesson";
import { judgeCase } from "../judge";
import { paths } from "../paths";
import { compileCounting, type Steps } from "./compile";
import { makeMutants, type MadeMutant } from "./mutants";

export const SEEDS = [1, 2, 3];
/** What a mutant may take: so many times the solution's steps, and some more. */
const FACTOR = 20;
const SPARE = 1000;
/** What tensors may hold, as in the grader's child. */
const MOST_BYTES = 128 << 20;

export interface Trial {
  mutants: MadeMutant[];
  /** The sentence of the case that kills the mutant, or undefined when it survives. */
  run(mutant: MadeMutant): Promise<string | undefined>;
}

const isCost = ({ group }: ReferenceCase) => group === "cost";

/** A tensor too many is an error, where tfjs on WASM would take what memory there is. */
function limitMemory(): void {
  const backend = tf.backend() as unknown as {
    wasm?: { _malloc(bytes: number): number; _free(at: number): void };
    limited?: true;
  };
  const { wasm } = backend;
  if (!wasm || backend.limited) return;
  backend.limited = true;
  wasm._free(wasm._malloc(1)); // the first call puts the real function into its place
  const allocate = wasm._malloc;
  wasm._malloc = (bytes) => {
    if (tf.memory().numBytes + bytes > MOST_BYTES) throw new Error("its tensors hold too much");
    return allocate(bytes) || process.exit(1);
  };
}

/** Needs a device (tf.setBackend) and solutions as built. */
export async function openTrial(root: string, content: Content, seeds = SEEDS): Promise<Trial> {
  const { name, group, exercise, references } = content;
  limitMemory();
  const distFile = join(paths(root).solutionsDist, group, `${name}.js`);
  createRequire(distFile)(distFile);
  const source = readFileSync(content.source, "utf8");
  const steps: Steps = { taken: 0, most: Infinity };
  const solution = compileCounting(source, distFile, name, steps);

  const fresh: ReferenceCase[][] = [];
  for (const seed of seeds) {
    const { cases } = await prepareExercise({ ...content, references: [] }, 1, seed, []);
    fresh.push(cases);
  }
  const plain = [...references, ...fresh.flat()].filter((c) => !isCost(c));
  let most = 0;
  for (const c of plain) {
    steps.taken = 0;
    const verdict = judgeCase(c, await runCase(solution, c), exercise);
    if (!verdict.ok) throw new Error(`${name}: the solution fails "${c.says}": ${verdict.says}`);
    most = Math.max(most, steps.taken);
  }

  /** The first case that the function fails; one that kills often is asked first. */
  const firstFailed = async (f: AnyFunction, cases: ReferenceCase[], limit: number) => {
    for (const [i, c] of cases.entries()) {
      steps.taken = 0;
      steps.most = limit;
      const outcome = await runCase(f, c);
      // what a mutant catches of TooManySteps does not save it
      if (steps.taken <= limit && judgeCase(c, outcome, exercise).ok) continue;
      cases.splice(i, 1);
      cases.unshift(c);
      return c.says;
    }
    return undefined;
  };
  const known = [...references].filter((c) => !isCost(c));
  const bySeed = fresh.map((cases) => cases.filter((c) => !isCost(c)));
  const costly = fresh[0]!.filter(isCost);
  return {
    mutants: makeMutants(source, name),
    run: async (mutant) => {
      let f: AnyFunction;
      try {
        steps.taken = 0;
        steps.most = SPARE;
        f = compileCounting(mutant.source, distFile, name, steps);
      } catch {
        return "it cannot be loaded";
      }
      const limit = FACTOR * most + SPARE;
      let killer = await firstFailed(f, known, limit);
      for (const cases of killer === undefined ? bySeed : []) {
        killer = await firstFailed(f, cases, limit);
        if (killer === undefined) break;
      }
      return killer ?? (await firstFailed(f, costly, Infinity));
    },
  };
}
