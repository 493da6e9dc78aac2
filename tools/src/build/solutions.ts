/** What lessons take from solutions: which names they export, and a definition's text, cut from its source by the syntax tree. */
import { existsSync, readFileSync, readdirSync } from "node:fs";
import { basename, dirname, join } from "node:path";
import ts from "typescript";

/** A name that a definition takes from elsewhere. */
export interface Need {
  name: string;
  /** As in its import: "../shapes" or a package; `./<file>` for the file's own other exports. */
  from: string;
}
export interface Definition {
  /** What the file defines, `export` left out. */
  code: string;
  /** The student's version; absent where there is no function's body to remove, then `noStub` says why. */
  stub?: string;
  noStub?: string;
  needs: Need[];
  /** Further names that the definition brings: helpers and types marked `// given`. */
  brings: string[];
}
export interface Solutions {
  exports(name: string): boolean;
  /** @returns undefined when solutions export no such name */
  define(name: string): Definition | undefined;
  /** Whether <name>.ts has <name>.exercise.ts beside it. */
  hasExercise(name: string): boolean;
  /** All names that can be imported, for suggestions. */
  groups: string[];
}

/** @param folder the package's folder, with src/index.ts */
export function openSolutions(folder: string): Solutions {
  const src = join(folder, "src");
  const groups = existsSync(src) ? readdirSync(src, { withFileTypes: true }).filter((d) => d.isDirectory()).map((d) => d.name) : [];
  const trees = new Map<string, ts.SourceFile>();
  const tree = (file: string) => {
    let t = trees.get(file);
    if (!t) trees.set(file, (t = ts.createSourceFile(file, readFileSync(file, "utf8"), ts.ScriptTarget.ES2022, true)));
    return t;
  };
  let reachable: string[] | undefined;
  const files = () => (reachable ??= existsSync(join(src, "index.ts")) ? filesBehind(join(src, "index.ts"), tree) : []);
  const fileOf = (name: string) => {
    const own = files().find((file) => basename(file) === `${name}.ts`);
    const defines = (file: string) => tree(file).statements.some((s) => isExported(s) && namesOf(s).includes(name));
    return own && defines(own) ? own : files().find(defines);
  };
  const found = new Map<string, string | undefined>();
  const lookUp = (name: string) => {
    if (!found.has(name)) found.set(name, fileOf(name));
    return found.get(name);
  };
  return {
    groups,
    exports: (name) => lookUp(name) !== undefined,
    define: (name) => {
      const file = lookUp(name);
      return file === undefined ? undefined : cut(tree(file), name);
    },
    hasExercise: (name) => groups.some((group) => existsSync(join(src, group, `${name}.ts`)) && existsSync(join(src, group, `${name}.exercise.ts`))),
  };
}

/** The files that an index re-exports, itself included, in the order of its lines. */
function filesBehind(index: string, tree: (file: string) => ts.SourceFile, seen = new Set<string>()): string[] {
  if (seen.has(index)) return [];
  seen.add(index);
  const behind = tree(index).statements.flatMap((s) => {
    if (!ts.isExportDeclaration(s) || !s.moduleSpecifier || !ts.isStringLiteral(s.moduleSpecifier)) return [];
    const base = join(dirname(index), s.moduleSpecifier.text.replace(/\.js$/, ""));
    const file = [`${base}.ts`, join(base, "index.ts")].find((f) => existsSync(f));
    if (!file) return [];
    return basename(file) === "index.ts" ? filesBehind(file, tree, seen) : [file];
  });
  return [index, ...behind];
}

const exportOf = (s: ts.Statement) =>
  ts.canHaveModifiers(s) ? ts.getModifiers(s)?.find((m) => m.kind === ts.SyntaxKind.ExportKeyword) : undefined;
const isExported = (s: ts.Statement) => exportOf(s) !== undefined;

function namesOf(s: ts.Statement): string[] {
  if (ts.isVariableStatement(s)) return s.declarationList.declarations.flatMap((d) => (ts.isIdentifier(d.name) ? [d.name.text] : []));
  const named = ts.isFunctionDeclaration(s) || ts.isClassDeclaration(s) || ts.isInterfaceDeclaration(s) || ts.isTypeAliasDeclaration(s) || ts.isEnumDeclaration(s);
  return named && s.name ? [s.name.text] : [];
}

