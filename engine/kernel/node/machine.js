/**
 * Node as a machine for cells: scripts of this context, which Ctrl+C and Jupyter's stop button end.
 */
import vm from "node:vm";

const CALL = Symbol.for("course.call");
const caller = new vm.Script(`globalThis[Symbol.for("course.call")]()`, { filename: "node:call" });

/** @param stopped a promise that rejects when the student stops the cell */
export const createMachine = (require, stopped) => ({
  require,
  evaluate: (code, file) => new vm.Script(code, { filename: file }).runInThisContext(),
  call(cell) {
    globalThis[CALL] = cell;
    try {
      return caller.runInThisContext({ breakOnSigint: true });
    } finally {
      globalThis[CALL] = undefined;
    }
  },
  wait: (cell) => Promise.race([cell, stopped()]),
});

/** Node's own way to say that a running cell was interrupted. */
export const isInterrupt = (thrown) => thrown?.code === "ERR_SCRIPT_EXECUTION_INTERRUPTED";
