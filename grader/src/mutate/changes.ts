/**
 * The small changes of a piece of code that the mutation tester tries, each a rule for one kind of
 * node: what stands somewhere in the source, and what takes its place.
 */
import ts from "typescript";

/** The node whose text is replaced, and its replacement. */
export type Change = [at: ts.Node, to: string];
type Rule = (node: ts.Node) => Change[];

const OPERATORS: Record<string, string[]> = {
  "+": ["-"],
  "-": ["+"],
  "*": ["/"],
  "/": ["*"],
  "%": ["*"],
  "**": ["*"],
  "<": ["<=", ">="],
  "<=": ["<", ">"],
  ">": [">=", "<="],
  ">=": [">", "<"],
  "===": ["!=="],
  "!==": ["==="],
  "&&": ["||"],
  "||": ["&&"],
  "??=": ["||="],
  "+=": ["-="],
  "-=": ["+="],
  "*=": ["/="],
  "/=": ["*="],
  "<<": [">>"],
  ">>": ["<<"],
  "&": ["|"],
  "|": ["&"],
  "^": ["&"],
};
/** Operators of which either side may stand alone, and those of which only the left one may. */
const EITHER = ["+", "*", "&&", "||", "??"];
const LEFT = ["-", "/", "%", "**", "|", ">>>"];
/** In place of these, || gives what ?? gives: a left side that counts as false is the same. */
const EMPTY = /^(0|""|false|\[\]|\{\})$/;

const operators: Rule = (node) => {
  if (!ts.isBinaryExpression(node)) return [];
  const { left, operatorToken, right } = node;
  const operator = operatorToken.getText();
  const changes = (OPERATORS[operator] ?? []).map((to): Change => [operatorToken, to]);
  if (operator === "??" && !EMPTY.test(right.getText())) changes.push([operatorToken, "||"]);
  if ([...EITHER, ...LEFT].includes(operator)) changes.push([node, left.getText()]);
  if (EITHER.includes(operator)) changes.push([node, right.getText()]);
  return changes;
};

const isUndefined = (node: ts.Node) => ts.isIdentifier(node) && node.text === "undefined";

/** 0, false and an empty text are taken for what isn't given. */
const missing: Rule = (node) => {
  if (!ts.isBinaryExpression(node) || !isUndefined(node.right)) return [];
  const left = node.left.getText();
  const { kind } = node.operatorToken;
  if (kind === ts.SyntaxKind.EqualsEqualsEqualsToken) return [[node, `!(${left})`]];
  return kind === ts.SyntaxKind.ExclamationEqualsEqualsToken ? [[node, `!!(${left})`]] : [];
};

const isBigInt = (node: ts.Node): node is ts.CallExpression =>
  ts.isCallExpression(node) && node.expression.getText() === "BigInt";

/** A product of BigInts becomes one of numbers, which are rounded from 2⁵³ on. */
const casts: Rule = (node) => {
  if (!ts.isBinaryExpression(node)) return [];
  const { left, operatorToken, right } = node;
  if (!isBigInt(left) || !isBigInt(right)) return [];
  const number = ({ arguments: [argument] }: ts.CallExpression) => `Number(${argument!.getText()})`;
  return [[node, `BigInt(${number(left)} ${operatorToken.getText()} ${number(right)})`]];
};

/** Whole numbers up to this have neighbors that a tolerance tells apart. */
const FINE = 1000;

function neighbors(n: number): number[] {
  if (!Number.isInteger(n)) return [2 * n, 0];
  return Math.abs(n) > FINE ? [2 * n, 1] : [n + 1, n - 1];
}

const numbers: Rule = (node) => {
  if (ts.isIdentifier(node) && node.text === "Infinity") return [[node, "1e4"]];
  if (ts.isPrefixUnaryExpression(node) && node.operator === ts.SyntaxKind.MinusToken) {
    const { operand } = node;
    if (!ts.isNumericLiteral(operand)) return [[node, operand.getText()]];
    const n = -Number(operand.text);
    return [...neighbors(n), -n].map((to): Change => [node, String(to)]);
  }
  if (!ts.isNumericLiteral(node) || ts.isPrefixUnaryExpression(node.parent)) return [];
  const n = Number(node.text);
  // x + 0 is what is left when the operand is dropped, and so is x * 1
  const parent = ts.isBinaryExpression(node.parent) ? node.parent.operatorToken.getText() : "";
  const idle = { "+": 0, "-": 0, "*": 1, "/": 1, "**": 1 }[parent];
  return neighbors(n)
    .filter((to) => to !== idle)
    .map((to): Change => [node, String(to)]);
};

const DTYPES: Record<string, string> = { int32: "float32", float32: "int32", bool: "int32" };

const words: Rule = (node) => {
  if (node.kind === ts.SyntaxKind.TrueKeyword) return [[node, "false"]];
  if (node.kind === ts.SyntaxKind.FalseKeyword) return [[node, "true"]];
  if (ts.isRegularExpressionLiteral(node)) {
    const end = node.text.lastIndexOf("/") + 1;
    const flags = [...node.text.slice(end)];
    return flags.map((flag): Change => [
      node,
      node.text.slice(0, end) + flags.filter((other) => other !== flag).join(""),
    ]);
  }
  if (!ts.isStringLiteral(node) || ts.isPropertyAssignment(node.parent)) return [];
  const other = DTYPES[node.text] ?? (node.text === "" ? "_" : "");
  return [[node, JSON.stringify(other)]];
};

