/**
 * The rewriting of a cell, on TypeScript's syntax tree: every name of the notebook's top level becomes a property of the scope,
 * `x` → `__scope.x`; declarations become assignments; imports become calls; the last expression becomes the cell's value.
 */
import ts from "typescript";
import { asTarget, at, isAmbient, isNamed, isShared, named, type TopLevel } from "./declarations";

const f = ts.factory;
export const SCOPE = "__scope";
export const HOST = "__cell";

export interface Outside {
  /** Whether an earlier cell has defined the name. */
  isDefined(name: string): boolean;
  /** Whether the name exists without any cell, as Math does. */
  isGlobal(name: string): boolean;
}

const property = (object: string, name: string) =>
  f.createPropertyAccessExpression(f.createIdentifier(object), name);
const call = (name: string, ...args: ts.Expression[]) =>
  f.createCallExpression(property(HOST, name), undefined, args);
const run = (expression: ts.Expression) => f.createExpressionStatement(expression);

/** @param checker of a program that holds this file alone: it tells a cell's inner variables from its outer ones */
export function cellTransformer(
  checker: ts.TypeChecker,
  top: TopLevel,
  outside: Outside,
): ts.TransformerFactory<ts.SourceFile> {
  return (context) => (file) => {
    const visit = createVisitor(context, checker, top, outside);
    const hoisted: ts.Statement[] = [];
    for (const name of top.hoisted) hoisted.push(run(call("hoist", f.createStringLiteral(name))));
    for (const s of file.statements) {
      if (ts.isFunctionDeclaration(s) && isNamed(s)) hoisted.push(publish(s.name!));
    }
    const imports = file.statements.filter(ts.isImportDeclaration).flatMap(importCall);
    const rest = file.statements.filter((s) => !ts.isImportDeclaration(s));
    const last = rest.at(-1);
    const body = rest.flatMap((s) => (s === last ? lastStatement(s, visit) : statement(s, visit)));
    return f.updateSourceFile(file, [...hoisted, ...imports, ...body]);
  };
}

interface Visitor {
  node<T extends ts.Node>(node: T): T;
  variables(list: ts.VariableDeclarationList): ts.Expression[];
  /** Inside of its own body a class is its own name: its static fields run before the scope has it. */
  within<T extends ts.Node>(owner: ts.Node, node: T): T;
}

/** `__scope.name = name`, for what JavaScript itself has declared. */
const publish = (name: ts.Identifier) =>
  run(f.createAssignment(property(SCOPE, name.text), f.createIdentifier(name.text)));

function statement(node: ts.Statement, visit: Visitor): ts.Statement[] {
  if (isAmbient(node) || ts.isExportDeclaration(node)) return [];
  if (ts.isVariableStatement(node) && isShared(node.declarationList)) {
    return visit.variables(node.declarationList).map((e) => at(run(e), node));
  }
  if (ts.isImportEqualsDeclaration(node)) return importEquals(node);
  if (isNamed(node) && !ts.isFunctionDeclaration(node)) {
    return [visit.within(node, node), publish(node.name!)];
  }
  return [visit.node(node)];
}

function lastStatement(node: ts.Statement, visit: Visitor): ts.Statement[] {
  if (!ts.isExpressionStatement(node)) return statement(node, visit);
  // in a list, so that a promise is shown and not awaited
  const value = f.createArrayLiteralExpression([visit.node(node.expression)]);
  return [at(f.createReturnStatement(value), node)];
}

/** `import d, { a as b } from "m"` → `__cell.import("m", { d: "default", b: "a" })`; types are left to the host. */
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
  const imported = call(
    "import",
    f.createStringLiteral(text),
    f.createObjectLiteralExpression(table),
  );
  return [at(run(at(imported, node)), node)];
}

/** `import fs = require("fs")`; an alias of a namespace is an assignment. */
function importEquals(node: ts.ImportEqualsDeclaration): ts.Statement[] {
  if (node.isTypeOnly) return [];
  const { moduleReference: from, name } = node;
  if (!ts.isExternalModuleReference(from)) return [node, publish(name)];
  const module = call("require", from.expression);
  return [at(run(f.createAssignment(property(SCOPE, name.text), module)), node)];
}

