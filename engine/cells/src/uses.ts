/**
 * Uses of a notebook's names within a cell: `x` → `__scope.x`, `f(x)` → `(0,
 * __scope.f)(__scope.x)`.
 */
import ts from "typescript";
import { asTarget, at, named, type TopLevel } from "./declarations";

const f = ts.factory;
export const SCOPE = "__scope";
const HOST = "__cell";
/** The parameters of a compiled cell. */
export const PARAMETERS = [SCOPE, HOST];

/** What surrounds a cell when it is compiled. */
export interface Outside {
  /** Whether an earlier cell has defined the name. */
  isDefined(name: string): boolean;
  /** Whether the name exists without any cell, as Math does. */
  isGlobal(name: string): boolean;
}

/** A cell that is being rewritten. */
export interface Cell {
  context: ts.TransformationContext;
  checker: ts.TypeChecker;
  top: TopLevel;
  outside: Outside;
  /** Classes, enums and namespaces whose bodies are being visited. */
  owners: ts.Node[];
}

export const property = (object: string, name: string) =>
  f.createPropertyAccessExpression(f.createIdentifier(object), name);
export const call = (name: string, ...args: ts.Expression[]) =>
  f.createCallExpression(property(HOST, name), undefined, args);
export const run = (expression: ts.Expression) => f.createExpressionStatement(expression);

const shared = (id: ts.Identifier) => at(property(SCOPE, id.text), id);

/** The node with every use of a shared name rewritten. */
export const rewrite = <T extends ts.Node>(cell: Cell, node: T): T => visit(cell, node) as T;

/**
 * Inside of its own body a class is its own name: its static fields run before the scope has it.
 */
export function within<T extends ts.Node>(cell: Cell, owner: T): T {
  cell.owners.push(owner);
  const visited = children(cell, owner);
  cell.owners.pop();
  return visited;
}

const children = <T extends ts.Node>(cell: Cell, node: T): T =>
  ts.visitEachChild(node, (child) => visit(cell, child), cell.context);

function visit(cell: Cell, node: ts.Node): ts.Node {
  if (isOfTypes(node)) return node;
  if (ts.isIdentifier(node)) {
    const isShared =
      isUse(node) && isTheNotebooks(cell, node, cell.checker.getSymbolAtLocation(node));
    return isShared ? shared(node) : node;
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
function isTheNotebooks(cell: Cell, id: ts.Identifier, symbol: ts.Symbol | undefined): boolean {
  if (!symbol) return isOutside(cell.outside, id);
  const declarations = symbol.declarations ?? [];
  return (
    declarations.some((d) => cell.top.nodes.has(d)) &&
    !declarations.some((d) => cell.owners.includes(d))
  );
}

function isOutside({ isDefined, isGlobal }: Outside, { text, parent }: ts.Identifier): boolean {
  if (isDefined(text)) return true;
  return !isGlobal(text) && !ts.isTypeOfExpression(parent); // typeof asks, it does not use
}

/** `{ x }` → `{ x: __scope.x }` */
function shorthand(cell: Cell, node: ts.ShorthandPropertyAssignment): ts.Node {
  const symbol = cell.checker.getShorthandAssignmentValueSymbol(node);
  if (!isTheNotebooks(cell, node.name, symbol)) return children(cell, node);
  const fallback = node.objectAssignmentInitializer;
  const target = shared(node.name);
  const value = fallback ? f.createAssignment(target, rewrite(cell, fallback)) : target;
  return at(f.createPropertyAssignment(node.name.text, value), node);
}

function callExpression(cell: Cell, node: ts.CallExpression): ts.Node {
  const args = node.arguments.map((argument) => rewrite(cell, argument));
  const isImport = node.expression.kind === ts.SyntaxKind.ImportKeyword;
  if (isImport) return at(call("load", ...args), node);
  return f.updateCallExpression(node, callee(cell, node.expression), node.typeArguments, args);
}

/** `(0, __scope.f)(x)`: a function is called without a receiver. */
function callee(cell: Cell, node: ts.Expression): ts.Expression {
  const visited = rewrite(cell, node);
  if (visited === node || !ts.isIdentifier(node)) return visited;
  const comma = f.createComma(f.createNumericLiteral(0), visited);
  return at(f.createParenthesizedExpression(comma), node);
}

/**
 * A declaration's variables as assignments; `var x` without a value is hoisted and assigns nothing.
 */
export function assignments(cell: Cell, list: ts.VariableDeclarationList): ts.Expression[] {
  const isVar = (list.flags & ts.NodeFlags.BlockScoped) === 0;
  const visitValue = (node: ts.Expression) => rewrite(cell, node);
  return list.declarations.flatMap(({ name, initializer }) => {
    if (!initializer && isVar) return [];
    const target = asTarget(name, shared, visitValue);
    if (!initializer) return at(f.createAssignment(target, f.createVoidZero()), name);
    const value = visitValue(initializer);
    const given = ts.isIdentifier(name) ? named(name.text, value) : value;
    return at(f.createAssignment(target, given), name);
  });
}

/** A `var` in a block or in the head of a loop belongs to the cell. */
function varOfBlock(cell: Cell, node: ts.Node): ts.Node | undefined {
  if (ts.isVariableStatement(node) && isVarOfCell(node.declarationList, cell.top)) {
    return at(run(inOne(assignments(cell, node.declarationList))), node);
  }
  if (!isLoop(node) || !node.initializer || !isVarOfCell(node.initializer, cell.top)) {
    return undefined;
  }
  const body = rewrite(cell, node.statement);
  if (ts.isForStatement(node)) {
    const condition = node.condition && rewrite(cell, node.condition);
    const step = node.incrementor && rewrite(cell, node.incrementor);
    const start = inOne(assignments(cell, node.initializer));
    return f.updateForStatement(node, start, condition, step, body);
  }
  const { name } = node.initializer.declarations[0]!;
  const each = asTarget(name, shared, (value) => rewrite(cell, value));
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

const inOne = (expressions: ts.Expression[]): ts.Expression =>
  expressions.length > 0
    ? expressions.reduce((all, e) => f.createComma(all, e))
    : f.createVoidZero();
