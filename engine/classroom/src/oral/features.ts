/**
 * What an examiner can ask about a piece of code: each entry recognizes something that the code
 * does and words a question about that very line. Nothing runs; TypeScript's parser reads the text.
 */
import ts from "typescript";

export interface Finding {
  /** What the code does there: "reduction", "loop". */
  kind: string;
  /** 1 asks for the idea, 2 for shapes and cases, 3 for any code. */
  rank: 1 | 2 | 3;
  /** Of the cell, from 1. */
  line: number;
  code: string;
  question: string;
  /** What a good answer says. */
  listenFor: string;
}

interface Feature extends Pick<Finding, "kind" | "rank" | "question" | "listenFor"> {
  matches(node: ts.Node): boolean;
}

/** The name of the function or method that is called: "sum" of x.sum(-1) and of tf.sum(x). */
function calledName(node: ts.Node): string | undefined {
  if (!ts.isCallExpression(node)) return undefined;
  const { expression } = node;
  if (ts.isPropertyAccessExpression(expression)) return expression.name.text;
  return ts.isIdentifier(expression) ? expression.text : undefined;
}

const calls =
  (...names: string[]) =>
  (node: ts.Node) =>
    names.includes(calledName(node) ?? "");

const numberOf = (node: ts.Node): number | undefined =>
  ts.isNumericLiteral(node) ? Number(node.text.replaceAll("_", "")) : undefined;

/** A number so small that it only keeps a division away from 0. */
const isEpsilon = (node: ts.Node) => {
  const value = numberOf(node);
  return value !== undefined && value > 0 && value <= 1e-3;
};

const LARGE = 1e4;
/** A number that stands for minus infinity. */
const isMinusInfinity = (node: ts.Node) =>
  (ts.isIdentifier(node) && node.text === "Infinity") ||
  (ts.isPropertyAccessExpression(node) && node.name.text === "NEGATIVE_INFINITY") ||
  (ts.isPrefixUnaryExpression(node) && (numberOf(node.operand) ?? 0) >= LARGE);

const isOperator =
  (...kinds: ts.SyntaxKind[]) =>
  (node: ts.Node) =>
    ts.isBinaryExpression(node) && kinds.includes(node.operatorToken.kind);

/** A function that calls itself by name. */
function isRecursive(node: ts.Node): boolean {
  if (!ts.isFunctionDeclaration(node) || !node.name) return false;
  const name = node.name.text;
  const visit = (inner: ts.Node): boolean =>
    calledName(inner) === name || ts.forEachChild(inner, visit) === true;
  return node.body !== undefined && ts.forEachChild(node.body, visit) === true;
}

const isLoop = (node: ts.Node) =>
  ts.isForStatement(node) || ts.isWhileStatement(node) || ts.isForOfStatement(node);

const isOddNumber = (node: ts.Node) => {
  const value = numberOf(node);
  return value !== undefined && ![0, 1, 2].includes(value) && !isEpsilon(node);
};

