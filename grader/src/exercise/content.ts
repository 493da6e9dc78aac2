/**
 * Finds what belongs to a function of the solutions by its name: the function, its exercise, its
 * reference cases, its mutants.
 */
import { existsSync, readdirSync } from "node:fs";
import { createRequire } from "node:module";
import { join } from "node:path";
import type { RunCases } from "./call";
import { parameterNames } from "./caller";
import { applyEdits } from "./edits";
import type { Exercise, ReferenceCase } from "./exercise";
import { paths } from "../files/paths";
import { readReferences } from "./reference";
import { loadReleased } from "./released";
import { readSource } from "../files/source";
import type { AnyFunction } from "./value";

export interface Content {
  name: string;
  /** The lesson's folder under solutions/src: "blocks". */
  group: string;
  /** solutions/src/<lesson>/<name>.ts */
  source: string;
  solution: AnyFunction;
  exercise: Exercise;
  references: ReferenceCase[];
  /** Compiled on first use; one whose edits do not fit the solution is left out, with a warning. */
  mutants(): { message: string; fn: AnyFunction }[];
  /** In a release, where mutants cannot run: what each gives on the visible cases. */
  run?: RunCases;
}

/** Compiles an edited version of a solution's file and returns its function. */
function compile(source: string, distFile: string, name: string): AnyFunction {
  // 0.2 s to load, and only a failed check needs it
  // eslint-disable-next-line @typescript-eslint/no-require-imports
  const ts = require("typescript") as typeof import("typescript");
  const { outputText } = ts.transpileModule(source, {
    compilerOptions: {
      module: ts.ModuleKind.CommonJS,
      target: ts.ScriptTarget.ES2022,
      esModuleInterop: true,
    },
  });
  const module: { exports: Record<string, AnyFunction> } = { exports: {} };
  new Function("module", "exports", "require", outputText)(
    module,
    module.exports,
    createRequire(distFile),
  );
  return module.exports[name]!;
}

/** The lesson's folder that holds an exercise. @throws when none does */
function groupOf(solutionsDist: string, name: string): string {
  const entries = existsSync(solutionsDist)
    ? readdirSync(solutionsDist, { withFileTypes: true })
    : [];
  const holds = (folder: string) => existsSync(join(solutionsDist, folder, `${name}.exercise.js`));
  const group = entries.find((entry) => entry.isDirectory() && holds(entry.name));
  if (group) return group.name;
  throw new Error(
    `there is no exercise ${name}: expected solutions/src/<lesson>/${name}.exercise.ts, ` +
      "built by npm run build",
  );
}

const unpublished: AnyFunction = () => {
  throw new Error("the solution is not part of this release");
};

/** The check that a release has in place of a solution. */
function releasedContent(root: string, name: string): Content | undefined {
  const released = loadReleased(root, name);
  if (!released) return undefined;
  const { group, mutants, ...rest } = released;
  const source = join(paths(root).solutions, "src", group, `${name}.ts`);
  return { name, group, source, solution: unpublished, ...rest, mutants: () => mutants };
}

/**
 * In a release it is the visible cases with their answers, without a solution.
 * @throws when solutions has no such function or no exercise beside it
 */
export function loadContent(root: string, name: string): Content {
  const released = releasedContent(root, name);
  if (released) return released;
  const { solutions, solutionsDist, references } = paths(root);
  const group = groupOf(solutionsDist, name);
  const distFile = join(solutionsDist, group, `${name}.js`);
  const source = join(solutions, "src", group, `${name}.ts`);
  const load = createRequire(distFile);
  const solution = (load(distFile) as Record<string, AnyFunction>)[name];
  if (!solution) throw new Error(`${source} exports no ${name}`);
  const specFile = join(solutionsDist, group, `${name}.exercise.js`);
  const { default: spec } = load(specFile) as { default: Exercise };
  const exercise: Exercise = { parameters: parameterNames(solution), ...spec };
  const compileMutants = () =>
    exercise.mutants.flatMap(({ edits, message }) => {
      try {
        return {
          message,
          fn: compile(applyEdits(readSource(source), edits, name), distFile, name),
        };
      } catch (e) {
        console.warn((e as Error).message); // costs a diagnosis, never a grade
        return [];
      }
    });
  let mutants: { message: string; fn: AnyFunction }[] | undefined;
  return {
    name,
    group,
    source,
    solution,
    exercise,
    references: readReferences(references, name),
    mutants: () => (mutants ??= compileMutants()),
  };
}
