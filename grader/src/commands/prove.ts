/**
 * The proof of the exercises, in the same children that grade: the solution passes, the stub as
 * shipped earns nothing, each mutant fails with any seed and is named by its own sentence.
 */
import { existsSync, readFileSync } from "node:fs";
import { availableParallelism } from "node:os";
import { join } from "node:path";
import * as tf from "@tensorflow/tfjs-core";
import "@tensorflow/tfjs-backend-wasm";
import { registerWasmKernels } from "ops";
import type { CaseOutcome } from "../exercise/call";
import { loadContent, type Content } from "../exercise/content";
import { applyEdits } from "../exercise/edits";
import { diagnose } from "../exercise/diagnose";
import type { Mutant, ReferenceCase } from "../exercise/exercise";
import { canGuard } from "../exercise/guard";
import { judge, judgeCase } from "../exercise/judge";
import { readManifest, type LessonEntry } from "../files/manifest";
import { paths } from "../files/paths";
import { readSource } from "../files/source";
import { readSubmission } from "../submission/notebook";
import {
  bundleEdited,
  bundler,
  prepareExercise,
  prepareLesson,
  type Bundle,
  type PreparedExercise,
} from "../submission/lesson";
import { shaderSource, runShader, type ShaderSource } from "../shaders/runShaders";
import { NoSandbox, openSandbox, type Sandbox } from "../sandbox/sandbox";
import { jobCases } from "../submission/rounds";
import { gradeSubmission } from "../submission/grade";
import { mutantRunner } from "../submission/report";
import { DEFAULT_TIMEOUTS, type Timeouts } from "../sandbox/run";
import { runVariants, type VariantResult } from "../submission/runVariants";

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

const MIN_MUTANTS = 3;
/** Fresh cases are drawn with this many seeds, from the proof's own on. */
const SEEDS = 10;

interface ProofContext {
  root: string;
  launcher: Sandbox;
  shaders: ShaderSource;
  slot: number;
}

/**
 * A busy machine may need this long where an idle one keeps the limits. The code that
 * waits is the course's own and not hostile.
 */
const PATIENT_TIMEOUTS: Timeouts = {
  start: 120_000,
  step: 30_000,
  longCase: 50_000,
  child: 300_000,
};

/** Runs versions of a reference solution in the child, in place of a student's function. */
async function run(
  prepared: PreparedExercise,
  codes: string[],
  place: ProofContext,
  timeouts: Timeouts = { ...DEFAULT_TIMEOUTS, start: PATIENT_TIMEOUTS.start },
): Promise<VariantResult[]> {
  const { launcher, shaders, slot } = place;
  const { shader: spec } = prepared.content.exercise;
  const { name } = prepared.entry;
  const asked = jobCases(prepared);
  const answered = await runVariants(launcher, slot, name, codes, asked, timeouts);
  if (!spec) return answered;
  const { cases } = prepared;
  const ran: VariantResult[] = [];
  for (const { outcomes, loss } of answered) {
    const opened = await shaders.open();
    const ofText = await runShader(opened, slot, spec, outcomes[0], cases, {
      timeouts: PATIENT_TIMEOUTS,
    });
    ran.push({ outcomes: ofText.outcomes, loss: loss ?? ofText.loss });
  }
  return ran;
}

type FaultOf = (outcomes: VariantResult["outcomes"]) => Promise<string | undefined>;

/**
 * What is not proved of a version. One that lost its child runs once more, alone and with longer timeouts:
 * a mutant that breaks a limit by itself breaks it again.
 */
async function proveVersion(
  first: VariantResult,
  code: string,
  prepared: PreparedExercise,
  place: ProofContext,
  faultOf: FaultOf,
): Promise<string | undefined> {
  const fault = await faultOf(first.outcomes);
  if (fault === undefined || first.loss === undefined) return fault;
  const [again] = await run(prepared, [code], place, PATIENT_TIMEOUTS);
  const still = await faultOf(again!.outcomes);
  if (still === undefined || again!.loss === undefined) return still;
  return `${still} (its child was lost twice: ${first.loss}, then, alone, ${again!.loss})`;
}

/**
 * The mutants as code; one whose edits don't fit costs its own proof, in a sentence of `faults`.
 */
async function bundleMutants({ content }: PreparedExercise, root: string, faults: string[]) {
  const { name, source, exercise } = content;
  const right = readSource(source);
  const mutants: { mutant: Mutant; bundle: Bundle }[] = [];
  for (const mutant of exercise.mutants) {
    try {
      const bundle = await bundleEdited(root, source, applyEdits(right, mutant.edits, name));
      mutants.push({ mutant, bundle });
    } catch (e) {
      faults.push((e as Error).message);
    }
  }
  return mutants;
}

