/** The commands grade and prove, as the command line calls them. */
import { resolve } from "node:path";
import { readManifest, type Manifest } from "../files/manifest";
import { drawSeed, gradeTasks, type GradeOptions, type GradeTasks } from "../batch/batch";
import { findLesson, noLesson, wholeNumber } from "../files/commandLine";
import { DiskError, diskError } from "../files/disk";
import { collectInputs, type Inputs } from "../batch/inputs";
import { progressBar } from "../batch/progress";
import { prove, type Proof } from "./prove";
import { hiddenLine, resultLines, totals } from "../reports/summary";
import { writeClass, writeSubmission } from "../reports/write";
import { isGraded } from "../batch/result";
import { openStore, type Plan, type Store } from "../batch/store";
import { versions } from "../batch/version";

type OptionValue = number | string | undefined;

export interface GradeCommandOptions {
  out?: string;
  seed?: OptionValue;
  trusted?: boolean;
  jobs?: OptionValue;
  /** Seconds. */
  budget?: OptionValue;
  /** "06" or "06-attention". */
  lesson?: OptionValue;
  /** The URL of a queue whose workers grade; true for COURSE_QUEUE. */
  queue?: string | true;
  /** Where Prometheus may ask: a port, or an address and a port. */
  metrics?: OptionValue;
}

function lessonOption(word: OptionValue, { lessons }: Manifest): string | undefined {
  if (word === undefined) return undefined;
  const ids = lessons.map(({ id }) => id);
  const found = findLesson(word, ids);
  if (found === undefined) throw new Error(`--lesson: ${noLesson(word, ids)}`);
  return found;
}

/** Ends a batch when somebody presses Ctrl-C or the system asks; a second time ends it at once. */
export class Interrupted extends Error {}

export function onInterrupt(): { signal: AbortSignal; release(): void } {
  const controller = new AbortController();
  const abort = () => {
    controller.abort(new Interrupted());
    release();
  };
  const release = () => {
    process.off("SIGINT", abort);
    process.off("SIGTERM", abort);
  };
  process.on("SIGINT", abort);
  process.on("SIGTERM", abort);
  return { signal: controller.signal, release };
}

interface Run {
  out: string;
  manifest: Manifest;
  store: Store;
  plan: Plan;
  seed: number;
  hidden: string[];
  /** How many results this run has kept. */
  kept: number;
}

function versionsById(root: string, { lessons, version }: Manifest) {
  const versionOf = versions(root, version);
  return (id: string) => {
    const lesson = lessons.find((l) => l.id === id);
    return lesson && versionOf(lesson);
  };
}

/** What the terminal shows in the end, of this run and of the class. */
function report({ out, store, plan, seed, hidden }: Run): string {
  const ofThisRun = new Set(plan.tasks.map((t) => t.id));
  const lines = resultLines(() => store.results(ofThisRun));
  const earlier = plan.finished.length;
  if (earlier > 0) lines.push(`${earlier} of these files had been graded already.`);
  const left = hiddenLine(hidden);
  if (left !== undefined) lines.push(left);
  lines.push(`In all: ${totals(store.results())} Seed ${seed}.`, `Reports: ${out}`);
  return lines.join("\n");
}

/** Writes what concerns the whole class, from all results on disk. */
function finish(run: Run): number {
  const { out, manifest, store } = run;
  try {
    writeClass(out, manifest.course, () => store.results());
  } catch (e) {
    throw diskError(out, e);
  }
  console.log(report(run));
  for (const result of store.results()) if (isGraded(result)) return 0;
  return 1;
}

const INTERRUPTED = 130;

function interrupted(run: Run): number {
  finish(run);
  const all = run.plan.tasks.length + run.plan.finished.length;
  const done = run.plan.finished.length + run.kept;
  console.error(
    `Interrupted after ${done} of ${all} submissions. The same command goes on where it stopped.`,
  );
  return INTERRUPTED;
}

/** The URL, which may hold a password, is best kept out of the list of processes. */
export function queueUrl(given: string | true | undefined): string {
  const url = typeof given === "string" ? given : process.env.COURSE_QUEUE;
  if (url) return url;
  throw new Error("--queue: name the queue, redis://host:6379, here or in COURSE_QUEUE");
}

/** Of the options, those that say what grades. */
export type GraderOptions = Pick<GradeCommandOptions, "queue" | "metrics" | "trusted" | "jobs">;

async function uncounted(options: GraderOptions): Promise<GradeTasks> {
  if (options.queue === undefined) return gradeTasks;
  if (options.trusted || options.jobs !== undefined) {
    throw new Error("grade: with --queue, --trusted and --jobs are for course worker");
  }
  const session = { queue: queueUrl(options.queue), log: console.error };
  const { gradeOnQueue } = await import("../queue/grader.js");
  return (root, tasks, seed, all, keep) =>
    gradeOnQueue(root, tasks, seed, { ...all, ...session }, keep);
}

