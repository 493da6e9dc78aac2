/**
 * `course solve`: runs the solved notebook of each lesson in the real kernel and keeps it with its
 * outputs in .local/solved, where slides find their figures. A notebook whose lesson, solutions,
 * course, kernel and data are unchanged is not run again.
 */
import { spawn } from "node:child_process";
import { createHash } from "node:crypto";
import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  statSync,
  writeFileSync,
} from "node:fs";
import { availableParallelism, tmpdir } from "node:os";
import { basename, dirname, join, relative } from "node:path";
import { paths } from "grader/dist/paths.js";
import { chooseLessons, tryLessons } from "../build/lessons.js";
import type { Lesson } from "../build/model.js";
import { solvedNotebook } from "../build/notebook.js";
import { findJupyter, jupyterEnv } from "./jupyter.js";

export interface Solved {
  lesson: string;
  /** Of this run; undefined when the notebook was up to date. */
  seconds?: number;
  /** The first cell that failed and its error; without a cell, why the lesson cannot be read. */
  failed?: { cell?: string; error: string };
}

/**
 * @param words the lessons, "06" or "06-attention"; all when empty
 * @param again run also what is up to date
 * @param jobs kernels at a time
 * @param into the folder that keeps them, .local/solved unless given
 * @param onSolved called for each lesson as it is done
 */
export async function solve(
  root: string,
  words: string[] = [],
  {
    again = false,
    jobs = Math.min(4, availableParallelism()), // a kernel fills one core and 0.5 GB
    into = join(paths(root).local, "solved"),
    onSolved,
  }: { again?: boolean; jobs?: number; into?: string; onSolved?: (done: Solved) => void } = {},
): Promise<Solved[]> {
  const { lessons, errors } = tryLessons(root, chooseLessons(root, words));
  const engine = hashOfFolders(root);
  const queue = lessons.map((lesson) => ({
    lesson,
    key: createHash("sha256").update(engine).update(solvedNotebook(lesson)).digest("hex"),
  }));
  const stale = queue.filter(
    ({ lesson, key }) => again || keyOf(join(into, `${lesson.id}.ipynb`)) !== key,
  );
  const python = stale.length > 0 ? await findJupyter() : "";
  const done: Solved[] = errors.map(({ file, message }) => ({
    lesson: basename(dirname(file)),
    failed: { error: message },
  }));
  done.forEach((unreadable) => onSolved?.(unreadable));
  const worker = async () => {
    for (let next = queue.shift(); next; next = queue.shift()) {
      const solved = stale.includes(next)
        ? await runOne(root, python, into, next.lesson, next.key)
        : { lesson: next.lesson.id };
      done.push(solved);
      onSolved?.(solved);
    }
  };
  await Promise.all(Array.from({ length: jobs }, worker));
  return done.sort((a, b) => (a.lesson < b.lesson ? -1 : 1));
}

function wholeJobs(jobs: number | string): number {
  const n = Number(jobs);
  if (!Number.isInteger(n) || n < 1) {
    throw new Error(`--jobs: expected a whole number from 1 on, got ${jobs}`);
  }
  return n;
}

/** The command: prints a line a lesson. @returns the exit code */
export async function solveCommand(
  root: string,
  words: string[],
  { again, jobs }: { again?: boolean; jobs?: number | string } = {},
): Promise<number> {
  const solved = await solve(root, words, {
    again,
    jobs: jobs === undefined ? undefined : wholeJobs(jobs),
    onSolved: ({ lesson, seconds, failed }) => {
      const time = seconds === undefined ? "up to date" : `${seconds.toFixed(1)} s`;
      if (failed) {
        console.error(
          failed.cell
            ? `${lesson}: cell ${failed.cell} fails after ${time}: ${failed.error}`
            : failed.error,
        );
      } else console.log(`${lesson}: ${time}`);
    },
  });
  return solved.some(({ failed }) => failed) ? 1 : 0;
}

interface WithKey {
  metadata: { course: { solvedFrom?: string } };
}

function keyOf(file: string): string | undefined {
  try {
    return (JSON.parse(readFileSync(file, "utf8")) as WithKey).metadata.course.solvedFrom;
  } catch {
    return undefined; // not solved yet, or cut off
  }
}

/**
 * Everything but the lesson that a run depends on: compiled packages, kernel, data, installed
 * weights, the device that is forced.
 */
function hashOfFolders(root: string): Buffer {
  const hash = createHash("sha256").update(process.env.COURSE_DEVICE ?? "");
  const add = (path: string) => {
    if (!existsSync(path)) return;
    if (!statSync(path).isDirectory()) {
      if (!path.endsWith(".d.ts") && !path.endsWith(".tsbuildinfo")) {
        hash.update(relative(root, path)).update(readFileSync(path));
      }
      return;
    }
    for (const name of readdirSync(path).sort()) add(join(path, name));
  };
  for (const name of [
    "solutions/dist",
    "course/dist",
    "grader/dist",
    "tools/kernel.js",
    "tools/kernel",
    "tools/jupyter/kernels",
  ]) {
    add(join(root, name));
  }
  for (const name of readdirSync(join(root, "data"))) {
    if (name !== "oracles") add(join(root, "data", name));
  }
  const weights = join(paths(root).local, "weights");
  hash.update(existsSync(weights) ? readdirSync(weights).sort().join() : "");
  return hash.digest();
}

async function runOne(
  root: string,
  python: string,
  into: string,
  lesson: Lesson,
  key: string,
): Promise<Solved> {
  const start = performance.now();
  const target = join(into, `${lesson.id}.ipynb`);
  mkdirSync(into, { recursive: true });
  const aside = mkdtempSync(join(tmpdir(), "solve-"));
  const personal = join(aside, "my-course"); // nobody's progress moves
  try {
    const input = join(aside, "in.ipynb");
    const output = join(aside, "out.ipynb");
    const notebook = JSON.parse(solvedNotebook(lesson)) as WithKey;
    notebook.metadata.course.solvedFrom = key;
    writeFileSync(input, JSON.stringify(notebook));
    const failed = await execute(root, python, input, output, {
      ...jupyterEnv(root, python),
      COURSE_PERSONAL: personal,
    });
    const seconds = (performance.now() - start) / 1000;
    if (failed) return { lesson: lesson.id, seconds, failed };
    writeFileSync(`${target}.part`, readFileSync(output));
    renameSync(`${target}.part`, target);
    return { lesson: lesson.id, seconds };
  } finally {
    rmSync(aside, { recursive: true, force: true });
  }
}

function execute(
  root: string,
  python: string,
  input: string,
  output: string,
  env: NodeJS.ProcessEnv,
): Promise<Solved["failed"]> {
  return new Promise((done, fail) => {
    const child = spawn(python, [join(root, "tools", "jupyter", "execute.py"), input, output], {
      cwd: paths(root).local,
      env,
      windowsHide: true,
    });
    let said = "";
    let complaints = "";
    child.stdout.on("data", (chunk: Buffer) => {
      said += chunk.toString();
    });
    child.stderr.on("data", (chunk: Buffer) => {
      complaints += chunk.toString();
    });
    child.on("error", fail);
    child.on("close", (code) => {
      // a driver of the kernel may print as well
      const failure = said.split("\n").find((line) => line.startsWith('{"cell"'));
      if (code !== 0) {
        fail(
          new Error(
            "Jupyter could not run the " +
              `notebook:\n${complaints.trim().split("\n").slice(-8).join("\n")}`,
          ),
        );
      } else done(failure ? (JSON.parse(failure) as Solved["failed"]) : undefined);
    });
  });
}
