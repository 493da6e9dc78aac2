/**
 * Node as the host of a session of cells: scripts of this context, which Ctrl+C and Jupyter's stop
 * button end, files of the disk, the shown frames of an error, and what nbgrader reads.
 */
import { readFileSync, realpathSync, statSync } from "node:fs";
import { sep } from "node:path";
import { setImmediate } from "node:timers/promises";
import { inspect, types } from "node:util";
import vm from "node:vm";
import type { Checker, FileSystem, KernelHost, Output, Runtime } from "cells";
import type { CrashRecord } from "./lifecycle.js";
import { languageLib, loadCells, loadTslab, root } from "./modules.js";
import { findNotebook } from "./notebook.js";
import { requireFrom } from "./require.js";

/** Where a cell's output goes: any message of Jupyter's protocol can be published. */
export interface NodeOutput extends Output {
  publish(type: string, content: object): void;
}

/** @param folder the one from which cells import */
export function createNodeHost(
  folder: string,
  crashRecord: CrashRecord,
  checker: Checker,
): KernelHost<NodeOutput> {
  const link = loadCells().createLink();
  return {
    link,
    runtime: createRuntime(requireFrom(folder), link.untilStopped),
    findNotebook,
    inspect,
    isError: (value): value is Error => types.isNativeError(value) || value instanceof Error,
    formatFrame,
    isInterrupt: (thrown) =>
      (thrown as { code?: unknown } | null | undefined)?.code ===
      "ERR_SCRIPT_EXECUTION_INTERRUPTED",
    showValue(value, output, count) {
      if (!isScore(value)) return console.log(value);
      output.flush();
      output.publish("execute_result", scoreResult(value, count));
    },
    yieldToEventLoop: () => setImmediate(),
    onStart(count, output) {
      // for notebooks that import tslab's own display
      loadTslab("jupyter").lastWriteDisplayData = output.display;
      const { previousCrash } = crashRecord;
      if (count === 1 && previousCrash) output.write("stderr", `${previousCrash}\n`);
      crashRecord.cellStarted(count ?? 0);
    },
    checkTypes(cell, output) {
      try {
        const note = checker.add(cell)();
        if (note) output.display(note);
      } catch (e) {
        const { message } = e as Error;
        output.write("stderr", `TypeScript could not check this cell: ${message}\n`);
      }
    },
  };
}

const CALL = Symbol.for("course.call");
const caller = new vm.Script(`globalThis[Symbol.for("course.call")]()`, { filename: "node:call" });

/** @param untilStopped a promise that rejects when the student stops the cell */
function createRuntime(require: Runtime["require"], untilStopped: () => Promise<never>): Runtime {
  return {
    require,
    evaluate: (code, file) => new vm.Script(code, { filename: file }).runInThisContext() as unknown,
    call<T>(cell: () => T): T {
      const slot = globalThis as Record<symbol, unknown>;
      slot[CALL] = cell;
      try {
        return caller.runInThisContext({ breakOnSigint: true }) as T;
      } finally {
        slot[CALL] = undefined;
      }
    },
    wait: (cell) => Promise.race([cell, untilStopped()]),
  };
}

/** Frames of Node, of libraries and of what is compiled, which tell a student nothing. */
const HIDDEN_FRAME = /node_modules|node:|<anonymous>\)?$|[\\/]dist[\\/]/;

/** A frame as it is shown: without the course's folder; undefined for a hidden one. */
const formatFrame = (line: string) =>
  HIDDEN_FRAME.test(line) ? undefined : line.replace(root + sep, "");

const slashes = (path: string) => path.replaceAll("\\", "/");
const stat = (path: string) => statSync(path, { throwIfNoEntry: false });

/** A file can disappear at any moment: packages may be installed beside an open notebook. */
function orElse<T>(otherwise: T, read: () => T): T {
  try {
    return read();
  } catch {
    return otherwise;
  }
}

/** The disk, as `cells` reads types from it. */
export const diskFiles = (folder: string): FileSystem => ({
  folder: slashes(folder),
  lib: slashes(languageLib()),
  exists: (path) => orElse(false, () => stat(path)?.isFile() ?? false),
  isFolder: (path) => orElse(false, () => stat(path)?.isDirectory() ?? false),
  read: (path) => orElse<string | undefined>(undefined, () => readFileSync(path, "utf8")),
  version: (path) => orElse("", () => String(stat(path)?.mtimeMs)),
  realPath: (path) => orElse(path, () => slashes(realpathSync.native(path))),
});

/**
 * When nbgrader runs a notebook, it reads a cell's outputs: the first result that is a number is the
 * cell's points, and any text on stderr is a failure. So a number that a cell ends with becomes a
 * result, and text on stderr, such as a warning, goes to stdout.
 */
const isNbgrader = Boolean(process.env.NBGRADER_EXECUTION);

export const streamFor = <Name extends string>(name: Name): Name | "stdout" =>
  isNbgrader ? "stdout" : name;

/** Whether a cell's value is points for nbgrader. */
const isScore = (value: unknown) => isNbgrader && typeof value === "number";

/** The content of execute_result. */
const scoreResult = (value: unknown, count: number) => ({
  execution_count: count,
  data: { "text/plain": String(value) },
  metadata: {},
});