const GIVEN = /^[ \t]*\/\/ given[ \t]*\r?$/m;
const YOURS = /^[ \t]*\/\/ yours[ \t]*\r?\n/m;

/** Where a statement's own docstring begins; a file's opening comment is not its first statement's. */
function startOf(s: ts.Statement): number {
  const docs = ts.getJSDocCommentsAndTags(s).filter((d) => ts.isJSDoc(d) && d.parent === s);
  return docs.at(-1)?.pos ?? s.getStart();
}

/** The statement's text, docstring first, without `export` and without the marks `// given` and `// yours`. */
function textOf(s: ts.Statement, end = s.end): string {
  const text = s.getSourceFile().text, word = exportOf(s), start = startOf(s);
  const whole = word ? text.slice(start, word.getStart()) + text.slice(word.end, end).replace(/^\s+/, "") : text.slice(start, end);
  return whole.replace(GIVEN, "").replace(YOURS, "").trim();
}

function cut(file: ts.SourceFile, name: string): Definition {
  const own = file.statements.filter((s) => namesOf(s).includes(name));
  const isGiven = (s: ts.Statement) => GIVEN.test(file.text.slice(s.pos, s.getStart()));
  const stays = file.statements.filter((s) => own.includes(s) || isGiven(s));
  const whole = file.statements.filter((s) => stays.includes(s) || (namesOf(s).length > 0 && !isExported(s)));
  const stub = stubOf(own.at(-1)!, name);
  return {
    code: whole.map((s) => textOf(s)).join("\n\n"),
    ...(typeof stub === "string" ? { stub: stays.map((s) => (s === own.at(-1) ? stub : textOf(s))).join("\n\n") } : { noStub: stub.because }),
    needs: needsOf(file, whole),
    brings: stays.flatMap(namesOf).filter((n) => n !== name),
  };
}

function stubOf(s: ts.Statement, name: string): string | { because: string } {
  if (!ts.isFunctionDeclaration(s) || !s.body) return { because: `write it as \`export function ${name}(…) { … }\`` };
  const { text } = s.getSourceFile(), open = s.body.getStart() + 1;
  const body = text.slice(open, s.body.end - 1), mark = YOURS.exec(body);
  const removed = mark ? body.slice(mark.index + mark[0].length) : body;
  if (removed.trim() === "") return { because: mark ? "put statements below the comment `// yours`" : "write its body" };
  const kept = mark ? body.slice(0, mark.index).trimEnd() : "";
  return `${textOf(s, open)}${kept}\n  throw new Error("not written yet: ${name}");\n}`;
}

function needsOf(file: ts.SourceFile, statements: ts.Statement[]): Need[] {
  const used = new Set<string>();
  const visit = (node: ts.Node): void => {
    if (ts.isIdentifier(node) && !(ts.isPropertyAccessExpression(node.parent) && node.parent.name === node)) used.add(node.text);
    ts.forEachChild(node, visit);
  };
  statements.forEach(visit);
  const imported = file.statements.flatMap((s) =>
    ts.isImportDeclaration(s) && ts.isStringLiteral(s.moduleSpecifier) ? importedNames(s).map((name) => ({ name, from: (s.moduleSpecifier as ts.StringLiteral).text })) : []);
  const siblings = file.statements.filter((s) => isExported(s) && !statements.includes(s)).flatMap(namesOf).map((name) => ({ name, from: `./${basename(file.fileName)}` }));
  return [...imported, ...siblings].filter(({ name }) => used.has(name));
}

/** The local names of an import declaration. */
function importedNames({ importClause }: ts.ImportDeclaration): string[] {
  const bindings = importClause?.namedBindings;
  const names = bindings && ts.isNamedImports(bindings) ? bindings.elements.map((e) => e.name.text) : bindings ? [bindings.name.text] : [];
  return importClause?.name ? [importClause.name.text, ...names] : names;
}

/** The names that a cell's imports bring. */
export function importsOf(code: string): string[] {
  const file = ts.createSourceFile("cell.ts", code, ts.ScriptTarget.ES2022);
  return file.statements.flatMap((s) => (ts.isImportDeclaration(s) ? importedNames(s) : []));
}
