/**
 * Runs the visible cases of an exercise on the student's function, in this process and on the
 * current device. A shader may never end, so it runs in a process of its own, on this machine's
 * WebGPU adapter.
 */
import {
  courseRoot,
  diagnose,
  expectedOf,
  judge,
  parameterNames,
  random,
  runCase,
  type AnyFunction,
  type Content,
  type Judgment,
  type ShaderSpec,
  type CaseOutcome,
  type RunCases,
} from "grader";
import { NoAdapter, openShaders, runShader } from "grader/shaders/run";
import { firstDifference, type Difference } from "./difference";
import { failingInput } from "./failingInput";
import { countLeaks, locateErrors, stoppable, withForbidden, type LocatedFunction } from "./watch";

/** The same inputs at each check, so that a different result means a different function. */
export const SEED = 1;

export interface CheckResult extends Judgment {
  cases: number;
  failed: number;
  /** What the first failure means, where the output equals that of a typical mistake. */
  diagnosis?: string;
  /** The arguments of the first failure, as a sentence. */
  input?: string;
  /** Where the first failure's numbers differ from the expected ones. */
  difference?: Difference;
  leaked: number;
  milliseconds: number;
}

/** Why this machine cannot check, and what to do about it. */
export interface CheckUnavailable {
  notChecked: string;
}

/** The title of the case that ran when the student pressed stop. */
export interface CheckStopped {
  stoppedAt: string;
}

type Checked = Omit<CheckResult, "milliseconds"> | CheckUnavailable | CheckStopped;

/**
 * Runs the visible cases, worth `points` in all.
 * @returns why this machine cannot run them, where it cannot, or where the student stopped them
 */
export async function runCheck(
  content: Content,
  fn: AnyFunction,
  points: number,
): Promise<CheckResult | CheckUnavailable | CheckStopped> {
  const start = performance.now();
  const { shader } = content.exercise;
  const checked = shader
    ? await checkShader(content, shader, fn, points)
    : await checkFunction(content, fn, points);
  if ("notChecked" in checked || "stoppedAt" in checked) return checked;
  return { ...checked, milliseconds: performance.now() - start };
}

/** Adds to the first failure which line of the student's cell threw, if one did. */
function sayWhere(
  { failures: [first] }: Judgment,
  cases: { title: string }[],
  outcomes: CaseOutcome[],
  lineOf: LocatedFunction["lineOf"],
): void {
  const outcome = outcomes[cases.findIndex(({ title }) => title === first?.case)];
  const at = outcome && "error" in outcome ? lineOf(outcome.error) : undefined;
  if (!first || !at) return;
  const end = /[.!?]$/.test(first.message) ? "" : ".";
  first.message += `${end} Line ${at.line} of your cell throws it: ${at.text}`;
}

async function checkFunction(content: Content, fn: AnyFunction, points: number): Promise<Checked> {
  const { exercise, references } = content;
  // a case that only a limit of memory or time ends may take very long, and nothing would stop it
  const fresh = exercise.cases(random(SEED)).filter((c) => c.group !== "cost" || c.cost);
  const cases = [...references, ...(await expectedOf(content, fresh))];
  const names = parameterNames(fn);
  const { fn: located, lineOf } = locateErrors(fn);
  const { fn: own, wasStopped } = stoppable(located);
  const { fn: watched, leaked } = countLeaks(own);
  const sync = exercise.async === false;
  const outcomes = await withForbidden(exercise.forbid ?? [], async () => {
    const all: CaseOutcome[] = [];
    // gradients keep tensors for the backward pass, so leaks are counted in the other cases only
    for (const c of cases) {
      all.push(await runCase(c.wrt ? own : watched, { ...c, sync }, names));
      if (wasStopped()) break;
    }
    return all;
  });
  if (wasStopped()) return { stoppedAt: cases[outcomes.length - 1]!.title };
  const judgment = judge(exercise, points, cases, outcomes);
  const failed = judgment.failures.length;
  sayWhere(judgment, cases, outcomes, lineOf);
  const diagnosis = failed > 0 ? await diagnose(content, cases, outcomes) : undefined;
  const difference = firstDifference(cases, outcomes, exercise);
  const input = failingInput(cases, outcomes, exercise, names);
  return {
    ...judgment,
    cases: cases.length,
    failed,
    diagnosis,
    input,
    difference,
    leaked: leaked(),
  };
}

/** Runs a shader and, for the diagnosis, its mutants, one after another. */
async function checkShader(
  content: Content,
  spec: ShaderSpec,
  fn: AnyFunction,
  points: number,
): Promise<Checked> {
  const { exercise, references } = content;
  const cases = [...references, ...(await expectedOf(content, exercise.cases(random(SEED))))];
  const text = await runCase(fn, { args: [] });
  try {
    const launcher = await openShaders(courseRoot(), { trusted: true });
    const { outcomes, loss } = await runShader(launcher, 0, spec, text, cases);
    const judgment = judge(exercise, points, cases, outcomes);
    const failed = judgment.failures.length;
    if (loss !== undefined && failed > 0) {
      judgment.failures[0]!.message += ` It was stopped: ${loss}.`;
    }
    const run: RunCases = async (mutant, some) => {
      const mutantText = await runCase(mutant, { args: [] });
      return (await runShader(launcher, 0, spec, mutantText, some)).outcomes;
    };
    const wrote = failed > 0 && "value" in text;
    const diagnosis = wrote
      ? await diagnose(content, cases, outcomes, content.run ?? run)
      : undefined;
    const difference = firstDifference(cases, outcomes, exercise);
    return { ...judgment, cases: cases.length, failed, diagnosis, difference, leaked: 0 };
  } catch (e) {
    if (e instanceof NoAdapter) return { notChecked: e.message };
    throw e;
  }
}
