/**
 * What a kernel is doing, on disk: a process that dies can tell nobody. Jupyter starts the next one
 * with the same connection file, and that one finds what the last wrote, says it under its first
 * cell and in .local/jupyter/kernel.log.
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
import { root } from "./modules.js";

const folder = join(root, ".local", "jupyter");
const running = join(folder, "running");
const logFile = join(folder, "kernel.log");
const OLD_MS = 7 * 24 * 3600 * 1000;

/** What is left of kernels that were killed together with their server. */
function removeOld() {
  for (const name of readdirSync(running)) {
    const file = join(running, name);
    if (Date.now() - statSync(file).mtimeMs > OLD_MS) rmSync(file, { force: true });
  }
}

/** A diary must never be what ends a kernel: the folder may be read-only. */
const attempt = (f) => {
  try {
    return f();
  } catch {
    return undefined;
  }
};

/** @returns the diary, with `last`: a sentence about the end of the kernel before, if it died */
export function openDiary(connectionFile) {
  const name = createHash("sha256").update(resolve(connectionFile)).digest("hex").slice(0, 16);
  const file = join(running, `${name}.json`);
  const report = `${file}.report`;
  attempt(() => mkdirSync(running, { recursive: true }));
  attempt(removeOld);
  const last = attempt(() => endOf(JSON.parse(readFileSync(file, "utf8")), report));
  if (last) log(last);
  const write = (state) => attempt(() => writeFileSync(file, JSON.stringify(state)));
  write({ pid: process.pid });
  reportFatalErrors(report);

  let cell;
  process.on("exit", (code) => {
    if (cell === undefined) return attempt(() => rmSync(file, { force: true }));
    write({ pid: process.pid, cell, exit: code });
  });
  return {
    last,
    /** @param count of the cell, 0 for code without a number */
    starts: (count) => write({ pid: process.pid, cell: (cell = count) }),
    ends() {
      cell = undefined;
      write({ pid: process.pid });
    },
    close() {
      cell = undefined;
    },
  };
}

/** Node writes why it ends when memory is full. */
function reportFatalErrors(file) {
  attempt(() => rmSync(file, { force: true }));
  Object.assign(process.report, { reportOnFatalError: true, filename: file, compact: true });
}

/** How the kernel before ended, from what it wrote last. */
function endOf({ pid, cell, exit }, report) {
  if (isAlive(pid)) return undefined;
  const within = cell === 0 ? "in code outside of the cells" : `in cell ${cell}`;
  const during = cell === undefined ? "between two cells" : within;
  return (
    `The kernel before this one ended ${during}${reasonOf(exit, report)}. ` +
    "Its variables are gone: run the cells you need again."
  );
}

function reasonOf(exit, report) {
  if (exit !== undefined) return `, which called process.exit(${exit})`;
  if (!existsSync(report)) return ": it was killed or crashed";
  const { header } = attempt(() => JSON.parse(readFileSync(report, "utf8"))) ?? {};
  return /memory/i.test(header?.event) ? ": its memory was full" : `: ${header?.event}`;
}

function isAlive(pid) {
  try {
    return process.kill(pid, 0);
  } catch {
    return false;
  }
}

const log = (text) =>
  attempt(() => appendFileSync(logFile, `${new Date().toISOString()} ${text}\n`));