/** What its folder lacks. */
function missingParts({ name, folder: group, references, exercise }: Content): string[] {
  const faults: string[] = [];
  if (references.length === 0) {
    faults.push(
      `data/reference/${group} holds no ${name}.safetensors: ` +
        `write its oracle and run npm run oracles ${name}`,
    );
  }
  const { length } = exercise.mutants;
  if (length < MIN_MUTANTS) {
    faults.push(`it has ${length} mutants, fewer than ${MIN_MUTANTS}`);
  }
  const unknown = (exercise.forbid ?? []).filter((name) => !canGuard(name));
  if (unknown.length > 0) {
    faults.push(`it forbids ${unknown.join(", ")}, which is no operation or optimizer of tfjs`);
  }
  return faults;
}

async function whyNotHere({ exercise }: Content, place: ProofContext): Promise<string | undefined> {
  if (!exercise.shader) return undefined;
  return place.shaders.open().then(
    () => undefined,
    (e: Error) => e.message,
  );
}

function faultOfSolution(
  outcomes: (CaseOutcome | undefined)[],
  { content, cases }: PreparedExercise,
): string | undefined {
  const { failures } = judge(content.exercise, 1, cases, outcomes);
  const said = failures.map((f) => `(${f.group}) where ${f.case}: ${f.message}`);
  return said.length === 0 ? undefined : `the solution fails ${said.join(" and ")}`;
}

/** A mutant must fail, and be named by its own sentence. */
async function faultOfMutant(
  { message: says, breaks }: Pick<Mutant, "message" | "breaks">,
  outcomes: (CaseOutcome | undefined)[],
  prepared: PreparedExercise,
  place: ProofContext,
): Promise<string | undefined> {
  const { content, cases } = prepared;
  const { points: earned } = judge(content.exercise, 1, cases, outcomes);
  if (earned === 1) return `a mutant passes: "${says}"`;
  if (breaks !== undefined && earned > 1 / 2 + 1e-9) {
    return `a mutant that only costs too much earns more than half: "${says}"`;
  }
  const runMutants = mutantRunner(prepared, place.shaders, place.slot, {
    timeouts: PATIENT_TIMEOUTS,
  });
  const named = await diagnose(content, cases, outcomes, runMutants);
  if (named === says) return undefined;
  return named === undefined
    ? `a mutant fails but is not named: "${says}"`
    : `a mutant is taken for another: "${says}" is named "${named}"`;
}

/** The mutants that reference cases let pass: only fresh cases, drawn from a seed, can fail them. */
function failedByFreshCasesAlone<T extends { mutant: Mutant }>(
  mutants: T[],
  answered: VariantResult[],
  { cases, content }: PreparedExercise,
): T[] {
  const isReference = cases.map((c) => content.references.includes(c));
  return mutants.filter(({ mutant }, i) => {
    if (mutant.breaks !== undefined) return false;
    const outcomes = answered[i]!.outcomes;
    return cases.every((c, j) => !isReference[j] || judgeCase(c, outcomes[j], content.exercise).ok);
  });
}

/**
 * Points must not depend on the seed: a mutant that only fresh cases fail must fail with every seed.
 * Shaders are left out, since their cases run for long; cases of cost differ in numbers alone.
 */
async function proveSeeds(
  mutants: Awaited<ReturnType<typeof bundleMutants>>,
  prepared: PreparedExercise,
  seed: number,
  place: ProofContext,
): Promise<string[]> {
  const { content } = prepared;
  if (mutants.length === 0 || content.exercise.shader) return [];
  const seeds = Array.from({ length: SEEDS - 1 }, (_, i) => seed + 1 + i);
  const cases: ReferenceCase[] = [];
  const seedOf: number[] = [];
  for (const other of seeds) {
    const fresh = (await prepareExercise(content, 1, other, [])).cases.filter(
      (c) => c.group !== "cost" && !content.references.includes(c),
    );
    cases.push(...fresh);
    seedOf.push(...fresh.map(() => other));
  }
  const codes = mutants.map(({ bundle }) => bundle.code);
  const answered = await run({ ...prepared, cases }, codes, place, PATIENT_TIMEOUTS);
  return mutants.flatMap(({ mutant }, i) => {
    const { outcomes, loss } = answered[i]!;
    if (loss !== undefined) return [];
    const failedWith = new Set(
      seedOf.filter((_, j) => !judgeCase(cases[j]!, outcomes[j], content.exercise).ok),
    );
    const passes = seeds.filter((other) => !failedWith.has(other));
    if (passes.length === 0) return [];
    return [`a mutant passes with the seeds ${passes.join(", ")}: "${mutant.message}"`];
  });
}

