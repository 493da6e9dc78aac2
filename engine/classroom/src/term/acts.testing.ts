/**
 * The commands of a term, each in a process of its own, and some of them killed at a moment that a
 * seed chooses, then given again.
 */
import { spawn } from "node:child_process";
import { once } from "node:events";
import { existsSync, readFileSync } from "node:fs";
import { setTimeout as sleep } from "node:timers/promises";
import { fileURLToPath } from "node:url";
import { seeded } from "./plan.testing";

const bin = fileURLToPath(new URL("../../../cli/bin/course.mjs", import.meta.url));
const gradeOnce = fileURLToPath(new URL("./gradeOnce.mjs", import.meta.url));

/** What was done so far under one name. */
export interface Tally {
  runs: number;
  kills: number;
  /** Milliseconds of the runs that came to their end. */
  ms: number;
  /** The most memory that one of them took, where the system says it. */
  megabytes: number;
}

const SHARE_KILLED = 0.4;
const LOADING = 0.4;
const POLL_MS = 50;
const KB_PER_MB = 1024;

/** The most that a process has had so far, in MB. */
function peakOf(pid: number): number {
  const file = `/proc/${pid}/status`;
  if (!existsSync(file)) return 0;
  try {
    return Number(/VmHWM:\s+(\d+)/.exec(readFileSync(file, "utf8"))?.[1] ?? 0) / KB_PER_MB;
  } catch {
    return 0; // it has just ended
  }
}

async function runOnce(words: string[], env: NodeJS.ProcessEnv, killAfter?: number) {
  const child = spawn(process.execPath, words, { env });
  let said = "";
  child.stdout.on("data", (text: Buffer) => (said += text.toString()));
  child.stderr.on("data", (text: Buffer) => (said += text.toString()));
  const end = once(child, "close");
  const timer =
    killAfter === undefined ? undefined : setTimeout(() => child.kill("SIGKILL"), killAfter);
  let peak = 0;
  const watching = (async () => {
    while (child.exitCode === null && child.signalCode === null) {
      peak = Math.max(peak, peakOf(child.pid!));
      await sleep(POLL_MS);
    }
  })();
  await end;
  clearTimeout(timer);
  await watching;
  return { said, peak, killed: child.signalCode === "SIGKILL", failed: child.exitCode !== 0 };
}

export interface Acts {
  /** `course class ACTION FOLDER …`: what it says. */
  course(action: string, ...words: string[]): Promise<string>;
  /** Grades each distinct file of a lesson once; see gradeOnce.mjs. */
  grade(action: "grade" | "regrade", lesson: string): Promise<{ graded: number; changes: number }>;
  tallies: Map<string, Tally>;
}

/** @param spared actions that are never killed */
export function actsOn(root: string, folder: string, seed: number, spared: string[]): Acts {
  const random = seeded(seed);
  const env = { ...process.env, COURSE_ROOT: root, COURSE_DEBUG: "" };
  const tallies = new Map<string, Tally>();
  const run = async (name: string, words: string[]): Promise<string> => {
    const tally = tallies.get(name) ?? { runs: 0, kills: 0, ms: 0, megabytes: 0 };
    tallies.set(name, tally);
    const usual = tally.runs > 0 ? tally.ms / tally.runs : 1000;
    while (!spared.includes(name) && random() < SHARE_KILLED) {
      // a command takes a moment to load before it does anything
      const { killed } = await runOnce(words, env, usual * (LOADING + (1 - LOADING) * random()));
      if (killed) tally.kills++;
    }
    const start = performance.now();
    const { said, peak, failed } = await runOnce(words, env);
    if (failed) throw new Error(`${name}: ${said}`);
    tally.runs++;
    tally.ms += performance.now() - start;
    tally.megabytes = Math.max(tally.megabytes, peak);
    return said;
  };
  return {
    tallies,
    course: (action, ...words) => run(action, [bin, "class", action, folder, ...words]),
    grade: async (action, lesson) =>
      JSON.parse(await run(action, [gradeOnce, action, root, folder, lesson])) as never,
  };
}
