/**
 * The rewriting of a cell, on TypeScript's syntax tree: every name of the notebook's top level
 * becomes a property of the scope, `x` → `__scope.x`, `f(x)` → `(0, __scope.f)(__scope.x)`;
 * declarations become assignments; imports become calls; the last expression becomes the cell's
 * value.
 */
import ts from "typescript";
import { asTarget, at, isAmbient, isNamed, isShared, named, type TopLevel } from "./declarations";

const f = ts.factory;
export const SCOPE = "__scope";
const HELPERS = "__cell";
/** The parameters of a compiled cell. */
export const PARAMETERS = [SCOPE, HELPERS];

/** The context in which a cell is compiled. */
export interface OuterNames {
  /** Whether an earlier cell has defined the name. */
  isDefined(name: string): boolean;
  /** Whether the name exists without any cell, as Math does. */
  isGlobal(name: string): boolean;
}

/** A cell that is being rewritten. */
export interface CellContext {
  context: ts.TransformationContext;
  checker: ts.TypeChecker;
  top: TopLevel;
  outerNames: OuterNames;
  /** Classes, enums and namespaces whose bodies are being visited. */
  owners: ts.Node[];
}

export const property = (object: string, name: string) =>
  f.createPropertyAccessExpression(f.createIdentifier(object), name);
export const helperCall = (name: string, ...args: ts.Expression[]) =>
  f.createCallExpression(property(HELPERS, name), undefined, args);
export const expressionStatement = (expression: ts.Expression) =>
  f.createExpressionStatement(expression);

const scopeProperty = (id: ts.Identifier) => at(property(SCOPE, id.text), id);

/** The node with every use of a shared name rewritten. */
export const rewrite = <T extends ts.Node>(cell: CellContext, node: T): T => visit(cell, node) as T;

/**
 * Inside of its own body a class is its own name: its static fields run before the scope has it.
 */
export function rewriteOwner<T extends ts.Node>(cell: CellContext, owner: T): T {
  cell.owners.push(owner);
  const visited = children(cell, owner);
  cell.owners.pop();
  return visited;
}

const children = <T extends ts.Node>(cell: CellContext, node: T): T =>
  ts.visitEachChild(node, (child) => visit(cell, child), cell.context);

function visit(cell: CellContext, node: ts.Node): ts.Node {
  if (isOfTypes(node)) return node;
  if (ts.isIdentifier(node)) {
    const isShared =
      isUse(node) && isNotebookName(cell, node, cell.checker.getSymbolAtLocation(node));
    return isShared ? scopeProperty(node) : node;
  }
  if (ts.isShorthandPropertyAssignment(node)) return shorthand(cell, node);
  if (ts.isCallExpression(node)) return callExpression(cell, node);
  if (ts.isTaggedTemplateExpression(node)) {
    const template = rewrite(cell, node.template);
    const tag = callee(cell, node.tag);
    return f.updateTaggedTemplateExpression(node, tag, node.typeArguments, template);
  }
  return varOfBlock(cell, node) ?? children(cell, node);
}

/** What is gone when the cell runs. */
const isOfTypes = (node: ts.Node) =>
  (ts.isTypeNode(node) && !ts.isExpressionWithTypeArguments(node)) ||
  (ts.isHeritageClause(node) && node.token === ts.SyntaxKind.ImplementsKeyword) ||
  ts.isInterfaceDeclaration(node) ||
  ts.isTypeAliasDeclaration(node);

/**
 * Whether an identifier is read or written here, rather than being declared or naming a property or
 * a label.
 */
function isUse(id: ts.Identifier): boolean {
  const parent = id.parent as { name?: ts.Node; propertyName?: ts.Node; label?: ts.Node };
  return parent.name !== id && parent.propertyName !== id && parent.label !== id;
}

/**
 * Whether an identifier stands for a name of the notebook. @param symbol undefined for a name that
 * the cell does not declare
 */
function isNotebookName(
  cell: CellContext,
  id: ts.Identifier,
  symbol: ts.Symbol | undefined,
): boolean {
  if (!symbol) return isOuterName(cell.outerNames, id);
  const declarations = symbol.declarations ?? [];
  return (
    declarations.some((d) => cell.top.nodes.has(d)) &&
    !declarations.some((d) => cell.owners.includes(d))
  );
}

