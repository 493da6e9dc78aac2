/**
 * TypeScript cells → scripts that share one global scope, as tslab's cells do: imports become
 * require calls, top-level const, let and class become var. All cells go through one call of the
 * compiler, which is six times cheaper than one each. A cell that defines an exercise also gets
 * shorter versions, since a benchmark below a function must not cost the function. Only for the
 * reader's process: hostile source can keep the compiler busy for minutes.
 */
import { randomBytes } from "node:crypto";
import { Script } from "node:vm";
import { declaredTwice } from "cells/declaredTwice";
import ts from "typescript";
import type { Code } from "../sandbox/job";

export interface CompiledCell extends Code {
  /** Names that the cell's top level defines, imports not among them. */
  declares: string[];
  /** Names that it gives a value at its top level without declaring them. */
  assigns: string[];
  /** What may run in its place where it takes too long; only of a cell that defines an exercise. */
  fallbacks: Code[];
  error?: string;
}

/** A cell on its way; without a tree it is refused. */
interface Parsed {
  awaits: boolean;
  declares: string[];
  tree?: ts.SourceFile;
  error?: string;
}

const MAX_CELL_LENGTH = 20_000;
const TARGET = ts.ScriptTarget.ES2022;
const f = ts.factory;
const isConstant = (flags: ts.NodeFlags) => (flags & ts.NodeFlags.BlockScoped) !== 0;

function bindingNames(name: ts.BindingName): string[] {
  if (ts.isIdentifier(name)) return [name.text];
  return name.elements.flatMap((e) => (ts.isOmittedExpression(e) ? [] : bindingNames(e.name)));
}

function namesOf(s: ts.Statement): string[] {
  if (ts.isVariableStatement(s)) {
    return s.declarationList.declarations.flatMap((d) => bindingNames(d.name));
  }
  const hasBody = ts.isFunctionDeclaration(s) && s.body !== undefined;
  if (!hasBody && !ts.isClassDeclaration(s) && !ts.isEnumDeclaration(s)) return [];
  return s.name ? [s.name.text] : [];
}

const declaredNames = (tree: ts.SourceFile) => tree.statements.flatMap(namesOf);

function hasTopLevelAwait(tree: ts.SourceFile): boolean {
  const visit = (node: ts.Node): boolean => {
    if (ts.isAwaitExpression(node) || (ts.isForOfStatement(node) && node.awaitModifier)) {
      return true;
    }
    if (ts.isFunctionLike(node) || ts.isClassStaticBlockDeclaration(node)) return false;
    return ts.forEachChild(node, visit) ?? false;
  };
  return visit(tree);
}

/** `const` and `let` become `var`, and a class declaration a variable that holds the class. */
function asVariable(s: ts.Statement): ts.Statement {
  if (ts.isVariableStatement(s) && isConstant(s.declarationList.flags)) {
    const { declarations } = s.declarationList;
    const list = f.createVariableDeclarationList(declarations, ts.NodeFlags.None);
    return f.updateVariableStatement(s, s.modifiers, list);
  }
  if (ts.isClassDeclaration(s) && s.name) {
    const { name, heritageClauses, members } = s;
    const value = f.createClassExpression(undefined, name, undefined, heritageClauses, members);
    const declaration = f.createVariableDeclaration(name, undefined, undefined, value);
    const list = f.createVariableDeclarationList([declaration]);
    return f.createVariableStatement(undefined, list);
  }
  return s;
}

const asVariables: ts.TransformerFactory<ts.SourceFile> = () => (file) =>
  f.updateSourceFile(file, file.statements.map(asVariable));

/**
 * A cell that awaits runs as an async function. Its variables are the function's, and the global
 * ones are doors to them.
 */
function awaiting(code: string, names: string[]): string {
  const door = (name: string) =>
    `${name}: { configurable: true, enumerable: true, ` +
    `get: () => ${name}, set: (value) => { ${name} = value; } }`;
  const doors = `Object.defineProperties(globalThis, { ${names.map(door).join(", ")} });`;
  return `(async () => { ${doors}${code}\n})()`;
}

