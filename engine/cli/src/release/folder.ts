/**
 * The folder of a release: written over an existing one without losing anything. `release.json`
 * lists what was written, so that a file that somebody has changed since is known and kept.
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
  const holds = existsSync(folder) ? readdirSync(folder).filter((name) => name !== ".git") : [];
  if (holds.length === 0) return undefined;
  throw new Error(`${folder} is not empty and holds no release: name a new folder`);
}

/** The first free name for a file that is put aside. */
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

export interface Written {
  changed: number;
  removed: number;
  /** What somebody had changed, under its new name. */
  kept: string[];
}

/** Pages may be rewritten by an instructor: theirs stay. */
const isPage = (path: string) => path.endsWith(".md");

/** Makes room for a new version. @returns whether the file is to be written */
function makeRoom(folder: string, path: string, before: string | undefined, kept: string[]) {
  const file = join(folder, path);
  if (!existsSync(file)) return true;
  if (sha256(readFileSync(file)) === before) return true;
  if (isPage(path)) return false;
  const aside = freeName(file);
  renameSync(file, aside);
  kept.push(aside);
  return true;
}

/** Removes what an earlier release wrote and this one lacks, unless somebody has changed it. */
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
 * Writes all files of a release, and its list last: an interrupted release is finished by the same
 * command.
 * @param before what the folder holds, by its list
 * @param stays what of it is not written now and stays
 */
export function writeRelease(
  folder: string,
  release: Omit<Release, "files">,
  files: Files,
  before: Record<string, string> = {},
  stays: string[] = [],
): Written {
  const old = Object.entries(before).filter(([path]) => !files.has(path) && !stays.includes(path));
  const written: Written = { changed: 0, removed: removeOld(folder, old), kept: [] };
  for (const [path, bytes] of files) {
    const file = join(folder, path);
    if (existsSync(file) && Buffer.from(bytes).equals(readFileSync(file))) continue;
    if (!makeRoom(folder, path, before[path], written.kept)) continue;
    write(file, bytes);
    written.changed++;
  }
  const hashes = Object.fromEntries([
    ...stays.map((path) => [path, before[path]]),
    ...[...files].map(([path, bytes]) => [path, sha256(bytes)]),
  ]);
  const list = JSON.stringify({ ...release, files: hashes }, undefined, 1);
  writeFileAtomic(releaseFile(folder), `${list}\n`);
  return written;
}
