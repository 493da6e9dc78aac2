/** Finds definitions in solutions by name, and writes what an exercise may use of them. */
import { existsSync, readdirSync } from "node:fs";
import { basename, dirname, join } from "node:path";
import { readSource } from "grader/files";
import { withFormulas } from "./formulas.js";
import {
  type Definition,
  type DefinitionSummary,
  type ModuleSyntax,
  openSyntaxCache,
} from "./syntax.js";

export interface Solutions {
  exports(name: string): boolean;
  /** @returns undefined when solutions export no such name */
  find(name: string): Definition | undefined;
  /** Whether <name>.ts has <name>.exercise.ts beside it. */
  hasExercise(name: string): boolean;
  /** Names that a cell imports. @param location of the cell, a key for the cache */
  importsOf(code: string, location: string): string[];
  /** Writes the cache for the next build. */
  save(): void;
}

/**
 * @param folder the package's folder, with src/index.ts
 * @param cache the file of the syntax cache; without it, every source is read again
 */
export function openSolutions(folder: string, cache?: string): Solutions {
  const src = join(folder, "src");
  const index = join(src, "index.ts");
  const syntax = openSyntaxCache(cache);
  const groups = foldersOf(src);
  const modules = new Map<string, ModuleSyntax>();
  const moduleOf = (file: string) => {
    const known = modules.get(file);
    if (known) return known;
    const module = syntax.read(file, readSource(file));
    modules.set(file, module);
    return module;
  };
  let files: string[] | undefined;
  const find = (name: string): Definition | undefined => {
    files ??= existsSync(index) ? reexportedFiles(index, moduleOf) : [];
    // most names are in a file of the same name: look there first, and read nothing else
    const own = files.filter((file) => basename(file) === `${name}.ts`);
    const file = [...own, ...files].find((f) => Object.hasOwn(moduleOf(f).definitions, name));
    return file === undefined ? undefined : moduleOf(file).definitions[name];
  };
  return {
    find,
    exports: (name) => find(name) !== undefined,
    hasExercise: (name) =>
      groups.some(
        (group) =>
          existsSync(join(src, group, `${name}.ts`)) &&
          existsSync(join(src, group, `${name}.exercise.ts`)),
      ),
    importsOf: (code, location) => syntax.read(location, code).imports,
    save: syntax.save,
  };
}

function foldersOf(folder: string): string[] {
  if (!existsSync(folder)) return [];
  const entries = readdirSync(folder, { withFileTypes: true });
  return entries.filter((d) => d.isDirectory()).map((d) => d.name);
}

/** The index and the files that it re-exports, in the order of its lines. */
function reexportedFiles(
  index: string,
  moduleOf: (file: string) => ModuleSyntax,
  seen = new Set<string>(),
): string[] {
  if (seen.has(index)) return [];
  seen.add(index);
  const files = moduleOf(index).reexports.flatMap((module) => {
    const file = resolveModule(index, module);
    if (!file) return [];
    return basename(file) === "index.ts" ? reexportedFiles(file, moduleOf, seen) : [file];
  });
  return [index, ...files];
}

/** The source file of a module that `from` imports; undefined where there is none. */
function resolveModule(from: string, module: string): string | undefined {
  const base = join(dirname(from), module.replace(/\.js$/, ""));
  return [`${base}.ts`, join(base, "index.ts")].find((file) => existsSync(file));
}

// The block "You may use" below an exercise's statement

/** A definition that an exercise may use. */
type Offered = DefinitionSummary & { name: string };

/**
 * @param found the exercise's definition
 * @param names what the answer may use; by default what the solution's own answer uses
 * @param known names that an earlier exercise of the lesson has explained; these names are added
 * @returns Markdown; empty where there is nothing to say
 */