function isOuterName(
  { isDefined, isGlobal }: OuterNames,
  { text, parent }: ts.Identifier,
): boolean {
  if (isDefined(text)) return true;
  return !isGlobal(text) && !ts.isTypeOfExpression(parent); // typeof doesn't read the value
}

/** `{ x }` → `{ x: __scope.x }` */
function shorthand(cell: CellContext, node: ts.ShorthandPropertyAssignment): ts.Node {
  const symbol = cell.checker.getShorthandAssignmentValueSymbol(node);
  if (!isNotebookName(cell, node.name, symbol)) return children(cell, node);
  const fallback = node.objectAssignmentInitializer;
  const target = scopeProperty(node.name);
  const value = fallback ? f.createAssignment(target, rewrite(cell, fallback)) : target;
  return at(f.createPropertyAssignment(node.name.text, value), node);
}

function callExpression(cell: CellContext, node: ts.CallExpression): ts.Node {
  const args = node.arguments.map((argument) => rewrite(cell, argument));
  const isImport = node.expression.kind === ts.SyntaxKind.ImportKeyword;
  if (isImport) return at(helperCall("load", ...args), node);
  return f.updateCallExpression(node, callee(cell, node.expression), node.typeArguments, args);
}

/** `(0, __scope.f)(x)`: a function is called without a receiver. */
function callee(cell: CellContext, node: ts.Expression): ts.Expression {
  const visited = rewrite(cell, node);
  if (visited === node || !ts.isIdentifier(node)) return visited;
  const comma = f.createComma(f.createNumericLiteral(0), visited);
  return at(f.createParenthesizedExpression(comma), node);
}

/**
 * A declaration's variables as assignments; `var x` without a value is hoisted and assigns nothing.
 */
export function assignments(cell: CellContext, list: ts.VariableDeclarationList): ts.Expression[] {
  const isVar = (list.flags & ts.NodeFlags.BlockScoped) === 0;
  const visitValue = (node: ts.Expression) => rewrite(cell, node);
  return list.declarations.flatMap(({ name, initializer }) => {
    if (!initializer && isVar) return [];
    const target = asTarget(name, scopeProperty, visitValue);
    if (!initializer) return at(f.createAssignment(target, f.createVoidZero()), name);
    const value = visitValue(initializer);
    const given = ts.isIdentifier(name) ? named(name.text, value) : value;
    return at(f.createAssignment(target, given), name);
  });
}

/** A `var` in a block or in the head of a loop belongs to the cell. */
function varOfBlock(cell: CellContext, node: ts.Node): ts.Node | undefined {
  if (ts.isVariableStatement(node) && isVarOfCell(node.declarationList, cell.top)) {
    return at(expressionStatement(commaList(assignments(cell, node.declarationList))), node);
  }
  if (!isLoop(node) || !node.initializer || !isVarOfCell(node.initializer, cell.top)) {
    return undefined;
  }
  const body = rewrite(cell, node.statement);
  if (ts.isForStatement(node)) {
    const condition = node.condition && rewrite(cell, node.condition);
    const step = node.incrementor && rewrite(cell, node.incrementor);
    const start = commaList(assignments(cell, node.initializer));
    return f.updateForStatement(node, start, condition, step, body);
  }
  const { name } = node.initializer.declarations[0]!;
  const each = asTarget(name, scopeProperty, (value) => rewrite(cell, value));
  const items = rewrite(cell, node.expression);
  return ts.isForInStatement(node)
    ? f.updateForInStatement(node, each, items, body)
    : f.updateForOfStatement(node, node.awaitModifier, each, items, body);
}

const isLoop = (node: ts.Node): node is ts.ForStatement | ts.ForInStatement | ts.ForOfStatement =>
  ts.isForStatement(node) || ts.isForInStatement(node) || ts.isForOfStatement(node);

function isVarOfCell(node: ts.Node, top: TopLevel): node is ts.VariableDeclarationList {
  if (!ts.isVariableDeclarationList(node)) return false;
  const isOfCell = (name: ts.BindingName, of: ts.Node): boolean =>
    ts.isIdentifier(name)
      ? top.nodes.has(of)
      : name.elements.some((e) => ts.isBindingElement(e) && isOfCell(e.name, e));
  return node.declarations.some((d) => isOfCell(d.name, d));
}

