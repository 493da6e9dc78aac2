/**
 * One exported definition, cut out of its file the way it goes into a notebook's cell: docstrings
 * and code, without imports, without `export`, and without the file's other exports. The builder
 * cuts lessons with it, and `showSolution` shows what it gives.
 *
 * Two marks stand on lines of their own. `// given` before a statement says that the student gets
 * it; `// yours` inside a body says where the student's part begins.
 */
import { createRequire } from "node:module";
import type TypeScript from "typescript";

type Statement = TypeScript.Statement;

/** This module's file: whoever caches its results caches them for this version. */
export const DEFINITION_FILE = __filename;

export const GIVEN = /^[ \t]*\/\/ given[ \t]*\n/m;
export const YOURS = /^[ \t]*\/\/ yours[ \t]*\n/m;

let loaded: typeof TypeScript | undefined;

/** The TypeScript compiler, which takes 0.2 s to load. */
export function compiler(): typeof TypeScript {
  loaded ??= createRequire(__filename)("typescript") as typeof TypeScript;
  return loaded;
}

export function parseSource(text: string): TypeScript.SourceFile {
  const ts = compiler();
  return ts.createSourceFile("source.ts", text, ts.ScriptTarget.ES2022, true);
}

function exportOf(s: Statement): TypeScript.Modifier | undefined {
  const ts = compiler();
  const modifiers = ts.canHaveModifiers(s) ? ts.getModifiers(s) : undefined;
  return modifiers?.find((m) => m.kind === ts.SyntaxKind.ExportKeyword);
}
export const isExported = (s: Statement): boolean => exportOf(s) !== undefined;

/** The names that a statement declares. */
export function namesOf(s: Statement): string[] {
  const ts = compiler();
  if (ts.isVariableStatement(s)) {
    const names = s.declarationList.declarations.map((d) => d.name);
    return names.filter((name) => ts.isIdentifier(name)).map((name) => name.text);
  }
  const named =
    ts.isFunctionDeclaration(s) ||
    ts.isClassDeclaration(s) ||
    ts.isInterfaceDeclaration(s) ||
    ts.isTypeAliasDeclaration(s) ||
    ts.isEnumDeclaration(s);
  return named && s.name ? [s.name.text] : [];
}

/** Where a statement's own docstring begins; a file's opening comment doesn't count as one. */
function startOf(s: Statement): number {
  const ts = compiler();
  const docs = ts.getJSDocCommentsAndTags(s).filter((d) => ts.isJSDoc(d) && d.parent === s);
  return docs.at(-1)?.pos ?? s.getStart();
}

/** The statement's text up to `end`: docstring first, without `export` and without the marks. */
export function textOf(s: Statement, end = s.end): string {
  const { text } = s.getSourceFile();
  const start = startOf(s);
  const word = exportOf(s);
  const whole = word
    ? text.slice(start, word.getStart()) + text.slice(word.end, end).replace(/^\s+/, "")
    : text.slice(start, end);
  return whole.replace(GIVEN, "").replace(YOURS, "").trim();
}

/** The statements of a file that belong to one of its definitions. */
export interface Cut {
  /** Those of the name itself: one, or a function's overloads. */
  own: Statement[];
  /** These and what is marked `// given`: what the student starts with. */
  stays: Statement[];
  /** All of them: the file's own helpers too, which are part of the answer. */
  whole: Statement[];
}

export function cutDefinition(file: TypeScript.SourceFile, name: string): Cut {
  const own = file.statements.filter((s) => namesOf(s).includes(name));
  const isGiven = (s: Statement) => GIVEN.test(file.text.slice(s.pos, s.getStart()));
  const isHelper = (s: Statement) => namesOf(s).length > 0 && !isExported(s);
  const stays = file.statements.filter((s) => own.includes(s) || isGiven(s));
  const whole = file.statements.filter((s) => stays.includes(s) || isHelper(s));
  return { own, stays, whole };
}

export const codeOf = (statements: Statement[]): string =>
  statements.map((s) => textOf(s)).join("\n\n");

/** The definition of that name in a source text, as it goes into a cell. */
export const definitionText = (source: string, name: string): string =>
  codeOf(cutDefinition(parseSource(source), name).whole);
