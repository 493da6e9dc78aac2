/**
 * Judges outcomes: which groups pass, how many points they earn, and a message for each failure.
 * diagnose.ts finds out what a failure means.
 */
import { runCase, type CaseOutcome, isGraderError, formatArgumentPath } from "./call";
import {
  compare,
  DEFAULT_ATOL,
  DEFAULT_RTOL,
  largestMagnitude,
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
/** What people read for a group. It names the cases, not what is wrong with an answer. */
export const GROUP_NAMES: Record<Group, string> = {
  values: "values",
  shapes: "inputs of other shapes",
  gradient: "gradient",
  property: "property",
  errors: "errors for wrong arguments",
  cost: "cost",
};
export const GROUPS = [...Object.keys(WEIGHTS), "cost"] as Group[];

/** The weights of the groups that have cases. By default, cost weighs as much as all others. */
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
  /** A mutant's message. */
  diagnosis?: string;
}
export interface Judgment {
  points: number;
  maxPoints: number;
  groups: GroupResult[];
  failures: Failure[];
}

/** Resolves when the latest run of a function of the course in this process has ended. */
let lastRun: Promise<unknown> = Promise.resolve();

/**
 * Runs a function of the course on a case after all earlier runs have ended. tfjs has one stack of
 * scopes, so a run that began during another one would dispose of that one's tensors.
 */
export function runExclusive(fn: AnyFunction, c: Case): Promise<CaseOutcome> {
  const outcome = lastRun.then(() => runCase(fn, c));
  lastRun = outcome;
  return outcome;
}

/** All fields that a case may have. */
const CASE_FIELDS: Record<keyof Case, true> = {
  group: true,
  title: true,
  args: true,
  wrt: true,
  output: true,
  squared: true,
  tidy: true,
  fresh: true,
  throws: true,
  cost: true,
};

/**
 * Refuses a case with a field that nothing reads, such as a tolerance of its own: types don't find
 * it in a list that a function returns.
 * @throws with the exercise, the case and the field
 */
export function expectKnownFields(name: string, c: Case): void {
  const unknown = Object.keys(c).find((field) => !Object.hasOwn(CASE_FIELDS, field));
  if (unknown === undefined) return;
  const known = Object.keys(CASE_FIELDS).join(", ");
  throw new Error(
    `${name}: its case "${c.title}" has a field ${unknown} without effect; a case may have ${known}`,
  );
}

/**
 * Computes the expected values of generated cases with the solution.
 * @throws when a solution throws on its own case or a case has an unknown field, which is the
 *   author's mistake
 */
export async function expectedOf(
  content: Pick<Content, "name" | "solution" | "exercise">,
  cases: Case[],
): Promise<ReferenceCase[]> {
  const { name, solution, exercise } = content;
  const atol = exercise.tolerance?.atol ?? DEFAULT_ATOL;
  const out: ReferenceCase[] = [];
  for (const c of cases) {
    expectKnownFields(name, c);
    const outcome = await runExclusive(exercise.shader?.answer ?? solution, c);
    if (c.group !== "errors" && "error" in outcome) {
      throw new Error(`${name}: the solution throws on its case "${c.title}": ${outcome.error}`);
    }
    const expected = "value" in outcome ? outcome.value : undefined;
    out.push({ ...c, expected, atol: atol * largestMagnitude(expected) });
  }
  return out;
}

/** How close to the expected value a case's result must be. */
export const closeness = (c: ReferenceCase, exercise: Exercise): Closeness => {
  // an exercise that widens its tolerance widens that of its reference cases too
  const widening = (exercise.tolerance?.atol ?? DEFAULT_ATOL) / DEFAULT_ATOL;
  return { rtol: exercise.tolerance?.rtol ?? DEFAULT_RTOL, atol: c.atol * Math.max(1, widening) };
};

/**
 * The cost of a shader is what it reads. The cost of another function is what it runs; a case without
 * a rule passes if the child survived it.
 */
function judgeCost({ args, cost }: Case, outcome: CaseOutcome, { shader }: Exercise): Verdict {
  const { bytesRead: read, runs } = "value" in outcome ? outcome : {};
  if (cost) {
    const waste = runs ? cost(runs) : "What it runs could not be recorded.";
    return waste === undefined ? { ok: true } : { ok: false, kind: "values", message: waste };
  }
  const maxRead = shader?.launch(...(args as never[])).maxBytesRead;
  const format = (n: number) => n.toLocaleString("en-US");
  if (maxRead === undefined || (read !== undefined && read <= maxRead)) return { ok: true };
  return {
    ok: false,
    kind: "values",
    message: `It reads ${format(read ?? NaN)} bytes from the buffers; ${format(maxRead)} are enough.`,
  };
}

