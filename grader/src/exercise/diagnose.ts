/**
 * Finds what a wrong answer means. A mutant makes a typical mistake; where the student's values equal
 * a mutant's, the mutant's message is the diagnosis.
 */
import type { CaseOutcome, RunCases } from "./call";
import { compare } from "./compare";
import type { Content } from "./content";
import type { Case, Exercise, ReferenceCase } from "./exercise";
import { closeness, judgeCase, runExclusive } from "./judge";
import type { AnyFunction, Value } from "./value";

const runInThisProcess: RunCases = async (fn, cases) => {
  const outcomes: CaseOutcome[] = [];
  for (const c of cases) outcomes.push(await runExclusive(fn, c));
  return outcomes;
};

/** What each mutant gives on a case, computed once for all submissions of a batch. */
const outcomesByCase = new WeakMap<
  ReferenceCase,
  Map<AnyFunction, Promise<CaseOutcome | undefined>>
>();

function mutantOutcomes(
  fn: AnyFunction,
  cases: ReferenceCase[],
  run: RunCases,
): Promise<(CaseOutcome | undefined)[]> {
  const cacheOf = (c: ReferenceCase) => {
    let outcomesByMutant = outcomesByCase.get(c);
    if (!outcomesByMutant) outcomesByCase.set(c, (outcomesByMutant = new Map()));
    return outcomesByMutant;
  };
  const missing = cases.filter((c) => !cacheOf(c).has(fn));
  if (missing.length > 0) {
    const ran = run(fn, missing);
    for (const [i, c] of missing.entries()) {
      const outcome = ran.then((outcomes) => outcomes[i]);
      cacheOf(c).set(fn, outcome);
      // a run that failed is repeated for the next submission
      outcome.catch(() => cacheOf(c).delete(fn));
    }
  }
  return Promise.all(cases.map((c) => cacheOf(c).get(fn)!));
}

/**
 * Yields what a mutant gives on each case. In this process a case runs only when its outcome is asked
 * for, since most mutants differ from the student at the first one; elsewhere all run together.
 */
async function* eachOutcome(
  fn: AnyFunction,
  cases: ReferenceCase[],
  run: RunCases,
): AsyncGenerator<CaseOutcome | undefined> {
  if (run !== runInThisProcess) yield* await mutantOutcomes(fn, cases, run);
  else for (const c of cases) yield* await mutantOutcomes(fn, [c], run);
}

/** A wrong value of the student, which can be compared with what a mutant gives. */
interface WrongValue {
  c: ReferenceCase;
  value: Value;
}

const isComparable = ({ group }: Case) => group !== "errors" && group !== "cost";

interface FailedCase {
  c: ReferenceCase;
  outcome: CaseOutcome | undefined;
}

function wrongValues(failed: FailedCase[]): WrongValue[] {
  return failed.flatMap(({ c, outcome }) =>
    isComparable(c) && outcome && "value" in outcome ? [{ c, value: outcome.value }] : [],
  );
}

/** The message of the mutant that breaks at the first failed case of group cost. */
function costDiagnosis(
  { mutants }: Exercise,
  first: ReferenceCase | undefined,
): string | undefined {
  return mutants.find((m) => m.breaks !== undefined && m.breaks === first?.title)?.message;
}

/**
 * A mutant's message as reports show it. The student's values equal the mutant's, but the student
 * may have made the mistake in another way.
 */
export const formatDiagnosis = (diagnosis: string | undefined): string | undefined =>
  diagnosis && `This looks like a known mistake. ${diagnosis}`;

/** Whether a mutant gives a wrong value, or none, on any of the cases. */
async function failsAny(
  { fn }: MutantFunction,
  cases: ReferenceCase[],
  exercise: Exercise,
  run: RunCases,
): Promise<boolean> {
  let i = 0;
  for await (const outcome of eachOutcome(fn, cases, run)) {
    if (!judgeCase(cases[i++]!, outcome, exercise).ok) return true;
  }
  return false;
}

/**
 * Counts the student's wrong values that a mutant gives too. The count is 0 where both are wrong but
 * differ, since then the mutant makes another mistake. A value that differs by being NaN only doesn't
 * count: it comes from a second mistake, such as an exponential that overflows.
 */
