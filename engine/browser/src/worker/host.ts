/**
 * The worker as the host of a session of cells (engine/cells/src/session.ts): how cells run, where
 * `console` prints, and how unhandled errors are reported.
 */
import {
  createLink,
  type ExecutedCell,
  type KernelHost,
  type Output,
  type Session,
  type StreamName,
} from "cells";
import { format, inspect } from "node-inspect-extracted";
import { requireModule } from "../node/module";
import { setImmediate } from "../node/timers";
import { findNotebook, FOLDER } from "./files";

export interface WorkerOutput extends Output {
  /** Sends the cell to be checked by the types' worker. */
  checkTypes(cell: ExecutedCell): void;
}

/** Hides frames of libraries and of the engine, which do not help a student. */
const formatFrame = () => undefined;

export function createWorkerHost(): KernelHost<WorkerOutput> {
  const link = createLink();
  return {
    link,
    runtime: {
      evaluate: (code, file) => evaluate(`${code}\n//# sourceURL=${file}`),
      call: (cell) => cell(),
      wait: (cell) => Promise.race([cell, link.untilStopped()]),
      require: (id) => requireModule(id, `${FOLDER}/cell.js`),
    },
    findNotebook,
    inspect,
    isError: (value): value is Error => value instanceof Error,
    formatFrame,
    isInterrupt: () => false,
    showValue,
    yieldToEventLoop: () => setImmediate(),
    checkTypes: (cell, output) => {
      output.checkTypes(cell);
    },
  };
}

/** Evaluates code outside of every function, as a script. */
const evaluate = globalThis.eval as (code: string) => unknown;

/** Shows a promise with its value, which a browser gives only later. */
async function showValue(value: unknown, _output: Output): Promise<void> {
  if (!(value instanceof Promise)) return console.log(value);
  const pending = {};
  const state = await Promise.race([value, Promise.resolve(pending)]).then(
    (result: unknown) => (result === pending ? "<pending>" : inspect(result)),
    (reason: unknown) => `<rejected> ${inspect(reason)}`,
  );
  console.log(`Promise { ${state} }`);
}

const CONSOLE_STREAMS: Record<string, StreamName> = {
  log: "stdout",
  info: "stdout",
  debug: "stdout",
  warn: "stderr",
  error: "stderr",
  trace: "stderr",
};

/** Writes what cells print with `console` to the output of the cell. */
export function redirectConsole(write: (stream: StreamName, text: string) => void): void {
  for (const [method, stream] of Object.entries(CONSOLE_STREAMS)) {
    (console as unknown as Record<string, unknown>)[method] = (...values: unknown[]) => {
      write(stream, `${format(...values)}\n`);
    };
  }
  console.table = console.log;
  console.dir = (value: unknown) => {
    console.log(value);
  };
}

/** Reports unhandled errors in the output of the cell that ran last. */
export function reportUnhandledErrors(session: Pick<Session, "describe" | "output">): void {
  const reported = new WeakSet<object>();
  const report = (thrown: unknown) => {
    if (typeof thrown === "object" && thrown !== null) {
      if (reported.has(thrown)) return;
      reported.add(thrown);
    }
    const { traceback } = session.describe(thrown);
    session.output()?.write("stderr", `${traceback.join("\n")}\n`);
  };
  addEventListener("error", (event) => {
    event.preventDefault();
    report(event.error);
  });
  addEventListener("unhandledrejection", (event) => {
    event.preventDefault();
    report(event.reason);
  });
}
