/** All runs of benchmarks on this machine, one line of JSON each, oldest first. */
import { spawnSync } from "node:child_process";
import { appendFileSync, existsSync, mkdirSync, readFileSync } from "node:fs";
import { availableParallelism, cpus } from "node:os";
import { dirname } from "node:path";
import type { Row } from "./row.js";

export interface Run {
  name: string;
  /** ISO 8601. */
  date: string;
  /** Short hash of the commit that ran, with + where files had changed; "" outside of git. */
  commit: string;
  machine: { cpu: string; cores: number; node: string };
  rows: Row[];
}

/** NaN, a row without a peer, is null in JSON. */
const revived = (rows: Row[]) => rows.map((row) => ({ ...row, ratio: row.ratio ?? NaN }));

/** Runs that were written whole; a line that was cut off by a crash is left out. */
export function readRuns(file: string): Run[] {
  if (!existsSync(file)) return [];
  const lines = readFileSync(file, "utf8").split("\n");
  return lines.flatMap((line) => {
    try {
      const run = JSON.parse(line) as Run;
      return [{ ...run, rows: revived(run.rows) }];
    } catch {
      return [];
    }
  });
}

export function addRun(file: string, run: Run): void {
  mkdirSync(dirname(file), { recursive: true });
  appendFileSync(file, `\n${JSON.stringify(run)}\n`); // the line before may have been cut off
}

function commitOf(root: string): string {
  const git = (...args: string[]) => spawnSync("git", args, { cwd: root, encoding: "utf8" });
  const head = git("rev-parse", "--short", "HEAD");
  if (head.status !== 0) return "";
  const changed = git("status", "--porcelain", "--untracked-files=no").stdout.trim() !== "";
  return head.stdout.trim() + (changed ? "+" : "");
}

/** A run of now, on this machine, of the code in this folder. */
export function runOf(root: string, name: string, rows: Row[]): Run {
  const machine = {
    cpu: cpus()[0]?.model ?? "unknown",
    cores: availableParallelism(),
    node: process.version,
  };
  return { name, date: new Date().toISOString(), commit: commitOf(root), machine, rows };
}
