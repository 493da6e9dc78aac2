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
import { setTimeout as pause } from "node:timers/promises";
import { type Lesson, readLessons } from "builder";
import { handIn } from "./handIns.js";
import type { Row } from "./row.js";

/** Of each lesson. What a lesson needs once (its expected values and mutants) counts in full here. */
const STUDENTS = Number(process.env.COURSE_CLASS ?? 10);
/** A large class takes an hour. */
const WORKERS_ALONE = process.env.COURSE_CLASS !== undefined;
const WORKERS = 2;
/** Of each worker; one machine's workers together have about as many as one process would. */
const JOBS = Math.ceil((availableParallelism() + 1) / WORKERS);
/** 800 students × 16 lessons in 60 minutes. */
const WANTED = (800 * 16) / 60;
const SEED = "7";
const SERVERS = ["valkey-server", "redis-server"];

const program = (root: string) => join(root, "engine", "cli", "bin", "course.mjs");

function start(command: string, args: string[]): ChildProcess {
  return spawn(command, args, { stdio: ["ignore", "ignore", "inherit"] });
}

/** The most memory that a process has had, in MB; Linux tells. */
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
  const from = performance.now();
  const grader = start(process.execPath, args);
  let memory = 0;
  const look = setInterval(() => (memory = Math.max(memory, peakMemory(grader) || 0)), 500);
  const [code] = (await once(grader, "exit")) as [number | null];
  clearInterval(look);
  if (code !== 0) throw new Error(`bench: grading ${folder} ended with code ${code}`);
  return { seconds: (performance.now() - from) / 1000, memory };
}

/** A server on a socket in the folder. */
async function startServer(folder: string): Promise<{ url: string; server: ChildProcess }> {
  const name = SERVERS.find((name) => spawnSync(name, ["--version"]).status === 0);
  if (!name) throw new Error("bench: install valkey-server or redis-server");
  const socket = join(folder, "socket");
  const settings = ["--port", "0", "--unixsocket", socket, "--dir", folder, "--save", ""];
  const server = start(name, [...settings, "--appendonly", "yes", "--loglevel", "warning"]);
  while (!existsSync(socket)) {
    if (server.exitCode !== null) throw new Error(`bench: ${name} ended at its start`);
    await pause(50);
  }
  return { url: `unix://${socket}`, server };
}

async function gradeByWorkers(root: string, folder: string, scratch: string) {
  const { url, server } = await startServer(scratch);
  const workers = Array.from({ length: WORKERS }, () =>
    start(process.execPath, [program(root), "worker", "--queue", url, "--jobs", String(JOBS)]),
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
    peer: `wanted ${WANTED.toFixed(0)}`,
    ratio: rate / WANTED,
  };
}

export async function classOfAllLessons(root: string): Promise<Row[]> {
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
    if (!WORKERS_ALONE) {
      rows.push(row("in one process", n, await grade(root, folder, join(scratch, "here"), [])));
    }
    const there = await gradeByWorkers(root, folder, scratch);
    return [...rows, row(`by ${WORKERS} workers, each`, n, there)];
  } finally {
    rmSync(scratch, { recursive: true, force: true });
  }
}
