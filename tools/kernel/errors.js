/** From what a cell threw to the content of a Jupyter `error` message. */
import { sep } from "node:path";
import { inspect, types } from "node:util";
import { cellsModule, root } from "./modules.js";

/** Frames of Node, of libraries and of the engine tell a student nothing. */
const HIDDEN =
  /node_modules|node:|<anonymous>\)?$|[\\/]tools[\\/]kernel|[\\/](?:cells|kernels|grader)[\\/]dist/;
const keep = (line) => (HIDDEN.test(line) ? undefined : line.replace(root + sep, ""));

const isError = (value) => types.isNativeError(value) || value instanceof Error;

/**
 * @param find the positions of a cell by the name of its file
 * @param where says which cell to run for a name
 */
export function describeThrown(thrown, find, where) {
  const { advice, frames, inNamesOfTheCell, thrownFailure } = cellsModule();
  const tell = (error) => {
    if (!isError(error)) return { name: "Thrown", message: inspect(error), stack: [] };
    const message = inNamesOfTheCell(String(error.message));
    const todo = advice(message, where);
    return {
      name: error.name,
      message: todo === undefined ? message : `${message.replace(/\.$/, "")}. ${todo}`,
      stack: frames(String(error.stack), find, keep),
    };
  };
  const causes = isError(thrown) && thrown.cause !== undefined ? [tell(thrown.cause)] : [];
  return thrownFailure([tell(thrown), ...causes]);
}

/** Node's own way to say that a running cell was interrupted. */
export const isInterrupt = (thrown) => thrown?.code === "ERR_SCRIPT_EXECUTION_INTERRUPTED";
