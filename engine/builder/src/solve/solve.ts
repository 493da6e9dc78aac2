/**
 * `course solve`: runs each lesson's solved notebook in the Jupyter kernel, and keeps it with its
 * outputs and static pictures in .local/solved, where slides and site read them. Runs a notebook again
 * only after its lesson, the solutions, course, the kernel or data changed.
 */
import { spawn } from "node:child_process";
import { createHash, type Hash } from "node:crypto";
import { once } from "node:events";
import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  writeFileSync,
} from "node:fs";
import { availableParallelism, tmpdir } from "node:os";
import { basename, dirname, join, relative } from "node:path";
import { makeFolder, paths, wholeNumber, writeFileAtomic } from "grader/files";
import { judgeRun } from "../claims/judge.js";
import { isRunCell, recordsIn } from "../claims/programs.js";
import { readResults, writeResults } from "../claims/results.js";
import { chooseLessons, readLessons, tryLessons } from "../lesson/lessons.js";
import type { Lesson } from "../lesson/model.js";
import { checkedNotebook, solvedNotebook } from "../lesson/notebook.js";
import { currentPreviews, differingPreviews } from "../previews/previews.js";
import { drawnIn, updatePreviews } from "../previews/update.js";
import type { Notebook } from "../pictures/pictures.js";
import { findJupyter, jupyterEnv } from "kernel";

export interface Solved {
  lesson: string;
  /** How long the run took; undefined when the notebook was up to date. */
  seconds?: number;
  /** The first cell that failed and its error; without a cell, why the lesson can't be read. */
  failed?: { cell?: string; error: string };
  /** Cells whose previews this run contradicts. */
  stalePreviews?: string[];
  /** What a first run said against the text, where a second one agrees with it. */
  contradicted?: string;
  /** Conditions of claims that were false in this run, such as weights that aren't installed. */
  unchecked?: string[];
}

export interface SolveOptions {
  /** Also runs what is up to date. */
  again?: boolean;
  /**
   * Takes this run's values of inline results also where they differ from the kept ones, and its
   * figures as previews.
   */
  update?: boolean;
  /** Kernels at a time; each fills one core and 0.5 GB. As many as there are cores, at most 4. */
  jobs?: number;
  /** The folder that keeps the notebooks, .local/solved unless given. */
  into?: string;
  /** Called for each lesson when it is done. */
  onSolved?: (done: Solved) => void;
}

/** @param words the lessons, "06" or "06-attention"; all when empty */
export async function solve(
  root: string,
  words: string[] = [],
  options: SolveOptions = {},
): Promise<Solved[]> {
  const {
    again = false,
    update = false,
    into = join(paths(root).written, "solved"),
    onSolved,
  } = options;
  const jobs = options.jobs ?? Math.min(4, availableParallelism());
  const { lessons, errors } = tryLessons(root, chooseLessons(root, words));
  const done: Solved[] = [];
  const onDone = (solved: Solved) => {
    done.push(solved);
    onSolved?.(solved);
  };
  for (const { file, message } of errors) {
    onDone({ lesson: basename(dirname(file)), failed: { error: message } });
  }

  const stale: Task[] = [];
  const dependencies = hashOfDependencies(root);
  const picturesKey = hashOfPictures(root);
  for (const lesson of lessons) {
    const key = keyOf(lesson, dependencies);
    const target = join(into, `${lesson.id}.ipynb`);
    const solved = again || update ? undefined : readSolved(target);
    if (solved?.metadata.course.solvedFrom !== key) {
      stale.push({ lesson, key, picturesKey, target });
      continue;
    }
    if (solved.metadata.course.picturesBy !== picturesKey) {
      await saveSolved(solved, target, picturesKey);
    }
    onDone({ lesson: lesson.id });
  }
  if (stale.length > 0) await runAll({ root, dependencies, update }, stale, jobs, onDone);
  return done.sort((a, b) => (a.lesson < b.lesson ? -1 : 1));
}

