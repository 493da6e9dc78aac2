/** Mutants of a solution made by machine: its source with one small change each. */
import ts from "typescript";
import { normalizeLayout, matchesOnce } from "../exercise/edits";
import { answerOf } from "./answer";
import { changesOf } from "./changes";

export interface MadeMutant {
  /** Of the change, counted from 1. */
  line: number;
  /** The whole file with the change. */
  source: string;
  /** The lines that the change touches, before and after, as an edit that matches once. */
  edit: [from: string, to: string];
}

/** Lines as an edit has them, without a comment at their end or a comma that a formatter adds. */
const piece = (lines: string) =>
  lines
    .trim()
    .replace(/\s*\/\/ [^"'`\n]*$/, "")
    .replace(/,$/, "");

/** The lines around a range, more of them until their text stands only once in the source. */
function linesAround(source: string, start: number, end: number): [from: number, to: number] {
  let from = source.lastIndexOf("\n", start - 1) + 1;
  const next = source.indexOf("\n", end);
  const to = next < 0 ? source.length : next;
  while (from > 0 && !matchesOnce(source, piece(source.slice(from, to)))) {
    from = source.lastIndexOf("\n", from - 2) + 1;
  }
  return [from, to];
}

/** A replacement keeps the place that its node has in the expression around it. */
function inBrackets(node: ts.Node, to: string): string {
  const { parent } = node;
  const isOperand =
    ts.isBinaryExpression(parent) ||
    ts.isPrefixUnaryExpression(parent) ||
    ts.isPropertyAccessExpression(parent) ||
    ts.isElementAccessExpression(parent) ||
    ts.isNonNullExpression(parent) ||
    ts.isConditionalExpression(parent);
  const isWhole = /^[\w.$]+(\([^()]*\))?$/.test(to) || !ts.isExpression(node);
  return isOperand && !isWhole ? `(${to})` : to;
}

/** All mutants of a function's file, in its order, without two of the same text. */
export function makeMutants(source: string, name: string): MadeMutant[] {
  const file = ts.createSourceFile(`${name}.ts`, source, ts.ScriptTarget.ES2022, true);
  const made = new Map<string, MadeMutant>();
  const original = normalizeLayout(source);
  for (const [node, to] of answerOf(file, name).flatMap(changesOf)) {
    if (to === node.getText(file)) continue;
    const start = node.getStart(file);
    const text = inBrackets(node, to);
    const mutated = source.slice(0, start) + text + source.slice(node.end);
    const key = normalizeLayout(mutated);
    if (key === original || made.has(key)) continue;
    const [from, end] = linesAround(source, start, node.end);
    const edit: [string, string] = [
      piece(source.slice(from, end)),
      piece(source.slice(from, start) + text + source.slice(node.end, end)),
    ];
    const line = file.getLineAndCharacterOfPosition(start).line + 1;
    made.set(key, { line, source: mutated, edit });
  }
  return [...made.values()];
}
