/** The list of cells, run by this package alone in the simplest runtime there is. */
import { readFileSync, realpathSync, statSync } from "node:fs";
import { createRequire } from "node:module";
import vm from "node:vm";
import { inspect } from "node:util";
import { expect, test } from "vitest";
import { notebookCases, type CellCase } from "./cases.testing";
import {
  compileCell,
  createChecker,
  createScope,
  createTypeService,
  frames,
  withoutScope,
  positionsOf,
  runCell,
  type Diagnostic,
  type Runtime,
  type Position,
} from "./";

const stat = (path: string) => statSync(path, { throwIfNoEntry: false });
const types = () =>
  createTypeService({
    folder: import.meta.dirname,
    lib: createRequire(import.meta.url).resolve("typescript/lib/lib.es2023.d.ts"),
    exists: (path) => stat(path)?.isFile() ?? false,
    isFolder: (path) => stat(path)?.isDirectory() ?? false,
    read: (path) => readFileSync(path, "utf8"),
    version: () => "1",
    realPath: (path) => realpathSync(path),
  });

const runtime: Runtime = {
  evaluate: (code, file) => new vm.Script(code, { filename: file }).runInThisContext() as unknown,
  call: (cell) => cell(),
  wait: (cell) => cell,
  require: () => ({}),
};

/** A kernel in a few lines. Types are checked when the caller asks for the notes. */
function kernel() {
  const scope = createScope();
  const source = { types: types(), firstImports: () => "", findNotebook: () => undefined };
  const checker = createChecker(source);
  const positions = new Map<string, (at: Position) => Position | undefined>();
  let count = 0;
  return async (code: string): Promise<{ seen: CellCase; notes(): string[] }> => {
    const outerNames = { isDefined: scope.has, isGlobal: (name: string) => name in globalThis };
    const cell = compileCell(code, outerNames);
    if ("diagnostics" in cell) {
      return { seen: { code, throws: syntaxError(cell.diagnostics[0]!) }, notes: () => [] };
    }
    const file = `cell-${++count}`;
    positions.set(file, positionsOf(cell));
    const { printed, outcome } = await printedBy(() => runCell(cell, file, scope, runtime));
    if ("syntaxError" in outcome) {
      return { seen: { code, throws: syntaxError(cell.grammarDiagnostics[0]!) }, notes: () => [] };
    }
    const { unassigned = [], thrown } = "thrown" in outcome ? outcome : { thrown: undefined };
    const message = thrown === undefined ? {} : { errorMessage: (thrown as Error).message };
    const executed = { code, unassigned, definedNames: scope.names(), isStopped: false };
    const noteOf = checker.add({ ...executed, ...message });
    if ("value" in outcome && outcome.value != null) printed.push(text(outcome.value));
    const error = "thrown" in outcome ? describe(outcome.thrown, (f) => positions.get(f)) : {};
    return { seen: { code, shows: printed.join("\n"), ...error }, notes: () => linesOf(noteOf()) };
  };
}

/** The lines of a note that name a position. */
function linesOf(note: object | undefined): string[] {
  const { data } = (note ?? { data: { "text/plain": "" } }) as { data: Record<string, string> };
  return data["text/plain"]!.split("\n").flatMap((line) => /^line (.*)/.exec(line)?.[1] ?? []);
}

const syntaxError = ({ line, column, message }: Diagnostic) =>
  `SyntaxError: line ${line}:${column}: ${message}`;
const text = (value: unknown) => (typeof value === "string" ? value : inspect(value));

async function printedBy<T>(run: () => Promise<T>): Promise<{ printed: string[]; outcome: T }> {
  const printed: string[] = [];
  const { log } = console;
  console.log = (...values: unknown[]) => void printed.push(values.map(text).join(" "));
  try {
    return { outcome: await run(), printed };
  } finally {
    console.log = log;
  }
}

function describe(thrown: unknown, find: Parameters<typeof frames>[1]): Partial<CellCase> {
  if (!(thrown instanceof Error)) return { throws: `Thrown: ${inspect(thrown)}` };
  return {
    throws: `${thrown.name}: ${withoutScope(thrown.message)}`,
    at: frames(thrown.stack!, find, () => undefined).map(formatPosition),
  };
}

/** "    at fail (cell-4, line 4:9)" → "fail 4:9" */
const formatPosition = (frame: string) =>
  frame.replace(/^ *at (?:(\S+) \()?cell-\d+, line ([\d:]+)\)?$/, (_, name, at) =>
    [name, at].filter(Boolean).join(" "),
  );

const run = kernel();

function expectSeen(seen: CellCase, { code, shows = "", throws, at }: CellCase): void {
  expect({ code, shows: seen.shows ?? "", throws: seen.throws }).toEqual({ code, shows, throws });
  if (at) expect(seen.at).toEqual(at);
}
const parts = ({ notes = [] }: CellCase) =>
  notes.map((part) => expect.stringContaining(part) as string);

test.each(notebookCases)("$title", async ({ cells }) => {
  for (const cell of cells) {
    const { seen, notes } = await run(cell.code);
    expectSeen(seen, cell);
    expect(notes()).toEqual(parts(cell));
  }
});

const runLater = kernel();

test.each(notebookCases)("$title, and types are checked after the last cell", async ({ cells }) => {
  const results = [];
  for (const { code } of cells) results.push(await runLater(code));
  const found = results.map(({ notes }) => notes());
  expect(found).toEqual(cells.map(parts));
});
