/**
 * The rewriting of a cell, on TypeScript's syntax tree: every name of the notebook's top level
 * becomes a property of the scope, `x` → `__scope.x`; declarations become assignments; imports
 * become calls; the last expression becomes the cell's value.
 */
import ts from "typescript";
import { at, isAmbient, isNamed, isShared, type TopLevel } from "./declarations";
import {
  assignments,
  call,
  property,
  rewrite,
  run,
  SCOPE,
  within,
  type Cell,
  type Outside,
} from "./uses";

const f = ts.factory;

/**
 * @param checker of a program that holds this file alone: it tells a cell's inner variables from
 *   its outer ones
 */
export function cellTransformer(
  checker: ts.TypeChecker,
  top: TopLevel,
  outside: Outside,
): ts.TransformerFactory<ts.SourceFile> {
  return (context) => (file) => {
    const cell: Cell = { context, checker, top, outside, owners: [] };
    const hoisted: ts.Statement[] = [];
    for (const name of top.hoisted) hoisted.push(run(call("hoist", f.createStringLiteral(name))));
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
  run(f.createAssignment(property(SCOPE, name.text), f.createIdentifier(name.text)));

function statement(cell: Cell, node: ts.Statement): ts.Statement[] {
  if (isAmbient(node) || ts.isExportDeclaration(node)) return [];
  if (ts.isVariableStatement(node) && isShared(node.declarationList)) {
    return assignments(cell, node.declarationList).map((e) => at(run(e), node));
  }
  if (ts.isImportEqualsDeclaration(node)) return importEquals(node);
  if (isNamed(node) && !ts.isFunctionDeclaration(node)) {
    return [within(cell, node), publish(node.name!)];
  }
  return [rewrite(cell, node)];
}

function lastStatement(cell: Cell, node: ts.Statement): ts.Statement[] {
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
