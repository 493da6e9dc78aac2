/** Files that survive a crash, and what a disk refuses, as a sentence with its remedy. */
import { existsSync, mkdirSync } from "node:fs";
import { open, rename, rm } from "node:fs/promises";
import { dirname } from "node:path";

/** What keeps reports from being written; the message is for the one who grades. */
export class DiskError extends Error {}

const AGAIN = "and run the same command again: it goes on where it stopped";

const REMEDIES: Record<string, string> = {
  ENOSPC: `the disk is full; free some space ${AGAIN}`,
  EDQUOT: `your disk quota is used up; free some space ${AGAIN}`,
  EACCES: "this user may not write there; choose another folder with --out",
  EPERM: "this user may not write there; choose another folder with --out",
  EROFS: "the file system is read-only; choose another folder with --out",
  ENOTDIR: "a file is in the way; choose another folder with --out",
  EEXIST: "a file is in the way; choose another folder with --out",
  ENOENT: "no folder can be made there; choose another one with --out",
  EIO: `the disk fails; choose another folder with --out ${AGAIN}`,
};

/** @param out the folder of the reports */
export function diskError(out: string, e: unknown): DiskError {
  const { code = "", message } = e as NodeJS.ErrnoException;
  return new DiskError(`cannot write to ${out}: ${REMEDIES[code] ?? message}`, { cause: e });
}

/** Node's own way to do so never ends where a folder refuses with ENOENT, as /proc does. */
export function makeFolders(folder: string): void {
  if (existsSync(folder)) return;
  makeFolders(dirname(folder));
  mkdirSync(folder);
}

/** Makes names in a folder durable; not every file system can. */
async function syncFolder(folder: string): Promise<void> {
  const handle = await open(folder, "r").catch(() => undefined);
  await handle?.sync().catch(() => undefined);
  await handle?.close();
}

/** Once this is done the file is on the disk, whole, whatever happens next. */
export async function writeDurably(file: string, data: string | Uint8Array): Promise<void> {
  const aside = `${file}.part`;
  try {
    const handle = await open(aside, "w");
    try {
      await handle.writeFile(data);
      await handle.sync();
    } finally {
      await handle.close();
    }
    await rename(aside, file);
  } catch (e) {
    await rm(aside, { force: true });
    throw e;
  }
  await syncFolder(dirname(file));
}
