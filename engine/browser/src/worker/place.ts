/** A browser's worker as a place where cells run, see engine/cells/src/session.ts. */
import { createLink, type Output, type Place, type Ran } from "cells";
import { inspect } from "node-inspect-extracted";
import { requireModule } from "../node/modules";
import { setImmediate } from "../node/timers";
import { findNotebook, FOLDER } from "./notebooks";

export interface WorkerOutput extends Output {
  /** Has the cell's types checked, elsewhere. */
  check(cell: Ran): void;
}

/** Frames of libraries and of the engine tell a student nothing. */
const keep = () => undefined;

export function createPlace(): Place<WorkerOutput> {
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
    formatFrame: keep,
    isInterrupt: () => false,
    showValue: show,
    yieldToEventLoop: () => setImmediate(),
    checkTypes: (cell, output) => {
      output.check(cell);
    },
  };
}

/** Outside of every function, as a script. */
const evaluate = globalThis.eval as (code: string) => unknown;

/** A promise is shown with its value, which a browser tells later only. */
async function show(value: unknown, _output: Output): Promise<void> {
  if (!(value instanceof Promise)) return console.log(value);
  const pending = {};
  const state = await Promise.race([value, Promise.resolve(pending)]).then(
    (result: unknown) => (result === pending ? "<pending>" : inspect(result)),
    (reason: unknown) => `<rejected> ${inspect(reason)}`,
  );
  console.log(`Promise { ${state} }`);
}
