/** What lessons take from solutions by name. */
import { existsSync, readdirSync } from "node:fs";
import { basename, dirname, join } from "node:path";
import { readSource } from "grader/files";
import { openSyntax, type Definition, type Facts } from "./syntax.js";

export interface Solutions {
  exports(name: string): boolean;
  /** @returns undefined when solutions export no such name */
  define(name: string): Definition | undefined;
  /** Whether <name>.ts has <name>.exercise.ts beside it. */
  hasExercise(name: string): boolean;
  /** Names that a cell imports; `place` says where the cell is. */
  importsOf(code: string, place: string): string[];
  /** Keeps what was read, for the next build. */
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
  const groups = foldersOf(src);
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
    // most names are in a file of that name, then nothing else need be read
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

function foldersOf(folder: string): string[] {
  if (!existsSync(folder)) return [];
  const entries = readdirSync(folder, { withFileTypes: true });
  return entries.filter((d) => d.isDirectory()).map((d) => d.name);
}

/** The index and the files that it re-exports, in the order of its lines. */
function filesBehind(
  index: string,
  facts: (file: string) => Facts,
  seen = new Set<string>(),
): string[] {
  if (seen.has(index)) return [];
  seen.add(index);
  const files = facts(index).reexports.flatMap((module) => {
    const file = resolveModule(index, module);
    if (!file) return [];
    return basename(file) === "index.ts" ? filesBehind(file, facts, seen) : [file];
  });
  return [index, ...files];
}

/** The source file of a module that `from` imports; undefined where there is none. */
function resolveModule(from: string, module: string): string | undefined {
  const base = join(dirname(from), module.replace(/\.js$/, ""));
  return [`${base}.ts`, join(base, "index.ts")].find((file) => existsSync(file));
}
