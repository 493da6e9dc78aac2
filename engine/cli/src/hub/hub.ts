/** A class's JupyterHub: its installation, and the copies of a student whose server starts. */
import { join } from "node:path";
import { lockedPackages } from "../../../install/packages.mjs";
import { hubPython } from "../../../install/venv.mjs";
import { jupyterEnv } from "kernel";
import { writePages } from "kernel/studentPages";
import { updateCopies } from "../start/copies.js";
import { takeLock } from "../start/lock.js";

/**
 * `course setup hub`: installs JupyterHub and its parts into .local/hub, as
 * engine/install/pinned/hub/requirements.txt lists them, and its proxy into .local/hub-proxy.
 * @returns the exit code
 */
export async function setupHub(root: string): Promise<number> {
  await hubPython();
  await lockedPackages(
    "hub-proxy",
    join(root, "engine", "install", "pinned", "hub"),
    "JupyterHub's proxy (10 MB)",
  );
  console.log("JupyterHub is set up; docs/hub.md says how to run it.");
  return 0;
}

export interface CopiesOptions {
  /** Whether to print the environment of a Jupyter server for these copies, as JSON, at the end. */
  env?: boolean;
}

/**
 * `course copies`: makes or updates a student's copies as `npm start` does, and starts nothing. A
 * JupyterHub runs it as the student, before the student's server.
 * @returns the exit code
 */
export async function copiesCommand(root: string, { env }: CopiesOptions): Promise<number> {
  const taken = await takeLock(root);
  if ("holder" in taken) {
    throw new Error(
      `The course is open (process ${taken.holder.pid}), and its server would write over new ` +
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
