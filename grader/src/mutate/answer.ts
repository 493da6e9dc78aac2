/**
 * The part of a solution's file that students write: what follows `// yours` in the function, or
 * its whole body, and helpers that are neither exported nor marked `// given`.
 */
import ts from "typescript";

const YOURS = /^[ \t]*\/\/ yours[ \t]*$/m;
const GIVEN = /\/\/ given[ \t]*(\n|$)/;

const isExported = (s: ts.Statement) =>
  ts.canHaveModifiers(s) &&
  (ts.getModifiers(s) ?? []).some((m) => m.kind === ts.SyntaxKind.ExportKeyword);

const namesOf = (s: ts.Statement): string[] => {
  if (ts.isFunctionDeclaration(s)) return s.name ? [s.name.text] : [];
  if (!ts.isVariableStatement(s)) return [];
  return s.declarationList.declarations.map((d) => d.name.getText());
};

/** Of the function, the statements of its body that are the answer. */
export function written(statement: ts.Statement, file: ts.SourceFile): ts.Node[] {
  if (!ts.isFunctionDeclaration(statement) || !statement.body) return [statement];
  const { body } = statement;
  const mark = YOURS.exec(body.getFullText(file));
  const from = mark ? body.getFullStart() + mark.index : body.getFullStart();
  return body.statements.filter((s) => s.getStart(file) > from);
}

/** The nodes of a solution's file that are the answer, in its order. */
export const answerOf = (file: ts.SourceFile, name: string): ts.Node[] =>
  file.statements.flatMap((s) => {
    if (namesOf(s).includes(name)) return written(s, file);
    const isCode = ts.isFunctionDeclaration(s) || ts.isVariableStatement(s);
    const above = file.text.slice(s.getFullStart(), s.getStart(file));
    return isCode && !isExported(s) && !GIVEN.test(above) ? [s] : [];
  });

/** The function itself. */
export const functionOf = (file: ts.SourceFile, name: string): ts.FunctionDeclaration | undefined =>
  file.statements.filter(ts.isFunctionDeclaration).find((f) => f.name?.text === name);
