/** What a wrong answer means: the sentence of the mutant, a typical mistake, that it equals. */
import type { CaseOutcome, RunCases } from "./call";
import { compare } from "./compare";
import type { Content } from "./content";
import type { Case, Exercise, ReferenceCase } from "./exercise";
import { closeness, judgeCase, runAlone } from "./judge";
import type { AnyFunction, Value } from "./value";

const runHere: RunCases = async (fn, cases) => {
  const outcomes: CaseOutcome[] = [];
  for (const c of cases) outcomes.push(await runAlone(fn, c));
  return outcomes;
};

/** What each mutant gives on a case, computed once for all submissions of a batch. */
const known = new WeakMap<ReferenceCase, Map<AnyFunction, Promise<CaseOutcome | undefined>>>();

function mutantOutcomes(
  fn: AnyFunction,
  cases: ReferenceCase[],
  run: RunCases,
): Promise<(CaseOutcome | undefined)[]> {
  const knownOf = (c: ReferenceCase) => {
    let outcomesByMutant = known.get(c);
    if (!outcomesByMutant) known.set(c, (outcomesByMutant = new Map()));
    return outcomesByMutant;
  };
  const missing = cases.filter((c) => !knownOf(c).has(fn));
  if (missing.length > 0) {
    const ran = run(fn, missing);
    for (const [i, c] of missing.entries()) {
      const outcome = ran.then((outcomes) => outcomes[i]);
      knownOf(c).set(fn, outcome);
      // what failed this time is tried again for the next submission
      outcome.catch(() => knownOf(c).delete(fn));
    }
  }
  return Promise.all(cases.map((c) => knownOf(c).get(fn)!));
}

/** Cases that failed though they gave a value: what a mutant's outputs can be compared with. */
interface Wrong {
  c: ReferenceCase;
  value: Value;
}

const isComparable = ({ group }: Case) => group !== "errors" && group !== "cost";

function wrongValues(failed: { c: ReferenceCase; outcome: CaseOutcome | undefined }[]): Wrong[] {
  return failed.flatMap(({ c, outcome }) =>
    isComparable(c) && outcome && "value" in outcome ? [{ c, value: outcome.value }] : [],
  );
}

/** The mutant that breaks at the case of group cost which failed first. */
function wasteful({ mutants }: Exercise, first: ReferenceCase | undefined): string | undefined {
  return mutants.find((m) => m.breaks !== undefined && m.breaks === first?.title)?.message;
}

/**
 * A mutant's sentence as a report says it: the output is that of the mistake, which an answer may
 * have made in another way.
 */
export const knownMistake = (diagnosis: string | undefined): string | undefined =>
  diagnosis && `This looks like a known mistake. ${diagnosis}`;

/** On which cases a mutant gives a wrong value or none. */
async function failsOf(
  { fn }: MutantFunction,
  cases: ReferenceCase[],
  exercise: Exercise,
  run: RunCases,
): Promise<boolean[]> {
  const theirs = await mutantOutcomes(fn, cases, run);
  return cases.map((c, i) => !judgeCase(c, theirs[i], exercise).ok);
}

/**
 * On how many of the student's wrong values a mutant gives the same; 0 when it gives another value
 * where it is wrong as well, since then it makes a different mistake.
 */
async function countAlike(
  { fn }: MutantFunction,
  wrong: Wrong[],
  exercise: Exercise,
  run: RunCases,
): Promise<number> {
  const cases = wrong.map(({ c }) => c);
  const theirs = await mutantOutcomes(fn, cases, run);
  let alike = 0;
  for (const [i, { c, value }] of wrong.entries()) {
    const their = theirs[i];
    if (judgeCase(c, their, exercise).ok) continue;
    if (!their || "error" in their) return 0;
    if (!compare(value, their.value, closeness(c, exercise)).ok) return 0;
    alike++;
  }
  return alike;
}

type MutantFunction = ReturnType<Content["mutants"]>[number];

/** What was judged, case by case. */
function judgeAll(
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
 * Whether a mutant explains everything that is wrong: it gives each of the student's wrong values,
 * and is right wherever the student is. A case without a value, or of cost, explains nothing.
 */
export async function isWhollyKnown(
  content: Content,
  cases: ReferenceCase[],
  outcomes: (CaseOutcome | undefined)[],
  run: RunCases = content.run ?? runHere,
): Promise<boolean> {
  const { exercise } = content;
  const { failed, right, wrong } = judgeAll(cases, outcomes, exercise);
  if (wrong.length === 0 || wrong.length < failed.length) return false;
  for (const mutant of content.mutants()) {
    if ((await countAlike(mutant, wrong, exercise, run)) < wrong.length) continue;
    if (!(await failsOf(mutant, right, exercise, run)).includes(true)) return true;
  }
  return false;
}

/**
 * The sentence of a mutant that explains what is wrong: it gives the student's value wherever both
 * are wrong, that is on at least half of the student's wrong values, and it is wrong nowhere that
 * the student is right. Of several, the one that explains most, then the first. Where only cost is
 * wrong, there may be no output: then it is the mutant that breaks at the same case.
 */
export async function diagnose(
  content: Content,
  cases: ReferenceCase[],
  outcomes: (CaseOutcome | undefined)[],
  run: RunCases = content.run ?? runHere,
): Promise<string | undefined> {
  const { exercise } = content;
  const { failed, right, wrong } = judgeAll(cases, outcomes, exercise);
  if (failed.every(({ c }) => c.group === "cost")) return wasteful(exercise, failed[0]?.c);
  let most = Math.max(0, Math.ceil(wrong.length / 2) - 1);
  let diagnosis: string | undefined;
  for (const mutant of content.mutants()) {
    const alike = await countAlike(mutant, wrong, exercise, run);
    if (alike <= most) continue;
    if ((await failsOf(mutant, right, exercise, run)).includes(true)) continue;
    [most, diagnosis] = [alike, mutant.message];
    if (alike === wrong.length) return diagnosis;
  }
  return diagnosis;
}
