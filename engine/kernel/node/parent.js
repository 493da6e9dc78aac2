/**
 * A kernel must not outlive its Jupyter server, also when the server is killed and the kernel is in
 * an endless loop.
 */
import { Worker } from "node:worker_threads";

// A thread of its own, since an endless loop leaves the main thread no time. On Unix an orphan gets
// another parent;
// on Windows the parent's id stays, but no process answers to it.
const WATCH = `
const parent = process.ppid;
const gone = () => { try { process.kill(parent, 0); return process.ppid !== parent; } catch { return true; } };
setInterval(() => { if (gone()) process.kill(process.pid, "SIGKILL"); }, 2000);
`;

export function endWithParent() {
  new Worker(WATCH, { eval: true, stdout: false, stderr: false }).unref();
}
