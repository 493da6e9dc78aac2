/**
 * What is left of a cell that takes too long: a benchmark below a function must not cost the
 * function. Only for the reader's process.
 */
import ts from "typescript";

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
