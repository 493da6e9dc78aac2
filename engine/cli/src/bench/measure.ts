/**
 * What all benchmarks share: whole commands, timed from outside, which is what a user waits for; the
 * programs of others that ours are compared with; and the rows that come out.
 */
import { spawnSync } from "node:child_process";
import { existsSync, mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { delimiter, dirname, join } from "node:path";
import { paths } from "grader";

/** One comparison: `ratio` says how many times better ours is, NaN where there is no peer. */
export interface Row {
  what: string;
  ours: string;
  peer: string;
  ratio: number;
}

/**
 * Runs a program to its end.
 * @returns what it printed
 * @throws with its last lines, when it fails
 */
export function runCommand(
  command: string,
  args: string[],
  options: { cwd: string; env: NodeJS.ProcessEnv },
): string {
  const { status, error, stdout, stderr } = spawnSync(command, args, {
    ...options,
    encoding: "utf8",
    maxBuffer: 1 << 28,
  });
  if (!error && status === 0) return stdout;
  const last = `${stdout}${stderr}`.trim().split("\n").slice(-5).join(" | ");
  const shown = [command, ...args].join(" ").slice(0, 200);
  throw new Error(`bench: ${shown} failed: ${error?.message ?? last}`);
}

/** The wall time of a command, in seconds. A command that fails ends the benchmark. */
export function timeCommand(command: string, args: string[], cwd: string): number {
  // nbgrader starts programs in its own folder
  const path = `${dirname(command)}${delimiter}${process.env.PATH ?? ""}`;
  const start = performance.now();
  runCommand(command, args, { cwd, env: { ...process.env, PATH: path } });
  return (performance.now() - start) / 1000;
}

/**
 * The solved notebook of each lesson; those that are missing are solved first.
 * @returns their files
 */
export function solvedNotebooks(root: string, lessons: string[]): string[] {
  const folder = join(paths(root).local, "solved");
  const notebooks = lessons.map((lesson) => join(folder, `${lesson}.ipynb`));
  const missing = lessons.filter((_, i) => !existsSync(notebooks[i]!));
  if (missing.length > 0) {
    console.log(`solving ${missing.length} lessons first; about half a minute each`);
    const program = join(root, "engine", "cli", "bin", "course.mjs");
    timeCommand(process.execPath, [program, "solve", ...missing], root);
  }
  return notebooks;
}

export function median(xs: number[]): number {
  const sorted = xs.slice().sort((a, b) => a - b);
  const half = sorted.length >> 1;
  return sorted.length % 2 ? sorted[half]! : (sorted[half - 1]! + sorted[half]!) / 2;
}

export interface Pair {
  ours: number[];
  peer: number[];
}

/**
 * Runs the two in turn, ours first, after one round that isn't counted. If the machine's speed
 * drifts, that affects both.
 */
export function alternate(rounds: number, ours: () => number, peer: () => number): Pair {
  ours();
  peer();
  const pair: Pair = { ours: [], peer: [] };
  for (let i = 0; i < rounds; i++) {
    pair.ours.push(ours());
    pair.peer.push(peer());
  }
  return pair;
}

/**
 * Installs Python and npm packages into the folder, again when the list changes.
 * @returns the folder of Python's programs
 */
export function installPeers(folder: string, python: string[], npm: string[]): string {
  const venv = join(folder, "venv");
  const bin = join(venv, process.platform === "win32" ? "Scripts" : "bin");
  const stamp = join(folder, "packages.json");
  const wanted = JSON.stringify({ python, npm });
  if (existsSync(stamp) && readFileSync(stamp, "utf8") === wanted) return bin;

  const packages = [...python, ...npm].filter((name) => !name.startsWith("--"));
  console.log(`installing the peers (${packages.join(", ")}) into .local/bench …`);
  mkdirSync(folder, { recursive: true });
  if (python.length > 0) {
    timeCommand("python3", ["-m", "venv", venv], folder);
    timeCommand(join(bin, "python"), ["-m", "pip", "install", "-q", ...python], folder);
  }
  if (npm.length > 0) {
    const quiet = ["--no-audit", "--no-fund", "--no-save"];
    timeCommand("npm", ["install", "--prefix", folder, ...quiet, ...npm], folder);
  }
  writeFileSync(stamp, wanted);
  return bin;
}
