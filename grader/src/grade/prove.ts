/**
 * The proof of the exercises, in the same children that grade: the solution passes, the stub as
 * shipped earns nothing, each mutant fails and is named by its own sentence.
 */
import { existsSync, readFileSync } from "node:fs";
import { availableParallelism } from "node:os";
import { join } from "node:path";
import * as tf from "@tensorflow/tfjs-core";
import "@tensorflow/tfjs-backend-wasm";
import { registerWasmKernels } from "kernels";
import type { Outcome } from "../call";
import { loadContent } from "../content";
import { applyEdits } from "../edits";
import { diagnose, judge } from "../judge";
import { readManifest, type LessonEntry, type Manifest } from "../manifest";
import { paths } from "../paths";
import { readSource } from "../source";
import { analyse } from "./analyse";
import { bundleEdited, bundler, type Bundle } from "./bundles";
import { prepareExercise, prepareLesson, type PreparedExercise } from "./lesson";
import type { Launcher } from "./run";
import { NoSandbox, openSandbox } from "./sandbox";
import { kernelSource, runKernel, type KernelSource } from "./kernels";
import { gradeSubmission, mutantRunner, questions } from "./submission";
import { runTogether } from "./together";

export interface Proof {
  name: string;
  ok: boolean;
  cases: number;
  mutants: number;
  /** What is not proved, a sentence each. */
  faults: string[];
  /** Why this machine cannot prove it. */
  notHere?: string;
}
export interface ProveOptions {
  seed?: number;
  trusted?: boolean;
  /** Children at a time, one for each core unless given. */
  jobs?: number;
  progress?(done: number, of: number): void;
}

const FEWEST_MUTANTS = 3;

interface Place {
  root: string;
  launcher: Launcher;
  kernels: KernelSource;
  slot: number;
}

/** Versions of a function of ours in the child, in the student's place. */
async function run(prepared: PreparedExercise, codes: string[], place: Place) {
  const { launcher, kernels, slot } = place;
  const { kernel } = prepared.content.exercise;
  const { name } = prepared.entry;
  const outcomes = await runTogether(launcher, slot, name, codes, questions(prepared));
  if (!kernel) return outcomes;
  const { cases } = prepared;
  const ran: (Outcome | undefined)[][] = [];
  for (const [text] of outcomes) {
    ran.push((await runKernel(await kernels.open(), slot, kernel, text, cases)).outcomes);
  }
  return ran;
}

/** The code of each mutant, in their order. */
/** The mutants as code; one whose edits don't fit costs its own proof, in a sentence of `faults`. */
async function bundleMutants({ content }: PreparedExercise, root: string, faults: string[]) {
  const { name, source, exercise } = content;
  const right = readSource(source);
  const mutants: { says: string; bundle: Bundle }[] = [];
  for (const { edits, says } of exercise.mutants) {
    try {
      const bundle = await bundleEdited(root, source, applyEdits(right, edits, name));
      mutants.push({ says, bundle });
    } catch (e) {
      faults.push((e as Error).message);
    }
  }
  return mutants;
}

/** A mutant must fail, and be named by its own sentence. */
async function faultOfMutant(
  says: string,
  outcomes: (Outcome | undefined)[],
  prepared: PreparedExercise,
  place: Place,
): Promise<string | undefined> {
  const { content, cases } = prepared;
  if (judge(content.exercise, 1, cases, outcomes).earned === 1) return `a mutant passes: "${says}"`;
  const runMutants = mutantRunner(prepared, place.kernels, place.slot);
  const named = await diagnose(content, cases, outcomes, runMutants);
  if (named === says) return undefined;
  return named === undefined
    ? `a mutant fails but is not named, since it gives no value where it fails: "${says}"`
    : `a mutant is taken for another: "${says}" is named "${named}"`;
}

