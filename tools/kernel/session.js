/** What a kernel does with cells: compile, run, show the value, say what is wrong. */
import { setImmediate } from "node:timers/promises";
import { describeThrown, isInterrupt } from "./errors.js";
import { diskFiles } from "./files.js";
import { newSignal, openHost, untilStopped, wasInterrupted } from "./host.js";
import { createMachine } from "./machine.js";
import { cellsModule, tslab } from "./modules.js";
import { findNotebook, firstImports } from "./notebook.js";
import { showTypeNote } from "./note.js";
import { requireFrom } from "./require.js";

const READS_AHEAD_AFTER_MS = 300;

/** @param diary where the kernel writes what it is doing, see diary.js */
export function createSession(diary) {
  const {
    compileCell,
    completenessOf,
    createScope,
    createTypes,
    INTERRUPTED,
    positionsOf,
    runCell,
  } = cellsModule();
  const folder = process.cwd();
  const scope = createScope();
  const types = createTypes(diskFiles(folder));
  const require = requireFrom(folder);
  const machine = createMachine(require, untilStopped);
  const outside = { isDefined: scope.has, isGlobal: (name) => name in globalThis };
  const positions = new Map(); // cell-3 → its positions
  const sources = []; // of all cells that were sent
  let count = 0;
  let output;
  let readingAhead;

  globalThis.require = require;
  Error.stackTraceLimit = 50; // the cell's own line comes after many of tfjs
  openHost((content, update) => output?.display(content, update));
  takeOutput(() => output);

  /** Which cell to run for a name; asked for only when one is missing. */
  const where = (name) => {
    const cells = findNotebook(sources);
    return cells && cellsModule().whereToRun(name, cells, sources.at(-1));
  };
  const describe = (thrown) => describeThrown(thrown, (file) => positions.get(file), where);
  reportStrays((thrown) => output?.write("stderr", `${describe(thrown).traceback.join("\n")}\n`));

  async function run(code) {
    const cell = compileCell(code, outside);
    if (cell.faults) return { failure: cellsModule().syntaxFailure(cell.faults, code) };
    const file = `cell-${count}`;
    positions.set(file, positionsOf(cell));
    const outcome = await runCell(cell, file, scope, machine);
    if ("refused" in outcome) return { failure: refusal(outcome.refused, cell, code) };
    const { value } = outcome;
    if (value !== undefined && value !== null) console.log(value);
    output.flush();
    await setImmediate(); // results are seen, and lost promises told, before the types take their time
    const isStopped = isInterrupt(outcome.thrown) || ("thrown" in outcome && wasInterrupted());
    checkTypes(code, outcome, isStopped);
    if (isStopped) return { failure: INTERRUPTED };
    return "thrown" in outcome ? { failure: describe(outcome.thrown) } : {};
  }

  function checkTypes(code, { thrown, lost = [] }, isStopped) {
    const faults = types.add(code);
    types.forget(lost);
    if (!isStopped) showTypeNote(faults, code, { scope, where, output, thrown });
  }

  return {
    async execute(code, to) {
      clearTimeout(readingAhead);
      output = to;
      tslab("jupyter").lastWriteDisplayData = to.display; // for those who import tslab's own display
      newSignal();
      sources.push(code);
      to.started(code, ++count);
      if (count === 1 && diary.last) to.write("stderr", `${diary.last}\n`);
      diary.starts(count);
      const { failure } = await run(code);
      diary.ends();
      return { count, failure };
    },
    greeted() {
      clearTimeout(readingAhead);
      readingAhead = setTimeout(() => types.warmUp(firstImports()), READS_AHEAD_AFTER_MS);
    },
    completeness: completenessOf,
    complete: types.complete,
    explain: types.explain,
    ended: diary.close,
  };
}

/** A session where no cell can run, and each says why. */
export function refusingSession(reason, diary) {
  let count = 0;
  const evalue = reason.message;
  const failure = { ename: reason.name, evalue, traceback: [`${reason.name}: ${evalue}`] };
  return {
    execute(code, output) {
      output.started(code, ++count);
      return Promise.resolve({ count, failure });
    },
    greeted: () => undefined,
    completeness: () => ({ status: "complete" }),
    complete: (_, position) => ({ start: position, end: position, names: [] }),
    explain: () => undefined,
    ended: diary.close,
  };
}

/** The engine does not take a cell for JavaScript; TypeScript mostly knows where and why. */
function refusal(error, { doubts }, code) {
  const { syntaxFailure } = cellsModule();
  if (doubts.length > 0) return syntaxFailure(doubts, code);
  const evalue = error.message;
  return { ename: "SyntaxError", evalue, traceback: [`SyntaxError: ${evalue}`] };
}

/** What anything in this process prints goes to the cell that runs, or ran last. */
function takeOutput(current) {
  const decoder = new TextDecoder();
  for (const name of ["stdout", "stderr"]) {
    const stream = process[name];
    const before = stream.write.bind(stream);
    stream.write = (chunk, ...rest) => {
      const output = current();
      if (!output) return before(chunk, ...rest);
      output.write(name, typeof chunk === "string" ? chunk : decoder.decode(chunk));
      rest.find((argument) => typeof argument === "function")?.();
      return true;
    };
  }
}

/**
 * What nobody catches must not end the kernel: it is told where the last cell's output is. Other listeners are taken away:
 * tfjs's WASM module has some that throw again, which ends the process.
 */
function reportStrays(tell) {
  const told = new WeakSet();
  const once = (thrown) => {
    if (Object(thrown) === thrown && told.has(thrown)) return;
    if (Object(thrown) === thrown) told.add(thrown);
    tell(thrown);
  };
  process.removeAllListeners("uncaughtException").removeAllListeners("unhandledRejection");
  process.setUncaughtExceptionCaptureCallback(once);
  process.on("unhandledRejection", once);
}
