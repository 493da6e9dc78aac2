/**
 * From outcomes to a judgement: groups, points, the first failure and, where a mutant gives the
 * same output, its diagnosis.
 */
import { runCase, type Outcome } from "./call";
import { isDebt } from "./caller";
import {
  compare,
  DEFAULT_ATOL,
  DEFAULT_RTOL,
  largest,
  type Closeness,
  type Verdict,
} from "./compare";
import type { Content } from "./content";
import type { Case, Exercise, Group, ReferenceCase } from "./exercise";
import type { AnyFunction, Value } from "./value";

export const WEIGHTS: Record<Group, number> = {
  values: 4,
  shapes: 2,
  gradient: 2,
  property: 2,
  errors: 1,
  cost: 2,
};
/** What a group is called where people read it: its cases, and not what is wrong with an answer. */
export const GROUP_NAMES: Record<Group, string> = {
  values: "values",
  shapes: "inputs of other shapes",
  gradient: "gradient",
  property: "property",
  errors: "errors for wrong arguments",
  cost: "cost",
};
export const GROUPS = Object.keys(WEIGHTS) as Group[];

export interface GroupResult {
  group: Group;
  ok: boolean;
  earned: number;
  of: number;
}
export interface Failure {
  group: Group;
  case: string;
  says: string;
  /** A mutant's sentence. */
  diagnosis?: string;
}
export interface Judgement {
  earned: number;
  of: number;
  groups: GroupResult[];
  failures: Failure[];
}

/** The last run of a function of ours in this process. */
let last: Promise<unknown> = Promise.resolve();

/**
 * Runs ours on a case, one at a time. tfjs keeps one stack of scopes: a run that began between
 * another's start and end would dispose of its tensors.
 */
function runAlone(fn: AnyFunction, c: Case): Promise<Outcome> {
  const outcome = last.then(() => runCase(fn, c));
  last = outcome;
  return outcome;
}

/**
 * Gives fresh cases the answers of ours.
 * @throws when a solution throws on its own case, which is the author's mistake
 */
export async function expectations(
  content: Pick<Content, "name" | "solution" | "exercise">,
  cases: Case[],
): Promise<ReferenceCase[]> {
  const { name, solution, exercise } = content;
  const atol = exercise.tolerance?.atol ?? DEFAULT_ATOL;
  const out: ReferenceCase[] = [];
  for (const c of cases) {
    const outcome = await runAlone(exercise.kernel?.answer ?? solution, c);
    if (c.group !== "errors" && "error" in outcome) {
      throw new Error(`${name}: the solution throws on its case "${c.says}": ${outcome.error}`);
    }
    const expected = "value" in outcome ? outcome.value : undefined;
    out.push({ ...c, expected, atol: atol * largest(expected) });
  }
  return out;
}

/** How close a case wants a result. */
export const closeness = (c: ReferenceCase, exercise: Exercise): Closeness => {
  // a spec that is wider is so for references too
  const widening = (exercise.tolerance?.atol ?? DEFAULT_ATOL) / DEFAULT_ATOL;
  return { rtol: exercise.tolerance?.rtol ?? DEFAULT_RTOL, atol: c.atol * Math.max(1, widening) };
};

/** A kernel's cost is what it reads; that of other functions is what they do not survive. */
function judgeBytes({ args }: Case, read: number | undefined, { kernel }: Exercise): Verdict {
  const most = kernel?.launch(...(args as never[])).mostBytes;
  const text = (n: number) => n.toLocaleString("en-US");
  if (most === undefined || (read !== undefined && read <= most)) return { ok: true };
  return {
    ok: false,
    kind: "values",
    says: `It reads ${text(read ?? NaN)} bytes from the buffers; ${text(most)} are enough.`,
  };
}

const fail = (says: string): Verdict => ({ ok: false, kind: "structure", says });

function judgeError({ throws }: Case, outcome: Outcome): Verdict {
  if (!("error" in outcome)) {
    return fail(
      `It should throw an error that names ${throws ?? "the argument"}, but it returned.`,
    );
  }
  return outcome.error.includes(throws ?? "") && !isDebt(outcome.error)
    ? { ok: true }
    : fail(`The error should name ${throws}, it reads: ${outcome.error}`);
}

function judgeGradients(c: ReferenceCase, got: Value, wrt: string[], exercise: Exercise): Verdict {
  const want = c.expected as Value[];
  const gradients = Array.isArray(got) ? got : [];
  const what = `The gradient${c.of === undefined ? "" : ` of ${c.of}`} with respect to argument`;
  for (const [i, path] of wrt.entries()) {
    const verdict = compare(gradients[i], want[i], closeness(c, exercise), `${what} ${path}`);
    if (!verdict.ok) return verdict;
  }
  return { ok: true };
}

