/**
 * What a run of a lesson decides: the checks of its claims and its inline results, as cells that are
 * put into the notebook for the run alone, and what these cells printed.
 *
 * In a claim, each expression is a check: a comparison (`a < b`, several joined by `&&`),
 * `near(value, expected, tolerance)`, or anything else that must be true; `void` before a call says
 * that it is none. Each line of comment above a check quotes a sentence; without any in the claim,
 * it checks the sentence above the fence.
 */
import { compiler, namesOf, parseSource } from "course/definition";
import type TypeScript from "typescript";
import { idsOf } from "../lesson/cellIds.js";
import type { Cell, ClaimCell, Lesson } from "../lesson/model.js";
import { quotesIn } from "./sentences.js";

/** A check, with what it compares. */
export interface Check {
  /** Line in lesson.md, from 1. */
  line: number;
  /** The words that the first comment above it quotes; empty without one. */
  quote: string;
  /** As written. */
  source: string;
  operator: string;
  left: string;
  /** Absent where the expression is no comparison. */
  right?: string;
  /** How far both sides may be apart, for `near`. */
  tolerance?: string;
}

/** A cell that runs after the notebook's cell of the id `after`; undefined at the start. */
export interface RunCell {
  id: string;
  code: string;
  after: string | undefined;
}

/** What a check printed. */
export interface CheckRecord {
  line: number;
  holds?: boolean;
  left?: string;
  right?: string;
  /** What evaluating it threw. */
  error?: string;
}
/** What an inline result printed; without a value where this run doesn't give it. */
interface ResultRecord {
  key: string;
  value?: number | string;
  error?: string;
}
export type RunRecord = CheckRecord | ResultRecord;

/** Cells that run for the claims have ids that begin so; an author's id has no underscore. */
const RUN_ID = "claims_";
export const isRunCell = (id: string): boolean => id.startsWith(RUN_ID);
/** A line that such a cell prints begins so. */
const MARK = "claims:";

/** Everything that must run besides the lesson's own cells, in order. */
export function runCells(lesson: Lesson): RunCell[] {
  if (lesson.claims.length + lesson.results.length === 0) return []; // loads no compiler
  const positions = new Map(lesson.cells.map((cell, i) => [cell, i]));
  const declared = declaredNames(lesson);
  const claims = lesson.claims.map((claim, i) => {
    const at = claim.after ? positions.get(claim.after)! : -1;
    return { at, id: `${RUN_ID}${i + 1}`, code: claimCode(claim, `claimRecords${i + 1}`) };
  });
  const results = lesson.results.map((result, i) => {
    const above = lesson.cells.findLastIndex((cell) => cell.line <= result.line);
    const at = Math.max(
      above,
      ...namesIn(result.expression).map((name) => declared.get(name) ?? -1),
    );
    const id = `${RUN_ID}result_${i + 1}`;
    return { at, id, code: resultCode(result.key, result.expression) };
  });
  return [...claims, ...results].map(({ at, id, code }) => ({
    id,
    code,
    after: at < 0 ? undefined : idsOf(lesson.cells[at]!).at(-1),
  }));
}

/** For each name that the lesson or a claim declares, the index of the cell after which it is there. */
function declaredNames({ cells, claims }: Lesson): Map<string, number> {
  const declared = new Map<string, number>();
  const declare = (code: string, at: number) => {
    for (const name of namesOfCode(code)) if (!declared.has(name)) declared.set(name, at);
  };
  cells.forEach((cell, i) => declare(codeOf(cell), i));
  for (const { code, after } of claims) declare(code, after ? cells.indexOf(after) : -1);
  return declared;
}

function codeOf(cell: Cell): string {
  if (cell.kind === "exercise") return cell.solution;
  return "code" in cell ? cell.code : "";
}

function namesOfCode(code: string): string[] {
  const ts = compiler();
  return parseSource(code).statements.flatMap((statement) => {
    if (!ts.isVariableStatement(statement)) return namesOf(statement);
    return statement.declarationList.declarations.flatMap(({ name }) => namesInPattern(name));
  });
}

/** The names that `a`, `[a, b]` or `{ a, b: [c] }` declares. */
function namesInPattern(name: TypeScript.BindingName): string[] {
  const ts = compiler();
  if (ts.isIdentifier(name)) return [name.text];
  return name.elements.flatMap((e) => (ts.isBindingElement(e) ? namesInPattern(e.name) : []));
}