/** Counts what is graded, for Prometheus. */
function counted(gradeTasks: GradeTasks, where: string): GradeTasks {
  return async (root, tasks, seed, options, keep) => {
    const { serveMetrics } = await import("../queue/metrics.js");
    const metrics = await serveMetrics(where, "grader");
    let left = tasks.length;
    metrics.state(left, 0);
    try {
      await gradeTasks(root, tasks, seed, options, async (result, task) => {
        await keep(result, task);
        metrics.ended(isGraded(result) ? "graded" : "not graded");
        metrics.state(--left, 0);
      });
    } finally {
      metrics.close();
    }
  };
}

/** What grades: this process, or workers on any number of machines. */
export async function graderOf(options: GraderOptions): Promise<GradeTasks> {
  const grade = await uncounted(options);
  const { metrics } = options;
  return metrics === undefined ? grade : counted(grade, String(metrics));
}

async function gradeInto(
  root: string,
  run: Run,
  grade: GradeTasks,
  options: GradeOptions,
): Promise<number> {
  const { store, plan, seed } = run;
  const stop = onInterrupt();
  try {
    await store.begin(seed);
    const progress = progressBar(process.stderr, "grading");
    const onSandbox = (holds: string) => {
      if (holds !== "bubblewrap") console.error(`What holds the submissions: ${holds}.`);
    };
    const all = { ...options, signal: stop.signal, progress, onSandbox };
    await grade(root, plan.tasks, seed, all, async (result, task) => {
      await store.keep(result, task);
      run.kept++;
    });
    return finish(run);
  } catch (e) {
    if (e instanceof Interrupted) return interrupted(run);
    throw e instanceof DiskError ? new Error(`grade: ${e.message}`, { cause: e }) : e;
  } finally {
    stop.release();
  }
}

/**
 * @returns the exit code: 1 when nothing could be graded, 130 when interrupted. A bad file among
 *   good ones costs its own line only.
 */
export async function gradeCommand(
  root: string,
  words: string[],
  options: GradeCommandOptions,
): Promise<number> {
  if (words.length === 0) throw new Error("grade: name the notebooks to grade, or folders of them");
  if (!options.out) throw new Error("grade: --out DIR says where the reports go");
  const given = wholeNumber("seed", options.seed, 0, 2 ** 32 - 1);
  const jobs = wholeNumber("jobs", options.jobs, 1, 256);
  const seconds = wholeNumber("budget", options.budget, 1, 3600);
  const budget = seconds === undefined ? undefined : 1000 * seconds;
  const out = resolve(options.out);
  const manifest = readManifest(root);
  const lesson = lessonOption(options.lesson, manifest);
  const grade = await graderOf(options);
  const store = await openStore(out, manifest.course, writeSubmission).catch((e: unknown) => {
    throw e instanceof DiskError ? new Error(`grade: ${e.message}`, { cause: e }) : e;
  });
  try {
    const { inputs, hidden }: Inputs = collectInputs(words);
    const seed = given ?? store.seed ?? drawSeed();
    const plan = store.plan(inputs, seed, versionsById(root, manifest));
    const run = { out, manifest, store, plan, seed, hidden, kept: 0 };
    return await gradeInto(root, run, grade, { trusted: options.trusted, jobs, budget, lesson });
  } finally {
    store.close();
  }
}

function proofSign({ ok, notHere }: Proof): string {
  if (!ok) return "✗";
  return notHere === undefined ? "✓" : "–";
}

function proofLines(proof: Proof): string {
  const { name, cases, mutants, faults, notHere } = proof;
  const counted = `${String(cases).padStart(3)} cases, ${mutants} mutants`;
  const reason = notHere === undefined ? "" : `: not proved on this machine, ${notHere}`;
  const head = `${proofSign(proof)} ${name.padEnd(32)} ${counted}${reason}`;
  return [head, ...faults.map((fault) => `    ${fault}`)].join("\n");
}

/**
 * @param names exercises, all of the manifest's when none
 * @returns 1 when an exercise is not proved
 */
export async function proveCommand(
  root: string,
  names: string[],
  options: { trusted?: boolean; jobs?: number | string } = {},
): Promise<number> {
  const proofs = await prove(root, names, {
    ...options,
    jobs: wholeNumber("jobs", options.jobs, 1, 256),
    progress: progressBar(process.stderr, "proving"),
  });
  const wrong = proofs.filter((p) => !p.ok);
  const right = proofs.filter((p) => p.ok);
  for (const proof of [...right, ...wrong]) console.log(proofLines(proof)); // the last are read
  const failed = wrong.length;
  const proved = right.filter((p) => !p.notHere).length;
  console.log(
    failed > 0
      ? `${failed} of ${proofs.length} exercises are not proved.`
      : `${proved} exercises proved: the solution passes, the stub fails, each mutant fails ` +
          "and is named.",
  );
  return failed > 0 ? 1 : 0;
}