async function proveFunction(
  name: string,
  seed: number,
  solution: Bundle,
  place: ProofContext,
): Promise<Omit<Proof, "ok">> {
  const content = loadContent(place.root, name);
  const { exercise } = content;
  const prepared = await prepareExercise(content, 1, seed, []);
  const { cases } = prepared;
  const faults = missingParts(content);
  const proof = { name, cases: cases.length, mutants: exercise.mutants.length, faults };
  const notHere = await whyNotHere(content, place);
  if (notHere !== undefined) return { ...proof, notHere };
  const mutants = await bundleMutants(prepared, place.root, faults);
  const codes = [solution, ...mutants.map(({ bundle }) => bundle)].map(({ code }) => code);
  const answered = await run(prepared, codes, place);
  const faultsOf: FaultOf[] = [
    (outcomes) => Promise.resolve(faultOfSolution(outcomes, prepared)),
    ...mutants.map(
      ({ mutant }): FaultOf =>
        (o) =>
          faultOfMutant(mutant, o, prepared, place),
    ),
  ];
  for (const [i, faultOf] of faultsOf.entries()) {
    const fault = await proveVersion(answered[i]!, codes[i]!, prepared, place, faultOf);
    if (fault !== undefined) faults.push(fault);
  }
  const drawn = failedByFreshCasesAlone(mutants, answered.slice(1), prepared);
  faults.push(...(await proveSeeds(drawn, prepared, seed, place)));
  return proof;
}

/**
 * Exercise → what is wrong with it in its lesson: the notebook as shipped earns points, or
 * something that the lesson offers gives its answer away.
 */
async function proveLesson(
  lesson: LessonEntry,
  seed: number,
  bundle: (names: string[]) => Promise<Bundle>,
  { root, launcher, shaders, slot }: ProofContext,
): Promise<Map<string, string>> {
  const faults = new Map<string, string>();
  const file = join(paths(root).notebooks, `${lesson.id}.ipynb`);
  const prepared = await prepareLesson(root, lesson, seed, bundle);
  const shipped = readSubmission(readFileSync(file), [lesson]);
  const report = await gradeSubmission(prepared, shipped, { launcher, shaders, slot });
  for (const { name, points: earned } of report.exercises) {
    if (earned > 0) faults.set(name, `the stub in ${lesson.id}.ipynb earns ${earned} points`);
  }
  for (const { content } of prepared.exercises) {
    const { name, folder: group } = content;
    if (prepared.solutions.files.includes(`${group}/${name}.ts`)) {
      faults.set(name, "the lesson's uses give its answer away: one of them holds its code");
    }
  }
  return faults;
}

/** Runs tasks on all cores, one slot each. */
async function runOnAllCores(
  tasks: ((slot: number) => Promise<void>)[],
  { jobs = availableParallelism(), progress }: ProveOptions,
): Promise<void> {
  let next = 0;
  let done = 0;
  const work = async (slot: number) => {
    for (let i = next++; i < tasks.length; i = next++) {
      await tasks[i]!(slot);
      progress?.(++done, tasks.length);
    }
  };
  const slots = Array.from({ length: jobs }, (_, slot) => slot);
  await Promise.all(slots.map(work));
}

/** The code is the course's own: without a sandbox it runs as ordinary processes. */
async function openProofContext(
  root: string,
  options: ProveOptions,
): Promise<Omit<ProofContext, "slot">> {
  let { trusted } = options;
  const launcher = await openSandbox(root, options).catch((e: unknown) => {
    if (!(e instanceof NoSandbox)) throw e;
    trusted = true;
    return openSandbox(root, { trusted });
  });
  return { root, launcher, shaders: shaderSource(root, { trusted }) };
}

/** What proves the exercises named, and the lessons that hold them. */
async function proveAll(
  wanted: string[],
  lessons: LessonEntry[],
  place: Omit<ProofContext, "slot">,
  options: ProveOptions,
) {
  const { seed = 1 } = options;
  const bundle = bundler(place.root);
  const proofs: Omit<Proof, "ok">[] = [];
  const ofLessons: Map<string, string>[] = [];
  const functions = wanted.map((name, i) => async (slot: number) => {
    proofs[i] = await proveFunction(name, seed, await bundle([name]), { ...place, slot });
  });
  const wholeLessons = lessons.map((lesson, i) => async (slot: number) => {
    ofLessons[i] = await proveLesson(lesson, seed, bundle, { ...place, slot });
  });
  await runOnAllCores([...functions, ...wholeLessons], options);
  return { proofs, ofLessons };
}

/** Proves the exercises named, or all of the notebooks. */
export async function prove(
  root: string,
  names: string[],
  options: ProveOptions = {},
): Promise<Proof[]> {
  const built = existsSync(paths(root).manifest) ? readManifest(root).lessons : [];
  const inNotebooks = built.flatMap((lesson) => lesson.exercises.map((e) => e.name));
  const wanted = names.length > 0 ? names : inNotebooks;
  const lessons = built.filter((l) => l.exercises.some((e) => wanted.includes(e.name)));
  registerWasmKernels({ missing: true }); // what the child has, for our own answers
  await tf.setBackend("wasm");
  const place = await openProofContext(root, options);
  try {
    const { proofs, ofLessons } = await proveAll(wanted, lessons, place, options);
    return proofs.map((proof) => {
      const more = ofLessons.flatMap((faultsOf) => faultsOf.get(proof.name) ?? []);
      const faults = [...proof.faults, ...more];
      return { ...proof, faults, ok: faults.length === 0 };
    });
  } finally {
    place.launcher.close();
    place.shaders.close();
  }
}
