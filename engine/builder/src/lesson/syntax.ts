/**
 * Reads source files of solutions with the TypeScript compiler: exports, imports, and for each
 * exported definition its solution, its stub and a summary. The result depends on the text alone, so
 * builds cache it; the compiler, which takes most of a build's time to load, is loaded only for new
 * text.
 */
import { createHash } from "node:crypto";
import { existsSync, mkdirSync, readFileSync } from "node:fs";
import { dirname } from "node:path";
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

/** A name that a definition takes from elsewhere. */
export interface Dependency {
  name: string;
  /** As in its import: "../shapes" or a package; "." for the file's own other exports. */
  from: string;
}
export interface Definition {
  /** The solution, without `export`. */
  code: string;
  /** The student's version; absent where the definition has no body to remove. */
  stub?: string;
  /** What to do where the stub is absent. */
  noStubReason?: string;
  /** The stub's lines that check arguments. */
  checks?: CheckLines[];
  /** The same of the solution. */
  codeChecks: CheckLines[];
  dependencies: Dependency[];
  /** Further names that the notebook gets with it: helpers and types marked `// given`. */
  alsoDefines: string[];
  /** The dependencies that the student's part uses, in the order of the imports. */
  answerDependencies: string[];
  summary: DefinitionSummary;
}
export interface ModuleSyntax {
  /** Exported definitions by name. */
  definitions: Record<string, Definition>;
  /** Modules of `export … from`. */
  reexports: string[];
  /** Local names that imports bring. */
  imports: string[];
}
export interface SyntaxCache {
  /** @param label the cache's key: a file's path or a cell's location */
  read(label: string, text: string): ModuleSyntax;
  save(): void;
}

/** The syntax of a text, and the hash of the text. */
interface CacheEntry {
  hash: string;
  syntax: ModuleSyntax;
}

const hashed = (text: string) => createHash("sha256").update(text).digest("hex");

/** The hash of this file and of the code that cuts definitions, so that a change empties the cache. */
function codeVersion(): string {
  const files = [fileURLToPath(import.meta.url), DEFINITION_FILE];
  return hashed(files.map((file) => readFileSync(file, "utf8")).join(""));
}

/**
 * @param cache the cache's file; it is written again when it is missing, damaged or written by
 *   another version of this code
 */
export function openSyntaxCache(cache?: string): SyntaxCache {
  const version = cache ? codeVersion() : "";
  const entries = new Map<string, CacheEntry>(cache ? readCache(cache, version) : []);
  let changed = false;
  return {
    read: (label, text) => {
      const hash = hashed(text);
      const cached = entries.get(label);
      if (cached?.hash === hash) return cached.syntax;
      const syntax = parseModule(text);
      entries.set(label, { hash, syntax });
      changed = true;
      return syntax;
    },
    save: () => {
      if (!cache || !changed) return;
      try {
        mkdirSync(dirname(cache), { recursive: true });
        const text = JSON.stringify({ version, entries: [...entries] });
        writeFileAtomic(cache, text, { concurrent: true });
      } catch {
        // the next build reads the sources again, as where nothing may be written
      }
    },
  };
}

function readCache(file: string, version: string): [label: string, CacheEntry][] {
  if (!existsSync(file)) return [];
  try {
    const cache = JSON.parse(readFileSync(file, "utf8")) as {
      version: string;
      entries: [label: string, CacheEntry][];
    };
    return cache.version === version ? cache.entries : [];
  } catch {
    return [];
  }
}

function parseModule(text: string): ModuleSyntax {
  const file = parseSource(text);
  const names = [...new Set(file.statements.filter(isExported).flatMap(namesOf))];
  return {
    definitions: Object.fromEntries(names.map((name) => [name, definitionOf(file, name)])),
    reexports: file.statements.flatMap(reexportOf),
    imports: importsOf(file).map(({ name }) => name),
  };
}

function reexportOf(s: TypeScript.Statement): string[] {
  const ts = compiler();
  const module = ts.isExportDeclaration(s) ? s.moduleSpecifier : undefined;
  return module && ts.isStringLiteral(module) ? [module.text] : [];
}

function definitionOf(file: TypeScript.SourceFile, name: string): Definition {
  const { own, stays, whole } = cutDefinition(file, name);
  const last = own.at(-1)!; // of overloads, the one with a body
  const stub = stubOf(last, name);
  const left =
    "because" in stub
      ? { noStubReason: stub.because }
      : withChecks(stays.map((s) => (s === last ? stub.text : textOf(s))).join("\n\n"), name);
  const code = codeOf(whole);
  return {
    code,
    codeChecks: checkLinesOf(code, name),
    ...left,
    dependencies: dependenciesOf(file, whole),
    alsoDefines: stays.flatMap(namesOf).filter((n) => n !== name),
    answerDependencies: dependenciesOf(file, whole, answerNodes(last, stays, whole)).map(
      (n) => n.name,
    ),
    summary: summarize(own, name),
  };
}

