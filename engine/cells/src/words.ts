/**
 * What a student reads when a cell goes wrong. Colors are a terminal's, as Jupyter's error messages
 * want them.
 */
import type { Fault } from "./compile";
import { SCOPE } from "./uses";

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

const MOST = 5;
/** TypeScript explains a type that does not fit down to its last member. */
const MOST_REASONS = 2;

/** A fault with its line of the cell and a mark under the place. */
function shown(fault: Fault, lines: readonly string[], mark = (text: string) => text): string[] {
  const { line, column, length, text } = fault;
  const source = lines[line - 1] ?? "";
  const [first, ...more] = text.split("\n");
  const width = Math.max(1, Math.min(length, source.length - column + 1));
  return [
    `line ${line}:${column}: ${first}`,
    ...more.slice(0, MOST_REASONS).map((explanation) => `  ${explanation}`),
    `  ${String(line).padStart(3)} | ${source}`,
    `      | ${" ".repeat(column - 1)}${mark("^".repeat(width))}`,
  ];
}

/** A cell that is not JavaScript. */
export function syntaxFailure(faults: readonly Fault[], source: string): Failure {
  const [first] = faults;
  const lines = source.split("\n");
  const traceback = faults.slice(0, MOST).flatMap((fault) => {
    const [head, ...rest] = shown(fault, lines, red);
    return [`${red("SyntaxError")}: ${head}`, ...rest];
  });
  return {
    ename: "SyntaxError",
    evalue: `line ${first!.line}:${first!.column}: ${first!.text}`,
    traceback,
  };
}

/** The note under a cell whose types don't match. @param threw whether an error follows it */
export function typeNote(faults: readonly Fault[], source: string, threw: boolean): string {
  const lines = source.split("\n");
  const told = faults.slice(0, MOST).flatMap((fault) => shown(fault, lines));
  const more = faults.length - MOST;
  return [
    threw
      ? "TypeScript also found types that don’t match:"
      : "The cell ran, but TypeScript found types that don’t match:",
    ...told,
    ...(more > 0 ? [`and ${more} more`] : []),
  ].join("\n");
}

/** TypeScript's words for a name that it does not know, and JavaScript's. */
const UNKNOWN = /^Cannot find name '([\w$]+)'\.|^([\w$]+) is not defined$/;

/** The name that a message says is missing. */
export function missingName(message: string): string | undefined {
  const found = UNKNOWN.exec(message);
  return found?.[1] ?? found?.[2];
}

/**
 * An engine's message in the names of the cell: `(0 , __scope.f) is not a function` → `f is not a
 * function`.
 */
export function inNamesOfTheCell(message: string): string {
  return message
    .replace(new RegExp(`\\(0 ?, ${SCOPE}\\.([\\w$]+)\\)`, "g"), "$1")
    .replaceAll(`${SCOPE}.`, "")
    .replace(CONSTANT, (_, name: string) => `${name} is a constant: it can’t be assigned again`);
}

/** What engines say of a property of the scope that is locked. */
const CONSTANT = /^Cannot assign to read only property '(.+)' of object '\[object Notebook\]'$/;

const UNWRITTEN = /not written yet: (\w+)/;

/**
 * What to do about an error, as a sentence that follows its message. @param where see notebook.ts
 */
export function advice(
  message: string,
  where: (name: string) => string | undefined,
): string | undefined {
  const unwritten = UNWRITTEN.exec(message)?.[1];
  if (unwritten) {
    return (
      `Write it in the cell that defines ${unwritten}, in place of the line that throws, and ` +
      "run that cell."
    );
  }
  const missing = missingName(message);
  return missing === undefined ? undefined : where(missing);
}

export interface Told {
  name: string;
  message: string;
  stack: string[];
}

/** @param causes the error and what caused it, each with the frames that help */
export function thrownFailure([error, ...causes]: Told[]): Failure {
  const told = ({ name, message, stack }: Told) => [`${red(name)}: ${message}`, ...stack];
  const { name, message } = error!;
  return {
    ename: name,
    evalue: message,
    traceback: [...told(error!), ...causes.flatMap((cause) => ["Caused by:", ...told(cause)])],
  };
}