/** A cell may await at its top level, which only a module may. */
const asModule = (file: ts.SourceFile) => {
  (file as unknown as { externalModuleIndicator: boolean }).externalModuleIndicator = true;
};

const TOO_DEEP = "the cell is nested too deeply and was not run";

const refused = (error: string): Parsed => ({ awaits: false, declares: [], error });

/** The first syntax error, with its line. */
function syntaxError(tree: ts.SourceFile): string | undefined {
  const { parseDiagnostics } = tree as unknown as {
    parseDiagnostics: ts.DiagnosticWithLocation[];
  };
  const [wrong] = parseDiagnostics;
  if (!wrong) return undefined;
  const { line } = tree.getLineAndCharacterOfPosition(wrong.start);
  return `line ${line + 1}: ${ts.flattenDiagnosticMessageText(wrong.messageText, " ")}`;
}

function parse(source: string): Parsed {
  if (source.length > MAX_CELL_LENGTH) {
    return refused(
      `the cell is ${source.length} characters long, more than ${MAX_CELL_LENGTH}, and was not run`,
    );
  }
  const options = { languageVersion: TARGET, setExternalModuleIndicator: asModule };
  try {
    const tree = ts.createSourceFile("cell.ts", source, options, true);
    const error = syntaxError(tree);
    if (error !== undefined) return refused(error);
    return { awaits: hasTopLevelAwait(tree), declares: declaredNames(tree), tree };
  } catch {
    return refused(TOO_DEEP);
  }
}

// Imports and exports, written as what a script may hold.

/** Names that a cell's imports bind; an awaiting cell must hand these out too. */
export function importedNames(tree: ts.SourceFile): string[] {
  return tree.statements.flatMap((s) => {
    if (!ts.isImportDeclaration(s) || !s.importClause || s.importClause.isTypeOnly) return [];
    const { name, namedBindings } = s.importClause;
    const names = [...(name ? [name] : []), ...boundNames(namedBindings)];
    return names.map((n) => n.text);
  });
}

function boundNames(bindings: ts.NamedImportBindings | undefined): ts.Identifier[] {
  if (!bindings) return [];
  if (ts.isNamespaceImport(bindings)) return [bindings.name];
  return bindings.elements.filter((e) => !e.isTypeOnly).map((e) => e.name);
}

/** An import as text: var { a, b: c } = require("m"). @param own see compileCells */
function importText(s: ts.ImportDeclaration, own: ReadonlySet<string>): string {
  const { importClause: clause, moduleSpecifier: module } = s;
  if (!clause || clause.isTypeOnly || !ts.isStringLiteral(module)) return "";
  const call = `require(${JSON.stringify(module.text)})`;
  const out: string[] = [];
  if (clause.name) out.push(`var ${clause.name.text} = ${call}.default;`);
  const bindings = clause.namedBindings;
  if (bindings && ts.isNamespaceImport(bindings)) out.push(`var ${bindings.name.text} = ${call};`);
  if (bindings && ts.isNamedImports(bindings)) {
    const hides = (e: ts.ImportSpecifier) => module.text === "solutions" && own.has(e.name.text);
    const elements = bindings.elements.filter((e) => !e.isTypeOnly && !hides(e));
    out.push(`var { ${elements.map(elementText).join(", ")} } = ${call};`);
  }
  return out.join(" ");
}

const elementText = ({ name, propertyName }: ts.ImportSpecifier) =>
  propertyName ? `${propertyName.getText()}: ${name.text}` : name.text;