const withChecks = (stub: string, name: string) => ({ stub, checks: checkLinesOf(stub, name) });

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
  const entries = mark ? body.slice(0, mark.index).trimEnd() : "";
  const thrown = `throw new Error("not written yet: ${name}");`;
  return { text: `${textOf(s, open)}${entries}\n  ${thrown}\n}` };
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
function dependenciesOf(
  file: TypeScript.SourceFile,
  statements: TypeScript.Statement[],
  users: TypeScript.Node[] = statements,
): Dependency[] {
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
function importsOf(file: TypeScript.SourceFile): Dependency[] {
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

// Summaries: what a notebook says about a definition that students may use

export interface DefinitionSummary {
  /** "add(a: number, b = 1): number"; absent for a type. */
  signature?: string;
  /** "add(a, b = 1)"; absent for a type. */
  call?: string;
  /** "number"; absent for a type, and where nothing is declared. */
  result?: string;
  /** The docstring's first sentence; empty without a docstring. */
  sentence: string;
  /**
   * A function's docstring and signature, empty where its call says as much; a type's docstring and
   * fields.
   */
  declaration: string;
  /** A function's declaration without the docstring's first sentence; absent for others. */
  details?: string;
  /** Names of the types that signature or fields mention. */
  types: string[];
}

/** @param own the name's statements, of a function its overloads */
function summarize(own: TypeScript.Statement[], name: string): DefinitionSummary {
  const ts = compiler();
  const [first] = own as [TypeScript.Statement, ...TypeScript.Statement[]];
  const sentence = firstSentence(docOf(first));
  if (ts.isInterfaceDeclaration(first) || ts.isTypeAliasDeclaration(first)) {
    return { sentence, declaration: textOf(first), types: typeNames([first]) };
  }
  const f = functionOf(first);
  if (!f) return { signature: name, call: name, sentence, declaration: "", types: [] };
  const parts = [...(f.typeParameters ?? []), ...f.parameters, ...(f.type ? [f.type] : [])];
  const signature = signatureText(f, name);
  const [doc] = /^\/\*\*[\s\S]*?\*\//.exec(textOf(first)) ?? [];
  const call = `${name}(${f.parameters.map(argumentText).join(", ")})`;
  const isAllSaid = doc === undefined && signature === call;
  const declarationWith = (text = "") =>
    isAllSaid ? "" : [text, `function ${signature};`].filter((line) => line !== "").join("\n");
  const declaration = declarationWith(doc);
  const details = declarationWith(doc && withoutSentence(doc, sentence));
  const result = f.type?.getText().replace(/\s+/g, " ");
  return { signature, call, result, sentence, declaration, details, types: typeNames(parts) };
}

type Func = TypeScript.FunctionDeclaration | TypeScript.ArrowFunction;

function functionOf(s: TypeScript.Statement): Func | undefined {
  const ts = compiler();
  if (ts.isFunctionDeclaration(s)) return s;
  if (!ts.isVariableStatement(s)) return undefined;
  const value = s.declarationList.declarations[0]?.initializer;
  return value && ts.isArrowFunction(value) ? value : undefined;
}

function signatureText(f: Func, name: string): string {
  const list = (nodes: readonly TypeScript.Node[]) => nodes.map((n) => n.getText()).join(", ");
  const generics = f.typeParameters ? `<${list(f.typeParameters)}>` : "";
  const result = f.type ? `: ${f.type.getText()}` : "";
  return `${name}${generics}(${list(f.parameters)})${result}`.replace(/\s+/g, " ");
}

/** Defaults longer than this are left to the declaration. */
const MAX_DEFAULT_LENGTH = 8;

/** A parameter as a call has it: its name, with a short default or a sign that it is optional. */
function argumentText(p: TypeScript.ParameterDeclaration): string {
  const name = compiler().isIdentifier(p.name) ? p.name.text : "{ … }";
  const value = p.initializer?.getText();
  if (value !== undefined && value.length <= MAX_DEFAULT_LENGTH) return `${name} = ${value}`;
  const isOptional = value !== undefined || p.questionToken !== undefined;
  return `${p.dotDotDotToken ? "..." : ""}${name}${isOptional ? "?" : ""}`;
}

function docOf(s: TypeScript.Statement): string {
  const ts = compiler();
  const doc = ts.getJSDocCommentsAndTags(s).findLast((d) => ts.isJSDoc(d) && d.parent === s);
  return (doc && ts.getTextOfJSDocComment(doc.comment)) ?? "";
}

/**
 * Ends at a full stop before a line's end or a capital letter, or before the formulas or the list
 * that its colon announces.
 */
function firstSentence(doc: string): string {
  const [announced] = /^[\s\S]+?:(?=\n(?: {2}|- ))/.exec(doc) ?? [];
  const [sentence] = /^[\s\S]*?[.!?](?=\n|\s+[A-Z"(]|\s*$)/.exec(doc) ?? [doc.split("\n\n")[0]!];
  const short = announced !== undefined && announced.length < sentence.length;
  return (short ? announced.replace(/:$/, ".") : sentence).replace(/\s+/g, " ").trim();
}

/** A docstring without its first sentence, which stands above; empty where nothing else is in it. */
function withoutSentence(doc: string, sentence: string): string {
  const words = sentence.replace(/[.!?]$/, "").split(" ");
  const escaped = words.map((word) => word.replace(/[\\^$.*+?()[\]{}|]/g, "\\$&"));
  const between = String.raw`(?:\s|\n \*)+`;
  const rest = doc.replace(
    new RegExp(String.raw`^/\*\*[\s*]*${escaped.join(between)}[.!?:]?(?:\s*\n \*)*`),
    "",
  );
  if (rest === doc) return doc;
  const text = rest.replace(/^ (?! )/, "").replace(/\s*\*\/$/, "");
  if (text.trim() === "") return "";
  return text.includes("\n") ? `/**\n * ${text}\n */` : `/** ${text} */`;
}

function typeNames(nodes: TypeScript.Node[]): string[] {
  const ts = compiler();
  const names = new Set<string>();
  const visit = (node: TypeScript.Node): void => {
    if (ts.isTypeReferenceNode(node)) names.add(node.typeName.getText());
    if (ts.isExpressionWithTypeArguments(node)) names.add(node.expression.getText());
    ts.forEachChild(node, visit);
  };
  nodes.forEach(visit);
  return [...names];
}

// Lines of a definition that check arguments, which notebooks fold

/** Fewer lines than this stay open. */
const MIN_CHECK_LINES = 2;
/** What a stub throws. */
const NOT_WRITTEN = "not written yet";

/**
 * Finds the lines of a definition that check arguments: statements in the body of the function of
 * this name that only throw or only call, and the bodies of helpers that throw. Statements that
 * declare a name stay open.
 */
export function checkLinesOf(code: string, name: string): CheckLines[] {
  const file = parseSource(code);
  const lines = code.split("\n");
  const lineAt = (position: number) => file.getLineAndCharacterOfPosition(position).line;
  const found: [from: number, to: number][] = [];
  for (const node of checkNodes(file, name)) {
    const [from, to] = [lineAt(node.getStart()), lineAt(node.end)];
    const last = found.at(-1);
    if (last && from <= last[1] + 1) last[1] = to;
    else found.push([from, to]);
  }
  return found
    .filter(([from, to]) => to - from + 1 >= MIN_CHECK_LINES)
    .map(([from, to]) => ({ first: lines[from]!, last: lines[to]!, lines: to - from + 1 }));
}

function checkNodes(file: TypeScript.SourceFile, name: string): TypeScript.Node[] {
  const ts = compiler();
  return file.statements.flatMap((s): TypeScript.Node[] => {
    if (!ts.isFunctionDeclaration(s) || !s.body) return [];
    const text = s.body.getText();
    const isStub = text.includes(NOT_WRITTEN);
    if (s.name?.text === name) return s.body.statements.filter((one) => isCheck(one, isStub));
    return text.includes("throw ") ? [...s.body.statements] : [];
  });
}

/**
 * A call whose result nobody takes, or a condition that throws or calls. In a whole function, a
 * method may be called for what it does, so only functions called by their name are checks.
 */
function isCheck(s: TypeScript.Statement, isStub: boolean): boolean {
  const ts = compiler();
  if (ts.isExpressionStatement(s)) {
    const call = s.expression;
    return ts.isCallExpression(call) && (isStub || ts.isIdentifier(call.expression));
  }
  if (!ts.isIfStatement(s) || s.elseStatement) return false;
  const then = ts.isBlock(s.thenStatement) ? s.thenStatement.statements.at(-1) : s.thenStatement;
  return then !== undefined && (ts.isThrowStatement(then) || isCheck(then, isStub));
}