/** The first entry that matches a node words its question. */
export const FEATURES: Feature[] = [
  {
    kind: "recursion",
    rank: 1,
    matches: isRecursive,
    question:
      "This function calls itself. What ends it, and how deep does it go for your own example?",
    listenFor: "the case without a call, and what gets smaller with each call",
  },
  {
    kind: "softmax",
    rank: 1,
    matches: calls("softmax", "logSoftmax", "logSumExp", "exp"),
    question:
      "What goes into this softmax or exponential, and what happens when one of the inputs is 1,000?",
    listenFor: "overflow, subtracting the maximum, and that the result stays the same",
  },
  {
    kind: "masking",
    rank: 1,
    matches: (node) => isMinusInfinity(node) || calls("where", "bandPart")(node),
    question:
      "What does this do to entries that must not count, and what if a whole row is like that?",
    listenFor: "weights of 0 after the softmax, and NaN or a uniform row where nothing is left",
  },
  {
    kind: "scaling",
    rank: 1,
    matches: calls("sqrt", "rsqrt"),
    question: "Why is there a square root here, and what goes wrong without it?",
    listenFor: "what the variance of the sum or of the inputs is, and how training suffers",
  },
  {
    kind: "epsilon",
    rank: 1,
    matches: isEpsilon,
    question: "What is this small number for? Name an input for which it matters.",
    listenFor: "a division by 0 or a logarithm of 0, and a constant input",
  },
  {
    kind: "matrix product",
    rank: 1,
    matches: calls("matMul", "dot", "einsum", "conv1d", "conv2d"),
    question: "Give the shapes of both factors and of the product. Over which index is summed?",
    listenFor: "the shapes as letters, the shared axis, and why a side is transposed or not",
  },
  {
    kind: "reduction",
    rank: 1,
    matches: calls("sum", "mean", "max", "min", "prod", "argMax", "norm", "cumsum", "moments"),
    question:
      "Which axis does this go over, and what is the shape after it? What if it took another?",
    listenFor: "the axis by its meaning, the shape, and how keepDims lets the result broadcast",
  },
  {
    kind: "selection",
    rank: 2,
    matches: calls("gather", "gatherND", "oneHot", "slice", "stridedSlice", "topk"),
    question: "Which entries does this take? Say it for an input that you can write down.",
    listenFor: "a concrete input with its result, and what an index out of range does",
  },
  {
    kind: "layout",
    rank: 2,
    matches: calls(
      "transpose",
      "reshape",
      "expandDims",
      "squeeze",
      "tile",
      "concat",
      "stack",
      "pad",
    ),
    question:
      "What is the shape before and after this line, and where does the entry [0, 1] end up?",
    listenFor: "both shapes, and whether entries move or are only counted in another way",
  },
  {
    kind: "memory",
    rank: 2,
    matches: calls("tidy", "dispose", "keep"),
    question: "Which tensors does this free, and which one is still there afterward?",
    listenFor: "intermediate tensors, the returned one, and what a leak does in a training loop",
  },
  {
    kind: "gradient",
    rank: 1,
    matches: calls("grad", "grads", "variableGrads", "customGrad", "stopGradient"),
    question: "With respect to what is this a derivative, and what shape does it have?",
    listenFor: "the loss, the parameter, and that the gradient has the parameter's shape",
  },
  {
    kind: "sorting",
    rank: 2,
    matches: calls("sort", "toSorted"),
    question: "How are ties ordered here, and what does it cost for n elements?",
    listenFor: "what the comparator returns, n log n, and whether the list itself changes",
  },
  {
    kind: "lookup",
    rank: 2,
    matches: (node) =>
      ts.isNewExpression(node) && /^(Map|Set)$/.test(node.expression.getText(node.getSourceFile())),
    question: "Why a map or a set here, and not a list? What are its keys?",
    listenFor: "the cost of a search, and what happens to a key that comes twice",
  },
  {
    kind: "loop",
    rank: 2,
    matches: isLoop,
    question: "How often does this loop run? For which input does it not run at all?",
    listenFor: "what decides the count, and that the result is still right for an empty input",
  },
  {
    kind: "callback",
    rank: 2,
    matches: calls("map", "reduce", "filter", "flatMap", "forEach", "findLast", "find"),
    question:
      "What does the function inside get, and what does it give back? Take the first element.",
    listenFor: "values of the first step, and the type of the whole",
  },
  {
    kind: "fallback value",
    rank: 2,
    matches: isOperator(ts.SyntaxKind.QuestionQuestionToken, ts.SyntaxKind.BarBarToken),
    question: "When is the right side used? Is it used for 0?",
    listenFor: "undefined and null with ??, and 0 and the empty text too with ||",
  },
  {
    kind: "case",
    rank: 2,
    matches: (node) => ts.isIfStatement(node) || ts.isConditionalExpression(node),
    question: "Name an input that takes each of the two ways here.",
    listenFor: "two concrete inputs, and whether the tests reach both",
  },
  {
    kind: "boundary",
    rank: 2,
    matches: isOperator(
      ts.SyntaxKind.LessThanToken,
      ts.SyntaxKind.LessThanEqualsToken,
      ts.SyntaxKind.GreaterThanToken,
      ts.SyntaxKind.GreaterThanEqualsToken,
    ),
    question: "What changes if this comparison takes equality in, or leaves it out?",
    listenFor: "the one input for which it matters, worked through",
  },
  {
    kind: "constant",
    rank: 3,
    matches: isOddNumber,
    question: "Where does this number come from, and what would a larger one do?",
    listenFor: "the source of the number, and its effect",
  },
  {
    kind: "result",
    rank: 3,
    matches: ts.isReturnStatement,
    question: "Explain what this returns, from the inside out.",
    listenFor: "each call in the order in which it happens, with shapes or types",
  },
  {
    kind: "variable",
    rank: 3,
    matches: ts.isVariableDeclaration,
    question: "What does this variable hold for the smallest input you can think of?",
    listenFor: "a value or a shape, and why it has a name of its own",
  },
];

const MAX_EXCERPT = 100;

/** The first line of a node's text. */
function excerpt(text: string): string {
  const [first = ""] = text.split("\n");
  return first.length > MAX_EXCERPT ? `${first.slice(0, MAX_EXCERPT)}…` : first;
}

/**
 * @param shipped lines that everybody was given, trimmed: nothing is asked about them
 * @returns for each kind the first place where the code does it
 */
export function findingsIn(code: string, shipped: Set<string>): Finding[] {
  const file = ts.createSourceFile("answer.ts", code, ts.ScriptTarget.Latest, true);
  const lines = code.split("\n");
  const found = new Map<string, Finding>();
  const visit = (node: ts.Node): void => {
    const start = node.getStart(file);
    const index = file.getLineAndCharacterOfPosition(start).line;
    if (!shipped.has(lines[index]!.trim())) {
      const feature = FEATURES.find((f) => f.matches(node));
      if (feature && !found.has(feature.kind)) {
        const { kind, rank, question, listenFor } = feature;
        const line = { line: index + 1, code: excerpt(lines[index]!.trim()) };
        found.set(kind, { kind, rank, ...line, question, listenFor });
      }
    }
    ts.forEachChild(node, visit);
  };
  visit(file);
  return [...found.values()];
}