/** Every line stays where it is. @param own see compileCells */
export function asScript(tree: ts.SourceFile, own: ReadonlySet<string>): string {
  let text = tree.text;
  const replace = (node: ts.Node, by: string) => {
    const start = node.getStart(tree);
    const old = text.slice(start, node.end);
    text = text.slice(0, start) + by + old.replace(/[^\n]/g, "") + text.slice(node.end);
  };
  // from the end, so that positions hold
  for (const s of [...tree.statements].reverse()) {
    if (ts.isImportDeclaration(s)) replace(s, importText(s, own));
    else if (ts.isExportDeclaration(s) || ts.isExportAssignment(s)) replace(s, "");
    else if (ts.canHaveModifiers(s)) {
      for (const m of [...(ts.getModifiers(s) ?? [])].reverse()) {
        if (isExport(m)) replace(m, "");
      }
    }
  }
  return text;
}

const isExport = ({ kind }: ts.Modifier) =>
  kind === ts.SyntaxKind.ExportKeyword || kind === ts.SyntaxKind.DefaultKeyword;

// What is left of a cell that takes too long.

/** A name given a value by `name = …`, `globalThis.name = …` or `globalThis["name"] = …`. */
export function assignedName(s: ts.Statement): string | undefined {
  if (!ts.isExpressionStatement(s) || !ts.isBinaryExpression(s.expression)) return undefined;
  const { left, operatorToken } = s.expression;
  if (operatorToken.kind !== ts.SyntaxKind.EqualsToken) return undefined;
  if (ts.isIdentifier(left)) return left.text;
  const target = withoutTypes(left);
  const ofWorld = (e: ts.Expression) =>
    ts.isIdentifier(withoutTypes(e)) && /^(globalThis|global)$/.test(withoutTypes(e).getText());
  if (ts.isPropertyAccessExpression(target) && ofWorld(target.expression)) return target.name.text;
  const isKey = ts.isElementAccessExpression(target) && ofWorld(target.expression);
  if (!isKey || !ts.isStringLiteralLike(target.argumentExpression)) return undefined;
  return target.argumentExpression.text;
}

/** Without brackets, `as any` and `!`. */
function withoutTypes(e: ts.Expression): ts.Expression {
  const wraps =
    ts.isParenthesizedExpression(e) || ts.isAsExpression(e) || ts.isNonNullExpression(e);
  return wraps ? withoutTypes(e.expression) : e;
}

const isDeclaration = (s: ts.Statement) =>
  ts.isFunctionDeclaration(s) ||
  ts.isClassDeclaration(s) ||
  ts.isEnumDeclaration(s) ||
  ts.isModuleDeclaration(s) ||
  ts.isImportDeclaration(s) ||
  ts.isInterfaceDeclaration(s) ||
  ts.isTypeAliasDeclaration(s) ||
  ts.isExportDeclaration(s);

/** Whether evaluating it calls something, which may take any time. */
function calls(node: ts.Node): boolean {
  if (ts.isFunctionLike(node)) return false;
  const called =
    ts.isCallExpression(node) ||
    ts.isNewExpression(node) ||
    ts.isAwaitExpression(node) ||
    ts.isTaggedTemplateExpression(node);
  return called || (ts.forEachChild(node, (n) => calls(n) || undefined) ?? false);
}

/** The text with all other statements blanked; every line stays where it is. */
function keep(tree: ts.SourceFile, stays: (s: ts.Statement) => boolean): string {
  let { text } = tree;
  for (const s of tree.statements) {
    if (stays(s)) continue;
    const start = s.getStart(tree);
    const blank = text.slice(start, s.end).replace(/[^\n]/g, " ");
    text = text.slice(0, start) + blank + text.slice(s.end);
  }
  return text;
}

/**
 * Leaner versions of a cell, the fuller one first: its declarations, then those that call nothing.
 * Expressions that call nothing stay, so that most cells need no such version.
 * @param declared the names that a statement declares
 * @param own names of the lesson's exercises, whose definitions always stay
 */