const commaList = (expressions: ts.Expression[]): ts.Expression =>
  expressions.length > 0
    ? expressions.reduce((all, e) => f.createComma(all, e))
    : f.createVoidZero();

/**
 * @param checker of a program that holds this file alone; distinguishes a cell's inner variables
 * from its outer ones
 */
export function cellTransformer(
  checker: ts.TypeChecker,
  top: TopLevel,
  outerNames: OuterNames,
): ts.TransformerFactory<ts.SourceFile> {
  return (context) => (file) => {
    const cell: CellContext = {
      context,
      checker,
      top,
      outerNames,
      owners: [],
    };
    const hoisted: ts.Statement[] = [];
    for (const name of top.hoisted) {
      hoisted.push(expressionStatement(helperCall("hoist", f.createStringLiteral(name))));
    }
    for (const s of file.statements) {
      if (ts.isFunctionDeclaration(s) && isNamed(s)) hoisted.push(publish(s.name!));
    }
    const imports = file.statements.filter(ts.isImportDeclaration).flatMap(importCall);
    const rest = file.statements.filter((s) => !ts.isImportDeclaration(s));
    const last = rest.at(-1);
    const body = rest.flatMap((s) => (s === last ? lastStatement(cell, s) : statement(cell, s)));
    return f.updateSourceFile(file, [...hoisted, ...imports, ...body]);
  };
}

/** `__scope.name = name`, for what JavaScript itself has declared. */
const publish = (name: ts.Identifier) =>
  expressionStatement(
    f.createAssignment(property(SCOPE, name.text), f.createIdentifier(name.text)),
  );

function statement(cell: CellContext, node: ts.Statement): ts.Statement[] {
  if (isAmbient(node) || ts.isExportDeclaration(node)) return [];
  if (ts.isVariableStatement(node) && isShared(node.declarationList)) {
    return assignments(cell, node.declarationList).map((e) => at(expressionStatement(e), node));
  }
  if (ts.isImportEqualsDeclaration(node)) return importEquals(node);
  if (isNamed(node) && !ts.isFunctionDeclaration(node)) {
    return [rewriteOwner(cell, node), publish(node.name!)];
  }
  return [rewrite(cell, node)];
}

function lastStatement(cell: CellContext, node: ts.Statement): ts.Statement[] {
  if (!ts.isExpressionStatement(node)) return statement(cell, node);
  // in a list, so that a promise is shown and not awaited
  const value = f.createArrayLiteralExpression([rewrite(cell, node.expression)]);
  return [at(f.createReturnStatement(value), node)];
}

/**
 * `import d, { a as b } from "m"` → `__cell.import("m", { d: "default", b: "a" })`; types are left
 * to the host.
 */
function importCall(node: ts.ImportDeclaration): ts.Statement[] {
  const { importClause, moduleSpecifier } = node;
  if (importClause?.isTypeOnly) return [];
  const names: [string, string][] = [];
  if (importClause?.name) names.push([importClause.name.text, "default"]);
  const bindings = importClause?.namedBindings;
  if (bindings && ts.isNamespaceImport(bindings)) names.push([bindings.name.text, "*"]);
  if (bindings && ts.isNamedImports(bindings)) {
    for (const { name, propertyName, isTypeOnly } of bindings.elements) {
      if (!isTypeOnly) names.push([name.text, (propertyName ?? name).text]);
    }
  }
  const table = names.map(([local, of]) =>
    f.createPropertyAssignment(f.createStringLiteral(local), f.createStringLiteral(of)),
  );
  const { text } = moduleSpecifier as ts.StringLiteral;
  const imported = helperCall(
    "import",
    f.createStringLiteral(text),
    f.createObjectLiteralExpression(table),
  );
  return [at(expressionStatement(at(imported, node)), node)];
}

/** `import fs = require("fs")`; an alias of a namespace is an assignment. */
function importEquals(node: ts.ImportEqualsDeclaration): ts.Statement[] {
  if (node.isTypeOnly) return [];
  const { moduleReference: from, name } = node;
  if (!ts.isExternalModuleReference(from)) return [node, publish(name)];
  const module = helperCall("require", from.expression);
  return [at(expressionStatement(f.createAssignment(property(SCOPE, name.text), module)), node)];
}
