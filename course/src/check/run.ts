/** Runs the visible cases of an exercise on the student's function, in this process and on the current device. */
import { diagnose, expectations, judge, random, runCase, type AnyFunction, type Content, type Judgement, type Outcome } from "grader";
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

export async function runCheck(content: Content, fn: AnyFunction, points: number): Promise<CheckResult> {
  const start = performance.now();
  const { exercise, references } = content;
  const fresh = exercise.cases(random(SEED)).filter((c) => c.group !== "cost"); // nothing here would stop what costs too much
  const cases = [...references, ...(await expectations(content, fresh))];
  const { fn: watched, leaked } = watch(fn);
  // gradients keep what they need for the way back, so leaks are counted in the other cases only
  const outcomes = await without(exercise.forbid ?? [], async () => {
    const all: Outcome[] = [];
    for (const c of cases) all.push(await runCase(c.wrt ? fn : watched, c));
    return all;
  });
  const judgement = judge(exercise, points, cases, outcomes);
  const diagnosis = judgement.failures.length > 0 ? await diagnose(content, cases, outcomes) : undefined;
  return { ...judgement, cases: cases.length, failed: judgement.failures.length, diagnosis, leaked: leaked(), milliseconds: performance.now() - start };
}
