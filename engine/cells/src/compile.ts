/**
 * From a cell's source to JavaScript. It needs the text alone: no types and no files, so a cell
 * runs before anything is known about the types of what it uses.
 */
import ts from "typescript";
import { declaredTwice, DECLARED_TWICE_CODES } from "./declaredTwice";
import { topLevelOf } from "./declarations";
import { cellTransformer, PARAMETERS, type OuterNames } from "./transform";

/** A position in a cell and what is wrong there; lines and columns count from 1. */
export interface Diagnostic {
  line: number;
  column: number;
  /** How many characters it concerns, at least one. */
  length: number;
  message: string;
  /** TypeScript's number for it. */
  code: number;
}

export interface CompiledCell {
  /**
   * An expression, the function (scope.values, helpers) => [value] | undefined, async when the cell
   * awaits.
   */
  code: string;
  /** The source map from `code` to the cell, as JSON. */
  map: string;
  isAsync: boolean;
  names: readonly string[];
  constants: readonly string[];
  imports: readonly string[];
  /** Errors of grammar that do not stop the cell, but explain why an engine rejects `code`. */
  grammarDiagnostics: readonly Diagnostic[];
}

/**
 * Codes of diagnostics of TypeScript's checker that are not about types and stop a cell: `return` outside of a
 * function, names declared twice.
 */
const STOPPING_CODES = new Set([1108, 2588, ...DECLARED_TWICE_CODES]);

/** Without types: the compiler reads no other file. */
const OPTIONS: ts.CompilerOptions = {
  target: ts.ScriptTarget.ES2022,
  module: ts.ModuleKind.ESNext,
  moduleDetection: ts.ModuleDetectionKind.Force,
  experimentalDecorators: true,
  preserveConstEnums: true,
  noLib: true,
  noResolve: true,
  types: [],
  sourceMap: true,
  removeComments: true,
  newLine: ts.NewLineKind.LineFeed,
};
const FILE = "/cell.ts";
const LINES_BEFORE = 1;

/** @returns the compiled cell, or the diagnostics that stop it */
export function compileCell(
  source: string,
  outerNames: OuterNames,
): CompiledCell | { diagnostics: Diagnostic[] } {
  const file = parseCell(source);
  const program = ts.createProgram([FILE], OPTIONS, hostOf(file));
  const syntax = program.getSyntacticDiagnostics(file);
  if (syntax.length > 0) return { diagnostics: syntax.map(toDiagnostic) };
  const found = program.getSemanticDiagnostics(file);
  const diagnostics = found.filter(({ code }) => STOPPING_CODES.has(code));
  if (diagnostics.length > 0) return { diagnostics: diagnostics.map(withAdvice(source)) };

  const top = topLevelOf(file);
  let js = "";
  let map = "";
  const write = (name: string, text: string) => {
    if (name.endsWith(".map")) map = text;
    else js = text;
  };
  const before = [cellTransformer(program.getTypeChecker(), top, outerNames)];
  program.emit(file, write, undefined, false, { before });
  const isAsync = awaitsAtTop(file);
  const open = `(${isAsync ? "async " : ""}function (${PARAMETERS.join(", ")}) { "use strict";\n`;
  return {
    code: `${open}${withoutEnd(js)}\n})`,
    map,
    isAsync,
    names: [...top.names],
    constants: [...top.constants],
    imports: importsOf(file),
    grammarDiagnostics: found.filter(({ code }) => code < 2000).map(toDiagnostic),
  };
}

/** A cell may await, which only a module may. */
const asModule = (file: ts.SourceFile) => {
  (file as { externalModuleIndicator?: true }).externalModuleIndicator = true;
};

function parse(source: string): ts.SourceFile {
  const languageVersion = OPTIONS.target!;
  const options = { languageVersion, setExternalModuleIndicator: asModule };
  return ts.createSourceFile(FILE, source, options, true);
}

/**
 * The syntax tree of a cell, also of one with errors. Later cells see every name, so `export` means
 * nothing: it is blanked.
 */
export function parseCell(source: string): ts.SourceFile {
  const file = parse(source);
  const words = file.statements.flatMap(exportWords);
  if (words.length === 0) return file;
  const blanked = source.split("");
  for (const word of words) {
    blanked.fill(" ", word.getStart(file), word.end);
  }
  return parse(blanked.join(""));
}

function exportWords(statement: ts.Statement): readonly ts.Node[] {
  // export default
  if (ts.isExportAssignment(statement)) return statement.getChildren().slice(0, 2);
  const { ExportKeyword, DefaultKeyword } = ts.SyntaxKind;
  const modifiers = ts.canHaveModifiers(statement) ? ts.getModifiers(statement) : undefined;
  return (modifiers ?? []).filter(({ kind }) => kind === ExportKeyword || kind === DefaultKeyword);
}

/** The line of `code` that is the first of the emitted text. */
export const firstLine = 1 + LINES_BEFORE;

/** TypeScript marks the end of a module, and where its source map is. */
const withoutEnd = (js: string) =>
  js.replace(/\n?\/\/# sourceMappingURL=\S*\s*$/, "").replace(/(^|\n)export \{\};\s*$/, "$1");

function hostOf(file: ts.SourceFile): ts.CompilerHost {
  return {
    getSourceFile: (name) => (name === FILE ? file : undefined),
    getDefaultLibFileName: () => "/lib.d.ts",
    getCurrentDirectory: () => "/",
    getCanonicalFileName: (name) => name,
    useCaseSensitiveFileNames: () => true,
    getNewLine: () => "\n",
    fileExists: (name) => name === FILE,
    readFile: () => undefined,
    writeFile: () => undefined,
  };
}

export function toDiagnostic({
  file,
  start = 0,
  length = 1,
  messageText,
  code,
}: ts.Diagnostic): Diagnostic {
  const position = file?.getLineAndCharacterOfPosition(start) ?? { line: 0, character: 0 };
  const message = ts.flattenDiagnosticMessageText(messageText, "\n");
  return {
    line: position.line + 1,
    column: position.character + 1,
    length: Math.max(1, length),
    message,
    code,
  };
}

const withAdvice =
  (source: string) =>
  (found: ts.Diagnostic): Diagnostic => {
    const diagnostic = toDiagnostic(found);
    return { ...diagnostic, message: declaredTwice(source, found) ?? diagnostic.message };
  };

function awaitsAtTop(file: ts.SourceFile): boolean {
  const visit = (node: ts.Node): boolean => {
    if (ts.isAwaitExpression(node) || (ts.isForOfStatement(node) && node.awaitModifier)) {
      return true;
    }
    if (ts.isVariableDeclarationList(node) && isAwaitUsing(node)) return true;
    if (ts.isFunctionLike(node) || ts.isClassStaticBlockDeclaration(node)) return false;
    return ts.forEachChild(node, visit) ?? false;
  };
  return visit(file);
}

const isAwaitUsing = ({ flags }: ts.Node) =>
  (flags & ts.NodeFlags.BlockScoped) === ts.NodeFlags.AwaitUsing;

const importsOf = (file: ts.SourceFile) =>
  file.statements.flatMap((s) =>
    ts.isImportDeclaration(s) &&
    ts.isStringLiteral(s.moduleSpecifier) &&
    !s.importClause?.isTypeOnly
      ? [s.moduleSpecifier.text]
      : [],
  );
