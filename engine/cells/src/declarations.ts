/**
 * What a cell declares at its top level, and how a declaration becomes an assignment to the scope.
 */
import ts from "typescript";

const f = ts.factory;

/**
 * Declarations by node. Variables of blocks belong to the blocks, apart from `var`, which belongs
 * to the cell.
 */
export interface TopLevel {
  nodes: Set<ts.Node>;
  /** Names that hold values when the cell is done; types are not among them. */
  names: Set<string>;
  constants: Set<string>;
  /** Names of `var`, which are undefined before their line. */
  hoisted: Set<string>;
}

export function topLevelOf(file: ts.SourceFile): TopLevel {
  const top: TopLevel = {
    nodes: new Set(),
    names: new Set(),
    constants: new Set(),
    hoisted: new Set(),
  };
  for (const statement of file.statements) {
    if (ts.isVariableStatement(statement)) addVariables(top, statement.declarationList, statement);
    else if (ts.isImportDeclaration(statement)) addImports(top, statement);
    else if (isNamed(statement) && statement.name) addName(top, statement, statement.name.text);
    else addVarsWithin(top, statement);
  }
  return top;
}

type Named =
  | ts.FunctionDeclaration
  | ts.ClassDeclaration
  | ts.EnumDeclaration
  | (ts.ModuleDeclaration & { name: ts.Identifier })
  | ts.ImportEqualsDeclaration;

/** Statements that give one name a value. */
export function isNamed(statement: ts.Statement): statement is Named {
  if (isAmbient(statement)) return false;
  return (
    (ts.isFunctionDeclaration(statement) && statement.body !== undefined) ||
    ts.isClassDeclaration(statement) ||
    ts.isEnumDeclaration(statement) ||
    (ts.isModuleDeclaration(statement) && hasValues(statement)) ||
    (ts.isImportEqualsDeclaration(statement) && !statement.isTypeOnly)
  );
}

export function isAmbient(node: ts.Statement): boolean {
  const modifiers = ts.canHaveModifiers(node) ? ts.getModifiers(node) : undefined;
  return modifiers?.some((m) => m.kind === ts.SyntaxKind.DeclareKeyword) ?? false;
}

/** A namespace of types alone does not exist when the cell runs. */
function hasValues({ body, name }: ts.ModuleDeclaration): boolean {
  if (!ts.isIdentifier(name) || !body || !ts.isModuleBlock(body)) return false;
  return body.statements.some(
    (s) => !ts.isInterfaceDeclaration(s) && !ts.isTypeAliasDeclaration(s),
  );
}

/**
 * Variables that become properties of the scope; `using` ends with its cell and stays what it is.
 */
export const isShared = (list: ts.VariableDeclarationList): boolean =>
  (list.flags & ts.NodeFlags.Using) === 0;

function addName(top: TopLevel, node: ts.Node, name: string): void {
  top.nodes.add(node);
  top.names.add(name);
}

function addVariables(top: TopLevel, list: ts.VariableDeclarationList, of?: ts.Statement): void {
  if (!isShared(list) || (of && isAmbient(of))) return;
  const kind = list.flags & ts.NodeFlags.BlockScoped;
  const add = (name: ts.BindingName, node: ts.Node) => {
    if (ts.isIdentifier(name)) {
      addName(top, node, name.text);
      if (kind === ts.NodeFlags.Const) top.constants.add(name.text);
      if (kind === 0) top.hoisted.add(name.text);
      return;
    }
    for (const element of name.elements) {
      if (ts.isBindingElement(element)) add(element.name, element);
    }
  };
  for (const declaration of list.declarations) add(declaration.name, declaration);
}

function addImports(top: TopLevel, { importClause }: ts.ImportDeclaration): void {
  if (!importClause || importClause.isTypeOnly) return;
  if (importClause.name) addName(top, importClause, importClause.name.text);
  const bindings = importClause.namedBindings;
  if (!bindings) return;
  if (ts.isNamespaceImport(bindings)) addName(top, bindings, bindings.name.text);
  else {
    for (const one of bindings.elements) if (!one.isTypeOnly) addName(top, one, one.name.text);
  }
}

