/**
 * The results of a class on disk: a file for each submission, written as soon as it is graded. So
 * the same command goes on where it stopped, and a latecomer is added to the class.
 */
import { createHash } from "node:crypto";
import { existsSync, rmSync, readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import type { Task } from "./batch";
import { DiskError, diskError, makeFolders, writeDurably } from "../files/disk";
import { realPathOf, readInput, type Input, foldId, newId } from "./inputs";
import { tryLockIfPossible, type Lock } from "../sandbox/lock";
import { bounded, isGraded, type Result, type Graded } from "./result";
import { RESULT_FORMAT, upgradeResult } from "./upgradeResult";

export interface Plan {
  tasks: Task[];
  /** Ids of inputs whose results are there already. */
  finished: string[];
}

/** The version of a lesson, undefined where the course has no such lesson. */
export type VersionOf = (lesson: string) => string | undefined;

export interface Store {
  /** Of the last batch into this folder. */
  seed?: number;
  /** Which inputs are to be graded, and under which names. */
  plan(inputs: Input[], seed: number, versionOf: VersionOf): Plan;
  /** Makes the seed durable, before anything is graded with it. */
  begin(seed: number): Promise<void>;
  /** Once this is done, the result will not be lost. @throws DiskError */
  keep(result: Result, task: Task): Promise<void>;
  /** All results, or some, in the order of their files; read from the disk one by one. */
  results(ids?: ReadonlySet<string>): Iterable<Result>;
  close(): void;
}

const PROBE_BYTES = 1 << 16;

/** Tries everything that will be needed. @throws DiskError */
async function tryFolder(out: string, results: string): Promise<Lock> {
  try {
    makeFolders(results);
    const probe = join(results, ".probe");
    await writeDurably(probe, "x".repeat(PROBE_BYTES));
    rmSync(probe);
    const lock = tryLockIfPossible(join(out, ".lock"));
    if (lock) return lock;
  } catch (e) {
    throw diskError(out, e);
  }
  throw new DiskError(`another grader is writing to ${out}: wait until it has finished`);
}

const hashOf = (input: Input): string => {
  try {
    return createHash("sha256").update(readInput(input)).digest("hex");
  } catch {
    return ""; // what is wrong is said when it is graded
  }
};

function makePlan(
  index: ResultIndex,
  inputs: Input[],
  seed: number,
  versionOf: VersionOf,
  hasReports: (id: string) => boolean,
): Plan {
  const plan: Plan = { tasks: [], finished: [] };
  for (const input of inputs) {
    const sha256 = hashOf(input);
    const entry = index.find(input, realPathOf(input), sha256);
    const id = entry?.id ?? index.idFor(input);
    const lesson = entry?.lesson ?? "";
    const wanted = keyOf(lesson, seed, versionOf(lesson));
    const same = entry?.key !== undefined && entry.key === wanted && entry.sha256 === sha256;
    if (same && hasReports(id)) plan.finished.push(id);
    else plan.tasks.push({ ...input, id });
  }
  return plan;
}

/** Writes the reports of one submission into a folder; `writeSubmission` of the reports. */
export type WriteReports = (out: string, course: string, graded: Graded) => void;

/** @throws DiskError where reports cannot be written, before anything is graded */
export async function openStore(
  out: string,
  course: string,
  writeReports: WriteReports,
): Promise<Store> {
  const folder = join(out, "results");
  const batchFile = join(folder, ".batch");
  const lock = await tryFolder(out, folder);
  const index = readIndex(folder);
  const fileOf = (id: string) => join(folder, `${id}.json`);
  const hasReports = (id: string) => existsSync(join(out, `${id}.html`));
  return {
    seed: readJson<{ seed: number }>(batchFile)?.seed,
    begin: (seed) =>
      writeDurably(batchFile, JSON.stringify({ seed })).catch((e: unknown) => {
        throw diskError(out, e);
      }),
    plan: (inputs, seed, versionOf) => makePlan(index, inputs, seed, versionOf, hasReports),
    async keep(result, task) {
      const kept: StoredResult = {
        format: RESULT_FORMAT,
        place: realPathOf(task),
        result: bounded(result),
      };
      try {
        if (isGraded(kept.result)) writeReports(out, course, kept.result);
        await writeDurably(fileOf(task.id), JSON.stringify(kept));
      } catch (e) {
        throw diskError(out, e);
      }
      index.add(entryOf(kept));
    },
    *results(ids) {
      const files = [...index.entries.values()].filter((e) => !ids || ids.has(e.id));
      for (const { id } of files.sort((a, b) => (a.file < b.file ? -1 : 1))) {
        const kept = readStored(fileOf(id));
        if (kept) yield kept.result;
      }
    },
    close: () => lock.release(),
  };
}

// What is remembered of each result of a class, and how it is found again for a file.

/** What is in a result's file: where the submission lay, so that two of one name stay two. */
export interface StoredResult {
  /** Missing in files of format 1. */
  format?: number;
  place: string;
  result: Result;
}

/** What is remembered of a result while a batch runs. */
export interface IndexEntry {
  id: string;
  file: string;
  path: string;
  /** Empty where it was not graded. */
  sha256: string;
  lesson?: string;
  /** Lesson, seed and version; undefined where it must be graded again. */
  key?: string;
}

/** A result with an exercise that this machine could not grade is not finished. */
const isFinished = (result: Result): result is Graded =>
  isGraded(result) && !result.exercises.some((e) => e.notGraded);

export const keyOf = (lesson: string, seed: number, version: string | undefined) =>
  version === undefined ? undefined : `${lesson} ${seed} ${version}`;

export function entryOf({ place, result }: StoredResult): IndexEntry {
  const { id, file, seed, version } = result;
  const sha256 = isGraded(result) ? result.sha256 : "";
  const key = isFinished(result) ? keyOf(result.lesson, seed, version) : undefined;
  const lesson = isGraded(result) ? result.lesson : undefined;
  return { id, file, path: place, sha256, lesson, key };
}

export function readJson<T>(file: string): T | undefined {
  try {
    return JSON.parse(readFileSync(file, "utf8")) as T;
  } catch {
    return undefined; // none, or cut off by a machine that lost its power
  }
}

/** A result's file, whichever version wrote it; undefined where it can't be read. */
function readStored(file: string): StoredResult | undefined {
  const stored = readJson<{ place: string; result: unknown }>(file);
  if (!stored) return undefined;
  try {
    return { ...stored, result: upgradeResult(stored.result) };
  } catch {
    return undefined; // not a result
  }
}

/** Entries by id, found again for an input. */
export class ResultIndex {
  readonly entries = new Map<string, IndexEntry>();
  private readonly taken = new Set<string>();

  add(entry: IndexEntry): void {
    this.entries.set(entry.id, entry);
    this.taken.add(foldId(entry.id));
  }

  /**
   * The result of the same file: at the same place, or moved from a place where nothing is left,
   * with its name and content.
   */
  find({ file }: Input, place: string, sha256: string): IndexEntry | undefined {
    const all = [...this.entries.values()];
    const here = all.find((e) => e.path === place);
    if (here) return here;
    const isMoved = (e: IndexEntry) =>
      e.file === file && e.sha256 === sha256 && sha256 !== "" && !existsSync(e.path);
    return all.find(isMoved);
  }

  idFor(input: Input): string {
    return newId(input.file, this.taken);
  }
}

/** Not graded, and gone since: renamed, unpacked or removed. */
function isGone({ place, result }: StoredResult): boolean {
  return !isGraded(result) && !existsSync(place);
}

export function readIndex(folder: string): ResultIndex {
  const index = new ResultIndex();
  for (const name of readdirSync(folder)) {
    const file = join(folder, name);
    if (!name.endsWith(".json")) continue;
    const kept = readStored(file);
    if (!kept || isGone(kept)) rmSync(file, { force: true });
    else index.add(entryOf(kept));
  }
  return index;
}
