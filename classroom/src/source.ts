/** What a platform gives for download, as a list of files: a folder, or a ZIP that is read in place. */
import { lstatSync, readdirSync, readFileSync, statSync } from "node:fs";
import { join } from "node:path";
import { nameText } from "grader/dist/grade/inputs.js";
import { openZip } from "./zip.js";
import { ClassError } from "./settings.js";

export interface SourceFile {
  /** Below what was named, with / between folders. */
  path: string;
  bytes: number;
  /** The file's own time, in ISO 8601. */
  time?: string;
  /** Why it can't be read, the end of a sentence about the file. */
  error?: string;
  /** @throws with the end of a sentence about the file */
  read(): Promise<Buffer>;
}

export interface Source {
  files: SourceFile[];
  close(): void;
}

/** A notebook with its pictures, as much as the grader takes. */
export const LARGEST = 20 << 20;
const MEGABYTE = 1 << 20;
export const tooLarge = (bytes: number) =>
  `is ${Math.round(bytes / MEGABYTE)} MB large, more than the ${LARGEST / MEGABYTE} MB that a ` +
  "notebook may have";

/** Jupyter's and the systems' own, in which nobody hands anything in. */
const isHidden = (name: string) => name.startsWith(".") || name === "__MACOSX";
export const isOfSystem = (path: string) =>
  path.split("/").some(isHidden) || /(^|\/)(Thumbs\.db|desktop\.ini)$/i.test(path);

function addFolder(files: SourceFile[], folder: Buffer, prefix: string): void {
  const names = readdirSync(folder, { encoding: "buffer" });
  for (const name of names.sort(Buffer.compare)) {
    const text = nameText(name);
    if (isHidden(text)) continue;
    const path = Buffer.concat([folder, Buffer.from("/"), name]);
    const info = lstatSync(path);
    if (info.isDirectory()) {
      addFolder(files, path, `${prefix}${text}/`);
      continue;
    }
    const error = info.isFile() ? undefined : "is a link, which is not followed";
    const file = { path: prefix + text, bytes: info.size, time: info.mtime.toISOString() };
    files.push({ ...file, error, read: async () => readFileSync(path) });
  }
}

/** @throws ClassError where it can't be read, or is an archive that means harm */
export async function openSource(path: string, zone: string): Promise<Source> {
  const info = statSync(path, { throwIfNoEntry: false });
  if (!info) throw new ClassError(`${path} does not exist`);
  if (!info.isDirectory()) return openZip(path, zone);
  const files: SourceFile[] = [];
  addFolder(files, Buffer.from(join(path)), "");
  return { files, close: () => undefined };
}