export function mayUseText(
  found: Definition,
  names: string[],
  { find }: Solutions,
  known = new Set<string>(),
): string {
  const offered = names.flatMap((name): Offered[] => {
    const summary = find(name)?.summary;
    return summary ? [{ ...summary, name }] : [];
  });
  const functions = inReadingOrder(offered.filter(({ signature }) => signature !== undefined));
  const types = typeDeclarations(
    [...found.summary.types, ...offered.flatMap((b) => b.types)],
    found,
    find,
  );
  const [before, fresh] = [true, false].map((isKnown) =>
    functions.filter(({ name }) => known.has(name) === isKnown),
  ) as [Offered[], Offered[]];
  const declarations = [
    ...fresh.map(({ declaration, details }) => details ?? declaration),
    ...before.map(({ declaration }) => declaration),
  ].filter((d) => d !== "");
  for (const { name } of fresh) known.add(name);
  const parts: string[] = [];
  if (functions.length > 0) parts.push("**You may use**");
  if (fresh.length > MAX_EXPLAINED) {
    parts.push(callLine("", [...fresh, ...before]));
    const code = declarations.length > 0 ? [codeFence(declarations)] : [];
    parts.push(
      folded("What they do, their arguments and results", fresh.map(offerLine).join("\n"), ...code),
    );
  } else if (functions.length > 0) {
    const earlier = before.length > 0 ? [callLine("as before: ", before)] : [];
    parts.push([...fresh.map(offerLine), ...earlier].join("\n"));
    if (declarations.length > 0) {
      parts.push(folded("Their arguments and results", codeFence(declarations)));
    }
  }
  if (types.length > 0) {
    const summary = functions.length > 0 ? "The types" : "The types of its arguments";
    parts.push(folded(summary, codeFence(types)));
  }
  return parts.join("\n\n");
}

/** A longer list folds: it would push the exercise's code off the screen. */
const MAX_EXPLAINED = 3;

/** What a sentence is about stands above it: splitHeads before "The inverse of splitHeads.". */
function inReadingOrder(functions: Offered[]): Offered[] {
  const ordered: Offered[] = [];
  const waiting = new Set(functions);
  const add = (f: Offered) => {
    if (!waiting.delete(f)) return;
    const words = new Set(f.sentence.split(/[^\w$]+/));
    for (const other of functions) if (words.has(other.name)) add(other);
    ordered.push(f);
  };
  functions.forEach(add);
  return ordered;
}

/** Functions by their calls alone, as an item of a list. */
const callLine = (before: string, functions: Offered[]): string =>
  `- ${before}${functions.map(({ call }) => `\`${call}\``).join(", ")}`;

/** Longer results are left to the declaration. */
const MAX_RESULT_LENGTH = 28;

/** A function as an item of a list: its call and what it gives, and on a line of its own what it does. */
function offerLine({ call, result, sentence }: DefinitionSummary): string {
  const gives =
    result !== undefined && result.length <= MAX_RESULT_LENGTH ? ` →\u00a0\`${result}\`` : "";
  const says = sentence === "" ? "" : `  \n  ${withFormulas(sentence)}`;
  return `- \`${call}\`${gives}${says}`;
}

/** The declarations of types, and of the types that these mention. */
function typeDeclarations(names: string[], found: Definition, find: Solutions["find"]): string[] {
  const seen = new Set<string>(found.alsoDefines);
  const declarations: string[] = [];
  const queue = [...names];
  for (const name of queue) {
    if (seen.has(name)) continue;
    seen.add(name);
    const brief = find(name)?.summary;
    if (!brief || brief.signature !== undefined) continue;
    declarations.push(brief.declaration);
    queue.push(...brief.types);
  }
  return declarations;
}

const codeFence = (declarations: string[]) => `\`\`\`ts\n${declarations.join("\n\n")}\n\`\`\``;

// the empty lines make JupyterLab read what is folded as Markdown
const folded = (summary: string, ...parts: string[]) =>
  `<details><summary>${summary}</summary>\n\n${parts.join("\n\n")}\n\n</details>`;