async function proveFunction(
  name: string,
  seed: number,
  solution: Bundle,
  place: Place,
): Promise<Omit<Proof, "ok">> {
  const content = loadContent(place.root, name);
  const { exercise } = content;
  const faults: string[] = [];
  const prepared = await prepareExercise(content, 1, seed, []);
  const { cases } = prepared;
  if (content.references.length === 0) {
    faults.push(
      `data/reference/${content.group} holds no ${name}.safetensors: ` +
        `write its oracle and run npm run oracles ${name}`,
    );
  }
  if (exercise.mutants.length < FEWEST_MUTANTS) {
    faults.push(`it has ${exercise.mutants.length} mutants, fewer than ${FEWEST_MUTANTS}`);
  }
  if (exercise.kernel) {
    const missing = await place.kernels.open().then(
      () => undefined,
      (e: Error) => e.message,
    );
    if (missing !== undefined) {
      return {
        name,
        cases: cases.length,
        mutants: exercise.mutants.length,
        faults,
        notHere: missing,
      };
    }
  }
  const mutants = await bundleMutants(prepared, place.root, faults);
  const codes = [solution, ...mutants.map(({ bundle }) => bundle)].map(({ code }) => code);
  const [ofSolution, ...ofMutants] = await run(prepared, codes, place);
  for (const f of judge(exercise, 1, cases, ofSolution!).failures) {
    faults.push(`the solution fails (${f.group}) where ${f.case}: ${f.says}`);
  }
  for (const [i, { says }] of mutants.entries()) {
    const fault = await faultOfMutant(says, ofMutants[i]!, prepared, place);
    if (fault !== undefined) faults.push(fault);
  }
  return { name, cases: cases.length, mutants: exercise.mutants.length, faults };
}

/**
 * Exercise → points that the notebook as shipped earns, where that is more than none; and what of
 * ours would give an answer away.
 */
async function proveLesson(
  lesson: LessonEntry,
  seed: number,
  bundle: (names: string[]) => Promise<Bundle>,
  place: Place,
): Promise<Map<string, string>> {
  const faults = new Map<string, string>();
  const file = join(paths(place.root).notebooks, `${lesson.id}.ipynb`);
  const prepared = await prepareLesson(place.root, lesson, seed, bundle);
  const shipped = analyse(readFileSync(file), [{ entry: lesson, forbid: {} }]);
  for (const e of (
    await gradeSubmission(prepared, shipped, place.launcher, place.kernels, place.slot)
  ).exercises) {
    if (e.earned > 0) faults.set(e.name, `the stub in ${lesson.id}.ipynb earns ${e.earned} points`);
  }
  for (const {
    content: { name, group },
  } of prepared.exercises) {
    if (prepared.solutions.files.includes(`${group}/${name}.ts`)) {
      faults.set(name, "the lesson's uses give its answer away: one of them holds its code");
    }
  }
  return faults;
}

/**
 * Proves the exercises named, or all of the notebooks. The code is the course's own: without a
 * sandbox it runs as ordinary processes.
 */
export async function prove(
  root: string,
  names: string[],
  options: ProveOptions = {},
): Promise<Proof[]> {
  const { seed = 1 } = options;
  const bundle = bundler(root);
  const manifest: Pick<Manifest, "lessons"> = existsSync(paths(root).manifest)
    ? readManifest(root)
    : { lessons: [] };
  const wanted =
    names.length > 0 ? names : manifest.lessons.flatMap((l) => l.exercises.map((e) => e.name));
  const lessons = manifest.lessons.filter((l) => l.exercises.some((e) => wanted.includes(e.name)));
  registerWasmKernels({ missing: true }); // what the child has, for our own answers
  await tf.setBackend("wasm");
  let { trusted } = options;
  const launcher = await openSandbox(root, options).catch((e: unknown) => {
    if (!(e instanceof NoSandbox)) throw e;
    trusted = true;
    return openSandbox(root, { trusted });
  });
  const kernels = kernelSource(root, { trusted });
  try {
    const proofs: Omit<Proof, "ok">[] = [];
    const ofLessons: Map<string, string>[] = [];
    const tasks = [
      ...wanted.map((name, i) => async (slot: number) => {
        proofs[i] = await proveFunction(name, seed, await bundle([name]), {
          root,
          launcher,
          kernels,
          slot,
        });
      }),
      ...lessons.map((lesson, i) => async (slot: number) => {
        ofLessons[i] = await proveLesson(lesson, seed, bundle, { root, launcher, kernels, slot });
      }),
    ];
    let next = 0;
    let done = 0;
    await Promise.all(
      Array.from({ length: options.jobs ?? availableParallelism() }, async (_, slot) => {
        for (let i = next++; i < tasks.length; i = next++) {
          await tasks[i]!(slot);
          options.progress?.(++done, tasks.length);
        }
      }),
    );
    return proofs.map((p) => {
      const faults = [...p.faults, ...ofLessons.flatMap((l) => l.get(p.name) ?? [])];
      return { ...p, faults, ok: faults.length === 0 };
    });
  } finally {
    launcher.close();
    kernels.close();
  }
}
