/** Mutants of a solution made by machine: its source with one small change each. */
import { existsSync } from "node:fs";
import { join } from "node:path";
import ts from "typescript";
import type { Content } from "../exercise/content";
import { normalizeLayout, matchesOnce } from "../exercise/edits";
import { readSource } from "../files/source";
import { answerOf, functionOf, written } from "./answer";
import { changesOf } from "./changes";
import { entryStatements, importedFiles } from "./entry";

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

/** A range of the source, and what takes its place. */
type Edit = [start: number, end: number, text: string];

const parse = (source: string, name: string) =>
  ts.createSourceFile(`${name}.ts`, source, ts.ScriptTarget.ES2022, true);

function editsOf(file: ts.SourceFile, name: string, types: ts.SourceFile[]): Edit[] {
  const changes = answerOf(file, name)
    .flatMap(changesOf)
    .filter(([node, to]) => to !== node.getText(file))
    .map(([node, to]): Edit => [node.getStart(file), node.end, inBrackets(node, to)]);
  const f = functionOf(file, name);
  const start = f && written(f, file)[0]?.getStart(file);
  if (start === undefined) return changes;
  const entries = entryStatements(f!, start, [file, ...types]);
  return [...changes, ...entries.map((text): Edit => [start, start, `${text} `])];
}

/**
 * All mutants of a function's file, without two of the same text.
 * @param types files that declare the types of its signature
 */
export function makeMutants(source: string, name: string, types: string[] = []): MadeMutant[] {
  const file = parse(source, name);
  const made = new Map<string, MadeMutant>();
  const original = normalizeLayout(source);
  const typeFiles = types.map((text) => parse(text, "types"));
  for (const [start, nodeEnd, text] of editsOf(file, name, typeFiles)) {
    const mutated = source.slice(0, start) + text + source.slice(nodeEnd);
    const key = normalizeLayout(mutated);
    if (key === original || made.has(key)) continue;
    const [from, end] = linesAround(source, start, nodeEnd);
    const edit: [string, string] = [
      piece(source.slice(from, end)),
      piece(source.slice(from, start) + text + source.slice(nodeEnd, end)),
    ];
    const line = file.getLineAndCharacterOfPosition(start).line + 1;
    made.set(key, { line, source: mutated, edit });
  }
  return [...made.values()];
}

/** All mutants of an exercise's solution. */
export function mutantsOf({ name, source: path }: Pick<Content, "name" | "source">): MadeMutant[] {
  const source = readSource(path);
  const types = importedFiles(parse(source, name))
    .map((imported) => join(path, "..", `${imported}.ts`))
    .filter((file) => existsSync(file));
  return makeMutants(source, name, types.map(readSource));
}
