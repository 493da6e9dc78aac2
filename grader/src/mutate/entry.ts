/**
 * Changes of what an answer is given, made where it begins: an option counts as not given, 0 or an
 * empty text counts as not given, each row of a batch gets row 0's tensor. The solution's own lines
 * are all right then, so these find promises of a signature that no case tests.
 */
import ts from "typescript";

/** A parameter, or a property of one. */
interface Input {
  name: string;
  type: string;
  isOptional: boolean;
  /** The default's text. */
  initial?: string;
}
/** A parameter, and the properties of its type and those that variables hold. */
interface Parameter extends Input {
  /** Undefined if the signature itself takes the object apart. */
  isNamed: boolean;
  properties: Input[];
  /** Property → the variable that holds it where the answer begins, and its default. */
  variables: Map<string, { name: string; initial?: string }>;
}

const textOf = (node: ts.Node | undefined) => node?.getText() ?? "";

const membersOf = (members: ts.NodeArray<ts.TypeElement>): Input[] =>
  members.filter(ts.isPropertySignature).map((member) => ({
    name: textOf(member.name),
    type: textOf(member.type),
    isOptional: member.questionToken !== undefined,
  }));

/** The properties of an object type, as far as the files at hand declare it. */
function propertiesOf(type: ts.TypeNode | undefined, files: ts.SourceFile[]): Input[] {
  if (!type) return [];
  if (ts.isTypeLiteralNode(type)) return membersOf(type.members);
  if (ts.isIntersectionTypeNode(type)) return type.types.flatMap((t) => propertiesOf(t, files));
  if (!ts.isTypeReferenceNode(type)) return [];
  return declaredProperties(textOf(type.typeName), files);
}

function declaredProperties(name: string, files: ts.SourceFile[]): Input[] {
  for (const statement of files.flatMap((file) => [...file.statements])) {
    if (ts.isTypeAliasDeclaration(statement) && statement.name.text === name) {
      return propertiesOf(statement.type, files);
    }
    if (!ts.isInterfaceDeclaration(statement) || statement.name.text !== name) continue;
    const inherited = (statement.heritageClauses ?? [])
      .flatMap((clause) => [...clause.types])
      .flatMap((parent) => declaredProperties(textOf(parent.expression), files));
    return [...inherited, ...membersOf(statement.members)];
  }
  return [];
}

/** Property → variable of a pattern such as { heads, eps = 1e-5 }. */
function variablesOf(pattern: ts.ObjectBindingPattern): Parameter["variables"] {
  const variables: Parameter["variables"] = new Map();
  for (const { name, propertyName, initializer } of pattern.elements) {
    if (!ts.isIdentifier(name)) continue;
    const initial = initializer === undefined ? undefined : textOf(initializer);
    variables.set(textOf(propertyName ?? name), { name: name.text, initial });
  }
  return variables;
}

/** Patterns that take the parameter apart before the answer begins. */
function patternsAbove(body: ts.Block, name: string, start: number): ts.ObjectBindingPattern[] {
  return body.statements
    .filter((s) => s.getStart() < start)
    .filter(ts.isVariableStatement)
    .flatMap((s) => [...s.declarationList.declarations])
    .filter((d) => textOf(d.initializer) === name)
    .map((d) => d.name)
    .filter(ts.isObjectBindingPattern);
}

function parametersOf(f: ts.FunctionDeclaration, start: number, files: ts.SourceFile[]) {
  return f.parameters.map((parameter): Parameter => {
    const { name, type, initializer, questionToken } = parameter;
    const patterns = ts.isObjectBindingPattern(name)
      ? [name]
      : patternsAbove(f.body!, textOf(name), start);
    return {
      name: textOf(name),
      type: textOf(type),
      isOptional: questionToken !== undefined || initializer !== undefined,
      ...(initializer ? { initial: textOf(initializer) } : {}),
      isNamed: ts.isIdentifier(name),
      properties: propertiesOf(type, files),
      variables: new Map(patterns.flatMap((pattern) => [...variablesOf(pattern)])),
    };
  });
}

