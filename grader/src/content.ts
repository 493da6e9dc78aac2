/**
 * Finds what belongs to a function of the solutions by its name: the function, its exercise, its
 * reference cases, its mutants.
 */
import { existsSync, readdirSync } from "node:fs";
import { createRequire } from "node:module";
import { join } from "node:path";
import type { AnyFunction } from "./call";
import { applyEdits } from "./edits";
import type { Exercise, ReferenceCase } from "./exercise";
import { paths } from "./paths";
import { readReferences } from "./reference";
import { readSource } from "./source";

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
  mutants(): { says: string; fn: AnyFunction }[];
}

/** Compiles an edited version of a solution's file and returns its function. */
function compile(source: string, distFile: string, name: string): AnyFunction {
  // eslint-disable-next-line @typescript-eslint/no-require-imports -- 0.2 s to load, and only a failed check needs it
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

/** @throws when solutions has no such function or no exercise beside it */
export function loadContent(root: string, name: string): Content {
  const { solutions, solutionsDist, references } = paths(root);
  const groups = existsSync(solutionsDist)
    ? readdirSync(solutionsDist, { withFileTypes: true })
        .filter((d) => d.isDirectory())
        .map((d) => d.name)
    : [];
  const group = groups.find((g) => existsSync(join(solutionsDist, g, `${name}.exercise.js`)));
  if (!group) {
    throw new Error(
      `there is no exercise ${name}: expected solutions/src/<lesson>/${name}.exercise.ts, ` +
        "built by npm run build",
    );
  }
  const distFile = join(solutionsDist, group, `${name}.js`);
  const source = join(solutions, "src", group, `${name}.ts`);
  const load = createRequire(distFile);
  const solution = (load(distFile) as Record<string, AnyFunction>)[name];
  if (!solution) throw new Error(`${source} exports no ${name}`);
  const exercise = (
    load(join(solutionsDist, group, `${name}.exercise.js`)) as { default: Exercise }
  ).default;
  let mutants: { says: string; fn: AnyFunction }[] | undefined;
  return {
    name,
    group,
    source,
    solution,
    exercise,
    references: readReferences(references, name),
    mutants: () =>
      (mutants ??= exercise.mutants.flatMap(({ edits, says }) => {
        try {
          return { says, fn: compile(applyEdits(readSource(source), edits, name), distFile, name) };
        } catch (e) {
          console.warn((e as Error).message); // costs a diagnosis, never a grade
          return [];
        }
      })),
  };
}
