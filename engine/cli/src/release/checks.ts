/**
 * The check of an exercise as data: visible cases, the answers expected, and what each typical
 * mistake gives, all computed where the solution is. grader/src/exercise/content.ts reads it.
 */
import { readFileSync } from "node:fs";
import { dirname } from "node:path";
import { gzipSync } from "node:zlib";
import { build } from "esbuild";
import { SEED } from "course/check";
import {
  type Case,
  type Content,
  expectedOf,
  loadContent,
  type CaseOutcome,
  random,
  type RecordedCheck,
  type RecordedCase,
  type RecordedMutant,
  type ReferenceCase,
  runExclusive,
  type Value,
} from "grader";
import { pack } from "grader/sandbox";

/** The cases that the check compares: see checkFunction of engine/course/src/check/run.ts. */
async function visibleCases(content: Content): Promise<ReferenceCase[]> {
  const { exercise, references } = content;
  const isVisible = (c: Case) => c.group !== "cost" || c.cost !== undefined;
  const fresh = exercise.cases(random(SEED)).filter((c) => exercise.shader || isVisible(c));
  return [...references, ...(await expectedOf(content, fresh))];
}

const isComparable = ({ group }: Case) => group !== "cost";

/** A mutant's outcomes of the cases in which an answer may be compared with it. */
async function outcomesOf(
  fn: Content["solution"],
  cases: ReferenceCase[],
): Promise<(CaseOutcome | undefined)[]> {
  const outcomes: (CaseOutcome | undefined)[] = [];
  for (const c of cases) {
    const outcome = isComparable(c) ? await runExclusive(fn, c) : undefined;
    const isError = outcome === undefined || "error" in outcome;
    outcomes.push(isError ? outcome : { value: outcome.value });
  }
  return outcomes;
}

/** Mutants of shaders need a device, so a release has none of their outcomes. */
async function recordMutants(content: Content, cases: ReferenceCase[]): Promise<RecordedMutant[]> {
  if (content.exercise.shader) return [];
  const mutants: RecordedMutant[] = [];
  for (const { message, fn } of content.mutants()) {
    const breaks = content.exercise.mutants.find((m) => m.message === message)?.breaks;
    mutants.push({ message, breaks, outcomes: await outcomesOf(fn, cases) });
  }
  return mutants;
}

function recordCase(c: ReferenceCase, content: Content): RecordedCase {
  const { cost, ...rest } = c;
  const launch = content.exercise.shader?.launch(...(c.args as never[]));
  const rule = cost && !cost.limits ? cost.name : undefined;
  return { ...rest, limits: cost?.limits, rule, launch };
}

/**
 * Rules of cost that aren't limits, as code: the top-level functions of the exercise's file that
 * cases name, without its cases and mistakes.
 */
async function codeOfRules(file: string, names: string[]): Promise<string | undefined> {
  if (names.length === 0) return undefined;
  const text = readFileSync(file, "utf8").replace(/^export default /m, "void ");
  const { outputFiles } = await build({
    stdin: {
      contents: `${text}\nexport { ${names.join(", ")} };`,
      loader: "ts",
      resolveDir: dirname(file),
    },
    bundle: true,
    minify: true,
    format: "cjs",
    platform: "node",
    target: "es2022",
    external: ["grader", "@tensorflow/*"],
    // leaves out the exercise, which no rule uses
    treeShaking: true,
    write: false,
    logLevel: "silent",
  });
  return outputFiles[0]!.text;
}

/** The record without undefined members. */
const withoutUndefined = <T extends object>(record: T): T =>
  Object.fromEntries(Object.entries(record).filter(([, v]) => v !== undefined)) as T;

function packRecorded({ exercise, cases, mutants, ...rest }: RecordedCheck): Uint8Array {
  const data = {
    ...withoutUndefined(rest),
    exercise: withoutUndefined(exercise),
    cases: cases.map(withoutUndefined),
    mutants: mutants.map(withoutUndefined),
  };
  return gzipSync(pack(data as unknown as Value), { level: 9 });
}

/**
 * The bytes of an exercise's check, without anything of its solution.
 * @param root a whole course, on whose current device the answers are computed
 */
export async function recordedCheck(root: string, name: string): Promise<Uint8Array> {
  const content = loadContent(root, name);
  const { shader, weights, tolerance, forbid, parameters, async } = content.exercise;
  const visible = await visibleCases(content);
  const cases = visible.map((c) => recordCase(c, content));
  const rules = [...new Set(cases.flatMap(({ rule }) => rule ?? []))];
  return packRecorded({
    folder: content.folder,
    exercise: { weights, tolerance, forbid, parameters, async },
    shader: shader && { inputs: shader.inputs, words: shader.words, output: shader.output },
    cases,
    mutants: await recordMutants(content, visible),
    rules: await codeOfRules(content.source.replace(/\.ts$/, ".exercise.ts"), rules),
  });
}