const isTensor = ({ type }: Input) => /\bTensor/.test(type);
/** Whether 0 or an empty text can be taken for a missing value. */
const canBeFalsy = ({ type, initial = "" }: Input) =>
  /\b(number|string)\b|^$/.test(type) && !/=>|\[\]|\{/.test(type + initial);
const isFalsy = (initial: string) => /^(0|""|false|true|)$/.test(initial);

/** The rank that the docstring gives a tensor whose first axis is the batch. */
function batchRank(doc: string, name: string): number | undefined {
  const axes = new RegExp(`\\b${name}\\b[^\\[\\]@;.]{0,60}\\[(B\\b[^\\]]*)\\]`).exec(doc)?.[1];
  return axes?.split(",").length;
}

/** Row 0 in place of every row; of another rank, such as a mask for all rows, the tensor stays. */
const rowZero = (of: string, rank: number) =>
  `${of}?.rank === ${rank} && ${of}.shape[0] > 1 ? ` +
  `tf.concat(Array(${of}.shape[0]).fill(${of}.slice([0], [1]))) : ${of}`;

/** What to write in place of a value, which is itself written as a name or `options.name`. */
type Replacement = (value: string, initial: string) => string | undefined;

function replacementsOf(input: Input, doc: string): Replacement[] {
  const found: Replacement[] = [];
  if (input.isOptional) found.push((_, initial) => initial);
  if (input.isOptional && canBeFalsy(input)) {
    found.push((value, initial) => (isFalsy(initial) ? undefined : `${value} || ${initial}`));
  }
  const rank = isTensor(input) ? batchRank(doc, input.name) : undefined;
  if (rank !== undefined) found.push((value) => rowZero(value, rank));
  return found;
}

/** The statements that replace one property wherever the answer finds it. */
function replaceProperty(parameter: Parameter, property: Input, answer: string, to: Replacement) {
  const { name, isNamed, variables } = parameter;
  const variable = variables.get(property.name);
  const statements: string[] = [];
  const add = (value: string, initial: string, write: (text: string) => string) => {
    const text = to(value, initial);
    if (text !== undefined) statements.push(write(text));
  };
  if (variable) {
    add(variable.name, variable.initial ?? "undefined", (text) => `${variable.name} = ${text};`);
  }
  if (isNamed && new RegExp(`\\b${name}\\b`).test(answer)) {
    const put = (text: string) => `${name} = { ...${name}, ${property.name}: ${text} };`;
    add(`${name}.${property.name}`, "undefined", put);
  }
  return statements.join(" ");
}

/**
 * Statements that may stand before an answer, each a mutant.
 * @param start where the answer begins
 * @param files the solution's own and those that declare its types
 */
export function entryStatements(
  f: ts.FunctionDeclaration,
  start: number,
  files: ts.SourceFile[],
): string[] {
  const file = f.getSourceFile();
  const answer = file.text.slice(start);
  const doc = file.text.slice(f.getFullStart(), f.getStart()).replace(/\s+\*\s+/g, " ");
  const statements: string[] = [];
  for (const parameter of parametersOf(f, start, files)) {
    if (parameter.isNamed && parameter.properties.length === 0) {
      const { name, initial = "undefined" } = parameter;
      for (const to of replacementsOf(parameter, doc)) {
        const text = to(name, initial);
        if (text !== undefined) statements.push(`${name} = ${text};`);
      }
    }
    for (const property of parameter.properties) {
      for (const to of replacementsOf(property, doc)) {
        statements.push(replaceProperty(parameter, property, answer, to));
      }
    }
  }
  const canUseTensors = /import \* as tf\b/.test(file.text);
  return statements.filter((s) => s !== "" && (canUseTensors || !s.includes("tf.")));
}

/** The files beside a solution from which it imports, relative paths without their ending. */
export const importedFiles = (file: ts.SourceFile): string[] =>
  file.statements
    .filter(ts.isImportDeclaration)
    .map((statement) => (statement.moduleSpecifier as ts.StringLiteral).text)
    .filter((path) => path.startsWith("."));
