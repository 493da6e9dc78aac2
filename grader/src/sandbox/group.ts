/** A child's process group. */
import type { ChildProcess } from "node:child_process";

/**
 * Ends a child and what it has started. bubblewrap starts a second process, which waits for the
 * first forever when that is killed at the wrong moment, and would hold the results' pipe open.
 */
export function endGroup(child: ChildProcess): void {
  try {
    process.kill(-child.pid!, "SIGKILL");
  } catch {
    child.kill("SIGKILL"); // it leads no group, or all are gone
  }
}