/** `var` in a block or a loop. */
function addVarsWithin(top: TopLevel, node: ts.Node): void {
  if (ts.isFunctionLike(node) || ts.isClassLike(node) || ts.isModuleBlock(node)) return;
  const isVar = ts.isVariableDeclarationList(node) && (node.flags & ts.NodeFlags.BlockScoped) === 0;
  if (isVar) addVariables(top, node);
  ts.forEachChild(node, (child) => addVarsWithin(top, child));
}

/** Gives a node the source position of another one, for positions in stacks. */
export function at<T extends ts.Node>(made: T, original: ts.Node): T {
  // engines report a call at the end of its callee
  ts.setEmitFlags(made, ts.EmitFlags.NoTrailingSourceMap);
  return ts.setSourceMapRange(ts.setTextRange(made, original), original);
}

/**
 * `f = () => 1` names the function f only when f is a variable; as `{ f: () => 1 }.f` it has its
 * name here too.
 */
export function named(name: string, value: ts.Expression): ts.Expression {
  if (!isAnonymous(value)) return value;
  const object = f.createObjectLiteralExpression([f.createPropertyAssignment(name, value)]);
  return at(f.createPropertyAccessExpression(f.createParenthesizedExpression(object), name), value);
}

function isAnonymous(value: ts.Expression): boolean {
  if (ts.isParenthesizedExpression(value)) return isAnonymous(value.expression);
  if (ts.isAsExpression(value) || ts.isSatisfiesExpression(value)) {
    return isAnonymous(value.expression);
  }
  if (ts.isArrowFunction(value)) return true;
  return (ts.isFunctionExpression(value) || ts.isClassExpression(value)) && !value.name;
}

/**
 * A pattern of a declaration as a pattern of an assignment: `{ a, b: [c] }` → `{ a: $.a, b: [$.c]
 * }`.
 */
export function asTarget(
  name: ts.BindingName,
  target: (name: ts.Identifier) => ts.Expression,
  visit: (node: ts.Expression) => ts.Expression,
): ts.Expression {
  if (ts.isIdentifier(name)) return target(name);

  const withDefault = ({ name: inner, initializer }: ts.BindingElement) => {
    const to = asTarget(inner, target, visit);
    if (!initializer) return to;
    const value = visit(initializer);
    return f.createAssignment(to, ts.isIdentifier(inner) ? named(inner.text, value) : value);
  };
  if (ts.isArrayBindingPattern(name)) {
    return f.createArrayLiteralExpression(
      name.elements.map((element) => {
        if (ts.isOmittedExpression(element)) return f.createOmittedExpression();
        const to = withDefault(element);
        return element.dotDotDotToken ? f.createSpreadElement(to) : to;
      }),
    );
  }
  return f.createObjectLiteralExpression(
    name.elements.map((element) => {
      const to = withDefault(element);
      if (element.dotDotDotToken) return f.createSpreadAssignment(to);
      const key = element.propertyName ?? (element.name as ts.Identifier);
      const computed = ts.isComputedPropertyName(key);
      const name = computed ? f.createComputedPropertyName(visit(key.expression)) : key;
      return f.createPropertyAssignment(name, to);
    }),
  );
}

/** A function's head at the beginning of a line. */
const FUNCTION_HEAD =
  /^(?:export\s+)?(?:async\s+)?function\b\s*\*?\s*([\p{ID_Start}$_][\p{ID_Continue}$]*)/gmu;

/** The names that a cell with errors of syntax means to declare, as far as they can be read. */
export function intendedNames(source: string, file: ts.SourceFile): string[] {
  const heads = [...source.matchAll(FUNCTION_HEAD)].map(([, name]) => name!);
  return [...topLevelOf(file).names, ...heads];
}
