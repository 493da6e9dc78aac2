/**
 * Runs the visible cases of an exercise on the student's function, in this process and on the
 * current device; a kernel, which may never end, in a process of its own on this machine's WebGPU
 * adapter.
 */
import {
  courseRoot,
  diagnose,
  expectations,
  judge,
  parameterNames,
  random,
  runCase,
  type AnyFunction,
  type Content,
  type Judgement,
  type KernelSpec,
  type Outcome,
  type RunCases,
} from "grader";
import { NoAdapter, openKernels, runKernel } from "grader/dist/grade/kernels.js";
import { watch, without } from "./watch";

/** The same inputs at each check, so that a change of the result is a change of the function. */
export const SEED = 1;

export interface CheckResult extends Judgement {
  cases: number;
  failed: number;
  /** Of the first failure, where the student's output is that of a typical mistake. */
  diagnosis?: string;
  leaked: number;
  milliseconds: number;
}

/** Why this machine cannot check, and what to do about it. */
export interface NotChecked {
  notChecked: string;
}

/** Kernels and their mutants, run one after another. */
async function checkKernel(
  content: Content,
  spec: KernelSpec,
  fn: AnyFunction,
  points: number,
): Promise<CheckResult | NotChecked> {
  const start = performance.now();
  const { exercise, references } = content;
  const cases = [...references, ...(await expectations(content, exercise.cases(random(SEED))))];
  const text = await runCase(fn, { args: [] });
  try {
    const kernels = await openKernels(courseRoot(), { trusted: true });
    const run: RunCases = async (f, some) =>
      (await runKernel(kernels, 0, spec, await runCase(f, { args: [] }), some)).outcomes;
    const { outcomes, loss } = await runKernel(kernels, 0, spec, text, cases);
    const judgement = judge(exercise, points, cases, outcomes);
    if (loss !== undefined && judgement.failures[0]) {
      judgement.failures[0].says += ` It was stopped: ${loss}.`;
    }
    const diagnosis =
      judgement.failures.length > 0 && "value" in text
        ? await diagnose(content, cases, outcomes, run)
        : undefined;
    return {
      ...judgement,
      cases: cases.length,
      failed: judgement.failures.length,
      diagnosis,
      leaked: 0,
      milliseconds: performance.now() - start,
    };
  } catch (e) {
    if (e instanceof NoAdapter) return { notChecked: e.message };
    throw e;
  }
}

export async function runCheck(
  content: Content,
  fn: AnyFunction,
  points: number,
): Promise<CheckResult | NotChecked> {
  const start = performance.now();
  const { exercise, references } = content;
  if (exercise.kernel) return checkKernel(content, exercise.kernel, fn, points);
  // nothing here would stop what costs too much
  const fresh = exercise.cases(random(SEED)).filter((c) => c.group !== "cost");
  const cases = [...references, ...(await expectations(content, fresh))];
  const { fn: watched, leaked } = watch(fn);
  // gradients keep what they need for the way back, so leaks are counted in the other cases only
  const outcomes = await without(exercise.forbid ?? [], async () => {
    const all: Outcome[] = [];
    for (const c of cases) {
      all.push(await runCase(c.wrt ? fn : watched, c, parameterNames(fn)));
    }
    return all;
  });
  const judgement = judge(exercise, points, cases, outcomes);
  const diagnosis =
    judgement.failures.length > 0 ? await diagnose(content, cases, outcomes) : undefined;
  return {
    ...judgement,
    cases: cases.length,
    failed: judgement.failures.length,
    diagnosis,
    leaked: leaked(),
    milliseconds: performance.now() - start,
  };
}
