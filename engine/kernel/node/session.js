/** A session of cells (engine/cells/src/session.ts) in Node, with modules and types from the disk. */
import { setImmediate } from "node:timers/promises";
import { inspect, types as kinds } from "node:util";
import { diskFiles } from "./files.js";
import { shownFrames } from "./frames.js";
import { createMachine, isInterrupt } from "./machine.js";
import { cellsModule, root, tslab } from "./modules.js";
import { isScore, scoreResult } from "./nbgrader.js";
import { findNotebook, firstImports } from "./notebook.js";
import { requireFrom } from "./require.js";

const READS_AHEAD_AFTER_MS = 300;

/**
 * @param diary where the kernel writes what it is doing, see diary.js
 * @param folder the notebook's
 */
export function createSession(diary, folder) {
  const { createChecker, createSession: sessionOf, createTypes } = cellsModule();
  const types = createTypes(diskFiles(process.cwd()));
  const checker = createChecker({ types, firstImports, findNotebook });
  const place = placeIn(process.cwd(), diary, checker);
  const session = sessionOf(place, folder);
  let readingAhead;

  process.on("SIGINT", place.link.stop);
  globalThis.require = place.machine.require;
  Error.stackTraceLimit = 50; // the cell's own line comes after many of tfjs
  takeOutput(session.output);
  reportStrays((thrown) => {
    const { traceback } = session.describe(thrown);
    session.output()?.write("stderr", `${traceback.join("\n")}\n`);
  });

  return {
    ...session,
    checker,
    async execute(code, output, wish) {
      clearTimeout(readingAhead);
      const result = await session.execute(code, output, wish);
      diary.ends();
      return result;
    },
    greeted() {
      clearTimeout(readingAhead);
      readingAhead = setTimeout(checker.warmUp, READS_AHEAD_AFTER_MS);
    },
    ended: diary.close,
  };
}

/** Node as a place where cells run. */
function placeIn(folder, diary, checker) {
  const link = cellsModule().createLink();
  return {
    link,
    machine: createMachine(requireFrom(folder), link.untilStopped),
    findNotebook,
    inspect,
    isError: (value) => kinds.isNativeError(value) || value instanceof Error,
    keep: shownFrames(root),
    isInterrupt,
    show(value, output, count) {
      if (!isScore(value)) return console.log(value);
      output.flush();
      output.publish("execute_result", scoreResult(value, count));
    },
    turn: () => setImmediate(),
    begins(count, output) {
      // for those who import tslab's own display
      tslab("jupyter").lastWriteDisplayData = output.display;
      if (count === 1 && diary.last) output.write("stderr", `${diary.last}\n`);
      diary.starts(count ?? 0);
    },
    check(cell, output) {
      try {
        const note = checker.add(cell)();
        if (note) output.display(note);
      } catch (e) {
        output.write("stderr", `TypeScript could not check this cell: ${e.message}\n`);
      }
    },
  };
}

const refuse = ({ comm_id }, publish) => publish("comm_close", { comm_id, data: {} });

/** A session where no cell can run, and each says why. */
export function refusingSession(reason, diary) {
  let count = 0;
  const evalue = reason.message;
  const failure = { ename: reason.name, evalue, traceback: [`${reason.name}: ${evalue}`] };
  return {
    execute(code, output, { silent, store_history: stores }) {
      if (!silent && stores !== false) count++;
      output.started(code, count);
      return Promise.resolve({ count, failure });
    },
    greeted: () => undefined,
    comms: { open: refuse, message: refuse, close: () => undefined, info: () => ({}) },
    completeness: () => ({ status: "complete" }),
    checker: {
      complete: (_, position) => ({ start: position, end: position, names: [] }),
      explain: () => undefined,
    },
    ended: diary.close,
  };
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
