/**
 * `course setup hub`: what a JupyterHub of the course needs: JupyterHub and its parts in .local/hub
 * as tools/hub/requirements.txt lists them, its proxy in .local/hub-proxy.
 */
import { join } from "node:path";
import { lockedPackages } from "../../bin/packages.mjs";
import { hubPython } from "../../bin/venv.mjs";

/** @returns the exit code */
export async function setupHub(root: string): Promise<number> {
  await hubPython();
  await lockedPackages("hub-proxy", join(root, "tools", "hub"), "JupyterHub's proxy (10 MB)");
  console.log("JupyterHub is set up; docs/hub.md says how to run it.");
  return 0;
}
