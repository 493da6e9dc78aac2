/**
 * Writes beside a file and renames, so readers see the old content or the new one, never half of it,
 * whenever a process ends or a disk fills up. `writeDurably` in disk.ts also survives a power cut.
 */
import { chmodSync, closeSync, openSync, renameSync, rmSync, writeFileSync } from "node:fs";

export interface ReplaceOptions {
  /** Several processes may write the file at once, so each needs a temporary file of its own. */
  concurrent?: boolean;
}

export interface AtomicWriteOptions extends ReplaceOptions {
  /** Permissions, from the first byte on. */
  mode?: number;
}

/**
 * Replaces a file by what `write` puts at the path that it is given.
 * @throws what the disk reports; the file then stays as it was and nothing is left beside it
 */
export function replaceFile(
  file: string,
  write: (temporary: string) => void,
  { concurrent = false }: ReplaceOptions = {},
): void {
  // With a fixed name, the next writer overwrites what a killed one has left.
  const temporary = concurrent ? `${file}.${process.pid}.part` : `${file}.part`;
  try {
    write(temporary);
    renameSync(temporary, file);
  } catch (e) {
    rmSync(temporary, { force: true });
    throw e;
  }
}

/** @param content whole, or in pieces, so that a large file needs little memory */
export function writeFileAtomic(
  file: string,
  content: string | Uint8Array | Iterable<string>,
  { mode, concurrent }: AtomicWriteOptions = {},
): void {
  const write = (temporary: string) => {
    if (typeof content === "string" || content instanceof Uint8Array) {
      writeFileSync(temporary, content, { mode });
    } else {
      writePieces(temporary, content, mode);
    }
    // The umask, or a file that was left there, may have set other permissions.
    if (mode !== undefined) chmodSync(temporary, mode);
  };
  replaceFile(file, write, { concurrent });
}

function writePieces(file: string, pieces: Iterable<string>, mode?: number): void {
  const descriptor = openSync(file, "w", mode);
  try {
    for (const piece of pieces) writeFileSync(descriptor, piece);
  } finally {
    closeSync(descriptor);
  }
}
