/**
 * What a child costs: processor time, which does not depend on how busy the machine is, and time
 * asleep, so that a child that waits forever is stopped too. Linux tells both in /proc
 * (man7.org/linux/man-pages/man5/proc_pid_stat.5.html). Elsewhere all time counts as asleep.
 */
import { readFileSync } from "node:fs";
import { setPriority } from "node:os";

/** How often a child is looked at, in milliseconds. */
export const TICK = 100;
/** Linux counts processor time in hundredths of a second on all machines that we know. */
const MS_PER_CLOCK_TICK = 10;
/** Fields of /proc/PID/stat, counted from the state on. */
const STATE = 0;
const TIMES = [11, 12, 13, 14]; // utime, stime, and both of children that have ended

interface Sample {
  ms: number;
  running: boolean;
}

function sampleOne(pid: number): Sample {
  const stat = readFileSync(`/proc/${pid}/stat`, "latin1");
  const fields = stat.slice(stat.lastIndexOf(")") + 2).split(" ");
  const clockTicks = TIMES.reduce((sum, i) => sum + Number(fields[i]), 0);
  return { ms: clockTicks * MS_PER_CLOCK_TICK, running: fields[STATE] === "R" };
}

function childrenOf(pid: number): number[] {
  const text = readFileSync(`/proc/${pid}/task/${pid}/children`, "latin1");
  return text.split(" ").filter(Boolean).map(Number);
}

/** The process and those it started; bubblewrap's first process waits for the one inside. */
export function processTree(pid: number): number[] {
  const found = [pid];
  try {
    for (const child of childrenOf(pid)) found.push(...processTree(child));
  } catch {
    /* it has ended meanwhile */
  }
  return found;
}

/** Undefined where the system does not tell, or the process has ended. */
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

/** Lets quick children go first. */
export function makePolite(pid: number): void {
  for (const one of processTree(pid)) {
    try {
      setPriority(one, 10);
    } catch {
      /* it has ended, or is another user's */
    }
  }
}

export interface Meter {
  /** Milliseconds of processor time and of sleep up to the last call. */
  readonly busy: number;
  readonly asleep: number;
  /** Looks again. */
  update(): void;
}

/**
 * @param now the clock, in milliseconds
 * @param sample looks at the child
 */
export function startMeter(
  sample: () => Sample | undefined,
  now: () => number = () => performance.now(),
): Meter {
  let last = now();
  const meter = { busy: 0, asleep: 0, update };
  function update() {
    const time = now();
    // while this process was busy itself, the child may have waited for it: no more than two ticks
    const passed = Math.min(time - last, 2 * TICK);
    last = time;
    const seen = sample();
    const slept = !seen || (seen.ms <= meter.busy && !seen.running);
    if (slept) meter.asleep += passed;
    if (seen) meter.busy = Math.max(meter.busy, seen.ms);
  }
  return meter;
}
