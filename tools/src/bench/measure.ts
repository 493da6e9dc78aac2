/** Whole commands, timed from outside: what a user waits for. */
import { spawnSync } from "node:child_process";
import { delimiter, dirname } from "node:path";

/** Wall time in seconds. A command that fails ends the bench with its last lines. */
export function timeCommand(command: string, args: string[], cwd: string): number {
  const start = performance.now();
  // nbgrader starts programs of its own folder
  const env = { ...process.env, PATH: `${dirname(command)}${delimiter}${process.env.PATH ?? ""}` };
  const { status, error, stdout, stderr } = spawnSync(command, args, {
    cwd,
    env,
    encoding: "utf8",
    maxBuffer: 1 << 28,
  });
  if (error ?? status !== 0) {
    throw new Error(
      `bench: ${[command, ...args].join(" ").slice(0, 200)} failed: ` +
        `${error?.message ?? (stdout + stderr).trim().split("\n").slice(-5).join(" | ")}`,
    );
  }
  return (performance.now() - start) / 1000;
}

export const median = (xs: number[]): number => {
  const sorted = xs.slice().sort((a, b) => a - b);
  const half = sorted.length >> 1;
  return sorted.length % 2 ? sorted[half]! : (sorted[half - 1]! + sorted[half]!) / 2;
};

export interface Pair {
  ours: number[];
  peer: number[];
}

/**
 * The two in turn, ours first, after one unmeasured round: a machine whose speed drifts slows both.
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