function createVisitor(
  context: ts.TransformationContext,
  checker: ts.TypeChecker,
  top: TopLevel,
  { isDefined, isGlobal }: Outside,
): Visitor {
  const owners: ts.Node[] = [];

  /** Whether the identifier stands for a name of the notebook. */
  function isTheNotebooks(id: ts.Identifier, symbol: ts.Symbol | undefined): boolean {
    if (!symbol) return isOutside(id);
    const declarations = symbol.declarations ?? [];
    return (
      declarations.some((d) => top.nodes.has(d)) && !declarations.some((d) => owners.includes(d))
    );
  }

  function isOutside({ text, parent }: ts.Identifier): boolean {
    if (isDefined(text)) return true;
    return !isGlobal(text) && !ts.isTypeOfExpression(parent); // typeof asks, it does not use
  }

  const shared = (id: ts.Identifier) => at(property(SCOPE, id.text), id);

  function shorthand(node: ts.ShorthandPropertyAssignment): ts.Node {
    const symbol = checker.getShorthandAssignmentValueSymbol(node);
    const fallback = node.objectAssignmentInitializer;
    if (!isTheNotebooks(node.name, symbol)) return ts.visitEachChild(node, visit, context);
    const target = shared(node.name);
    const value = fallback
      ? f.createAssignment(target, ts.visitNode(fallback, visit, ts.isExpression))
      : target;
    return at(f.createPropertyAssignment(node.name.text, value), node);
  }

  /** `(0, __scope.f)(x)`: a function is called without a receiver. */
  function callee(node: ts.Expression): ts.Expression {
    const visited = ts.visitNode(node, visit, ts.isExpression);
    if (visited === node || !ts.isIdentifier(node)) return visited;
    const comma = f.createComma(f.createNumericLiteral(0), visited);
    return at(f.createParenthesizedExpression(comma), node);
  }

  function visit(node: ts.Node): ts.Node {
    if (ts.isTypeNode(node) && !ts.isExpressionWithTypeArguments(node)) return node;
    if (ts.isHeritageClause(node) && node.token === ts.SyntaxKind.ImplementsKeyword) return node;
    if (ts.isIdentifier(node)) {
      const isShared = isUse(node) && isTheNotebooks(node, checker.getSymbolAtLocation(node));
      return isShared ? shared(node) : node;
    }
    if (ts.isShorthandPropertyAssignment(node)) return shorthand(node);
    if (ts.isCallExpression(node)) {
      const args = ts.visitNodes(node.arguments, visit, ts.isExpression);
      if (node.expression.kind === ts.SyntaxKind.ImportKeyword)
        return at(call("load", ...args), node);
      return f.updateCallExpression(node, callee(node.expression), node.typeArguments, args);
    }
    if (ts.isTaggedTemplateExpression(node)) {
      const template = ts.visitNode(node.template, visit, ts.isTemplateLiteral);
      return f.updateTaggedTemplateExpression(node, callee(node.tag), node.typeArguments, template);
    }
    if (ts.isInterfaceDeclaration(node) || ts.isTypeAliasDeclaration(node)) return node;
    return varOfBlock(node) ?? ts.visitEachChild(node, visit, context);
  }

  /** A `var` in a block or in the head of a loop belongs to the cell. */
  function varOfBlock(node: ts.Node): ts.Node | undefined {
    if (ts.isVariableStatement(node) && isVarOfCell(node.declarationList, top)) {
      return at(run(inOne(variables(node.declarationList))), node);
    }
    const head = isLoop(node) ? node.initializer : undefined;
    if (!head || !isVarOfCell(head, top)) return undefined;
    const body = ts.visitNode((node as ts.ForStatement).statement, visit, ts.isStatement);
    if (ts.isForStatement(node)) {
      const condition = ts.visitNode(node.condition, visit, ts.isExpression);
      const step = ts.visitNode(node.incrementor, visit, ts.isExpression);
      return f.updateForStatement(node, inOne(variables(head)), condition, step, body);
    }
    const each = asTarget(head.declarations[0]!.name, shared, visitExpression);
    const { expression } = node as ts.ForInOrOfStatement;
    const items = visitExpression(expression);
    return ts.isForInStatement(node)
      ? f.updateForInStatement(node, each, items, body)
      : f.updateForOfStatement(node as ts.ForOfStatement, awaits(node), each, items, body);
  }

  const visitExpression = (node: ts.Expression) => ts.visitNode(node, visit, ts.isExpression);

  function variables(list: ts.VariableDeclarationList): ts.Expression[] {
    return list.declarations.flatMap(({ name, initializer }) => {
      const isVar = (list.flags & ts.NodeFlags.BlockScoped) === 0;
      if (!initializer && isVar) return []; // hoisted
      const target = asTarget(name, shared, visitExpression);
      if (!initializer) return at(f.createAssignment(target, f.createVoidZero()), name);
      const value = visitExpression(initializer);
      const given = ts.isIdentifier(name) ? named(name.text, value) : value;
      return at(f.createAssignment(target, given), name);
    });
  }

  return {
    node: (node) => visit(node) as typeof node,
    variables,
    within(owner, node) {
      owners.push(owner);
      const visited = ts.visitEachChild(node, visit, context);
      owners.pop();
      return visited;
    },
  };
}

/** Whether an identifier is read or written here, rather than being declared or naming a property or a label. */
function isUse(id: ts.Identifier): boolean {
  const parent = id.parent as { name?: ts.Node; propertyName?: ts.Node; label?: ts.Node };
  return parent.name !== id && parent.propertyName !== id && parent.label !== id;
}

const isLoop = (node: ts.Node): node is ts.ForStatement | ts.ForInOrOfStatement =>
  ts.isForStatement(node) || ts.isForInStatement(node) || ts.isForOfStatement(node);

const awaits = (node: ts.Node) => (node as ts.ForOfStatement).awaitModifier;

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
