/**
 * From outcomes to a judgement: groups, points and failures. What a failure means is in diagnose.ts.
 */
import { runCase, type CaseOutcome } from "./call";
import { isDebt, placeOf } from "./caller";
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

export const WEIGHTS: Record<Exclude<Group, "cost">, number> = {
  values: 4,
  shapes: 2,
  gradient: 2,
  property: 2,
  errors: 1,
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
export const GROUPS = [...Object.keys(WEIGHTS), "cost"] as Group[];

/** The weights of the groups present. Cost weighs as much as all others, unless it is given. */
export function weightsOf({ weights }: Exercise, present: Group[]): Map<Group, number> {
  const found = new Map<Group, number>();
  for (const group of present) {
    if (group !== "cost") found.set(group, weights?.[group] ?? WEIGHTS[group]);
  }
  const others = [...found.values()].reduce((sum, weight) => sum + weight, 0);
  if (present.includes("cost")) found.set("cost", weights?.cost ?? others);
  return found;
}

export interface GroupResult {
  group: Group;
  ok: boolean;
  points: number;
  maxPoints: number;
}
export interface Failure {
  group: Group;
  case: string;
  message: string;
  /** A mutant's sentence. */
  diagnosis?: string;
}
export interface Judgement {
  points: number;
  maxPoints: number;
  groups: GroupResult[];
  failures: Failure[];
}

/** The last run of a function of ours in this process. */
let last: Promise<unknown> = Promise.resolve();

/**
 * Runs ours on a case, one at a time. tfjs keeps one stack of scopes: a run that began between
 * another's start and end would dispose of its tensors.
 */
export function runAlone(fn: AnyFunction, c: Case): Promise<CaseOutcome> {
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
      throw new Error(`${name}: the solution throws on its case "${c.title}": ${outcome.error}`);
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

/**
 * A kernel's cost is what it reads; that of other functions is what they run, or what they do not
 * survive.
 */
function judgeCost({ args, cost }: Case, outcome: CaseOutcome, { kernel }: Exercise): Verdict {
  const { bytesRead: read, runs } = "value" in outcome ? outcome : {};
  if (cost) {
    const waste = runs ? cost(runs) : "What it runs could not be recorded.";
    return waste === undefined ? { ok: true } : { ok: false, kind: "values", says: waste };
  }
  const most = kernel?.launch(...(args as never[])).maxBytesRead;
  const text = (n: number) => n.toLocaleString("en-US");
  if (most === undefined || (read !== undefined && read <= most)) return { ok: true };
  return {
    ok: false,
    kind: "values",
    says: `It reads ${text(read ?? NaN)} bytes from the buffers; ${text(most)} are enough.`,
  };
}

const fail = (says: string): Verdict => ({ ok: false, kind: "structure", says });

function judgeError({ throws }: Case, outcome: CaseOutcome): Verdict {
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
  const what = `The gradient${c.output === undefined ? "" : ` of ${c.output}`} with respect to argument`;
  for (const [i, path] of wrt.entries()) {
    const where = `${what} ${placeOf(path, exercise.parameters)}`;
    const verdict = compare(gradients[i], want[i], closeness(c, exercise), where);
    if (!verdict.ok) return verdict;
  }
  return { ok: true };
}

export function judgeCase(
  c: ReferenceCase,
  outcome: CaseOutcome | undefined,
  exercise: Exercise,
): Verdict {
  if (!outcome) return fail("It gave no answer.");
  if (c.group === "errors") return judgeError(c, outcome);
  if ("error" in outcome) {
    const itself = exercise.kernel !== undefined || isDebt(outcome.error);
    return fail(itself ? outcome.error : `It throws: ${outcome.error}`);
  }
  const verdict = c.wrt
    ? judgeGradients(c, outcome.value, c.wrt, exercise)
    : compare(outcome.value, c.expected, closeness(c, exercise));
  return verdict.ok && c.group === "cost" ? judgeCost(c, outcome, exercise) : verdict;
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
  outcomes: (CaseOutcome | undefined)[],
): Judgement {
  const failures: Failure[] = [];
  cases.forEach((c, i) => {
    const verdict = judgeCase(c, outcomes[i], exercise);
    if (!verdict.ok) failures.push({ group: c.group, case: c.title, message: verdict.says });
  });
  const failed = new Set(failures.map((f) => f.group));
  const present = GROUPS.filter((g) => cases.some((c) => c.group === g));
  const weights = weightsOf(exercise, present);
  const total = [...weights.values()].reduce((sum, weight) => sum + weight, 0);
  const groups = present.map((group): GroupResult => {
    const ok = !failed.has(group) && !(group === "errors" && failed.has("values"));
    const of = (points * weights.get(group)!) / total;
    return { group, ok, points: ok ? of : 0, maxPoints: of };
  });
  const earned = groups.every((g) => g.ok) ? points : groups.reduce((sum, g) => sum + g.points, 0);
  return { points: earned, maxPoints: points, groups, failures };
}
