/**
 * What one source file says, read from its syntax tree by the TypeScript compiler: exports,
 * imports, and each exported definition cut for lessons. This depends on the text alone, so it is
 * kept between builds. Loading the compiler takes most of a build's time, so it is loaded only
 * when a text is new.
 */
import { createHash } from "node:crypto";
import { existsSync, mkdirSync, readFileSync } from "node:fs";
import { dirname, extname, join } from "node:path";
import { fileURLToPath } from "node:url";
import {
  codeOf,
  compiler,
  cutDefinition,
  DEFINITION_FILE,
  isExported,
  namesOf,
  parseSource,
  textOf,
  YOURS,
} from "course/definition";
import { type CheckLines, writeFileAtomic } from "grader/files";
import type TypeScript from "typescript";
import { briefOf, type Brief } from "./brief.js";
import { checksOf } from "./fold.js";

/** A name that a definition takes from elsewhere. */
export interface Need {
  name: string;
  /** As in its import: "../shapes" or a package; "." for the file's own other exports. */
  from: string;
}
export interface Definition {
  /** What the file defines, `export` left out. */
  code: string;
  /**
   * The student's version; absent where there is no function's body to remove, then `noStub` says
   * what to do.
   */
  stub?: string;
  noStub?: string;
  /** The stub's lines that check arguments. */
  checks?: CheckLines[];
  needs: Need[];
  /** Further names that the definition brings: helpers and types marked `// given`. */
  brings: string[];
  /** Those of the needs that only the answer uses, in the order of the imports. */
  answerNeeds: string[];
  brief: Brief;
}
export interface Facts {
  /** Exported definitions by name. */
  definitions: Record<string, Definition>;
  /** Modules of `export … from`. */
  reexports: string[];
  /** Local names that imports bring. */
  imports: string[];
}
export interface Syntax {
  /** @param label under which the facts are kept: a file's path or a cell's place */
  facts(label: string, text: string): Facts;
  save(): void;
}

/** Facts, and the hash of the text that they are about. */
interface Kept {
  hash: string;
  facts: Facts;
}

const hashed = (text: string) => createHash("sha256").update(text).digest("hex");

/** The hash of the code that reads facts. */
function codeVersion(): string {
  const own = fileURLToPath(import.meta.url);
  const beside = (name: string) => join(dirname(own), `${name}${extname(own)}`);
  const files = [own, beside("brief"), beside("fold"), DEFINITION_FILE];
  return hashed(files.map((file) => readFileSync(file, "utf8")).join(""));
}

/**
 * @param cache a file for the facts; it is made again when it is missing, damaged or written by
 *   another version of this code
 */
export function openSyntax(cache?: string): Syntax {
  const version = cache ? codeVersion() : "";
  const kept = new Map<string, Kept>(cache ? readCache(cache, version) : []);
  let changed = false;
  return {
    facts: (label, text) => {
      const hash = hashed(text);
      const before = kept.get(label);
      if (before?.hash === hash) return before.facts;
      const facts = read(text);
      kept.set(label, { hash, facts });
      changed = true;
      return facts;
    },
    save: () => {
      if (!cache || !changed) return;
      try {
        mkdirSync(dirname(cache), { recursive: true });
        const text = JSON.stringify({ version, kept: [...kept] });
        writeFileAtomic(cache, text, { concurrent: true });
      } catch {
        // the next build reads the sources again, as where nothing may be written
      }
    },
  };
}

function readCache(file: string, version: string): [label: string, Kept][] {
  if (!existsSync(file)) return [];
  try {
    const cache = JSON.parse(readFileSync(file, "utf8")) as {
      version: string;
      kept: [label: string, Kept][];
    };
    return cache.version === version ? cache.kept : [];
  } catch {
    return [];
  }
}

function read(text: string): Facts {
  const file = parseSource(text);
  const names = [...new Set(file.statements.filter(isExported).flatMap(namesOf))];
  return {
    definitions: Object.fromEntries(names.map((name) => [name, definition(file, name)])),
    reexports: file.statements.flatMap(reexportOf),
    imports: importsOf(file).map(({ name }) => name),
  };
}

function reexportOf(s: TypeScript.Statement): string[] {
  const ts = compiler();
  const module = ts.isExportDeclaration(s) ? s.moduleSpecifier : undefined;
  return module && ts.isStringLiteral(module) ? [module.text] : [];
}

