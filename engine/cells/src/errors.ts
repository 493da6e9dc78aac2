/**
 * Formats what a student reads when a cell fails: from an error that was thrown, or from
 * TypeScript's diagnostics, to the content of a Jupyter `error` message. Colors are a terminal's,
 * as Jupyter expects them.
 */
import { decode, type SourceMapMappings } from "@jridgewell/sourcemap-codec";
import { firstLine, type CompiledCell, type Diagnostic } from "./compile";
import type { Definition } from "./notebook";
import { SCOPE } from "./transform";

/** The content of a Jupyter `error` message. */
export interface Failure {
  ename: string;
  evalue: string;
  traceback: string[];
}

const red = (text: string) => `\x1b[31m${text}\x1b[0m`;

export const INTERRUPTED: Failure = {
  ename: "Interrupted",
  evalue: "the cell was stopped",
  traceback: [`${red("Interrupted")}: the cell was stopped`],
};

const MAX_SHOWN_DIAGNOSTICS = 5;
/** TypeScript explains a type that does not fit down to its last member. */
const MAX_REASON_LINES = 2;

/** A diagnostic with its line of the cell and a mark under its position. */
function formatDiagnostic(
  { line, column, length, message }: Diagnostic,
  lines: readonly string[],
  mark = (text: string) => text,
): string[] {
  const source = lines[line - 1] ?? "";
  const [first, ...more] = message.split("\n");
  const width = Math.max(1, Math.min(length, source.length - column + 1));
  return [
    `line ${line}:${column}: ${first}`,
    ...more.slice(0, MAX_REASON_LINES).map((explanation) => `  ${explanation}`),
    `  ${String(line).padStart(3)} | ${source}`,
    `      | ${" ".repeat(column - 1)}${mark("^".repeat(width))}`,
  ];
}

/** A cell that is not JavaScript. */
export function syntaxFailure(diagnostics: readonly Diagnostic[], source: string): Failure {
  const [first] = diagnostics;
  const lines = source.split("\n");
  const traceback = diagnostics.slice(0, MAX_SHOWN_DIAGNOSTICS).flatMap((diagnostic) => {
    const [head, ...rest] = formatDiagnostic(diagnostic, lines, red);
    return [`${red("SyntaxError")}: ${head}`, ...rest];
  });
  return {
    ename: "SyntaxError",
    evalue: `line ${first!.line}:${first!.column}: ${first!.message}`,
    traceback,
  };
}

/** The note under a cell whose types don't match. @param threw whether an error follows it */
export function typeNote(
  diagnostics: readonly Diagnostic[],
  source: string,
  threw: boolean,
): string {
  const lines = source.split("\n");
  const formatted = diagnostics
    .slice(0, MAX_SHOWN_DIAGNOSTICS)
    .flatMap((diagnostic) => formatDiagnostic(diagnostic, lines));
  const more = diagnostics.length - MAX_SHOWN_DIAGNOSTICS;
  return [
    threw
      ? "TypeScript also found types that don't match:"
      : "The cell ran, but TypeScript found types that don't match:",
    ...formatted,
    ...(more > 0 ? [`and ${more} more`] : []),
  ].join("\n");
}

/** A note names this many things; of more, it says how many. */
const MAX_LISTED = 3;

/** "a", "a and b", "a, b, c and 4 more". */
export function enumerate(things: readonly string[]): string {
  const more = things.length - MAX_LISTED;
  const listed = more > 0 ? [...things.slice(0, MAX_LISTED), `${more} more`] : [...things];
  const last = listed.pop()!;
  return listed.length === 0 ? last : `${listed.join(", ")} and ${last}`;
}

/**
 * One sentence on missing names that cells of the notebook define: which cells to run, in order.
 * @returns undefined if there are none
 */
export function namesNote(missing: readonly (readonly [string, Definition])[]): string | undefined {
  if (missing.length === 0) return undefined;
  const cells = new Map(missing.map(([, { cell, location }]) => [cell, location]));
  const inOrder = [...cells].sort(([a], [b]) => a - b).map(([, location]) => location);
  const names = enumerate(missing.map(([name]) => name));
  const what = inOrder.length === 1 ? "the cell" : "the cells";
  return `TypeScript doesn't know ${names} yet: run ${what} ${enumerate(inOrder)}.`;
}

