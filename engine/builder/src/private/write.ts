/** Writes a folder of copies, texts and links, and what differs of it alone the next time. */
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

export interface Together {
  contents: Contents;
  /** Folders by path, and where they lie. */
  links: Map<string, string>;
}

/** A file that says whose the folder is. */
const MARK = "made-by-course.txt";
const SAYS =
  "Every course command with --private renews this folder from the course and the folder above.\n" +
  "Change nothing here: write in lessons-src, solutions and data/reference beside it.\n";

/** Others may read while this writes: a file is there whole, or as it was. */
function aside(file: string, write: (part: string) => void): void {
  mkdirSync(dirname(file), { recursive: true });
  replaceFile(file, write, { concurrent: true });
}

/** Copies keep their time, by which the next run knows them. */
function copy(from: string, to: string): void {
  const { size, mtime } = statSync(from);
  const there = existsSync(to) ? statSync(to) : undefined;
  const isSame = there?.size === size && Math.abs(Number(there.mtime) - Number(mtime)) < 2;
  if (isSame) return;
  aside(to, (part) => {
    copyFileSync(from, part);
    utimesSync(part, mtime, mtime);
  });
}

function put(file: string, text: string): void {
  if (existsSync(file) && readFileSync(file, "utf8") === text) return;
  aside(file, (part) => writeFileSync(part, text));
}

function link(path: string, target: string): void {
  const there = lstatSync(path, { throwIfNoEntry: false });
  if (there?.isSymbolicLink() && readlinkSync(path) === target) return;
  if (there) rmSync(path, { recursive: true });
  mkdirSync(dirname(path), { recursive: true });
  symlinkSync(target, path, "junction"); // needs no rights on Windows
}

/** Removes what is no longer part of it from folders that hold nothing else. */
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
export function writeTogether(
  home: string,
  { contents, links }: Together,
  folders: string[],
): void {
  const isOurs = existsSync(join(home, MARK));
  if (!isOurs && existsSync(home) && readdirSync(home).length > 0) {
    throw new Error(`--private: ${home} is in the way: it holds the course in use; rename yours`);
  }
  put(join(home, MARK), SAYS);
  for (const [path, content] of contents) {
    const file = join(home, path);
    if ("from" in content) copy(content.from, file);
    else put(file, content.text);
  }
  links.forEach((target, path) => link(join(home, path), target));
  removeOld(home, folders, contents);
}
