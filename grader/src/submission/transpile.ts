/**
 * TypeScript cells → scripts that share one global scope, as tslab's cells do: imports become
 * require calls (imports.ts), top-level const, let and class become var. All cells go through one
 * call of the compiler, which is six times cheaper than one each. Only for the reader's process:
 * hostile source can keep the compiler busy for minutes.
 */
import { randomBytes } from "node:crypto";
import ts from "typescript";
import type { Code } from "../sandbox/job";
import { asScript, importedNames } from "./imports";
import { assignedName, leanSources } from "./trimCells";

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

/**
 * @param own names of the lesson's exercises: an import of ours in place of one must not hide what
 *   was written
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
  return cells.map(({ declares, error }, i): CompiledCell => {
    const fallbacks = lean[i]!.flatMap(() => codes[next++] ?? []);
    const code = codes[i];
    const rest = { declares, assigns: assigned[i]!, fallbacks };
    if (code) return { ...code, ...rest };
    return { code: "", awaits: false, ...rest, declares: [], error: error ?? TOO_DEEP };
  });
}
