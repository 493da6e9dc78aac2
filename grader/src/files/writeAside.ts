/** Files that are there whole or as they were, whenever a process ends. */
import { chmodSync, renameSync, writeFileSync } from "node:fs";

/** Writes beside the file, then renames. @param mode permissions, also from the first byte on */
export function writeAside(file: string, content: string | Uint8Array, mode?: number): void {
  const part = `${file}.part`;
  writeFileSync(part, content, { mode });
  if (mode !== undefined) chmodSync(part, mode); // whatever the umask, or a part that was left, says
  renameSync(part, file);
}
