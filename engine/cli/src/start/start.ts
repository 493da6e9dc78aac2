/**
 * `npm start`, after everything is installed: brings the copies up to date, runs JupyterLab, opens
 * the browser, and stops with Ctrl+C.
 */
import { spawn } from "node:child_process";
import { once } from "node:events";
import { lessonNamed, paths, readManifest } from "grader/files";
import { updateCopies } from "./copies.js";
import { type LockHolder, takeLock } from "./lock.js";
import { renewKernelSpec } from "kernel";
import { writePages } from "kernel/studentPages";
import { choosePort, startServer } from "./server.js";

/**
 * @param python the one that has JupyterLab
 * @param lesson the one to open, "06" or "06-attention"; without it, JupyterLab restores its tabs,
 *   the course's home page the first time
 * @returns the exit code
 */
export async function start(root: string, python: string, lesson?: string): Promise<number> {
  const page = pageOf(root, lesson);
  const taken = await takeLock(root);
  if ("holder" in taken) {
    openRunning(taken.holder, page, python);
    return 0;
  }
  const { lock } = taken;
  try {
    updateCopies(root).forEach((line) => console.log(line));
    writePages(root);
    renewKernelSpec(root);
    const server = await startServer(root, python, () => choosePort(process.env.PORT));
    lock.publish(server.port, server.token);
    for (const signal of ["SIGINT", "SIGTERM", "SIGHUP"] as const) {
      process.on(signal, () => void server.stop());
    }
    const url = server.url(page);
    console.log(
      `\nThe course is open: ${url}\nYour notebooks are in ${paths(root).personal}. ` +
        "Stop with Ctrl+C.",
    );
    openBrowser(python, url);
    if (server.process.exitCode === null && server.process.signalCode === null) {
      await once(server.process, "close");
    }
    console.log("\nJupyterLab has stopped.");
    return 0;
  } finally {
    lock.release();
  }
}

/** Opens the server that another process has started. */
function openRunning({ pid, port, token }: LockHolder, page: string, python: string): void {
  if (!port) {
    throw new Error(`Another npm start is under way (process ${pid}): wait for it, or stop it.`);
  }
  const url = `http://127.0.0.1:${port}${page}?token=${token}`;
  console.log(`The course is open already: ${url}\nStop it with Ctrl+C where it was started.`);
  openBrowser(python, url);
}

/** The page to open: a lesson, or JupyterLab, whose first tab is the course's home page. */
function pageOf(root: string, lesson: string | undefined): string {
  if (!lesson) return "/lab";
  const ids = readManifest(root).lessons.map(({ id }) => id);
  return `/lab/tree/${lessonNamed(lesson, ids)}.ipynb`;
}

/** Opens the page where there is a screen. BROWSER=none forbids it, as for other tools. */
function openBrowser(python: string, url: string): void {
  const { DISPLAY, WAYLAND_DISPLAY, CI, BROWSER } = process.env;
  const hasScreen = ["darwin", "win32"].includes(process.platform) || DISPLAY || WAYLAND_DISPLAY;
  if (!hasScreen || CI || BROWSER === "none") return;
  spawn(python, ["-m", "webbrowser", url], { stdio: "ignore", detached: true, windowsHide: true })
    .on("error", () => {})
    .unref(); // if it fails, the address is printed anyway
}
