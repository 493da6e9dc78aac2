/** What a platform gives for download, as a list of files: a folder, or a ZIP read in place. */
import { lstatSync, readdirSync, readFileSync, statSync } from "node:fs";
import { join } from "node:path";
import { nameText } from "grader/batch";
import { isHidden, type Source, type SourceFile } from "./sourceFiles.js";
import { ClassError } from "../settings.js";
import { openZip } from "./zip.js";

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
