/** What a kernel does with cells: compile, run, show the value, say what is wrong. */
import { setImmediate } from "node:timers/promises";
import { describeThrown, isInterrupt } from "./errors.js";
import { diskFiles } from "./files.js";
import { beforeEnd, newSignal, openHost, targetOf, untilStopped, wasInterrupted } from "./host.js";
import { createMachine } from "./machine.js";
import { cellsModule, tslab } from "./modules.js";
import { isScore, scoreResult } from "./nbgrader.js";
import { findNotebook, firstImports } from "./notebook.js";
import { showTypeNote } from "./note.js";
import { requireFrom } from "./require.js";

const READS_AHEAD_AFTER_MS = 300;

/**
 * @param diary where the kernel writes what it is doing, see diary.js
 * @param folder the notebook's
 */
export function createSession(diary, folder) {
  const kernel = createKernel(process.cwd());
  const { types } = kernel;
  let readingAhead;

  globalThis.require = kernel.machine.require;
  Error.stackTraceLimit = 50; // the cell's own line comes after many of tfjs
  openHost((content, update) => kernel.output?.display(content, update), folder);
  takeOutput(() => kernel.output);
  reportStrays((thrown) => {
    const { traceback } = describe(kernel, thrown);
    kernel.output?.write("stderr", `${traceback.join("\n")}\n`);
  });

  return {
    async execute(code, output) {
      clearTimeout(readingAhead);
      begin(kernel, code, output, diary);
      // whatever goes wrong in here, the cell ends and the next one runs
      const { failure } = await run(kernel, code).catch((e) => ({ failure: describe(kernel, e) }));
      diary.ends();
      return { count: kernel.count, failure };
    },
    greeted() {
      clearTimeout(readingAhead);
      readingAhead = setTimeout(() => types.warmUp(firstImports()), READS_AHEAD_AFTER_MS);
    },
    comms: cellsModule().createComms((name) => answering(kernel, targetOf(name))),
    completeness: cellsModule().completenessOf,
    complete(code, position) {
      const before = importsBefore(kernel);
      const { start, end, names } = types.complete(before + code, before.length + position);
      return { start: start - before.length, end: end - before.length, names };
    },
    explain(code, position) {
      const before = importsBefore(kernel);
      return types.explain(before + code, before.length + position);
    },
    ended: diary.close,
  };
}

/** Until a cell has run, names are known as if the notebook's imports had. */
const importsBefore = ({ count }) => (count === 0 ? `${firstImports()}\n` : "");

function createKernel(folder) {
  const { createScope, createTypes } = cellsModule();
  return {
    scope: createScope(),
    types: createTypes(diskFiles(folder)),
    machine: createMachine(requireFrom(folder), untilStopped),
    /** cell-3 → its positions */
    positions: new Map(),
    /** Of all cells that were sent. */
    sources: [],
    count: 0,
    /** Of the cell that runs, or ran last. */
    output: undefined,
  };
}

function begin(kernel, code, output, diary) {
  kernel.output = output;
  kernel.sources.push(code);
  const count = ++kernel.count;
  // for those who import tslab's own display
  tslab("jupyter").lastWriteDisplayData = output.display;
  newSignal();
  output.started(code, count);
  if (count === 1 && diary.last) output.write("stderr", `${diary.last}\n`);
  diary.starts(count);
}

async function run(kernel, code) {
  const { compileCell, INTERRUPTED, positionsOf, runCell, syntaxFailure } = cellsModule();
  const { scope, output, machine } = kernel;
  const isGlobal = (name) => name in globalThis;
  const cell = compileCell(code, { isDefined: scope.has, isGlobal });
  if (cell.faults) return { failure: syntaxFailure(cell.faults, code) };
  const file = `cell-${kernel.count}`;
  kernel.positions.set(file, positionsOf(cell));
  const outcome = await runCell(cell, file, scope, machine);
  if ("refused" in outcome) return { failure: refusal(outcome.refused, cell, code) };
  beforeEnd();
  const { value } = outcome;
  if (value !== undefined && value !== null && !isScore(value)) console.log(value);
  output.flush();
  if (isScore(value)) output.publish("execute_result", scoreResult(value, kernel.count));
  // results are seen, and lost promises told, before the types take their time
  await setImmediate();
  const isStopped = isInterrupt(outcome.thrown) || ("thrown" in outcome && wasInterrupted());
  checkTypes(kernel, code, outcome, isStopped);
  if (isStopped) return { failure: INTERRUPTED };
  return "thrown" in outcome ? { failure: describe(kernel, outcome.thrown) } : {};
}

/**
 * A target whose answers the student can stop like a cell, and whose errors become
 * `{ failed: sentence }`.
 */
const answering = (kernel, target) =>
  target && {
    takes: target.takes,
    async answer(data, opened) {
      newSignal();
      try {
        const answer = kernel.machine.call(() => target.answer(data, opened));
        return await kernel.machine.wait(Promise.resolve(answer));
      } catch (e) {
        if (isInterrupt(e) || wasInterrupted()) return { failed: "It was stopped." };
        return { failed: sentenceOf(describe(kernel, e)) };
      }
    },
  };

/** An error in one sentence, with its place in the notebook. */
function sentenceOf({ ename, evalue, traceback }) {
  const place = /cell-(\d+), line (\d+)/.exec(traceback.slice(1).join("\n"));
  const said = evalue.split("\n")[0] || ename;
  return place ? `${said} (cell [${place[1]}], line ${place[2]})` : said;
}

function checkTypes(kernel, code, { thrown, lost = [] }, isStopped) {
  const { types, scope, output } = kernel;
  try {
    const faults = types.add(code);
    types.forget(lost);
    const where = (name) => whereToRun(kernel, name);
    if (!isStopped) showTypeNote(faults, code, { scope, where, output, thrown });
  } catch (e) {
    output.write("stderr", `TypeScript could not check this cell: ${e.message}\n`);
  }
}

/** Which cell to run for a name; asked for only when one is missing. */
function whereToRun({ sources }, name) {
  const cells = findNotebook(sources);
  return cells && cellsModule().whereToRun(name, cells, sources.at(-1));
}

const describe = (kernel, thrown) =>
  describeThrown(
    thrown,
    (file) => kernel.positions.get(file),
    (name) => whereToRun(kernel, name),
  );

const refuse = ({ comm_id }, publish) => publish("comm_close", { comm_id, data: {} });

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
    comms: { open: refuse, message: refuse, close: () => undefined, info: () => ({}) },
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
 * What nobody catches must not end the kernel: it is told where the last cell's output is. Other
 * listeners are taken away: tfjs's WASM module has some that throw again, which ends the process.
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
