/** Whole commands, timed from outside: what a user waits for. */
import { spawnSync } from "node:child_process";
import { delimiter, dirname } from "node:path";

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