/** The command: prints one line per lesson. @returns the exit code */
export async function solveCommand(
  root: string,
  words: string[],
  { again, update, jobs }: { again?: boolean; update?: boolean; jobs?: number | string } = {},
): Promise<number> {
  const solved = await solve(root, words, {
    again,
    update,
    jobs: wholeNumber("jobs", jobs, 1),
    onSolved: print,
  });
  return solved.some(({ failed }) => failed) ? 1 : 0;
}

function print(solved: Solved): void {
  const { lesson, seconds, failed, stalePreviews = [], contradicted, unchecked = [] } = solved;
  const time = seconds === undefined ? "up to date" : `${seconds.toFixed(1)} s`;
  if (contradicted !== undefined) {
    console.error(`${lesson}: passed on the second run only; the first said:\n${contradicted}`);
  }
  if (stalePreviews.length > 0) {
    const cells = stalePreviews.join(", ");
    console.error(
      `${lesson}: this run draws other figures than its previews in ${cells}; ` +
        "if the run is right, course solve --update takes them",
    );
  }
  if (unchecked.length > 0) {
    console.error(
      `${lesson}: claims with the condition ${unchecked.join(", ")} were NOT checked: it is false ` +
        "in this run (course weights installs what a real model needs)",
    );
  }
  if (!failed) console.log(`${lesson}: ${time}`);
  else if (!failed.cell) console.error(failed.error);
  else console.error(`${lesson}: cell ${failed.cell} fails after ${time}: ${failed.error}`);
}

/** A notebook to run. */
interface Task {
  lesson: Lesson;
  /** The hash of everything that the run depends on. */
  key: string;
  /** The hash of what draws its pictures. */
  picturesKey: string;
  target: string;
}

/** What all runs share. */
interface RunContext {
  root: string;
  /** The hash of what every run depends on. */
  dependencies: Buffer;
  update: boolean;
}

/** Runs the notebooks, a few at a time: a kernel fills one core and 0.5 GB. */
async function runAll(
  context: RunContext,
  tasks: Task[],
  jobs: number,
  onDone: (solved: Solved) => void,
) {
  const python = await findJupyter();
  const queue = [...tasks];
  const worker = async () => {
    for (let task = queue.shift(); task; task = queue.shift()) {
      onDone(await runOne(context, python, task));
    }
  };
  await Promise.all(Array.from({ length: jobs }, worker));
}

/** A notebook with hashes of what it was solved from and of what drew its pictures. */
interface SolvedNotebook extends Notebook {
  metadata: { course: { solvedFrom?: string; picturesBy?: string } };
}

/** Claims are part of what is run, so a changed claim runs its lesson again. */
function keyOf(lesson: Lesson, dependencies: Buffer): string {
  const kept = JSON.stringify(lesson.results);
  const hash = createHash("sha256").update(dependencies).update(checkedNotebook(lesson));
  return hash.update(kept).digest("hex");
}

/** A solved notebook; undefined when there is none, or when it is cut off. */
function readSolved(file: string): SolvedNotebook | undefined {
  try {
    return JSON.parse(readFileSync(file, "utf8")) as SolvedNotebook;
  } catch {
    return undefined;
  }
}

/** Adds pictures to a notebook that ran, and writes it. */
async function saveSolved(
  notebook: SolvedNotebook,
  target: string,
  picturesKey: string,
): Promise<void> {
  const { addPictures } = await import("../pictures/pictures.js"); // jsdom takes a second to load
  await addPictures(notebook);
  notebook.metadata.course.picturesBy = picturesKey;
  // Jupyter writes each number on a line, which makes matrices three times as large
  writeFileAtomic(target, `${JSON.stringify(notebook)}\n`);
}

/**
 * The hash of what a run depends on besides the lesson: compiled packages, kernel, data, installed
 * weights, and the device that is forced.
 */