async function countEqualValues(
  { fn }: MutantFunction,
  wrong: WrongValue[],
  exercise: Exercise,
  run: RunCases,
): Promise<number> {
  const cases = wrong.map(({ c }) => c);
  let equal = 0;
  let i = 0;
  for await (const outcome of eachOutcome(fn, cases, run)) {
    const { c, value } = wrong[i++]!;
    if (judgeCase(c, outcome, exercise).ok) continue;
    if (!outcome || "error" in outcome) return 0;
    const verdict = compare(value, outcome.value, closeness(c, exercise));
    if (verdict.ok) equal++;
    else if (verdict.kind !== "nan") return 0;
  }
  return equal;
}

/**
 * Counts the failures that a mutant has too, for an answer that gives no wrong value: it throws, or
 * it returns where it should throw. The count is 0 where the mutant fails in another way. Errors that
 * begin with the function's name are its own, and everybody words them differently.
 */
async function countEqualFailures(
  { fn }: MutantFunction,
  failed: FailedCase[],
  { name, exercise }: Content,
  run: RunCases,
): Promise<number> {
  const cases = failed.map(({ c }) => c);
  const messageOf = (c: ReferenceCase, outcome: CaseOutcome | undefined) => {
    const isOwn = outcome && "error" in outcome && outcome.error.startsWith(`${name}:`);
    const verdict = judgeCase(c, outcome, exercise);
    if (verdict.ok) return undefined;
    if (c.group === "errors") return "a wrong argument goes through";
    return isOwn ? "an error of its own" : verdict.message;
  };
  let i = 0;
  for await (const given of eachOutcome(fn, cases, run)) {
    const { c, outcome } = failed[i++]!;
    if (!outcome || messageOf(c, outcome) !== messageOf(c, given)) return 0;
  }
  return failed.length;
}

type MutantFunction = ReturnType<Content["mutants"]>[number];

/** Splits the cases into failed ones, right ones and wrong values. */
function splitCases(
  cases: ReferenceCase[],
  outcomes: (CaseOutcome | undefined)[],
  exercise: Exercise,
) {
  const all = cases.map((c, i) => {
    const outcome = outcomes[i];
    return { c, outcome, isRight: judgeCase(c, outcome, exercise).ok };
  });
  const failed = all.filter(({ isRight }) => !isRight);
  const right = all.filter(({ c, isRight }) => isComparable(c) && isRight).map(({ c }) => c);
  return { failed, right, wrong: wrongValues(failed) };
}

/**
 * Whether a mutant explains every failure: it gives each of the student's wrong values, and is right
 * wherever the student is. No mutant explains a failure without a value, or one of group cost.
 */
export async function isFullyExplained(
  content: Content,
  cases: ReferenceCase[],
  outcomes: (CaseOutcome | undefined)[],
  run: RunCases = content.run ?? runInThisProcess,
): Promise<boolean> {
  const { exercise } = content;
  const { failed, right, wrong } = splitCases(cases, outcomes, exercise);
  if (wrong.length === 0 || wrong.length < failed.length) return false;
  for (const mutant of content.mutants()) {
    if ((await countEqualValues(mutant, wrong, exercise, run)) < wrong.length) continue;
    if (!(await failsAny(mutant, right, exercise, run))) return true;
  }
  return false;
}

/**
 * The message of the mutant that explains a wrong answer best. Such a mutant gives the student's
 * values wherever both are wrong, which must be at least half of the student's wrong values, and is
 * right wherever the student is. Among several, the one that explains most values wins, then the
 * first. Where no failure has a value, the mutant fails each of the cases with the same message:
 * no gradient reaches an argument, say, or a wrong argument goes through. Where only cases of group
 * cost failed, the diagnosis is the mutant that breaks at the same case.
 */
export async function diagnose(
  content: Content,
  cases: ReferenceCase[],
  outcomes: (CaseOutcome | undefined)[],
  run: RunCases = content.run ?? runInThisProcess,
): Promise<string | undefined> {
  const { exercise } = content;
  const { failed, right, wrong } = splitCases(cases, outcomes, exercise);
  if (failed.every(({ c }) => c.group === "cost")) return costDiagnosis(exercise, failed[0]?.c);
  const asked = wrong.length > 0 ? wrong.length : failed.length;
  let best = Math.ceil(asked / 2) - 1;
  let diagnosis: string | undefined;
  for (const mutant of content.mutants()) {
    const equal =
      wrong.length > 0
        ? await countEqualValues(mutant, wrong, exercise, run)
        : await countEqualFailures(mutant, failed, content, run);
    if (equal <= best) continue;
    if (await failsAny(mutant, right, exercise, run)) continue;
    best = equal;
    diagnosis = mutant.message;
    if (equal === asked) return diagnosis;
  }
  return diagnosis;
}
