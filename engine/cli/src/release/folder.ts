/**
 * Writes a release into its folder, also over an earlier release, and loses nothing. `release.json`
 * lists the hash of each file, which shows what somebody has changed since; such a file is kept.
 */
import { createHash } from "node:crypto";
import { existsSync, mkdirSync, readFileSync, readdirSync, renameSync, rmSync } from "node:fs";
import { dirname, join } from "node:path";
import { releaseFile, writeFileAtomic } from "grader/files";

/** Contents by path, written with slashes. */
export type Files = Map<string, Uint8Array>;

export interface Release {
  version: string;
  /** Ids of the lessons that it holds. */
  lessons: string[];
  /** Of these, the ones whose solutions are published. */
  published: string[];
  /** Whether it holds, compiled, the functions of other lessons that its lessons import. */
  standalone?: boolean;
  /** sha256 by path. */
  files: Record<string, string>;
}

const sha256 = (bytes: Uint8Array) => createHash("sha256").update(bytes).digest("hex");

/** The release in a folder. @throws where the folder holds something else */
export function readRelease(folder: string): Release | undefined {
  const file = releaseFile(folder);
  if (existsSync(file)) {
    try {
      return JSON.parse(readFileSync(file, "utf8")) as Release;
    } catch (e) {
      throw new Error(`${file} is damaged: delete it, then release again into an empty folder`, {
        cause: e,
      });
    }
  }
  const names = existsSync(folder) ? readdirSync(folder) : [];
  if (names.every((name) => name === ".git")) return undefined;
  throw new Error(`${folder} is not empty and holds no release: name a new folder`);
}

/** A new name for a changed file: the first that is free. */
function freeName(file: string): string {
  for (let n = 1; ; n++) {
    const name = `${file}.kept-${n}`;
    if (!existsSync(name)) return name;
  }
}

function write(file: string, bytes: Uint8Array): void {
  mkdirSync(dirname(file), { recursive: true });
  const isProgram = bytes[0] === 0x23 && bytes[1] === 0x21; // #!
  writeFileAtomic(file, bytes, { mode: isProgram ? 0o755 : undefined });
}

export interface WriteReport {
  changed: number;
  removed: number;
  /** Files that somebody had changed, by their new names. */
  kept: string[];
}

/** An instructor may rewrite pages, so a changed one stays. */
const isPage = (path: string) => path.endsWith(".md");

/**
 * Renames a file that somebody has changed, so that a new version can take its place.
 * @param before the hash of the file as it was released
 * @returns false where the changed file stays in its place
 */
function keepChanged(folder: string, path: string, before: string | undefined, kept: string[]) {
  const file = join(folder, path);
  if (!existsSync(file)) return true;
  if (sha256(readFileSync(file)) === before) return true;
  if (isPage(path)) return false;
  const newName = freeName(file);
  renameSync(file, newName);
  kept.push(newName);
  return true;
}

/** Removes files of an earlier release that this one lacks, unless somebody has changed them. */
function removeOld(folder: string, old: [path: string, hash: string][]): number {
  let removed = 0;
  for (const [path, hash] of old) {
    const file = join(folder, path);
    if (!existsSync(file) || sha256(readFileSync(file)) !== hash) continue;
    rmSync(file);
    removed++;
  }
  return removed;
}

/**
 * Writes all files of a release, and its list last, so that the same command finishes an interrupted
 * release.
 * @param before the list of the release that is there
 * @param unchanged paths of that list that stay as they are
 */
export function writeRelease(
  folder: string,
  release: Omit<Release, "files">,
  files: Files,
  before: Record<string, string> = {},
  unchanged: string[] = [],
): WriteReport {
  const old = Object.entries(before).filter(
    ([path]) => !files.has(path) && !unchanged.includes(path),
  );
  const report: WriteReport = { changed: 0, removed: removeOld(folder, old), kept: [] };
  for (const [path, bytes] of files) {
    const file = join(folder, path);
    if (existsSync(file) && Buffer.from(bytes).equals(readFileSync(file))) continue;
    if (!keepChanged(folder, path, before[path], report.kept)) continue;
    write(file, bytes);
    report.changed++;
  }
  const hashes = Object.fromEntries([
    ...unchanged.map((path) => [path, before[path]]),
    ...[...files].map(([path, bytes]) => [path, sha256(bytes)]),
  ]);
  const list = JSON.stringify({ ...release, files: hashes }, undefined, 1);
  writeFileAtomic(releaseFile(folder), `${list}\n`);
  return report;
}
