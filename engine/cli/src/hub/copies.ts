/**
 * `course copies`: makes or updates a student's copies as `npm start` does, and starts nothing. A
 * JupyterHub runs it as the student, before the student's server.
 */
import { updateCopies } from "../start/copies.js";
import { jupyterEnv } from "kernel";
import { takeLock } from "../start/lock.js";
import { writePages } from "kernel/studentPages";

export interface CopiesOptions {
  /** Prints the environment of a Jupyter server for these copies, as JSON on the last line. */
  env?: boolean;
}

/** @returns the exit code */
export async function copiesCommand(root: string, { env }: CopiesOptions): Promise<number> {
  const taken = await takeLock(root);
  if ("running" in taken) {
    throw new Error(
      `The course is open (process ${taken.running.pid}), and its server would write over new ` +
        "copies: stop it first.",
    );
  }
  try {
    updateCopies(root).forEach((line) => console.log(line));
    writePages(root);
  } finally {
    taken.lock.release();
  }
  if (env) console.log(JSON.stringify(serverEnv(root)));
  return 0;
}

/** The variables that jupyterEnv adds or changes. */
function serverEnv(root: string): NodeJS.ProcessEnv {
  const all = Object.entries(jupyterEnv(root, ""));
  return Object.fromEntries(all.filter(([name, value]) => process.env[name] !== value));
}