/** The messages of TypeScript and of JavaScript about a name that is not defined. */
const UNKNOWN_NAME = /^Cannot find name '([\w$]+)'\.|^([\w$]+) is not defined$/;

/** The missing name in a message of TypeScript or JavaScript. */
export function missingName(message: string): string | undefined {
  const found = UNKNOWN_NAME.exec(message);
  return found?.[1] ?? found?.[2];
}

/** Engines' messages about writing to a read-only property of the scope. */
const ASSIGNED_CONSTANT =
  /^Cannot assign to read only property '(.+)' of object '\[object Notebook\]'$/;

/** Pairs of messages, TypeScript's and an engine's, that say the same of one name. */
const SAME: readonly (readonly [type: RegExp, thrown: RegExp])[] = [
  [/^Property '([\w$]+)' does not exist on type [^]*[^?]$/, /\.([\w$]+)\)? is not a function$/],
  [/^Cannot assign to '([\w$]+)' because it is a constant/, ASSIGNED_CONSTANT],
];

/**
 * Whether a message of TypeScript says no more than the error that the cell threw; one that
 * suggests another name does.
 */
export const repeats = (message: string, thrown: string): boolean =>
  SAME.some(([type, error]) => {
    const name = type.exec(message)?.[1];
    return name !== undefined && name === error.exec(thrown)?.[1];
  });

/**
 * An engine's message without the rewriting of the cell: `(0 , __scope.f) is not a function` → `f
 * is not a function`.
 */
export function withoutScope(message: string): string {
  return message
    .replace(new RegExp(`\\(0 ?, ${SCOPE}\\.([\\w$]+)\\)`, "g"), "$1")
    .replaceAll(`${SCOPE}.`, "")
    .replace(
      ASSIGNED_CONSTANT,
      (_, name: string) => `${name} is a constant: it can't be assigned again`,
    );
}

