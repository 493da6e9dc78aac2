/** The list of cells, run by this package alone in the simplest machine there is. */
import { readFileSync, realpathSync, statSync } from "node:fs";
import { createRequire } from "node:module";
import vm from "node:vm";
import { inspect } from "node:util";
import { expect, test } from "vitest";
import { notebookCases, type CellCase } from "./cases.testing";
import {
  compileCell,
  createScope,
  createTypes,
  frames,
  inNamesOfTheCell,
  missingName,
  positionsOf,
  runCell,
  type Machine,
  type Position,
} from "./index";

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

/** A kernel in a few lines. */
function kernel() {
  const scope = createScope();
  const known = types();
  const positions = new Map<string, (at: Position) => Position | undefined>();
  let count = 0;
  return async (code: string): Promise<CellCase> => {
    const outside = { isDefined: scope.has, isGlobal: (name: string) => name in globalThis };
    const cell = compileCell(code, outside);
    const stopped = "faults" in cell ? cell.faults : undefined;
    if (stopped) return { code, throws: stop(stopped[0]!) };
    if (!("code" in cell)) throw new Error("neither faults nor code");
    const file = `cell-${++count}`;
    positions.set(file, positionsOf(cell));
    const { printed, outcome } = await printedBy(() => runCell(cell, file, scope, machine));
    if ("refused" in outcome) return { code, throws: stop(cell.doubts[0]!) };
    const faults = known.add(code);
    if ("thrown" in outcome) known.forget(outcome.lost);
    else if (outcome.value != null) printed.push(text(outcome.value));
    const error = "thrown" in outcome ? told(outcome.thrown, (f) => positions.get(f)) : {};
    const notes = faults
      .filter((fault) => !scope.has(missingName(fault.text) ?? ""))
      .filter((fault) => !error.throws?.includes(`${missingName(fault.text)} is not defined`))
      .map((fault) => `${fault.line}:${fault.column}: ${fault.text}`);
    return { code, shows: printed.join("\n"), notes, ...error };
  };
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

test.each(notebookCases)("$title", async ({ cells }) => {
  for (const { code, shows = "", throws, at, notes = [] } of cells) {
    const result = await run(code);
    expect({ code, shows: result.shows ?? "", throws: result.throws }).toEqual({
      code,
      shows,
      throws,
    });
    if (at) expect(result.at).toEqual(at);
    expect(result.notes ?? []).toEqual(notes.map((part) => expect.stringContaining(part)));
  }
});
