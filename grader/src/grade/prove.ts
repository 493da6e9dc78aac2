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
import { loadContent } from "../content";
import { applyEdits } from "../edits";
import { diagnose, judge } from "../judge";
import { readManifest, type LessonEntry, type Manifest } from "../manifest";
import { paths } from "../paths";
import { readSource } from "../source";
import { analyse } from "./analyse";
import { bundleEdited, bundler, type Bundle } from "./bundles";
import { prepareExercise, prepareLesson, type PreparedExercise } from "./lesson";
import { runJob, type Launcher } from "./run";
import { NoSandbox, openSandbox } from "./sandbox";
import { kernelSource, runKernel, type KernelSource } from "./kernels";
import { gradeSubmission, mutantRunner, questions } from "./submission";

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
  progress?(done: number, of: number): void;
}

const FEWEST_MUTANTS = 3;

interface Place {
  root: string;
  launcher: Launcher;
  kernels: KernelSource;
  slot: number;
}

/** A function of ours in the child, in the student's place. */
async function run(prepared: PreparedExercise, bundle: Bundle, { launcher, kernels, slot }: Place) {
  const {
    cases,
    entry,
    content: {
      exercise: { kernel },
    },
  } = prepared;
  const { outcomes } = await runJob(launcher, slot, {
    wasm: launcher.wasm,
    solutions: "",
    cells: [],
    ours: [{ name: entry.name, code: bundle.code }],
    exercises: [{ name: entry.name, cell: -1, forbid: [], cases: questions(prepared) }],
  });
  return kernel
    ? (await runKernel(await kernels.open(), slot, kernel, outcomes[0]![0], cases)).outcomes
    : outcomes[0]!;
}

async function proveFunction(
  name: string,
  seed: number,
  solution: Bundle,
  place: Place,
): Promise<Omit<Proof, "ok">> {
  const content = loadContent(place.root, name);
  const { exercise, source } = content;
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
  const right = judge(exercise, 1, cases, await run(prepared, solution, place));
  for (const f of right.failures) {
    faults.push(`the solution fails (${f.group}) where ${f.case}: ${f.says}`);
  }
  for (const { edits, says } of exercise.mutants) {
    let mutant: Bundle;
    try {
      mutant = await bundleEdited(place.root, source, applyEdits(readSource(source), edits, name));
    } catch (e) {
      faults.push((e as Error).message);
      continue;
    }
    const outcomes = await run(prepared, mutant, place);
    const named = await diagnose(
      content,
      cases,
      outcomes,
      mutantRunner(prepared, place.kernels, place.slot),
    );
    if (judge(exercise, 1, cases, outcomes).earned === 1) faults.push(`a mutant passes: "${says}"`);
    else if (named === undefined) {
      faults.push(
        `a mutant fails but is not named, since it gives no value where it fails: "${says}"`,
      );
    } else if (named !== says) {
      faults.push(`a mutant is taken for another: "${says}" is named "${named}"`);
    }
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
      Array.from({ length: availableParallelism() }, async (_, slot) => {
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