/** Emscripten's message when WebAssembly ends, which happens when its memory is full. */
const ABORTED = /^Aborted\(.*-sASSERTIONS/;
const OUT_OF_MEMORY =
  "WebAssembly stopped, probably because its memory is full. Restart the kernel (Kernel → Restart), " +
  "and run the cells again with smaller inputs.";

/** An error's message as a student reads it. */
const readable = (message: string): string =>
  ABORTED.test(message) ? OUT_OF_MEMORY : withoutScope(message);

const NOT_WRITTEN_YET = /not written yet: (\w+)/;

/** TensorFlow.js on a tensor that was freed, often by a later cell that ran before. */
const DISPOSED = /^Tensor is disposed\.?$/;

/**
 * What to do about an error, as a sentence that follows its message. @param where see notebook.ts
 */
export function advice(
  message: string,
  where: (name: string) => string | undefined,
): string | undefined {
  const unwritten = NOT_WRITTEN_YET.exec(message)?.[1];
  if (unwritten) {
    return (
      `Write it in the cell that defines ${unwritten}, in place of the line that throws, and ` +
      "run that cell."
    );
  }
  if (DISPOSED.test(message)) {
    return "Another cell, or this one, has freed it: run the cells that make it again.";
  }
  const missing = missingName(message);
  return missing === undefined ? undefined : where(missing);
}

export interface ErrorDescription {
  name: string;
  message: string;
  stack: string[];
}

/** @param causes what caused the error; each has only the frames that help a student */
export function thrownFailure([error, ...causes]: ErrorDescription[]): Failure {
  const format = ({ name, message, stack }: ErrorDescription) => [
    `${red(name)}: ${message}`,
    ...stack,
  ];
  const { name, message } = error!;
  return {
    ename: name,
    evalue: message,
    traceback: [...format(error!), ...causes.flatMap((cause) => ["Caused by:", ...format(cause)])],
  };
}

/** Line and column, counted from 1. */
export interface Position {
  line: number;
  column: number;
}

/** Maps positions in the code of one compiled cell back to positions in the cell. */
export function positionsOf({ map }: CompiledCell): (at: Position) => Position | undefined {
  let lines: SourceMapMappings | undefined;
  return ({ line, column }) => {
    lines ??= decode((JSON.parse(map) as { mappings: string }).mappings);
    const segments = lines[line - firstLine] ?? [];
    const nearest = segments.findLast(([from]) => from <= column - 1) ?? segments[0];
    if (nearest?.length !== 4 && nearest?.length !== 5) return undefined;
    return { line: nearest[2] + 1, column: nearest[3] + 1 };
  };
}

/** How an engine writes a frame of a cell, or of code without a number. */
const CELL_FRAME = /((?:cell|aside)-\d+):(\d+):(\d+)/;

/**
 * The frames of a stack that help a student: cells in their own lines, and what
 * `formatFrame` makes of the others.
 * @param positions the positions of a cell by its file
 */
export function frames(
  stack: string,
  positions: (file: string) => ((at: Position) => Position | undefined) | undefined,
  formatFrame: (line: string) => string | undefined,
): string[] {
  const out: string[] = [];
  for (const line of stack.split("\n").filter((l) => /^\s+at /.test(l))) {
    const at = CELL_FRAME.exec(line);
    const frame = at ? cellFrame(line, at, positions(at[1]!)) : formatFrame(line);
    if (frame !== undefined) out.push(frame);
  }
  return out;
}

/** A line of a cell, as the student wrote it. */
export interface CellLine {
  /** From 1 on. */
  line: number;
  text: string;
}

/**
 * The line of a cell that a stack begins in, whatever libraries it called; undefined if it is in no
 * cell.
 * @param cellOf the text of a cell and its positions, by its file
 */
export function cellLine(
  stack: string,
  cellOf: (
    file: string,
  ) => { code: string; toCell: (at: Position) => Position | undefined } | undefined,
): CellLine | undefined {
  for (const frame of stack.split("\n")) {
    const at = CELL_FRAME.exec(frame);
    const cell = at ? cellOf(at[1]!) : undefined;
    const position = cell?.toCell({ line: Number(at![2]), column: Number(at![3]) });
    const text = position && cell!.code.split("\n")[position.line - 1];
    if (text !== undefined) return { line: position!.line, text: text.trim() };
  }
  return undefined;
}

function cellFrame(
  line: string,
  at: RegExpExecArray,
  toCell: ReturnType<typeof positionsOf> | undefined,
) {
  const position = toCell?.({ line: Number(at[2]), column: Number(at[3]) });
  if (!position) return undefined;
  const name = /at (?:async )?(?:Object\.)?(.+?) \(/.exec(line)?.[1];
  const where = `${at[1]}, line ${position.line}:${position.column}`;
  const isNamed = name !== undefined && name !== "<anonymous>" && name !== "eval";
  return isNamed ? `    at ${name} (${where})` : `    at ${where}`;
}

interface DescribeOptions {
  inspect(value: unknown): string;
  isError(value: unknown): value is Error;
  /** How a frame outside of cells is shown; undefined for one that does not help a student. */
  formatFrame(line: string): string | undefined;
  /** The positions of a cell by the name of its file. */
  positionsOf(file: string): ((at: Position) => Position | undefined) | undefined;
  /** Which cell to run for a name. */
  whereDefined(name: string): string | undefined;
}

export function describeThrown(
  thrown: unknown,
  { inspect, isError, formatFrame, positionsOf: positions, whereDefined }: DescribeOptions,
): Failure {
  const describe = (error: unknown): ErrorDescription => {
    if (!isError(error)) return { name: "Thrown", message: inspect(error), stack: [] };
    const message = readable(String(error.message));
    const todo = advice(message, whereDefined);
    return {
      name: error.name,
      message: todo === undefined ? message : `${message.replace(/\.$/, "")}. ${todo}`,
      stack: frames(String(error.stack), positions, formatFrame),
    };
  };
  const causes = isError(thrown) && thrown.cause !== undefined ? [describe(thrown.cause)] : [];
  return thrownFailure([describe(thrown), ...causes]);
}

/** An error in one sentence, with its position in the notebook. */
export function sentenceOf({ ename, evalue, traceback }: Failure): string {
  const place = /cell-(\d+), line (\d+)/.exec(traceback.slice(1).join("\n"));
  const message = evalue.split("\n")[0] || ename;
  return place ? `${message} (cell [${place[1]}], line ${place[2]})` : message;
}
