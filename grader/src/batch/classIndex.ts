/** What is remembered of each result of a class, and how it is found again for a file. */
import { existsSync, readdirSync, readFileSync, rmSync } from "node:fs";
import { join } from "node:path";
import { foldId, newId } from "./ids";
import type { Input } from "./inputs";
import { isGraded, type Graded, type Result } from "./result";

/** What is in a result's file: where the submission lay, so that two of one name stay two. */
export interface StoredResult {
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
    const kept = readJson<StoredResult>(file);
    if (!kept || isGone(kept)) rmSync(file, { force: true });
    else index.add(entryOf(kept));
  }
  return index;
}