function hashOfDependencies(root: string): Buffer {
  const hash = createHash("sha256").update(process.env.COURSE_DEVICE ?? "");
  const data = readdirSync(join(root, "data")).filter((name) => name !== "oracles");
  const inputs = [
    ...[
      "solutions/dist",
      "engine/course/dist",
      "grader/dist",
      "engine/cells/dist",
      "engine/ops/dist",
    ],
    ...["engine/kernel/dist", "engine/kernel/launch.mjs", "engine/kernel/jupyter"],
    ...data.map((name) => join("data", name)),
  ];
  addFiles(hash, root, inputs);
  const weights = paths(root).installed("weights");
  hash.update(existsSync(weights) ? readdirSync(weights).sort().join() : "");
  return hash.digest();
}

/** The hash of the code that draws static pictures. When it changes, pictures are drawn again, and no
 * notebook runs. */
function hashOfPictures(root: string): string {
  const hash = createHash("sha256");
  addFiles(hash, root, [
    "engine/views/dist",
    "engine/builder/dist/pictures",
    "engine/builder/src/pictures/browser",
  ]);
  return hash.digest("hex");
}

/** Hashes files and folders, except declarations. */
function addFiles(hash: Hash, root: string, inputs: string[]): void {
  for (const file of inputs.flatMap((input) => filesIn(join(root, input)))) {
    if (file.endsWith(".d.ts") || file.endsWith(".tsbuildinfo")) continue;
    hash.update(relative(root, file)).update(readFileSync(file));
  }
}

/** The file of that path, or the files below that folder, sorted; none where there is nothing. */
function filesIn(path: string): string[] {
  if (!existsSync(path)) return [];
  if (!statSync(path).isDirectory()) return [path];
  const names = readdirSync(path).sort();
  return names.flatMap((name) => filesIn(join(path, name)));
}

async function runOne(context: RunContext, python: string, task: Task): Promise<Solved> {
  const { root } = context;
  const { lesson, picturesKey, target } = task;
  const start = performance.now();
  mkdirSync(dirname(target), { recursive: true });
  const aside = mkdtempSync(join(tmpdir(), "solve-"));
  try {
    const input = join(aside, "in.ipynb");
    const output = join(aside, "out.ipynb");
    writeFileSync(input, checkedNotebook(lesson));
    const env = {
      ...jupyterEnv(root, python),
      COURSE_PERSONAL: join(aside, "my-course"), // leaves the progress of whoever runs this alone
    };
    const seconds = () => (performance.now() - start) / 1000;
    const run = async () => {
      const failed = await execute(root, python, [input, output], env);
      if (failed) return { failed };
      const ran = JSON.parse(readFileSync(output, "utf8")) as RanNotebook;
      return takeResults(context, task, ran);
    };
    const { outcome: judged, contradicted } = await runUntilTrue(run);
    if ("failed" in judged) return { lesson: lesson.id, seconds: seconds(), failed: judged.failed };
    if ("error" in judged) return { lesson: lesson.id, seconds: seconds(), failed: judged };
    const { notebook: ran, unchecked } = judged;
    await saveSolved(ran, target, picturesKey);
    const drawn = drawnIn(ran);
    if (!context.update) {
      const stalePreviews = differingPreviews(currentPreviews(lesson).previews, drawn);
      return { lesson: lesson.id, seconds: seconds(), stalePreviews, contradicted, unchecked };
    }
    await updatePreviews(lesson, drawn, async (notebook) => {
      writeFileSync(input, notebook);
      const error = await execute(root, python, [input, output], {
        ...env,
        COURSE_ADAPTER: "none",
        COURSE_WEIGHTS: "none",
      });
      return error ?? drawnIn(JSON.parse(readFileSync(output, "utf8")) as RanNotebook);
    });
    return { lesson: lesson.id, seconds: seconds(), unchecked };
  } finally {
    rmSync(aside, { recursive: true, force: true });
  }
}

/**
 * Runs once, and once more where the run contradicts the text: a sentence about times can be false
 * of one run on a busy machine.
 * @returns the last run's outcome, and what the first one said where there was a second
 */
