/** The list of cells, run by this package alone in the simplest machine there is. */
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
  createTypes,
  frames,
  inNamesOfTheCell,
  positionsOf,
  runCell,
  type Machine,
  type Position,
} from "./";

const stat = (path: string) => statSync(path, { throwIfNoEntry: false });
const types = () =>
  createTypes({
    folder: import.meta.dirname,
    lib: createRequire(import.meta.url).resolve("typescript/lib/lib.es2023.d.ts"),
    exists: (path) => stat(path)?.isFile() ?? false,
    isFolder: (path) => stat(path)?.isDirectory() ?? false,
    read: (path) => readFileSync(path, "utf8"),
    version: () => "1",
    realPath: (path) => realpathSync(path),
  });

const machine: Machine = {
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
    const outside = { isDefined: scope.has, isGlobal: (name: string) => name in globalThis };
    const cell = compileCell(code, outside);
    const stopped = "faults" in cell ? cell.faults : undefined;
    if (stopped) return { seen: { code, throws: stop(stopped[0]!) }, notes: () => [] };
    if (!("code" in cell)) throw new Error("neither faults nor code");
    const file = `cell-${++count}`;
    positions.set(file, positionsOf(cell));
    const { printed, outcome } = await printedBy(() => runCell(cell, file, scope, machine));
    if ("refused" in outcome) {
      return { seen: { code, throws: stop(cell.doubts[0]!) }, notes: () => [] };
    }
    const { lost = [], thrown } = "thrown" in outcome ? outcome : { thrown: undefined };
    const message = thrown === undefined ? {} : { thrown: (thrown as Error).message };
    const ran = { code, lost, names: scope.names(), isStopped: false, ...message };
    const noteOf = checker.add(ran);
    if ("value" in outcome && outcome.value != null) printed.push(text(outcome.value));
    const error = "thrown" in outcome ? told(outcome.thrown, (f) => positions.get(f)) : {};
    return { seen: { code, shows: printed.join("\n"), ...error }, notes: () => linesOf(noteOf()) };
  };
}

/** The lines of a note that name a place. */
function linesOf(note: object | undefined): string[] {
  const { data } = (note ?? { data: { "text/plain": "" } }) as { data: Record<string, string> };
  return data["text/plain"]!.split("\n").flatMap((line) => /^line (.*)/.exec(line)?.[1] ?? []);
}

const stop = ({ line, column, text }: { line: number; column: number; text: string }) =>
  `SyntaxError: line ${line}:${column}: ${text}`;
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

function told(thrown: unknown, find: Parameters<typeof frames>[1]): Partial<CellCase> {
  if (!(thrown instanceof Error)) return { throws: `Thrown: ${inspect(thrown)}` };
  return {
    throws: `${thrown.name}: ${inNamesOfTheCell(thrown.message)}`,
    at: frames(thrown.stack!, find, () => undefined).map(place),
  };
}

/** "    at fail (cell-4, line 4:9)" → "fail 4:9" */
const place = (frame: string) =>
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
  const ran = [];
  for (const { code } of cells) ran.push(await runLater(code));
  const found = ran.map(({ notes }) => notes());
  expect(found).toEqual(cells.map(parts));
});
