/**
 * How a kernel ends. It must not outlive its Jupyter server. And since a process that dies can report
 * nothing, a kernel writes to disk what it is doing: Jupyter starts the next one with the same
 * connection file, and that one finds the record, reports the crash under its first cell and in
 * .local/jupyter/kernel.log. Where the course is read-only, .local is the one in the student's folder.
 */
import { createHash } from "node:crypto";
import {
  appendFileSync,
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  writeFileSync,
} from "node:fs";
import { join, resolve } from "node:path";
import { Worker } from "node:worker_threads";
import { paths } from "grader/files";
import { root } from "./modules.js";

// On Unix an orphan gets another parent; on Windows the parent's id stays, but no process has it.
const WATCH_PARENT = `
const parent = process.ppid;
function isGone() {
  try {
    process.kill(parent, 0);
    return process.ppid !== parent;
  } catch {
    return true;
  }
}
setInterval(() => { if (isGone()) process.kill(process.pid, "SIGKILL"); }, 2000);
`;

/**
 * Ends the kernel when its server is gone, also when the server was killed. The watch has a thread
 * of its own, since an endless loop in a cell leaves the main thread no time.
 */
export function endWithParent(): void {
  new Worker(WATCH_PARENT, { eval: true, stdout: false, stderr: false }).unref();
}

const MAX_RECORD_AGE_MS = 7 * 24 * 3600 * 1000;

/** The file in which a kernel says what it is doing. */
interface CrashRecordFile {
  pid: number;
  /** The number of the cell that runs, 0 for code without a number; absent between two cells. */
  cell?: number;
  /** The exit code of a process that ended itself while a cell ran. */
  exit?: number;
}

export type CrashRecord = ReturnType<typeof openCrashRecord>;

/** @returns the record, with a sentence about how the kernel before crashed, if it did */
export function openCrashRecord(connectionFile: string) {
  const folder = join(paths(root).written, "jupyter");
  const records = join(folder, "running");
  const name = createHash("sha256").update(resolve(connectionFile)).digest("hex").slice(0, 16);
  const file = join(records, `${name}.json`);
  const report = `${file}.report`;
  attempt(() => mkdirSync(records, { recursive: true }));
  attempt(() => removeOldRecords(records));
  const previousCrash = attempt(() =>
    describeCrash(JSON.parse(readFileSync(file, "utf8")) as CrashRecordFile, report),
  );
  if (previousCrash) {
    attempt(() => appendFileSync(join(folder, "kernel.log"), logLine(previousCrash)));
  }
  const write = (state: Omit<CrashRecordFile, "pid">) =>
    attempt(() => {
      writeFileSync(file, JSON.stringify({ pid: process.pid, ...state }));
    });
  write({});
  reportFatalErrors(report);

  let cell: number | undefined;
  process.on("exit", (exit) => {
    if (cell === undefined) attempt(() => rmSync(file, { force: true }));
    else write({ cell, exit });
  });
  return {
    previousCrash,
    /** @param count of the cell, 0 for code without a number */
    cellStarted(count: number) {
      cell = count;
      write({ cell });
    },
    cellEnded() {
      cell = undefined;
      write({});
    },
    /** From now on, the end of the process is no crash. */
    close() {
      cell = undefined;
    },
  };
}

/** Ignores errors: a record must never end a kernel, and the disk may be full. */
function attempt<T>(action: () => T): T | undefined {
  try {
    return action();
  } catch {
    return undefined;
  }
}

/** Removes the records of kernels that were killed together with their server. */
function removeOldRecords(folder: string): void {
  for (const name of readdirSync(folder)) {
    const file = join(folder, name);
    const age = Date.now() - statSync(file).mtimeMs;
    if (age > MAX_RECORD_AGE_MS) rmSync(file, { force: true });
  }
}

/** Has Node write to this file why it ends when its memory is full. */
function reportFatalErrors(file: string): void {
  attempt(() => rmSync(file, { force: true }));
  Object.assign(process.report, { reportOnFatalError: true, filename: file, compact: true });
}

/** How the kernel before ended; undefined where it still runs. */
function describeCrash({ pid, cell, exit }: CrashRecordFile, report: string): string | undefined {
  if (isAlive(pid)) return undefined;
  const within = cell === 0 ? "in code outside of the cells" : `in cell ${cell}`;
  const when = cell === undefined ? "between two cells" : within;
  return (
    `The kernel before this one ended ${when}${crashReason(exit, report)}. ` +
    "Its variables are gone: run the cells you need again."
  );
}

function crashReason(exit: number | undefined, report: string): string {
  if (exit !== undefined) return `, which called process.exit(${exit})`;
  if (!existsSync(report)) return ": it was restarted or killed, or it crashed";
  const event = attempt(() => {
    const { header } = JSON.parse(readFileSync(report, "utf8")) as { header?: { event?: string } };
    return header?.event;
  });
  return /memory/i.test(String(event)) ? ": its memory was full" : `: ${event}`;
}

function isAlive(pid: number): boolean {
  try {
    return process.kill(pid, 0);
  } catch {
    return false;
  }
}

const logLine = (text: string) => `${new Date().toISOString()} ${text}\n`;
