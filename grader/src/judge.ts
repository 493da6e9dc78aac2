/**
 * From outcomes to a judgement: groups, points, the first failure and, where a mutant gives the
 * same output, its diagnosis.
 */
import { runCase, type AnyFunction, type Outcome } from "./call";
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

export const WEIGHTS: Record<Group, number> = {
  values: 4,
  shapes: 2,
  gradient: 2,
  property: 2,
  errors: 1,
  cost: 2,
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
  /** a mutant's sentence */ diagnosis?: string;
}
export interface Judgement {
  earned: number;
  of: number;
  groups: GroupResult[];
  failures: Failure[];
}

/** The answers of ours that are being computed; others wait for them. */
let turn: Promise<unknown> = Promise.resolve();

/**
 * Gives fresh cases the answers of ours, one exercise after another: tfjs has one stack of scopes,
 * and two exercises that wait in the middle of theirs would dispose of each other's tensors.
 * @throws when a solution throws on its own case, which is the author's mistake
 */
export function expectations(
  content: Pick<Content, "name" | "solution" | "exercise">,
  cases: Case[],
): Promise<ReferenceCase[]> {
  const mine = turn.then(() => ourAnswers(content, cases));
  turn = mine.catch(() => undefined);
  return mine;
}

async function ourAnswers(
  content: Pick<Content, "name" | "solution" | "exercise">,
  cases: Case[],
): Promise<ReferenceCase[]> {
  const out: ReferenceCase[] = [];
  for (const c of cases) {
    const outcome = await runCase(content.exercise.kernel?.answer ?? content.solution, c);
    if (c.group !== "errors" && "error" in outcome) {
      throw new Error(
        `${content.name}: the solution throws on its case "${c.says}": ${outcome.error}`,
      );
    }
    const expected = "value" in outcome ? outcome.value : undefined;
    out.push({
      ...c,
      expected,
      atol: (content.exercise.tolerance?.atol ?? DEFAULT_ATOL) * largest(expected),
    });
  }
  return out;
}

const closeness = (c: ReferenceCase, exercise: Exercise): Closeness => {
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

export function judgeCase(
  c: ReferenceCase,
  outcome: Outcome | undefined,
  exercise: Exercise,
): Verdict {
  const fail = (says: string): Verdict => ({ ok: false, kind: "structure", says });
  if (!outcome) return fail("It gave no answer.");
  if (c.group === "errors") {
    if (!("error" in outcome)) {
      return fail(
        `It should throw an error that names ${c.throws ?? "the argument"}, but it returned.`,
      );
    }
    return outcome.error.includes(c.throws ?? "") && !isDebt(outcome.error)
      ? { ok: true }
      : fail(`The error should name ${c.throws}, it reads: ${outcome.error}`);
  }
  if ("error" in outcome) {
    const itself = exercise.kernel !== undefined || isDebt(outcome.error);
    return fail(itself ? outcome.error : `It throws: ${outcome.error}`);
  }
  if (!c.wrt) {
    const verdict = compare(outcome.value, c.expected, closeness(c, exercise));
    return verdict.ok && c.group === "cost" ? judgeBytes(c, outcome.bytesRead, exercise) : verdict;
  }
  const want = c.expected as unknown[];
  const got = outcome.value as unknown[];
  for (const [i, path] of c.wrt.entries()) {
    const verdict = compare(
      got?.[i] as never,
      want[i] as never,
      closeness(c, exercise),
      `The gradient${c.of === undefined ? "" : ` of ${c.of}`} with respect to argument ${path}`,
    );
    if (!verdict.ok) return verdict;
  }
  return { ok: true };
}

/** Errors that are right, but do not count as long as values are wrong. */
export const waitsForValues = ({ group, ok }: GroupResult, failures: Failure[]): boolean =>
  !ok && group === "errors" && !failures.some((f) => f.group === group);

/**
 * A group without failures counts; errors count only where values do, or a stub would earn them.
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
  for (const c of cases) outcomes.push(await runCase(fn, c));
  return outcomes;
};

/** What each mutant gives on a case, computed once for all submissions of a batch. */
const known = new WeakMap<ReferenceCase, Map<AnyFunction, Promise<Outcome | undefined>>>();

function mutantOutcomes(
  fn: AnyFunction,
  cases: ReferenceCase[],
  run: RunCases,
): Promise<(Outcome | undefined)[]> {
  const missing = cases.filter((c) => !known.get(c)?.has(fn));
  const ran = missing.length > 0 ? run(fn, missing) : undefined;
  missing.forEach((c, i) => {
    if (!known.has(c)) known.set(c, new Map());
    known.get(c)!.set(
      fn,
      ran!.then((outcomes) => outcomes[i]),
    );
  });
  return Promise.all(cases.map((c) => known.get(c)!.get(fn)!));
}

/**
 * The sentence of the mutant that gives the student's output on most of the cases that failed, and
 * on half of them at least; of equals the first. Where nothing but cost is wrong there need not be
 * an output: the mutant that breaks at the same case.
 */
export async function diagnose(
  content: Content,
  cases: ReferenceCase[],
  outcomes: (Outcome | undefined)[],
  run: RunCases = runHere,
): Promise<string | undefined> {
  const failed = cases
    .map((c, i) => ({ c, outcome: outcomes[i] }))
    .filter(({ c, outcome }) => !judgeCase(c, outcome, content.exercise).ok);
  if (failed.every(({ c }) => c.group === "cost")) {
    return content.exercise.mutants.find(
      (m) => m.breaks !== undefined && m.breaks === failed[0]?.c.says,
    )?.says;
  }
  const failing = failed.flatMap(({ c, outcome }) =>
    outcome && "value" in outcome && c.group !== "errors" && c.group !== "cost"
      ? [{ c, value: outcome.value }]
      : [],
  );
  if (failing.length === 0) return undefined;
  let most = Math.ceil(failing.length / 2) - 1;
  let diagnosis: string | undefined;
  for (const { says, fn } of content.mutants()) {
    const theirs = await mutantOutcomes(
      fn,
      failing.map(({ c }) => c),
      run,
    );
    const alike = failing.filter(({ c, value }, i) => {
      const their = theirs[i];
      return (
        their && "value" in their && compare(value, their.value, closeness(c, content.exercise)).ok
      );
    }).length;
    if (alike === failing.length) return says;
    if (alike > most) [most, diagnosis] = [alike, says];
  }
  return diagnosis;
}
