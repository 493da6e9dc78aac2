/**
 * my-course/progress.json: what the student has done, exercise by exercise. Updates leave it alone;
 * two kernels may write it at once; a broken file is kept aside.
 */
import {
  closeSync,
  existsSync,
  openSync,
  readFileSync,
  renameSync,
  rmSync,
  statSync,
  writeFileSync,
} from "node:fs";
import { dirname, join } from "node:path";
import { makeFolder, paths } from "grader";

export interface Entry {
  /** The best so far, and what there is to have. */
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
  exercises: Record<string, Entry>;
}

const fileOf = (root: string) => join(paths(root).personal, "progress.json");

const isCount = (v: unknown) => typeof v === "number" && Number.isFinite(v) && v >= 0;
const isEntry = (v: unknown): v is Entry => {
  const e = v as Entry | null;
  return typeof e === "object" && e !== null && [e.earned, e.of, e.checks, e.failed].every(isCount);
};

function parse(text: string): Progress {
  const { exercises } = JSON.parse(text) as Progress;
  if (typeof exercises !== "object" || exercises === null) throw new Error("no exercises");
  return {
    exercises: Object.fromEntries(Object.entries(exercises).filter(([, entry]) => isEntry(entry))),
  };
}

/**
 * What is on disk; empty when nothing is.
 * @param onBroken told where a file that is no progress was put
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
    // it cannot be read, which says nothing about its content
    if ((e as NodeJS.ErrnoException).code !== undefined) throw e;
    const aside = join(
      dirname(file),
      `progress.broken-${new Date().toISOString().replace(/[:.]/g, "-")}.json`,
    );
    renameSync(file, aside);
    onBroken(aside);
    return { exercises: {} };
  }
}

const LOCK_MS = 2000;
const PAUSE_MS = 5;
const pause = () => Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, PAUSE_MS);

/**
 * Runs f while no other kernel writes. A lock older than two seconds is what a killed kernel left.
 */
function locked<T>(file: string, f: () => T): T {
  const lock = `${file}.lock`;
  for (;;) {
    try {
      closeSync(openSync(lock, "wx"));
      break;
    } catch (e) {
      if ((e as NodeJS.ErrnoException).code !== "EEXIST") throw e;
      const made = statSync(lock, { throwIfNoEntry: false })?.mtimeMs;
      if (made !== undefined && Date.now() - made > LOCK_MS) rmSync(lock, { force: true });
      else pause();
    }
  }
  try {
    return f();
  } finally {
    rmSync(lock, { force: true });
  }
}

const NEW: Entry = { earned: 0, of: 0, checks: 0, failed: 0 };

/**
 * Reads the file anew, changes one entry, and puts the whole in the file's place at once. Gives
 * what is now on disk.
 */
export function changeEntry(
  root: string,
  name: string,
  change: (entry: Entry) => Entry,
  onBroken?: (aside: string) => void,
): Progress {
  const file = fileOf(root);
  makeFolder(dirname(file));
  return locked(file, () => {
    const { exercises } = readProgress(root, onBroken);
    const entry = { ...change(exercises[name] ?? NEW), at: new Date().toISOString() };
    const next: Progress = { exercises: { ...exercises, [name]: entry } };
    const aside = `${file}.${process.pid}`;
    writeFileSync(aside, `${JSON.stringify(next, null, 2)}\n`);
    renameSync(aside, file);
    return next;
  });
}