function definition(file: TypeScript.SourceFile, name: string): Definition {
  const { own, stays, whole } = cutDefinition(file, name);
  const last = own.at(-1)!; // of overloads, the one with a body
  const stub = stubOf(last, name);
  const left =
    "because" in stub
      ? { noStub: stub.because }
      : withChecks(stays.map((s) => (s === last ? stub.text : textOf(s))).join("\n\n"));
  return {
    code: codeOf(whole),
    ...left,
    needs: needsOf(file, whole),
    brings: stays.flatMap(namesOf).filter((n) => n !== name),
    answerNeeds: needsOf(file, whole, answerNodes(last, stays, whole)).map((n) => n.name),
    brief: briefOf(own, name),
  };
}

const withChecks = (stub: string) => ({ stub, checks: checksOf(stub) });

/** The function with its body, or the part of it below `// yours`, left to the student. */
function stubOf(s: TypeScript.Statement, name: string): { text: string } | { because: string } {
  if (!compiler().isFunctionDeclaration(s) || !s.body) {
    return { because: `write it as \`export function ${name}(…) { … }\`` };
  }
  const { text } = s.getSourceFile();
  const open = s.body.getStart() + 1;
  const body = text.slice(open, s.body.end - 1);
  const mark = YOURS.exec(body);
  const removed = mark ? body.slice(mark.index + mark[0].length) : body;
  if (removed.trim() === "") {
    return { because: mark ? "put statements below the comment `// yours`" : "write its body" };
  }
  const kept = mark ? body.slice(0, mark.index).trimEnd() : "";
  const thrown = `throw new Error("not written yet: ${name}");`;
  return { text: `${textOf(s, open)}${kept}\n  ${thrown}\n}` };
}

/** What the student is to write: the body below its mark, and the file's own helpers. */
function answerNodes(
  last: TypeScript.Statement,
  stays: TypeScript.Statement[],
  whole: TypeScript.Statement[],
): TypeScript.Node[] {
  const helpers = whole.filter((s) => !stays.includes(s));
  if (!compiler().isFunctionDeclaration(last) || !last.body) return helpers;
  const { body } = last;
  const mark = YOURS.exec(body.getFullText());
  const from = mark ? body.getFullStart() + mark.index : body.pos;
  return [...body.statements.filter((s) => s.getStart() >= from), ...helpers];
}

/** What the statements (or, of them, the `users`) use of the file's imports and of its other exports. */
function needsOf(
  file: TypeScript.SourceFile,
  statements: TypeScript.Statement[],
  users: TypeScript.Node[] = statements,
): Need[] {
  const used = usedNames(users);
  const siblings = file.statements
    .filter((s) => isExported(s) && !statements.includes(s))
    .flatMap(namesOf)
    .map((name) => ({ name, from: "." }));
  return [...importsOf(file), ...siblings].filter(({ name }) => used.has(name));
}

function usedNames(nodes: TypeScript.Node[]): Set<string> {
  const ts = compiler();
  const used = new Set<string>();
  // the n of x.n and { n: 1 } is a name of its own, the n of { n } is not
  const isOwnName = (node: TypeScript.Node) =>
    (node.parent as { name?: TypeScript.Node }).name === node &&
    !ts.isShorthandPropertyAssignment(node.parent);
  const visit = (node: TypeScript.Node): void => {
    if (ts.isIdentifier(node) && !isOwnName(node)) used.add(node.text);
    ts.forEachChild(node, visit);
  };
  nodes.forEach(visit);
  return used;
}

/** The names that the file's imports bring, each with its module. */
function importsOf(file: TypeScript.SourceFile): Need[] {
  const ts = compiler();
  return file.statements.filter(ts.isImportDeclaration).flatMap((s) => {
    const from = (s.moduleSpecifier as TypeScript.StringLiteral).text;
    return importedNames(s).map((name) => ({ name, from }));
  });
}

/** The local names of an import declaration: `a` and `b` of `import a, { b } from "…"`. */
function importedNames({ importClause }: TypeScript.ImportDeclaration): string[] {
  const names = importClause?.name ? [importClause.name.text] : [];
  const bindings = importClause?.namedBindings;
  if (!bindings) return names;
  if (compiler().isNamespaceImport(bindings)) return [...names, bindings.name.text];
  return [...names, ...bindings.elements.map((e) => e.name.text)];
}
