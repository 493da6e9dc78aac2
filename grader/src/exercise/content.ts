/**
 * Loads what belongs to an exercise by its name: the solution, the exercise, its reference cases and
 * its mutants. A release that keeps an answer secret has no solution to load. It holds the exercise's
 * check as data instead, `solutions/checks/<name>.check.gz`: the visible cases with their expected
 * values, and what each mutant gives on them. `course release` writes these files, and loadContent
 * reads them.
 */
import { existsSync, readdirSync, readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { join } from "node:path";
import { gunzipSync } from "node:zlib";
import { paths } from "../files/paths";
import { readSource } from "../files/source";
import { unpack } from "./frames";
import { parameterNames, type CaseOutcome, type RunCases } from "./call";
import { within, type CostRule, type Limits } from "./cost";
import { applyEdits } from "./edits";
import type { Exercise, ReferenceCase, ShaderLaunch, ShaderSpec } from "./exercise";
import { readReferences, upgradeCase } from "./reference";
import type { AnyFunction } from "./value";
import { compileVersions, runModule } from "./versions";

export interface Content {
  name: string;
  /** The lesson's folder under solutions/src: "blocks". */
  folder: string;
  /** solutions/src/<lesson>/<name>.ts */
  source: string;
  solution: AnyFunction;
  exercise: Exercise;
  references: ReferenceCase[];
  /** Compiled on first use. One whose edits don't fit the solution is left out, with a warning. */
  mutants(): { message: string; fn: AnyFunction }[];
  /** Set in a release, where mutants can't run: looks up what they give on the visible cases. */
  run?: RunCases;
}

/** What it makes, in a list; nothing where it throws. */
function orWarn<T>(make: () => T): T[] {
  try {
    return [make()];
  } catch (e) {
    console.warn((e as Error).message); // the diagnosis is lost, the grade is not
    return [];
  }
}

/** Finds the lesson's folder that holds an exercise. @throws when none does */
function findFolder(solutionsDist: string, name: string): string {
  const entries = existsSync(solutionsDist)
    ? readdirSync(solutionsDist, { withFileTypes: true })
    : [];
  const holds = (folder: string) => existsSync(join(solutionsDist, folder, `${name}.exercise.js`));
  const folder = entries.find((entry) => entry.isDirectory() && holds(entry.name));
  if (folder) return folder.name;
  throw new Error(
    `there is no exercise ${name}: expected solutions/src/<lesson>/${name}.exercise.ts, ` +
      "built by npm run build",
  );
}

/**
 * Loads an exercise by name. In a release that keeps the answer secret, the content has the visible
 * cases with their expected values, and a solution that throws.
 * @throws when solutions has no such function or no exercise beside it
 */
export function loadContent(root: string, name: string): Content {
  const released = loadReleasedContent(root, name);
  if (released) return released;
  const { solutions, solutionsDist, references } = paths(root);
  const folder = findFolder(solutionsDist, name);
  const distFile = join(solutionsDist, folder, `${name}.js`);
  const source = join(solutions, "src", folder, `${name}.ts`);
  const load = createRequire(distFile);
  const solution = (load(distFile) as Record<string, AnyFunction>)[name];
  if (!solution) throw new Error(`${source} exports no ${name}`);
  const specFile = join(solutionsDist, folder, `${name}.exercise.js`);
  const { default: spec } = load(specFile) as { default: Exercise };
  const exercise: Exercise = {
    parameters: parameterNames(solution),
    async: solution.constructor.name === "AsyncFunction",
    ...spec,
  };
  const compileMutants = () => {
    const [text] = orWarn(() => readSource(source));
    if (text === undefined) return [];
    const edited = exercise.mutants.flatMap(({ edits, message }) =>
      orWarn(() => ({ message, text: applyEdits(text, edits, name) })),
    );
    const texts = edited.map(({ text }) => text);
    return compileVersions(texts, distFile, name).flatMap((load, i) =>
      orWarn(() => ({ message: edited[i]!.message, fn: load() })),
    );
  };
  let mutants: { message: string; fn: AnyFunction }[] | undefined;
  return {
    name,
    folder,
    source,
    solution,
    exercise,
    references: readReferences(references, name),
    mutants: () => (mutants ??= compileMutants()),
  };
}

/** A visible case as data. */
export type RecordedCase = Omit<ReferenceCase, "cost"> & {
  /** Its cost rule: as limits, or as the name of a function in the module `rules`. */
  limits?: Limits;
  rule?: string;
  /** What the case runs a shader on. */
  launch?: ShaderLaunch;
};

export interface RecordedMutant {
  message: string;
  breaks?: string;
  /** What it gives on each case; undefined for a case that isn't compared. */
  outcomes: (CaseOutcome | undefined)[];
}

/** Everything that a check needs of an exercise, as data. */
export interface RecordedCheck {
  /** The lesson's folder under solutions/src. */
  folder: string;
  exercise: Omit<Exercise, "cases" | "mutants" | "shader">;
  /** The names of a shader's buffers. */
  shader?: Omit<ShaderSpec, "launch" | "answer">;
  cases: RecordedCase[];
  mutants: RecordedMutant[];
  /** The code of a CommonJS module that exports the cost rules that aren't limits. */
  rules?: string;
}

/** Where the check of an exercise lies in a release. */
export const checkFile = (root: string, name: string): string =>
  join(paths(root).solutions, "checks", `${name}.check.gz`);

/** The content of an exercise in a release; undefined where there is no recorded check. */
function loadReleasedContent(root: string, name: string): Content | undefined {
  const file = checkFile(root, name);
  if (!existsSync(file)) return undefined;
  const recorded = readRecordedCheck(file);
  const rules = loadRules(recorded.rules);
  const references = recorded.cases.map(({ limits, rule, launch: _, ...c }): ReferenceCase => {
    const cost = limits ? within(limits) : rules[rule ?? ""];
    return { ...c, ...(cost ? { cost } : {}) };
  });
  const exercise: Exercise = {
    ...recorded.exercise,
    cases: () => [],
    mutants: recorded.mutants.map(({ message, breaks }) => ({ edits: [], message, breaks })),
    shader: recordedShader(recorded),
  };
  const recordedByFunction = new Map(
    recorded.mutants.map((mutant): [AnyFunction, RecordedMutant] => [
      () => missingSolution(),
      mutant,
    ]),
  );
  const mutants = [...recordedByFunction].map(([fn, { message }]) => ({ message, fn }));
  return {
    name,
    folder: recorded.folder,
    source: join(paths(root).solutions, "src", recorded.folder, `${name}.ts`),
    solution: missingSolution,
    exercise,
    references,
    mutants: () => mutants,
    run: runRecorded(recordedByFunction, references),
  };
}

const missingSolution: AnyFunction = () => {
  throw new Error("the solution is not part of this release");
};

/** Loads the cost rules of a recorded check. */
function loadRules(code: string | undefined): Record<string, CostRule> {
  return code === undefined ? {} : (runModule(code, __filename) as Record<string, CostRule>);
}

/** A shader's exercise whose launches are known for the visible cases only. */
function recordedShader({ shader, cases }: RecordedCheck): ShaderSpec | undefined {
  if (!shader) return undefined;
  const launch = (...args: unknown[]): ShaderLaunch => {
    const known = cases.find((c) => c.args.every((arg, i) => Object.is(arg, args[i])));
    if (known?.launch) return known.launch;
    throw new Error("this run is not among the visible cases");
  };
  return { ...shader, launch, answer: missingSolution };
}

/** Looks up a mutant's recorded outcomes in place of running it. */
function runRecorded(
  mutants: Map<AnyFunction, RecordedMutant>,
  references: ReferenceCase[],
): RunCases {
  const indices = new Map(references.map((c, i) => [c, i]));
  return (fn, cases) =>
    Promise.resolve(cases.map((c) => mutants.get(fn)?.outcomes[indices.get(c) ?? -1]));
}

function readRecordedCheck(file: string): RecordedCheck {
  try {
    return upgradeCheck(unpack(gunzipSync(readFileSync(file))) as unknown as OldCheck);
  } catch (e) {
    throw new Error(`${file} is damaged: fetch the course again`, { cause: e });
  }
}

/** The fields of releases before version 0.2 have other names. */
type OldMutant = RecordedMutant & { says?: string };
type OldCheck = RecordedCheck & {
  group?: string;
  kernel?: RecordedCheck["shader"];
  mistakes?: OldMutant[];
};

function upgradeCheck({ group, kernel, mistakes, ...check }: OldCheck): RecordedCheck {
  const mutants = mistakes ?? check.mutants;
  return {
    ...check,
    folder: group ?? check.folder,
    shader: kernel ?? check.shader,
    cases: check.cases.map(upgradeCase),
    mutants: mutants.map(({ says, ...mutant }: OldMutant) => ({
      ...mutant,
      message: says ?? mutant.message,
    })),
  };
}