const wrong = (message: string): Verdict => ({ ok: false, kind: "structure", message });

function judgeError({ throws }: Case, outcome: CaseOutcome): Verdict {
  if (!("error" in outcome)) {
    return wrong(
      `It should throw an error that names ${throws ?? "the argument"}, but it returned.`,
    );
  }
  return outcome.error.includes(throws ?? "") && !isGraderError(outcome.error)
    ? { ok: true }
    : wrong(`The error should name ${throws}, it reads: ${outcome.error}`);
}

function judgeGradients(c: ReferenceCase, got: Value, wrt: string[], exercise: Exercise): Verdict {
  const want = c.expected as Value[];
  const gradients = Array.isArray(got) ? got : [];
  const squared = c.squared ? ` of the squared ${c.output ?? "result"}` : undefined;
  const of = squared ?? (c.output === undefined ? "" : ` of ${c.output}`);
  const what = `The gradient${of} with respect to argument`;
  for (const [i, path] of wrt.entries()) {
    const where = `${what} ${formatArgumentPath(path, exercise.parameters)}`;
    const verdict = compare(gradients[i], want[i], closeness(c, exercise), where);
    if (!verdict.ok) return verdict;
  }
  return { ok: true };
}

/** What tfjs says of two shapes that don't fit: "… together with shapes 5,7 and 5." */
const UNFIT_SHAPES = /could not be broadcast together with shapes ([\d,]*) and ([\d,]*)\.$/;

/** What to try where one shape is the other without an axis, as after a sum that doesn't keep it. */
function lostAxis(error: string): string {
  const shapes = UNFIT_SHAPES.exec(error)
    ?.slice(1)
    .map((shape) => shape.split(",").filter(Boolean));
  if (!shapes) return "";
  const [short, long] = shapes.sort((a, b) => a.length - b.length) as [string[], string[]];
  const isWithout = (_: string, axis: number) => long.toSpliced(axis, 1).join() === short.join();
  if (long.length !== short.length + 1 || !long.some(isWithout)) return "";
  return (
    " If one of them lost an axis in a sum, mean or max: these keep it, with length 1, when their " +
    "second argument is true, as in x.sum(-1, true)."
  );
}

export function judgeCase(
  c: ReferenceCase,
  outcome: CaseOutcome | undefined,
  exercise: Exercise,
): Verdict {
  if (!outcome) return wrong("It gave no answer.");
  if (c.group === "errors") return judgeError(c, outcome);
  if ("error" in outcome) {
    const isMessage = exercise.shader !== undefined || isGraderError(outcome.error);
    return wrong(
      isMessage ? outcome.error : `It throws: ${outcome.error}${lostAxis(outcome.error)}`,
    );
  }
  const verdict = c.wrt
    ? judgeGradients(c, outcome.value, c.wrt, exercise)
    : compare(outcome.value, c.expected, closeness(c, exercise));
  return verdict.ok && c.group === "cost" ? judgeCost(c, outcome, exercise) : verdict;
}

/** Whether a group passed all its cases but doesn't count while values are wrong. */
export const waitsForValues = ({ group, ok }: GroupResult, failures: Failure[]): boolean =>
  !ok && !failures.some((f) => f.group === group);

/**
 * Judges all cases of an exercise. A group without failures earns its points: group errors only if
 * group values does too, since a stub throws errors as well; any other only where a case of values
 * or gradient passes, since the answer to a special case is often an argument, zero or nothing.
 */
export function judge(
  exercise: Exercise,
  points: number,
  cases: ReferenceCase[],
  outcomes: (CaseOutcome | undefined)[],
): Judgment {
  const failures: Failure[] = [];
  let isStarted = false;
  cases.forEach((c, i) => {
    const verdict = judgeCase(c, outcomes[i], exercise);
    if (!verdict.ok) failures.push({ group: c.group, case: c.title, message: verdict.message });
    else if (c.group === "values" || c.group === "gradient") isStarted = true;
  });
  const failedGroups = new Set(failures.map((f) => f.group));
  const present = GROUPS.filter((g) => cases.some((c) => c.group === g));
  const weights = weightsOf(exercise, present);
  const total = [...weights.values()].reduce((sum, weight) => sum + weight, 0);
  const isEmpty = present.includes("values") && !isStarted;
  const groups = present.map((group): GroupResult => {
    const waits = isEmpty || (group === "errors" && failedGroups.has("values"));
    const ok = !failedGroups.has(group) && !waits;
    const maxPoints = (points * weights.get(group)!) / total;
    return { group, ok, points: ok ? maxPoints : 0, maxPoints };
  });
  const earned = groups.every((g) => g.ok) ? points : groups.reduce((sum, g) => sum + g.points, 0);
  return { points: earned, maxPoints: points, groups, failures };
}
