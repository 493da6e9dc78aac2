/**
 * `course setup hub`: what a JupyterHub of the course needs: JupyterHub and its parts in .local/hub
 * as engine/install/pinned/hub/requirements.txt lists them, its proxy in .local/hub-proxy.
 */
import { join } from "node:path";
import { lockedPackages } from "../../../install/packages.mjs";
import { hubPython } from "../../../install/venv.mjs";

/** @returns the exit code */
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