/** Functions and methods that are easily taken for each other. */
const TWINS = [
  ["max", "min"],
  ["floor", "ceil"],
  ["round", "floor"],
  ["less", "lessEqual"],
  ["greater", "greaterEqual"],
  ["logicalAnd", "logicalOr"],
  ["equal", "notEqual"],
  ["sum", "mean"],
  ["add", "sub"],
  ["mul", "div"],
  ["some", "every"],
  ["find", "findLast"],
  ["indexOf", "lastIndexOf"],
  ["push", "unshift"],
  ["startsWith", "endsWith"],
];
function twinsOf(name: string): string[] {
  const there = TWINS.filter(([a]) => a === name).map(([, b]) => b!);
  const back = TWINS.filter(([a, b]) => b === name && a !== "round").map(([a]) => a!);
  return [...new Set([...there, ...back])];
}

/** Calls whose first argument is not what they would be without: they make something of it. */
const MAKERS =
  /^(tf\.(scalar|tensor\w*|tidy|fill|zeros|ones|range|customGrad|grads?|keep|buffer|concat|stack|where|dispose)|Array\.from|Number|String|JSON\.\w+|Object\.\w+|Promise\.\w+)$/;
const UNEVEN = /^(sub|div|matMul|less|greater|lessEqual|greaterEqual|pow|floorDiv|mod|concat|dot)$/;
const EVEN = /\b(min|max|minimum|maximum|add|mul|equal|notEqual|logicalAnd|logicalOr)$/;
const isNamespace = (node: ts.Node) => ts.isIdentifier(node) && /^(tf|[A-Z]\w*)$/.test(node.text);
const isData = (node: ts.Node) =>
  !ts.isNumericLiteral(node) && !ts.isArrowFunction(node) && !ts.isArrayLiteralExpression(node);

function swapped(call: ts.CallExpression): Change[] {
  const { expression, arguments: given } = call;
  const texts = given.map((argument) => argument.getText());
  const name = expression.getText();
  if (name.startsWith("expect") || EVEN.test(name)) return [];
  if (given.length === 1 && ts.isPropertyAccessExpression(expression)) {
    const { expression: object, name: method } = expression;
    if (isNamespace(object) || !UNEVEN.test(method.text) || !isData(given[0]!)) return [];
    return [[call, `(${texts[0]}).${method.text}(${object.getText()})`]];
  }
  if (given.length < 2) return [];
  const at = name === "tf.where" ? 1 : 0;
  [texts[at], texts[at + 1]] = [texts[at + 1]!, texts[at]!];
  return [[call, `${name}(${texts.join(", ")})`]];
}

const calls: Rule = (node) => {
  if (!ts.isCallExpression(node)) return [];
  const { expression, arguments: given } = node;
  const changes = swapped(node);
  const isMethod = ts.isPropertyAccessExpression(expression);
  if (isMethod) {
    for (const twin of twinsOf(expression.name.text)) changes.push([expression.name, twin]);
  }
  if (isMethod && !isNamespace(expression.expression)) {
    if (!ts.isExpressionStatement(node.parent)) {
      changes.push([node, expression.expression.getText()]);
    }
  } else if (given.length > 0 && !MAKERS.test(expression.getText())) {
    const few = /^(Math\.(min|max)|tf\.where)$/.test(expression.getText());
    for (const one of few ? given : given.slice(0, 1)) changes.push([node, one.getText()]);
  }
  return changes;
};

const choices: Rule = (node) => {
  if (ts.isConditionalExpression(node)) {
    return [
      [node, node.whenTrue.getText()],
      [node, node.whenFalse.getText()],
    ];
  }
  if (ts.isPrefixUnaryExpression(node) && node.operator === ts.SyntaxKind.ExclamationToken) {
    return [[node, node.operand.getText()]];
  }
  if (!ts.isIfStatement(node)) return [];
  const changes: Change[] = [[node.expression, `!(${node.expression.getText()})`]];
  if (!node.elseStatement) return [...changes, [node, ";"]];
  return [...changes, [node, node.thenStatement.getText()], [node, node.elseStatement.getText()]];
};

const statements: Rule = (node) => {
  if (ts.isExpressionStatement(node) || ts.isContinueStatement(node) || ts.isBreakStatement(node)) {
    return [[node, ";"]];
  }
  if (ts.isIterationStatement(node, false)) {
    return [
      [node.statement, `{ ${node.statement.getText()} break; }`],
      [node, ";"],
    ];
  }
  return [];
};

const spreads: Rule = (node) => {
  if (ts.isArrayLiteralExpression(node) && node.elements.some(ts.isSpreadElement)) {
    const { elements } = node;
    const [only] = elements;
    if (elements.length === 1) return [[node, (only as ts.SpreadElement).expression.getText()]];
    return elements.filter(ts.isSpreadElement).map((spread): Change => {
      const others = elements.filter((e) => e !== spread).map((e) => e.getText());
      return [node, `[${others.join(", ")}]`];
    });
  }
  if (!ts.isObjectLiteralExpression(node)) return [];
  return node.properties.filter(ts.isSpreadAssignment).map((spread): Change => {
    const others = node.properties.filter((p) => p !== spread).map((p) => p.getText());
    return [node, `{ ${others.join(", ")} }`];
  });
};

const RULES: Rule[] = [
  operators,
  missing,
  casts,
  numbers,
  words,
  calls,
  choices,
  statements,
  spreads,
];

/** What is no part of the answer's meaning: types, and the words of errors. */
const isAside = (node: ts.Node) => ts.isTypeNode(node) || ts.isThrowStatement(node);

/** All changes of a node and of what it holds. */
export function changesOf(node: ts.Node): Change[] {
  if (isAside(node)) return [];
  const changes = RULES.flatMap((rule) => rule(node));
  ts.forEachChild(node, (child) => void changes.push(...changesOf(child)));
  return changes;
}