export function leanSources(
  tree: ts.SourceFile,
  declared: (s: ts.Statement) => string[],
  own: ReadonlySet<string>,
): string[] {
  const defines = (s: ts.Statement) =>
    own.has(assignedName(s) ?? "") || declared(s).some((name) => own.has(name));
  const isQuick = (s: ts.Statement) => ts.isExpressionStatement(s) && !calls(s);
  const stays = (s: ts.Statement) => isDeclaration(s) || defines(s) || isQuick(s);
  const fuller = keep(tree, (s) => stays(s) || ts.isVariableStatement(s));
  const leaner = keep(tree, (s) => stays(s) || (ts.isVariableStatement(s) && !calls(s)));
  const versions = new Set([tree.text, fuller, leaner]);
  return [...versions].slice(1);
}

// From parsed cells to scripts.

/** TypeScript's own functions, which it writes above code that needs them: a statement each. */
function helpersOf(head: string): { name: string; text: string }[] {
  const statements = head.split(/^(?=var __\w+ = |Object\.)/m);
  return statements.flatMap((statement) => {
    const name = /^var (__\w+) = /.exec(statement)?.[1];
    // on one line, so that every line stays where it is
    return name === undefined ? [] : [{ name, text: statement.replace(/\s*\n\s*/g, " ") }];
  });
}

/** One text for each source, or undefined where the output cannot be told apart. */
function emit(sources: string[]): string[] | undefined {
  // stands before each cell; the output is cut there
  const mark = `void "${randomBytes(12).toString("hex")}";`;
  const whole = sources.map((s) => `${mark}\n${s}\n`).join("");
  const { outputText } = ts.transpileModule(whole, {
    compilerOptions: {
      target: TARGET,
      module: ts.ModuleKind.CommonJS,
      moduleDetection: ts.ModuleDetectionKind.Force,
      isolatedModules: true,
    },
    transformers: { after: [asVariables] },
  });
  const [head = "", ...parts] = outputText.split(mark);
  if (parts.length !== sources.length) return undefined;
  const helpers = helpersOf(head);
  const needed = (part: string) =>
    helpers.filter(({ name }) => part.includes(name)).map(({ text }) => text);
  return parts.map((part) => needed(part).join("") + part);
}

/** Like emit, but undefined also where a cell is too deep for the emitter. */
function tryEmit(sources: string[]): string[] | undefined {
  try {
    return emit(sources);
  } catch {
    return undefined;
  }
}

/** `using` at the top level: TypeScript puts all that follows into one block, other cells too. */
const standsAlone = ({ tree }: Parsed) =>
  tree?.statements.some(
    (s) => ts.isVariableStatement(s) && (s.declarationList.flags & ts.NodeFlags.Using) !== 0,
  ) ?? false;

/** The code of each, undefined where it is refused or too deep. */
function compileAll(cells: Parsed[], own: ReadonlySet<string>): (Code | undefined)[] {
  const texts = cells.map((c) => (c.tree ? asScript(c.tree, own) : ""));
  const together = tryEmit(texts.map((text, i) => (standsAlone(cells[i]!) ? "" : text)));
  return cells.map((cell, i) => {
    if (!cell.tree) return undefined;
    const part = standsAlone(cell) ? undefined : together?.[i];
    const code = part ?? tryEmit([texts[i]!])?.[0];
    if (code === undefined) return undefined;
    if (!cell.awaits) return { code, awaits: false };
    const names = new Set([...cell.declares, ...importedNames(cell.tree)]);
    return { code: awaiting(code, [...names]), awaits: true };
  });
}

// What a notebook or an engine refuses although it can be parsed.

const FILE = "/cell.ts";

/** What TypeScript finds beyond syntax where it knows no type of another file. */
function diagnosticsOf(source: string): readonly ts.Diagnostic[] {
  const tree = ts.createSourceFile(
    FILE,
    source,
    { languageVersion: TARGET, setExternalModuleIndicator: asModule },
    true,
  );
  const host: ts.CompilerHost = {
    getSourceFile: (name) => (name === FILE ? tree : undefined),
    getDefaultLibFileName: () => "/lib.d.ts",
    getCurrentDirectory: () => "/",
    getCanonicalFileName: (name) => name,
    getNewLine: () => "\n",
    useCaseSensitiveFileNames: () => true,
    fileExists: (name) => name === FILE,
    readFile: () => undefined,
    writeFile: () => undefined,
  };
  const options = { target: TARGET, module: ts.ModuleKind.ESNext, noLib: true, noResolve: true };
  return ts.createProgram([FILE], options, host).getSemanticDiagnostics(tree);
}

