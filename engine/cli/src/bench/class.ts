/**
 * Submissions per minute over all lessons with exercises, in one process and by two workers behind
 * a queue, beside the rate at which 800 students' 16 lessons are graded in an hour. Not compared
 * with a peer. `COURSE_CLASS=800 npm run bench class` has the workers grade a class of 800.
 */
import { spawn, spawnSync, type ChildProcess } from "node:child_process";
import { once } from "node:events";
import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { availableParallelism, tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { answeredNotebook, type ExerciseCell, type Lesson, readLessons } from "builder";
import { applyEdits, loadContent, random, type Random } from "grader";
import type { Row } from "./measure.js";

/**
 * Submissions for each lesson. The time that a lesson takes once, for its expected values and mutants,
 * counts in full here.
 */
const STUDENTS = Number(process.env.COURSE_CLASS ?? 10);
/** A large class takes an hour, so only the workers grade it. */
const WORKERS_ONLY = process.env.COURSE_CLASS !== undefined;
const WORKERS = 2;
/** The workers of one machine together grade about as many at a time as one process would. */
const JOBS_PER_WORKER = Math.ceil((availableParallelism() + 1) / WORKERS);
/** 800 students × 16 lessons in 60 minutes. */
const GOAL_PER_MINUTE = (800 * 16) / 60;
const SEED = "7";
const QUEUE_SERVERS = ["valkey-server", "redis-server"];

const program = (root: string) => join(root, "engine", "cli", "bin", "course.mjs");

function spawnProgram(command: string, args: string[]): ChildProcess {
  return spawn(command, args, { stdio: ["ignore", "ignore", "inherit"] });
}

/** The most memory that a process has had, in MB, as Linux reports it. */
function peakMemory({ pid }: ChildProcess): number {
  try {
    const status = readFileSync(`/proc/${pid}/status`, "utf8");
    return Number(/VmHWM:\s*(\d+)/.exec(status)?.[1] ?? NaN) / 1024;
  } catch {
    return NaN; // it has ended
  }
}

interface Graded {
  seconds: number;
  /** Megabytes. */
  memory: number;
}

/** Grades the folder in a process of its own. @throws when it fails */
async function grade(root: string, folder: string, out: string, more: string[]): Promise<Graded> {
  const args = [program(root), "grade", folder, "--out", out, "--seed", SEED, ...more];
  const start = performance.now();
  const grader = spawnProgram(process.execPath, args);
  let memory = 0;
  const memoryTimer = setInterval(() => (memory = Math.max(memory, peakMemory(grader) || 0)), 500);
  const [code] = (await once(grader, "exit")) as [number | null];
  clearInterval(memoryTimer);
  if (code !== 0) throw new Error(`bench: grading ${folder} ended with code ${code}`);
  return { seconds: (performance.now() - start) / 1000, memory };
}

/** The queue's server on this machine, by its program's name. */
const findQueueServer = (): string | undefined =>
  QUEUE_SERVERS.find((name) => spawnSync(name, ["--version"]).status === 0);

/** Starts the server on a socket in the folder. */
async function startQueueServer(
  name: string,
  folder: string,
): Promise<{ url: string; server: ChildProcess }> {
  const socket = join(folder, "socket");
  const settings = ["--port", "0", "--unixsocket", socket, "--dir", folder, "--save", ""];
  const server = spawnProgram(name, [...settings, "--appendonly", "yes", "--loglevel", "warning"]);
  while (!existsSync(socket)) {
    if (server.exitCode !== null) throw new Error(`bench: ${name} ended at its start`);
    await sleep(50);
  }
  return { url: `unix://${socket}`, server };
}

async function gradeByWorkers(root: string, folder: string, scratch: string, queue: string) {
  const { url, server } = await startQueueServer(queue, scratch);
  const workers = Array.from({ length: WORKERS }, () =>
    spawnProgram(process.execPath, [
      program(root),
      "worker",
      "--queue",
      url,
      "--jobs",
      String(JOBS_PER_WORKER),
    ]),
  );
  try {
    const graded = await grade(root, folder, join(scratch, "queue"), ["--queue", url]);
    return { ...graded, memory: Math.max(...workers.map(peakMemory)) };
  } finally {
    for (const worker of workers) worker.kill("SIGTERM");
    await Promise.all(workers.map((worker) => worker.exitCode ?? once(worker, "exit")));
    server.kill("SIGKILL");
  }
}

const hasExercises = ({ cells }: Lesson) => cells.some(({ kind }) => kind === "exercise");

function row(what: string, n: number, { seconds, memory }: Graded): Row {
  const rate = (60 * n) / seconds;
  return {
    what: `submissions per minute, ${what}, at most ${memory.toFixed(0)} MB`,
    ours: rate.toFixed(0),
    peer: `goal ${GOAL_PER_MINUTE.toFixed(0)}`,
    ratio: rate / GOAL_PER_MINUTE,
  };
}

export async function classOfAllLessons(root: string): Promise<Row[]> {
  const queue = findQueueServer();
  if (!queue) {
    console.log("Workers behind a queue aren't measured: install valkey-server or redis-server.");
  }
  if (!queue && WORKERS_ONLY) return [];
  const scratch = mkdtempSync(join(tmpdir(), "course-bench-"));
  const folder = join(scratch, "submissions");
  mkdirSync(folder);
  try {
    const lessons = readLessons(root).filter(hasExercises);
    for (const lesson of lessons) {
      for (let student = 0; student < STUDENTS; student++) {
        const file = join(folder, `${lesson.id}-${student}.ipynb`);
        writeFileSync(file, handIn(root, lesson, student));
      }
    }
    const n = lessons.length * STUDENTS;
    const rows: Row[] = [];
    if (!WORKERS_ONLY) {
      rows.push(row("in one process", n, await grade(root, folder, join(scratch, "here"), [])));
    }
    if (!queue) return rows;
    const byWorkers = await gradeByWorkers(root, folder, scratch, queue);
    return [...rows, row(`by ${WORKERS} workers, each`, n, byWorkers)];
  } finally {
    rmSync(scratch, { recursive: true, force: true });
  }
}

/** How many of a hundred answers are wrong in each way; all others are right. */
const MISTAKES_PERCENT = 10;
const UNWRITTEN_PERCENT = 10;
const CUT_OFF_PERCENT = 2;

/** The solution's code after a mutant's edits; those that reach beyond the answer don't count. */
function mistakes(root: string, { name, solution }: ExerciseCell): string[] {
  return loadContent(root, name).exercise.mutants.flatMap(({ edits }) => {
    try {
      return [applyEdits(solution, edits, name)];
    } catch {
      return [];
    }
  });
}

function answerOf(root: string, exercise: ExerciseCell, { int, pick }: Random): string {
  const { stub, solution } = exercise;
  let percent = int(0, 99);
  if (percent < UNWRITTEN_PERCENT) return stub;
  percent -= UNWRITTEN_PERCENT;
  if (percent < CUT_OFF_PERCENT) return solution.slice(0, solution.lastIndexOf("}"));
  percent -= CUT_OFF_PERCENT;
  const wrong = percent < MISTAKES_PERCENT ? mistakes(root, exercise) : [];
  return wrong.length > 0 ? pick(wrong) : solution;
}

/**
 * The notebook of a lesson as one student hands it in: of each answer the solution, a typical mistake,
 * the stub, or code that doesn't compile, drawn from a seed. No two students hand in the same code.
 */
function handIn(root: string, lesson: Lesson, student: number): string {
  const draw = random(1000 * student + Number.parseInt(lesson.id, 10));
  return answeredNotebook(lesson, (exercise) => {
    const answer = answerOf(root, exercise, draw);
    return `${answer}\nvoid "student ${student}";`;
  });
}