export function judgeCase(
  c: ReferenceCase,
  outcome: Outcome | undefined,
  exercise: Exercise,
): Verdict {
  if (!outcome) return fail("It gave no answer.");
  if (c.group === "errors") return judgeError(c, outcome);
  if ("error" in outcome) {
    const itself = exercise.kernel !== undefined || isDebt(outcome.error);
    return fail(itself ? outcome.error : `It throws: ${outcome.error}`);
  }
  if (c.wrt) return judgeGradients(c, outcome.value, c.wrt, exercise);
  const verdict = compare(outcome.value, c.expected, closeness(c, exercise));
  return verdict.ok && c.group === "cost" ? judgeBytes(c, outcome.bytesRead, exercise) : verdict;
}

/** Errors that are right, but do not count as long as values are wrong. */
export const waitsForValues = ({ group, ok }: GroupResult, failures: Failure[]): boolean =>
  !ok && group === "errors" && !failures.some((f) => f.group === group);

/**
 * A group without failures counts. Errors count only where values do, or a stub would earn them.
 */
export function judge(
  exercise: Exercise,
  points: number,
  cases: ReferenceCase[],
  outcomes: (Outcome | undefined)[],
): Judgement {
  const failures: Failure[] = [];
  cases.forEach((c, i) => {
    const verdict = judgeCase(c, outcomes[i], exercise);
    if (!verdict.ok) failures.push({ group: c.group, case: c.says, says: verdict.says });
  });
  const failed = new Set(failures.map((f) => f.group));
  const present = GROUPS.filter((g) => cases.some((c) => c.group === g));
  const weight = (g: Group) => exercise.weights?.[g] ?? WEIGHTS[g];
  const total = present.reduce((sum, g) => sum + weight(g), 0);
  const groups = present.map((group): GroupResult => {
    const ok = !failed.has(group) && !(group === "errors" && failed.has("values"));
    const of = (points * weight(group)) / total;
    return { group, ok, earned: ok ? of : 0, of };
  });
  const earned = groups.every((g) => g.ok) ? points : groups.reduce((sum, g) => sum + g.earned, 0);
  return { earned, of: points, groups, failures };
}

/** Runs a function on cases, one outcome each, undefined where it gave none. */
export type RunCases = (
  fn: AnyFunction,
  cases: ReferenceCase[],
) => Promise<(Outcome | undefined)[]>;

const runHere: RunCases = async (fn, cases) => {
  const outcomes: Outcome[] = [];
  for (const c of cases) outcomes.push(await runAlone(fn, c));
  return outcomes;
};

/** What each mutant gives on a case, computed once for all submissions of a batch. */
const known = new WeakMap<ReferenceCase, Map<AnyFunction, Promise<Outcome | undefined>>>();

function mutantOutcomes(
  fn: AnyFunction,
  cases: ReferenceCase[],
  run: RunCases,
): Promise<(Outcome | undefined)[]> {
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

function wrongValues(failed: { c: ReferenceCase; outcome: Outcome | undefined }[]): Wrong[] {
  return failed.flatMap(({ c, outcome }) => {
    const comparable = c.group !== "errors" && c.group !== "cost";
    return comparable && outcome && "value" in outcome ? [{ c, value: outcome.value }] : [];
  });
}

/** The mutant that breaks at the case of group cost which failed first. */
function wasteful({ mutants }: Exercise, first: ReferenceCase | undefined): string | undefined {
  return mutants.find((m) => m.breaks !== undefined && m.breaks === first?.says)?.says;
}

/**
 * The sentence of the mutant that gives the student's output on most of the cases that failed, and
 * on at least half of them. Ties go to the first mutant. Where only cost is wrong, there may be no
 * output: then it is the mutant that breaks at the same case.
 */
export async function diagnose(
  content: Content,
  cases: ReferenceCase[],
  outcomes: (Outcome | undefined)[],
  run: RunCases = runHere,
): Promise<string | undefined> {
  const { exercise } = content;
  const failed = cases
    .map((c, i) => ({ c, outcome: outcomes[i] }))
    .filter(({ c, outcome }) => !judgeCase(c, outcome, exercise).ok);
  if (failed.every(({ c }) => c.group === "cost")) return wasteful(exercise, failed[0]?.c);
  const wrong = wrongValues(failed);
  if (wrong.length === 0) return undefined;
  const wrongCases = wrong.map(({ c }) => c);
  let most = Math.ceil(wrong.length / 2) - 1;
  let diagnosis: string | undefined;
  for (const { says, fn } of content.mutants()) {
    const theirs = await mutantOutcomes(fn, wrongCases, run);
    const isAlike = ({ c, value }: Wrong, i: number) => {
      const their = theirs[i];
      if (!their || "error" in their) return false;
      return compare(value, their.value, closeness(c, exercise)).ok;
    };
    const alike = wrong.filter(isAlike).length;
    if (alike === wrong.length) return says;
    if (alike > most) [most, diagnosis] = [alike, says];
  }
  return diagnosis;
}
