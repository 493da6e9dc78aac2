/** Writes a folder of copies, texts and links; the next time, only what differs. */
import {
  copyFileSync,
  existsSync,
  lstatSync,
  mkdirSync,
  readFileSync,
  readdirSync,
  readlinkSync,
  rmSync,
  statSync,
  symlinkSync,
  utimesSync,
  writeFileSync,
} from "node:fs";
import { dirname, join } from "node:path";
import { replaceFile } from "grader/files";

/** Files by path, written with slashes: a copy of another one, or a text. */
export type Contents = Map<string, { from: string } | { text: string }>;

export interface CombinedFolder {
  contents: Contents;
  /** Folders by path, and where they lie. */
  links: Map<string, string>;
}

/** The file that marks a folder as written by this code. */
const MARKER_FILE = "made-by-course.txt";
const MARKER_TEXT =
  "Every course command with --private renews this folder from the course and the folder above.\n" +
  "Change nothing here: write in lessons-src, solutions and data/reference beside it.\n";

/** Writes beside and renames, so that others always read a complete file. */
function writeAtomically(file: string, write: (part: string) => void): void {
  mkdirSync(dirname(file), { recursive: true });
  replaceFile(file, write, { concurrent: true });
}

/** Gives the copy the source's time, by which the next run sees that it is up to date. */
function copy(from: string, to: string): void {
  const { size, mtime } = statSync(from);
  const existing = existsSync(to) ? statSync(to) : undefined;
  const isSame = existing?.size === size && Math.abs(Number(existing.mtime) - Number(mtime)) < 2;
  if (isSame) return;
  writeAtomically(to, (part) => {
    copyFileSync(from, part);
    utimesSync(part, mtime, mtime);
  });
}

function writeText(file: string, text: string): void {
  if (existsSync(file) && readFileSync(file, "utf8") === text) return;
  writeAtomically(file, (part) => writeFileSync(part, text));
}

function link(path: string, target: string): void {
  const existing = lstatSync(path, { throwIfNoEntry: false });
  if (existing?.isSymbolicLink() && readlinkSync(path) === target) return;
  if (existing) rmSync(path, { recursive: true });
  mkdirSync(dirname(path), { recursive: true });
  symlinkSync(target, path, "junction"); // needs no rights on Windows
}

/** Removes files that the contents no longer have, from folders that the contents describe entirely. */
function removeOld(home: string, folders: string[], contents: Contents): void {
  for (const folder of folders) {
    const names = readdirSync(join(home, folder), { recursive: true }).map(String);
    for (const name of names) {
      const file = join(home, folder, name);
      const isOld = !contents.has(`${folder}/${name.replaceAll("\\", "/")}`);
      if (isOld && statSync(file, { throwIfNoEntry: false })?.isFile()) rmSync(file);
    }
  }
}

/**
 * @param folders those of its folders that are wholly described by the contents
 * @throws where the folder is somebody's own
 */
export function writeCombined(
  home: string,
  { contents, links }: CombinedFolder,
  folders: string[],
): void {
  const isCombined = existsSync(join(home, MARKER_FILE));
  if (!isCombined && existsSync(home) && readdirSync(home).length > 0) {
    throw new Error(`--private: ${home} is in the way: it holds the course in use; rename yours`);
  }
  writeText(join(home, MARKER_FILE), MARKER_TEXT);
  for (const [path, content] of contents) {
    const file = join(home, path);
    if ("from" in content) copy(content.from, file);
    else writeText(file, content.text);
  }
  links.forEach((target, path) => link(join(home, path), target));
  removeOld(home, folders, contents);
}
