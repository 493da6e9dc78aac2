/**
 * Which code a notebook shows folded, so that a student first reads text, picture and exercise:
 * imports, cells that draw, and what an exercise's stub checks before the student's part.
 */
import type { CheckLines, Fold } from "grader/files";
import type TypeScript from "typescript";
import { compiler, parseSource } from "course/definition";
import type { CodeCell } from "./model.js";

const DRAWS = /^\s*(?:show|await control)\(/m;
const TRAINS = /\bsteps\(/;

/**
 * How a cell folds. Without a word from the author, setup cells do, and cells that show a figure
 * and train nothing.
 * @param asked the author's `fold=`
 */
export function foldOf(
  role: CodeCell["role"],
  code: string,
  asked: "yes" | "no" | undefined,
): Fold | undefined {
  if (asked === "no") return undefined;
  if (role === "setup") return "setup";
  const draws = DRAWS.test(code);
  if (draws && (asked === "yes" || !TRAINS.test(code))) return "draws";
  return asked === "yes" ? "prepares" : undefined;
}

/** A fold hides at least so many lines. */
const LEAST = 2;

/**
 * The lines of a stub that check arguments: statements of a body that only throw or only call, and
 * the bodies of helpers that throw. What gives the student a name stays.
 */
export function checksOf(stub: string): CheckLines[] {
  const file = parseSource(stub);
  const lines = stub.split("\n");
  const lineAt = (position: number) => file.getLineAndCharacterOfPosition(position).line;
  const found: [from: number, to: number][] = [];
  for (const node of checkNodes(file)) {
    const [from, to] = [lineAt(node.getStart()), lineAt(node.end)];
    const last = found.at(-1);
    if (last && from <= last[1] + 1) last[1] = to;
    else found.push([from, to]);
  }
  return found
    .filter(([from, to]) => to - from + 1 >= LEAST)
    .map(([from, to]) => ({ first: lines[from]!, last: lines[to]!, lines: to - from + 1 }));
}

const MISSING = "not written yet";

function checkNodes(file: TypeScript.SourceFile): TypeScript.Node[] {
  const ts = compiler();
  return file.statements.flatMap((s): TypeScript.Node[] => {
    if (!ts.isFunctionDeclaration(s) || !s.body) return [];
    const text = s.body.getText();
    if (text.includes(MISSING)) return s.body.statements.filter(isCheck);
    return text.includes("throw ") ? [...s.body.statements] : [];
  });
}

/** A call whose result nobody takes, or a condition that throws. */
function isCheck(s: TypeScript.Statement): boolean {
  const ts = compiler();
  if (ts.isExpressionStatement(s)) return ts.isCallExpression(s.expression);
  if (!ts.isIfStatement(s) || s.elseStatement) return false;
  const then = ts.isBlock(s.thenStatement) ? s.thenStatement.statements.at(-1) : s.thenStatement;
  return then !== undefined && ts.isThrowStatement(then);
}
