/**
 * Each lesson's solved notebook in the course's kernel, on the devices that need no card: the
 * seconds from the kernel's start to the last cell, and the kernel's memory. Lessons use the
 * weights that are installed. The peer is a goal.
 */
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { CANDIDATES, use } from "course/devices";
import { paths } from "grader";
import { sourceOf, type Notebook } from "grader/merge";
import { type Lesson, lessonIds, solvedNotebook, tryLessons } from "builder";
import { startKernel, type Kernel } from "kernel/client";
import { median, type Row } from "./measure.js";

const DEVICES = ["wasm", "native"] as const;
type DeviceName = (typeof DEVICES)[number];

/** The measures of one run of a notebook. */
export interface LessonRun {
  /** From the kernel's start to the last cell. */
  seconds: number;
  /** The most memory that the kernel has had, in MB. */
  peak: number;
  /** Memory after the cell of imports, in MB. */
  afterSetup: number;
  /** Milliseconds until the kernel answers. */
  ready: number;
}

interface CodeCell {
  id: string;
  source: string;
}

/** The most that a lesson should take on two cores, and the unit. */
const GOALS: Record<keyof LessonRun, [number, string]> = {
  seconds: [30, "s"],
  peak: [400, "MB"],
  afterSetup: [250, "MB"],
  ready: [1500, "ms"],
};

export async function lessons(root: string): Promise<Row[]> {
  const devices = await devicesHere();
  const { lessons, errors } = tryLessons(root, lessonIds(root));
  if (errors[0]) throw errors[0];
  const rows: Row[] = [];
  const ready: number[] = [];
  for (const lesson of lessons) {
    const runs: LessonRun[] = [];
    for (const device of devices) {
      const run = await runLesson(root, lesson, device);
      rows.push(row(`${lesson.id} on ${device}`, "seconds", run.seconds));
      runs.push(run);
    }
    const maximum = (key: "peak" | "afterSetup") => Math.max(...runs.map((run) => run[key]));
    rows.push(row(`${lesson.id}, peak memory`, "peak", maximum("peak")));
    rows.push(row(`${lesson.id}, memory after its imports`, "afterSetup", maximum("afterSetup")));
    ready.push(...runs.map((run) => run.ready));
  }
  return [...rows, row("kernel ready", "ready", median(ready))];
}

function row(what: string, key: keyof LessonRun, value: number): Row {
  const [goal, unit] = GOALS[key];
  const ours = `${Number(value.toPrecision(3))} ${unit}`;
  return { what, ours, peer: `goal ${goal} ${unit}`, ratio: goal / value };
}

/** The devices that work on this machine. */
async function devicesHere(): Promise<DeviceName[]> {
  const here: DeviceName[] = [];
  for (const name of DEVICES) {
    const failure = await use(CANDIDATES.find((candidate) => candidate.name === name)!);
    if (failure) console.log(`${name} does not run here: ${failure.refused}`);
    else here.push(name);
  }
  return here;
}

/** The code cells of the solved notebook. */
function codeCells(lesson: Lesson): CodeCell[] {
  const { cells } = JSON.parse(solvedNotebook(lesson)) as Notebook;
  return cells
    .filter(({ cell_type }) => cell_type === "code")
    .map((cell) => ({ id: cell.id, source: sourceOf(cell) }));
}

/** The memory of a kernel in MB: now, and its peak so far. */
async function memoryOf(kernel: Kernel): Promise<{ now: number; peak: number }> {
  const { stdout } = await kernel.run(
    "[process.memoryUsage().rss, 1024 * process.resourceUsage().maxRSS].join()",
  );
  const [now, peak] = stdout
    .trim()
    .split(",")
    .map((bytes) => Number(bytes) / 1e6);
  return { now: now!, peak: peak! };
}

/**
 * Runs all cells of a lesson in a kernel of its own.
 * @throws when a cell fails
 */
export async function runLesson(
  root: string,
  lesson: Lesson,
  device: DeviceName,
): Promise<LessonRun> {
  const folder = mkdtempSync(join(tmpdir(), "course-bench-"));
  const env = { COURSE_DEVICE: device, COURSE_PERSONAL: folder, COURSE_ROOT: root };
  const start = performance.now();
  const kernel = await startKernel(paths(root).notebooks, env);
  try {
    const ready = performance.now() - start;
    const [setup, ...cells] = codeCells(lesson);
    await runCell(kernel, lesson, setup!);
    const { now: afterSetup } = await memoryOf(kernel);
    for (const cell of cells) await runCell(kernel, lesson, cell);
    const seconds = (performance.now() - start) / 1000;
    const { peak } = await memoryOf(kernel);
    return { seconds, peak, afterSetup, ready };
  } finally {
    kernel.stop();
    rmSync(folder, { recursive: true, force: true });
  }
}

async function runCell(kernel: Kernel, lesson: Lesson, { id, source }: CodeCell): Promise<void> {
  const { error } = await kernel.run(source);
  if (!error) return;
  throw new Error(`bench lessons: cell ${id} of ${lesson.id} fails: ${error.evalue}`);
}