export async function runUntilTrue<T extends object>(
  run: () => Promise<T | { error: string }>,
): Promise<{ outcome: T | { error: string }; contradicted?: string }> {
  const first = await run();
  return "error" in first
    ? { outcome: await run(), contradicted: first.error }
    : { outcome: first };
}

interface RanNotebook extends SolvedNotebook {
  cells: (Notebook["cells"][0] & { id: string; source: string | string[] })[];
}

/**
 * Judges what the cells of claims and results printed, keeps new results, and takes these cells out.
 * @returns the solved notebook, or what is false in the lesson's text
 */
function takeResults(
  { root, dependencies, update }: RunContext,
  { lesson, key }: Task,
  ran: RanNotebook,
): { notebook: RanNotebook; unchecked: string[] } | { error: string } {
  const records = ran.cells.filter(({ id }) => isRunCell(id)).flatMap((c) => recordsIn(printed(c)));
  const { failures, values, differing, unchecked } = judgeRun(lesson, records);
  const judged = { notebook: ran, unchecked };
  const wrong = update ? failures : [...failures, ...differing];
  if (wrong.length > 0) {
    const remedy = "if the run is right, course solve --update takes its values";
    return { error: [...wrong, ...(differing.length > 0 && !update ? [remedy] : [])].join("\n") };
  }
  ran.cells = ran.cells.filter(({ id }) => !isRunCell(id));
  const isNew = lesson.results.some(({ value }) => value === undefined);
  const names = lesson.results.map((result) => result.key);
  const previous = readResults(lesson.folder);
  const isStale = Object.keys(previous).some((name) => !names.includes(name));
  ran.metadata.course.solvedFrom = key;
  if (!update && !isNew && !isStale) return judged;
  const keptNow = names.flatMap((name) => {
    const kept = update ? undefined : previous[name];
    const value = kept ?? values[name] ?? previous[name];
    return value === undefined ? [] : [[name, value] as const];
  });
  writeResults(lesson.folder, Object.fromEntries(keptNow));
  // the texts of the notebook that ran still have the former values
  const [filled] = readLessons(root, [lesson.id]);
  const sources = JSON.parse(solvedNotebook(filled!)) as RanNotebook;
  for (const cell of ran.cells) {
    cell.source = sources.cells.find(({ id }) => id === cell.id)?.source ?? cell.source;
  }
  ran.metadata.course.solvedFrom = keyOf(filled!, dependencies);
  return judged;
}

/** What a cell printed with console.log. */
function printed({ outputs = [] }: Notebook["cells"][0]): string {
  const streams = outputs as { output_type: string; text?: string | string[] }[];
  return streams
    .filter(({ output_type: type }) => type === "stream")
    .map(({ text = "" }) => (Array.isArray(text) ? text.join("") : text))
    .join("");
}

/** Runs a notebook. @returns the first cell that failed, if any */
async function execute(
  root: string,
  python: string,
  files: [input: string, output: string],
  env: NodeJS.ProcessEnv,
): Promise<Solved["failed"]> {
  const program = join(root, "engine", "lab", "jupyter", "execute.py");
  const cwd = makeFolder(paths(root).written);
  const child = spawn(python, [program, ...files], { cwd, env, windowsHide: true });
  let stdout = "";
  let stderr = "";
  child.stdout.on("data", (chunk: Buffer) => {
    stdout += chunk.toString();
  });
  child.stderr.on("data", (chunk: Buffer) => {
    stderr += chunk.toString();
  });
  const [code] = (await once(child, "close")) as [number | null];
  if (code !== 0) {
    const last = stderr.trim().split("\n").slice(-8).join("\n");
    throw new Error(`Jupyter could not run the notebook:\n${last}`);
  }
  // execute.py prints the failure as a line of JSON; other lines may be around it
  const failure = stdout.split("\n").find((line) => line.startsWith('{"cell"'));
  return failure ? (JSON.parse(failure) as Solved["failed"]) : undefined;
}
