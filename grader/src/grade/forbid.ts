/**
 * Finds, in a cell's syntax tree, uses of tfjs functions that would be the answer to an exercise.
 */
import ts from "typescript";

export interface Use {
  name: string;
  line: number;
}

/** Names by which a cell reaches tfjs as a whole: `import * as tf`, and tf in any case. */
function namesOfTfjs(tree: ts.SourceFile): Set<string> {
  const names = new Set(["tf"]);
  for (const s of tree.statements) {
    const bindings =
      ts.isImportDeclaration(s) && isTfjs(s.moduleSpecifier)
        ? s.importClause?.namedBindings
        : undefined;
    if (bindings && ts.isNamespaceImport(bindings)) names.add(bindings.name.text);
  }
  return names;
}

const isTfjs = (module: ts.Expression) =>
  ts.isStringLiteral(module) && module.text.startsWith("@tensorflow/");

/**
 * Property access, x["softmax"], destructuring, a named import; and tf[anything computed], which
 * could be any function.
 * @param forbid names of tfjs functions
 */
export function forbiddenUses(tree: ts.SourceFile, forbid: readonly string[]): Use[] {
  if (forbid.length === 0) return [];
  const tfjs = namesOfTfjs(tree);
  const uses: Use[] = [];
  const note = (node: ts.Node, name: string) =>
    uses.push({ name, line: tree.getLineAndCharacterOfPosition(node.getStart(tree)).line + 1 });
  const check = (node: ts.Node, name: ts.Node | undefined) => {
    const isName = name && (ts.isIdentifier(name) || ts.isStringLiteralLike(name));
    if (isName && forbid.includes(name.text)) note(node, name.text);
  };
  const checkElement = (node: ts.ElementAccessExpression) => {
    const { expression, argumentExpression: key } = node;
    if (ts.isStringLiteralLike(key)) return check(node, key);
    const ofTfjs = ts.isIdentifier(expression) && tfjs.has(expression.text);
    if (ofTfjs && !ts.isNumericLiteral(key)) note(node, `${expression.text}[…]`);
  };
  const visit = (node: ts.Node): void => {
    if (ts.isPropertyAccessExpression(node)) check(node.name, node.name);
    else if (ts.isElementAccessExpression(node)) checkElement(node);
    else if (ts.isBindingElement(node) && ts.isObjectBindingPattern(node.parent)) {
      check(node, node.propertyName ?? node.name);
    } else if (ts.isImportSpecifier(node) && isTfjs(node.parent.parent.parent.moduleSpecifier)) {
      check(node, node.propertyName ?? node.name);
    }
    ts.forEachChild(node, visit);
  };
  visit(tree);
  return uses;
}