function withLine(source: string, { start = 0 }: ts.Diagnostic, message: string): string {
  return `line ${source.slice(0, start).split("\n").length}: ${message}`;
}

/** The last declaration of a name that is declared more than once. */
function repeatedName(source: string, found: readonly ts.Diagnostic[]): string | undefined {
  const last = found.findLast((d) => declaredTwice(source, d) !== undefined);
  return last && withLine(source, last, declaredTwice(source, last)!);
}

/** TypeScript's first error that isn't about types, such as `break` outside of a loop. */
function grammarError(source: string, found: readonly ts.Diagnostic[]): string | undefined {
  const first = found.find(({ code }) => code < 2000);
  return first && withLine(source, first, ts.flattenDiagnosticMessageText(first.messageText, " "));
}

/**
 * Whether two declarations at the top have one name, some of which a notebook refuses. Here they
 * would all become variables, so an engine refuses none.
 */
function repeatsName(tree: ts.SourceFile): boolean {
  const ofTypes = tree.statements.flatMap((s) => {
    if (ts.isTypeAliasDeclaration(s) || ts.isInterfaceDeclaration(s)) return [s.name.text];
    const bindings = ts.isImportDeclaration(s) ? s.importClause?.namedBindings : undefined;
    const elements = bindings && ts.isNamedImports(bindings) ? bindings.elements : [];
    const isType = (e: ts.ImportSpecifier) => e.isTypeOnly || e.parent.parent.isTypeOnly;
    return elements.filter(isType).map((e) => e.name.text);
  });
  const names = [...declaredNames(tree), ...importedNames(tree), ...ofTypes];
  return new Set(names).size < names.length;
}

/** Why a notebook or an engine refuses the code, such as a name that is declared twice. */
function refusalOf({ code }: Code, tree: ts.SourceFile): string | undefined {
  const source = tree.text;
  let message: string | undefined;
  try {
    new Script(code);
  } catch (e) {
    message = (e as Error).message;
  }
  if (message === undefined && !repeatsName(tree)) return undefined;
  try {
    const found = diagnosticsOf(source);
    const twice = repeatedName(source, found);
    return message === undefined ? twice : (twice ?? grammarError(source, found) ?? message);
  } catch {
    return message;
  }
}

/**
 * @param own names of the lesson's exercises: importing the reference solution of one must not hide
 *   what was written
 */
export function compileCells(sources: string[], own: ReadonlySet<string>): CompiledCell[] {
  const cells = sources.map(parse);
  const assigned = cells.map(({ tree }) => {
    const names = tree?.statements.map(assignedName) ?? [];
    return names.filter((name) => name !== undefined);
  });
  const lean = cells.map(({ tree, declares }, i) => {
    const defines = [...declares, ...assigned[i]!].some((name) => own.has(name));
    return tree && defines ? leanSources(tree, namesOf, own).map(parse) : [];
  });
  const codes = compileAll([...cells, ...lean.flat()], own);
  let next = cells.length;
  return cells.map(({ declares, error, tree }, i): CompiledCell => {
    const fallbacks = lean[i]!.flatMap(() => codes[next++] ?? []);
    const code = codes[i];
    const rest = { declares, assigns: assigned[i]!, fallbacks };
    const refusal = code && tree ? refusalOf(code, tree) : (error ?? TOO_DEEP);
    if (code && refusal === undefined) return { ...code, ...rest };
    return { code: "", awaits: false, ...rest, fallbacks: [], declares: [], error: refusal };
  });
}
