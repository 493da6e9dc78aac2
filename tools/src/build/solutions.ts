/** What lessons take from solutions by name. */
import { existsSync, readdirSync } from "node:fs";
import { basename, dirname, join } from "node:path";
import { readSource } from "grader/dist/source.js";
import { openSyntax, type Definition, type Facts } from "./syntax.js";

export interface Solutions {
  exports(name: string): boolean;
  /** @returns undefined when solutions export no such name */
  define(name: string): Definition | undefined;
  /** Whether <name>.ts has <name>.exercise.ts beside it. */
  hasExercise(name: string): boolean;
  /** Names that the imports of a cell bring; `place` is where it stands. */
  importsOf(code: string, place: string): string[];
  /** Keeps what was read for the next build. */
  save(): void;
}

/**
 * @param folder the package's folder, with src/index.ts
 * @param cache a file that keeps what was read; none when absent
 */
export function openSolutions(folder: string, cache?: string): Solutions {
  const src = join(folder, "src");
  const index = join(src, "index.ts");
  const syntax = openSyntax(cache);
  const groups = existsSync(src)
    ? readdirSync(src, { withFileTypes: true })
        .filter((d) => d.isDirectory())
        .map((d) => d.name)
    : [];
  const known = new Map<string, Facts>();
  const facts = (file: string) => {
    const before = known.get(file);
    if (before) return before;
    const read = syntax.facts(file, readSource(file));
    known.set(file, read);
    return read;
  };
  let files: string[] | undefined;
  const define = (name: string): Definition | undefined => {
    files ??= existsSync(index) ? filesBehind(index, facts) : [];
    // most often, then nothing else need be read
    const own = files.filter((file) => basename(file) === `${name}.ts`);
    const file = [...own, ...files].find((f) => Object.hasOwn(facts(f).definitions, name));
    return file === undefined ? undefined : facts(file).definitions[name];
  };
  return {
    define,
    exports: (name) => define(name) !== undefined,
    hasExercise: (name) =>
      groups.some(
        (group) =>
          existsSync(join(src, group, `${name}.ts`)) &&
          existsSync(join(src, group, `${name}.exercise.ts`)),
      ),
    importsOf: (code, place) => syntax.facts(place, code).imports,
    save: syntax.save,
  };
}

/** The files that an index re-exports, itself included, in the order of its lines. */
function filesBehind(
  index: string,
  facts: (file: string) => Facts,
  seen = new Set<string>(),
): string[] {
  if (seen.has(index)) return [];
  seen.add(index);
  return [
    index,
    ...facts(index).reexports.flatMap((module) => {
      const base = join(dirname(index), module.replace(/\.js$/, ""));
      const file = [`${base}.ts`, join(base, "index.ts")].find((f) => existsSync(f));
      if (!file) return [];
      return basename(file) === "index.ts" ? filesBehind(file, facts, seen) : [file];
    }),
  ];
}
