/**
 * Child processes as the operating system sees them: what they cost, their priority, and their end.
 * The cost is processor time, which doesn't depend on how busy the machine is, plus time asleep, so
 * that a child that waits forever is stopped too. Linux reports both in /proc
 * (man7.org/linux/man-pages/man5/proc_pid_stat.5.html). Elsewhere all time counts as asleep.
 */
import { readFileSync } from "node:fs";
import { setPriority } from "node:os";
import type { ChildProcess } from "node:child_process";

/** How often a child's cost is measured. */
export const SAMPLE_INTERVAL_MS = 100;
/** Linux counts processor time in hundredths of a second on all common machines. */
const MS_PER_CLOCK_TICK = 10;
/** Fields of /proc/PID/stat, counted from the state on. */
const STATE_FIELD = 0;
const TIME_FIELDS = [11, 12, 13, 14]; // utime, stime, and both of children that have ended

interface Sample {
  ms: number;
  running: boolean;
}

function sampleOne(pid: number): Sample {
  const stat = readFileSync(`/proc/${pid}/stat`, "latin1");
  const fields = stat.slice(stat.lastIndexOf(")") + 2).split(" ");
  const clockTicks = TIME_FIELDS.reduce((sum, i) => sum + Number(fields[i]), 0);
  return { ms: clockTicks * MS_PER_CLOCK_TICK, running: fields[STATE_FIELD] === "R" };
}

function childrenOf(pid: number): number[] {
  const text = readFileSync(`/proc/${pid}/task/${pid}/children`, "latin1");
  return text.split(" ").filter(Boolean).map(Number);
}

/** A process and its descendants: bubblewrap's first process waits for the one inside. */
export function processTree(pid: number): number[] {
  const found = [pid];
  try {
    for (const child of childrenOf(pid)) found.push(...processTree(child));
  } catch {
    /* it has ended meanwhile */
  }
  return found;
}

/** The cost of a process and its descendants; undefined where the system doesn't report it, or after
 * the process has ended. */
export function sampleTree(pid: number): Sample | undefined {
  const total: Sample = { ms: 0, running: false };
  let alive = false;
  for (const one of processTree(pid)) {
    try {
      const { ms, running } = sampleOne(one);
      total.ms += ms;
      total.running ||= running;
      alive = true;
    } catch {
      /* it has ended meanwhile */
    }
  }
  return alive ? total : undefined;
}

/** Lowers the priority of a process and its descendants, so that quicker children run first. */
export function lowerPriority(pid: number): void {
  for (const one of processTree(pid)) {
    try {
      setPriority(one, 10);
    } catch {
      /* it has ended, or is another user's */
    }
  }
}

export interface Meter {
  /** Milliseconds of processor time and of sleep up to the last update. */
  readonly busy: number;
  readonly asleep: number;
  /** Measures again. */
  update(): void;
}

/**
 * Starts to measure a child.
 * @param sample measures its cost so far
 * @param now the clock, in milliseconds
 */
export function startMeter(
  sample: () => Sample | undefined,
  now: () => number = () => performance.now(),
): Meter {
  let last = now();
  const meter = { busy: 0, asleep: 0, update };
  function update() {
    const time = now();
    // while this process was busy, the child may have waited for it, so at most two intervals count
    const passed = Math.min(time - last, 2 * SAMPLE_INTERVAL_MS);
    last = time;
    const seen = sample();
    const slept = !seen || (seen.ms <= meter.busy && !seen.running);
    if (slept) meter.asleep += passed;
    if (seen) meter.busy = Math.max(meter.busy, seen.ms);
  }
  return meter;
}

/**
 * Kills a child and its process group. bubblewrap starts a second process, which would wait forever
 * if the first is killed at the wrong moment, and hold the results' pipe open.
 */
export function killGroup(child: ChildProcess): void {
  try {
    process.kill(-child.pid!, "SIGKILL");
  } catch {
    child.kill("SIGKILL"); // it leads no group, or the group has ended
  }
}
