/**
 * The check of an exercise without its solution: what a class gets while an answer is secret.
 * `solutions/checks/<name>.check.gz` holds the visible cases with the answers expected of them, and
 * what each typical mistake gives on them, as data. `course release` writes it, and
 * loadContent reads it where the solution isn't there.
 */
import { existsSync, readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { join } from "node:path";
import { gunzipSync } from "node:zlib";
import type { CaseOutcome, RunCases } from "./call";
import type { Exercise, KernelSpec, Launch, ReferenceCase } from "./exercise";
import { unpack } from "../sandbox/unframe";
import { within, type CostRule, type Limits } from "./limits";
import { paths } from "../files/paths";
import type { AnyFunction } from "./value";

/** A visible case as data. */
export type RecordedCase = Omit<ReferenceCase, "cost"> & {
  /** Its rule of cost, by its limits or by its name in the code of the rules. */
  limits?: Limits;
  rule?: string;
  /** Of a kernel: the run that the case asks for. */
  launch?: Launch;
};
export interface RecordedMistake {
  message: string;
  breaks?: string;
  /** What it gives on each case; none where that isn't compared. */
  outcomes: (CaseOutcome | undefined)[];
}
/** All that a check needs to know of an exercise. */
export interface Recorded {
  group: string;
  exercise: Omit<Exercise, "cases" | "mutants" | "kernel">;
  /** Names of a kernel's buffers. */
  kernel?: Omit<KernelSpec, "launch" | "answer">;
  cases: RecordedCase[];
  mistakes: RecordedMistake[];
  /** A module that exports the rules of cost that aren't limits. */
  rules?: string;
}

/** What loadContent needs of a recorded exercise. */
export interface ReleasedContent {
  group: string;
  exercise: Exercise;
  references: ReferenceCase[];
  mutants: { message: string; fn: AnyFunction }[];
  /** What the mutants gave. */
  run: RunCases;
}

/** Where the check of an exercise lies in a release. */
export const checkFile = (root: string, name: string): string =>
  join(paths(root).solutions, "checks", `${name}.check.gz`);

function loadRules(code: string | undefined): Record<string, CostRule> {
  const module = { exports: {} as Record<string, CostRule> };
  if (code === undefined) return module.exports;
  new Function("module", "exports", "require", code)(
    module,
    module.exports,
    createRequire(__filename),
  );
  return module.exports;
}

/** A kernel whose runs are known for the visible cases. */
function kernelOf({ kernel, cases }: Recorded): KernelSpec | undefined {
  if (!kernel) return undefined;
  const launch = (...args: unknown[]): Launch => {
    const known = cases.find((c) => c.args.every((arg, i) => Object.is(arg, args[i])));
    if (known?.launch) return known.launch;
    throw new Error("this run is not among the visible cases");
  };
  return { ...kernel, launch, answer: missing };
}

const missing: AnyFunction = () => {
  throw new Error("the solution is not part of this release");
};

/** Looks up what mistakes gave. */
function recordedRun(
  mistakes: Map<AnyFunction, RecordedMistake>,
  references: ReferenceCase[],
): RunCases {
  const places = new Map(references.map((c, i) => [c, i]));
  return (fn, cases) =>
    Promise.resolve(cases.map((c) => mistakes.get(fn)?.outcomes[places.get(c) ?? -1]));
}

/** The check of an exercise in a release; undefined where there is none. */
export function loadReleased(root: string, name: string): ReleasedContent | undefined {
  const file = checkFile(root, name);
  if (!existsSync(file)) return undefined;
  const recorded = readRecorded(file);
  const rules = loadRules(recorded.rules);
  const references = recorded.cases.map(({ limits, rule, launch: _, ...c }): ReferenceCase => {
    const cost = limits ? within(limits) : rules[rule ?? ""];
    return { ...c, ...(cost ? { cost } : {}) };
  });
  const mistakes = new Map(
    recorded.mistakes.map((m): [AnyFunction, RecordedMistake] => [() => missing(), m]),
  );
  const exercise: Exercise = {
    ...recorded.exercise,
    cases: () => [],
    mutants: recorded.mistakes.map(({ message, breaks }) => ({ edits: [], message, breaks })),
    kernel: kernelOf(recorded),
  };
  return {
    group: recorded.group,
    exercise,
    references,
    mutants: [...mistakes].map(([fn, { message }]) => ({ message, fn })),
    run: recordedRun(mistakes, references),
  };
}

function readRecorded(file: string): Recorded {
  try {
    return unpack(gunzipSync(readFileSync(file))) as unknown as Recorded;
  } catch (e) {
    throw new Error(`${file} is damaged: fetch the course again`, { cause: e });
  }
}
