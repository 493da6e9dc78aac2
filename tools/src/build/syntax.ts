/**
 * What one source file says, read from its syntax tree by the TypeScript compiler: exports,
 * imports, and each exported definition cut for lessons. It depends on the text alone, so it is
 * kept between builds, and the compiler, which takes most of a build's time to load, is loaded for
 * texts that are new.
 */
import { createHash } from "node:crypto";
import { existsSync, mkdirSync, readFileSync, renameSync, writeFileSync } from "node:fs";
import { createRequire } from "node:module";
import { dirname } from "node:path";
import { fileURLToPath } from "node:url";
import type TypeScript from "typescript";

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
  needs: Need[];
  /** Further names that the definition brings: helpers and types marked `// given`. */
  brings: string[];
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

const hashed = (text: string) => createHash("sha256").update(text).digest("hex");

/**
 * @param cache a file for the facts, made again when it is missing, damaged or of another version
 *   of this module
 */
export function openSyntax(cache?: string): Syntax {
  const version = cache ? hashed(readFileSync(fileURLToPath(import.meta.url), "utf8")) : "";
  const kept = new Map<string, { hash: string; facts: Facts }>(
    cache ? readCache(cache, version) : [],
  );
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
        writeFileSync(`${cache}.${process.pid}`, JSON.stringify({ version, kept: [...kept] }));
        renameSync(`${cache}.${process.pid}`, cache);
      } catch {
        // the next build reads the sources again, as where nothing may be written
      }
    },
  };
}

function readCache(file: string, version: string): [string, { hash: string; facts: Facts }][] {
  if (!existsSync(file)) return [];
  try {
    const cache = JSON.parse(readFileSync(file, "utf8")) as {
      version: string;
      kept: [string, { hash: string; facts: Facts }][];
    };
    return cache.version === version ? cache.kept : [];
  } catch {
    return [];
  }
}

let ts: typeof TypeScript;

function read(text: string): Facts {
  ts ??= createRequire(import.meta.url)("typescript") as typeof TypeScript;
  const file = ts.createSourceFile("source.ts", text, ts.ScriptTarget.ES2022, true);
  const names = [...new Set(file.statements.filter(isExported).flatMap(namesOf))];
  return {
    definitions: Object.fromEntries(names.map((name) => [name, cut(file, name)])),
    reexports: file.statements.flatMap((s) =>
      ts.isExportDeclaration(s) && s.moduleSpecifier && ts.isStringLiteral(s.moduleSpecifier)
        ? [s.moduleSpecifier.text]
        : [],
    ),
    imports: file.statements.flatMap((s) => (ts.isImportDeclaration(s) ? importedNames(s) : [])),
  };
}

const exportOf = (s: TypeScript.Statement) =>
  ts.canHaveModifiers(s)
    ? ts.getModifiers(s)?.find((m) => m.kind === ts.SyntaxKind.ExportKeyword)
    : undefined;
const isExported = (s: TypeScript.Statement) => exportOf(s) !== undefined;

function namesOf(s: TypeScript.Statement): string[] {
  if (ts.isVariableStatement(s)) {
    return s.declarationList.declarations.flatMap((d) =>
      ts.isIdentifier(d.name) ? [d.name.text] : [],
    );
  }
  const named =
    ts.isFunctionDeclaration(s) ||
    ts.isClassDeclaration(s) ||
    ts.isInterfaceDeclaration(s) ||
    ts.isTypeAliasDeclaration(s) ||
    ts.isEnumDeclaration(s);
  return named && s.name ? [s.name.text] : [];
}

const GIVEN = /^[ \t]*\/\/ given[ \t]*\n/m;
const YOURS = /^[ \t]*\/\/ yours[ \t]*\n/m;

/**
 * Where a statement's own docstring begins; a file's opening comment is not its first statement's.
 */
function startOf(s: TypeScript.Statement): number {
  const docs = ts.getJSDocCommentsAndTags(s).filter((d) => ts.isJSDoc(d) && d.parent === s);
  return docs.at(-1)?.pos ?? s.getStart();
}

/**
 * The statement's text, docstring first, without `export` and without the marks `// given` and `//
 * yours`.
 */
function textOf(s: TypeScript.Statement, end = s.end): string {
  const text = s.getSourceFile().text;
  const word = exportOf(s);
  const start = startOf(s);
  const whole = word
    ? text.slice(start, word.getStart()) + text.slice(word.end, end).replace(/^\s+/, "")
    : text.slice(start, end);
  return whole.replace(GIVEN, "").replace(YOURS, "").trim();
}

function cut(file: TypeScript.SourceFile, name: string): Definition {
  const own = file.statements.filter((s) => namesOf(s).includes(name));
  const isGiven = (s: TypeScript.Statement) => GIVEN.test(file.text.slice(s.pos, s.getStart()));
  const stays = file.statements.filter((s) => own.includes(s) || isGiven(s));
  const whole = file.statements.filter(
    (s) => stays.includes(s) || (namesOf(s).length > 0 && !isExported(s)),
  );
  const stub = stubOf(own.at(-1)!, name);
  return {
    code: whole.map((s) => textOf(s)).join("\n\n"),
    ...(typeof stub === "string"
      ? { stub: stays.map((s) => (s === own.at(-1) ? stub : textOf(s))).join("\n\n") }
      : { noStub: stub.because }),
    needs: needsOf(file, whole),
    brings: stays.flatMap(namesOf).filter((n) => n !== name),
  };
}

function stubOf(s: TypeScript.Statement, name: string): string | { because: string } {
  if (!ts.isFunctionDeclaration(s) || !s.body) {
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
  return `${textOf(s, open)}${kept}\n  throw new Error("not written yet: ${name}");\n}`;
}

function needsOf(file: TypeScript.SourceFile, statements: TypeScript.Statement[]): Need[] {
  const used = new Set<string>();
  const visit = (node: TypeScript.Node): void => {
    const names =
      (node.parent as { name?: TypeScript.Node }).name === node &&
      !ts.isShorthandPropertyAssignment(node.parent); // the n of x.n and { n: 1 }
    if (ts.isIdentifier(node) && !names) used.add(node.text);
    ts.forEachChild(node, visit);
  };
  statements.forEach(visit);
  const imported = file.statements.flatMap((s) =>
    ts.isImportDeclaration(s) && ts.isStringLiteral(s.moduleSpecifier)
      ? importedNames(s).map((name) => ({
          name,
          from: (s.moduleSpecifier as TypeScript.StringLiteral).text,
        }))
      : [],
  );
  const siblings = file.statements
    .filter((s) => isExported(s) && !statements.includes(s))
    .flatMap(namesOf)
    .map((name) => ({ name, from: "." }));
  return [...imported, ...siblings].filter(({ name }) => used.has(name));
}

/** The local names of an import declaration. */
function importedNames({ importClause }: TypeScript.ImportDeclaration): string[] {
  const bindings = importClause?.namedBindings;
  const names =
    bindings && ts.isNamedImports(bindings)
      ? bindings.elements.map((e) => e.name.text)
      : bindings
        ? [bindings.name.text]
        : [];
  return importClause?.name ? [importClause.name.text, ...names] : names;
}
