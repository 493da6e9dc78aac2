/** Files that are there whole or as they were, whenever a process ends. */
import { renameSync, writeFileSync, type WriteFileOptions } from "node:fs";

/** Writes beside the file, then renames. */
export function writeAside(
  file: string,
  content: string | Uint8Array,
  options?: WriteFileOptions,
): void {
  const part = `${file}.part`;
  writeFileSync(part, content, options);
  renameSync(part, file);
}
