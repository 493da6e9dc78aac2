/**
 * my-course/progress.json: what the student has done, exercise by exercise. Updates of the course
 * leave it alone, two kernels may write it at once, and a broken file is kept aside.
 */
import {
  closeSync,
  existsSync,
  openSync,
  readFileSync,
  renameSync,
  rmSync,
  statSync,
} from "node:fs";
import { dirname, join } from "node:path";
import { makeFolder, paths, writeFileAtomic } from "grader";

export interface ExerciseProgress {
  /** The best score so far, and the full score. */
  earned: number;
  of: number;
  checks: number;
  /** Checks that failed before the first one that passed. */
  failed: number;
  passed?: boolean;
  /** The student looked at the solution. */
  seen?: boolean;
  /** When it was last checked or looked at, ISO 8601. */
  at?: string;
}
export interface Progress {
  exercises: Record<string, ExerciseProgress>;
}

const fileOf = (root: string) => join(paths(root).personal, "progress.json");

const isCount = (v: unknown) => typeof v === "number" && Number.isFinite(v) && v >= 0;
function isEntry(v: unknown): v is ExerciseProgress {
  if (typeof v !== "object" || v === null) return false;
  const { earned, of, checks, failed } = v as ExerciseProgress;
  return [earned, of, checks, failed].every(isCount);
}

function parse(text: string): Progress {
  const { exercises } = JSON.parse(text) as Progress;
  if (typeof exercises !== "object" || exercises === null) throw new Error("no exercises");
  const entries = Object.entries(exercises).filter(([, entry]) => isEntry(entry));
  return { exercises: Object.fromEntries(entries) };
}

/**
 * What is on disk; empty when there is no file.
 * @param onBroken called with the new place of a file that could not be read as progress
 */
export function readProgress(
  root: string,
  onBroken: (aside: string) => void = () => undefined,
): Progress {
  const file = fileOf(root);
  if (!existsSync(file)) return { exercises: {} };
  try {
    return parse(readFileSync(file, "utf8"));
  } catch (e) {
    // the file system's error says nothing about the content
    if ((e as NodeJS.ErrnoException).code !== undefined) throw e;
    const now = new Date().toISOString().replace(/[:.]/g, "-");
    const aside = join(dirname(file), `progress.broken-${now}.json`);
    renameSync(file, aside);
    onBroken(aside);
    return { exercises: {} };
  }
}

const LOCK_TIMEOUT_MS = 2000;
const LOCK_RETRY_MS = 5;
const pause = () => Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, LOCK_RETRY_MS);

/** Makes the lock file; false while another kernel has it. */
function tryLock(lock: string): boolean {
  try {
    closeSync(openSync(lock, "wx"));
    return true;
  } catch (e) {
    if ((e as NodeJS.ErrnoException).code !== "EEXIST") throw e;
    return false;
  }
}

/** Whether the lock is older than two seconds: a killed kernel left it. */
function isAbandoned(lock: string): boolean {
  const made = statSync(lock, { throwIfNoEntry: false })?.mtimeMs;
  return made !== undefined && Date.now() - made > LOCK_TIMEOUT_MS;
}

/** Runs f while no other kernel writes. */
function withLock<T>(file: string, f: () => T): T {
  const lock = `${file}.lock`;
  while (!tryLock(lock)) {
    if (isAbandoned(lock)) rmSync(lock, { force: true });
    else pause();
  }
  try {
    return f();
  } finally {
    rmSync(lock, { force: true });
  }
}

const NO_CHECKS: ExerciseProgress = { earned: 0, of: 0, checks: 0, failed: 0 };

/**
 * Reads the file again, changes one entry, and replaces the file in one step.
 * @returns what is now on disk
 */
export function changeEntry(
  root: string,
  name: string,
  change: (entry: ExerciseProgress) => ExerciseProgress,
  onBroken?: (aside: string) => void,
): Progress {
  const file = fileOf(root);
  makeFolder(dirname(file));
  return withLock(file, () => {
    const { exercises } = readProgress(root, onBroken);
    const entry = { ...change(exercises[name] ?? NO_CHECKS), at: new Date().toISOString() };
    const next: Progress = { exercises: { ...exercises, [name]: entry } };
    writeFileAtomic(file, `${JSON.stringify(next, null, 2)}\n`, { concurrent: true });
    return next;
  });
}
