/** Files of a class or a backup: which there are, and copying them with a hash, onto the disk. */
import { createHash } from "node:crypto";
import { readdirSync, readFileSync } from "node:fs";
import { open } from "node:fs/promises";
import { dirname, join } from "node:path";
import { makeFolders } from "grader/files";

export interface StoredFile {
  /** Below the folder, with / between folders. */
  path: string;
  bytes: number;
  sha256: string;
}

export const sha256Of = (data: string | Uint8Array) =>
  createHash("sha256").update(data).digest("hex");

/** The database is copied by its rows; the others are in use, or half. */
const isTransient = (path: string) =>
  /^gradebook\.sqlite(-wal|-shm)?$/.test(path) ||
  /(^|\/)(\.lock|[^/]*\.part|\.course-[^/]*)$/.test(path);

/** Paths of all files below a folder, links and what is transient left out. */
export function listFiles(folder: string, below = ""): string[] {
  return readdirSync(join(folder, below), { withFileTypes: true }).flatMap((entry) => {
    const path = below === "" ? entry.name : `${below}/${entry.name}`;
    if (isTransient(path)) return [];
    if (entry.isDirectory()) return listFiles(folder, path);
    return entry.isFile() ? [path] : [];
  });
}

/** Writes a new file, readable by its owner alone; once this is done it is on the disk. */
export async function writeNew(file: string, data: string | Uint8Array): Promise<void> {
  makeFolders(dirname(file));
  const handle = await open(file, "wx", 0o600);
  try {
    await handle.writeFile(data);
    await handle.sync();
  } finally {
    await handle.close();
  }
}

/** @returns undefined where the file is gone, as when a server replaces it */
export async function copyFile(
  from: string,
  to: string,
  path: string,
): Promise<StoredFile | undefined> {
  let data: Buffer;
  try {
    data = readFileSync(join(from, path));
  } catch (e) {
    if ((e as NodeJS.ErrnoException).code === "ENOENT") return undefined;
    throw e;
  }
  await writeNew(join(to, path), data);
  return { path, bytes: data.length, sha256: sha256Of(data) };
}
