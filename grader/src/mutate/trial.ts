/**
 * Tries mutants on the cases of their exercise, in this process: references and fresh cases of
 * several seeds, judged as the grader judges. A mutant is killed when it fails with every seed,
 * since a wrong answer must not pass by luck.
 */
import { join } from "node:path";
import * as tf from "@tensorflow/tfjs-core";
import { runCase, type CaseOutcome } from "../exercise/call";
import type { AnyFunction } from "../exercise/value";
import type { Content } from "../exercise/content";
import type { ReferenceCase } from "../exercise/exercise";
import { prepareExercise } from "../submission/lesson";
import { judgeCase } from "../exercise/judge";
import { paths } from "../files/paths";
import { readSource } from "../files/source";
import { compileCounting, type Steps } from "./compile";
import { mutantsOf, type MadeMutant } from "./mutants";

export const SEEDS = [1, 2, 3];
/** What a mutant may take: so many times the solution's steps, and some more. */
const FACTOR = 20;
const SPARE = 1000;

/** What WebAssembly says when an op kernel left its memory, which may hold anything from then on. */
const BROKEN = /memory access out of bounds|unreachable|table index is out of bounds/;

export interface Trial {
  mutants: MadeMutant[];
  /** The sentence of the case that kills the mutant, or undefined when it survives. */
  run(mutant: MadeMutant): Promise<string | undefined>;
  /** Whether a mutant broke the device's memory, so that this process is of no more use. */
  isBroken(): boolean;
  /** Whether the solution still gives right answers, which broken memory may prevent silently. */
  isSound(): Promise<boolean>;
}

const isCost = ({ group }: ReferenceCase) => group === "cost";

/**
 * Where a tensor does not fit, tfjs would go on and write over its own memory: this ends the
 * process, as in the grader's child.
 */
function endWhenFull(): void {
  const backend = tf.backend() as unknown as {
    wasm?: { _malloc(bytes: number): number; _free(at: number): void };
    ends?: true;
  };
  const { wasm } = backend;
  if (!wasm || backend.ends) return;
  backend.ends = true;
  wasm._free(wasm._malloc(1)); // the first call puts the real function into its place
  const allocate = wasm._malloc;
  wasm._malloc = (bytes) => allocate(bytes) || process.exit(1);
}

interface Questions {
  /** The same for every seed. */
  references: ReferenceCase[];
  bySeed: ReferenceCase[][];
  /** Slow, so asked of survivors only, and with one seed. */
  cost: ReferenceCase[];
}

async function questionsOf(content: Content, seeds: number[]): Promise<Questions> {
  const bySeed: ReferenceCase[][] = [];
  for (const seed of seeds) {
    const { cases } = await prepareExercise({ ...content, references: [] }, 1, seed, []);
    bySeed.push(cases);
  }
  const plain = (cases: ReferenceCase[]) => cases.filter((c) => !isCost(c));
  return {
    references: plain(content.references),
    bySeed: bySeed.map(plain),
    cost: bySeed[0]!.filter(isCost),
  };
}

/** Steps that the solution takes at most. @throws when it fails a case */
async function stepsOf(
  solution: AnyFunction,
  { references, bySeed }: Questions,
  { name, exercise }: Content,
  steps: Steps,
): Promise<number> {
  let most = 0;
  for (const c of [...references, ...bySeed.flat()]) {
    steps.taken = 0;
    const verdict = judgeCase(c, await runCase(solution, c), exercise);
    if (!verdict.ok) {
      throw new Error(`${name}: the solution fails "${c.title}": ${verdict.message}`);
    }
    most = Math.max(most, steps.taken);
  }
  return most;
}

/** Needs a device (tf.setBackend) and solutions as built. */
export async function openTrial(root: string, content: Content, seeds = SEEDS): Promise<Trial> {
  const { name, folder: group, exercise } = content;
  endWhenFull();
  const distFile = join(paths(root).solutionsDist, group, `${name}.js`);
  const source = readSource(content.source);
  const steps: Steps = { taken: 0, most: Infinity };
  const compile = (text: string) => compileCounting(text, distFile, name, steps);
  const questions = await questionsOf(content, seeds);
  const solution = compile(source);
  const limit = FACTOR * (await stepsOf(solution, questions, content, steps)) + SPARE;

  let broken = false;
  /** The first case that the function fails, which is asked first from then on. */
  const firstFailed = async (f: AnyFunction, cases: ReferenceCase[], most = limit) => {
    for (const [i, c] of cases.entries()) {
      Object.assign(steps, { taken: 0, most });
      const outcome = await runCase(f, c).catch((e: Error): CaseOutcome => ({ error: e.message }));
      broken ||= "error" in outcome && BROKEN.test(outcome.error);
      // a mutant that catches TooManySteps is not saved by it
      if (steps.taken <= most && judgeCase(c, outcome, exercise).ok) continue;
      cases.unshift(...cases.splice(i, 1));
      return c.title;
    }
    return undefined;
  };
  const run = async (mutant: MadeMutant) => {
    let f: AnyFunction;
    try {
      Object.assign(steps, { taken: 0, most: limit });
      f = compile(mutant.source);
    } catch {
      return "it cannot be loaded";
    }
    const killer = await firstFailed(f, questions.references);
    if (killer !== undefined) return killer;
    const killers: (string | undefined)[] = [];
    for (const cases of questions.bySeed) killers.push(await firstFailed(f, cases));
    if (!killers.includes(undefined)) return killers[0];
    return firstFailed(f, questions.cost, Infinity);
  };
  const isSound = async () => (await firstFailed(solution, questions.bySeed[0]!)) === undefined;
  return { mutants: mutantsOf(content), run, isBroken: () => broken, isSound };
}