/** All identifiers of an expression, except properties after a point. */
function namesIn(expression: string): string[] {
  const ts = compiler();
  const names: string[] = [];
  const visit = (node: TypeScript.Node): void => {
    const { parent } = node;
    const isProperty = parent && ts.isPropertyAccessExpression(parent) && parent.name === node;
    if (ts.isIdentifier(node) && !isProperty) names.push(node.text);
    ts.forEachChild(node, visit);
  };
  visit(parseSource(`(${expression});`));
  return names;
}

// Claims

/** The checks of a claim, and the statements between them. */
export function checksOf({ code, line }: ClaimCell): (Check[] | string)[] {
  const ts = compiler();
  const file = parseSource(code);
  return file.statements.map((statement) => {
    if (!ts.isExpressionStatement(statement) || ts.isVoidExpression(statement.expression)) {
      return statement.getFullText();
    }
    const start = statement.getStart();
    const above = code.slice(statement.pos, start);
    const at = line + 1 + file.getLineAndCharacterOfPosition(start).line;
    const about = { line: at, quote: quotesIn(above)[0] ?? "" };
    return comparisons(statement.expression).map((comparison) => ({ ...about, ...comparison }));
  });
}

/** `a < b && near(c, d, e)` as its two comparisons. */
function comparisons(node: TypeScript.Expression): Omit<Check, "line" | "quote">[] {
  const ts = compiler();
  const source = node.getText();
  if (ts.isParenthesizedExpression(node)) return comparisons(node.expression);
  if (ts.isCallExpression(node) && node.expression.getText() === "near") {
    const [left, right, tolerance] = node.arguments.map((argument) => argument.getText());
    if (left && right && tolerance) return [{ source, operator: "near", left, right, tolerance }];
  }
  if (!ts.isBinaryExpression(node)) return [{ source, operator: "true", left: source }];
  const operator = node.operatorToken.getText();
  if (operator === "&&") return [...comparisons(node.left), ...comparisons(node.right)];
  if (!/^(<|>|<=|>=|===|!==)$/.test(operator)) return [{ source, operator: "true", left: source }];
  return [{ source, operator, left: node.left.getText(), right: node.right.getText() }];
}

/** The claim's statements, with each check in a function that records what it compared. */
function claimCode(claim: ClaimCell, records: string): string {
  const statements = checksOf(claim).map((part) =>
    typeof part === "string" ? part : part.map((check) => recordOf(check, records)).join("\n"),
  );
  const body = statements.join("\n");
  return [
    `const ${records}: unknown[] = [];`,
    claim.when ? `if (${claim.when}) {\n${body}\n}` : body,
    `for (const record of ${records}) console.log("${MARK}" + JSON.stringify(record));`,
  ].join("\n");
}

/** Names in the generated code that no lesson uses: one may well have a `left` or a `value`. */
const [LEFT, RIGHT, VALUE] = ["claims_left", "claims_right", "claims_value"];

/** A condition on the values of both sides. */
function conditionOf({ operator, tolerance }: Check): string {
  if (operator === "near") return `Math.abs(${LEFT} - ${RIGHT}) <= (${tolerance})`;
  return operator === "true" ? `Boolean(${LEFT})` : `${LEFT} ${operator} ${RIGHT}`;
}

function recordOf(check: Check, records: string): string {
  const { line, left, right } = check;
  const both = right !== undefined;
  return `${records}.push(await (async () => {
  try {
    const ${LEFT} = (${left});
    ${both ? `const ${RIGHT} = (${right});` : ""}
    return {
      line: ${line},
      left: String(${LEFT}),
      ${both ? `right: String(${RIGHT}),` : ""}
      holds: ${conditionOf(check)},
    };
  } catch (error) {
    return { line: ${line}, error: String(error) };
  }
})());`;
}

function resultCode(key: string, expression: string): string {
  const name = JSON.stringify(key);
  return `console.log("${MARK}" + JSON.stringify(await (async () => {
  try {
    const ${VALUE} = (${expression}) as unknown;
    if (${VALUE} === undefined) return { key: ${name} };
    if (typeof ${VALUE} === "string" || Number.isFinite(${VALUE})) {
      return { key: ${name}, value: ${VALUE} };
    }
    return { key: ${name}, error: "gives " + String(${VALUE}) + ", not a number or a text" };
  } catch (error) {
    return { key: ${name}, error: String(error) };
  }
})()));`;
}

/** The records in a run cell's printed text. */
export function recordsIn(printed: string): RunRecord[] {
  return printed
    .split("\n")
    .filter((line) => line.startsWith(MARK))
    .map((line) => JSON.parse(line.slice(MARK.length)) as RunRecord);
}
