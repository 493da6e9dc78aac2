/**
 * A class's folder holds names, grades and answers, so only its owner may read it: 700 for folders,
 * 600 for files, also where an older release has made them readable for everybody.
 */
import { chmodSync, lstatSync, readdirSync } from "node:fs";
import { join } from "node:path";

const FOLDER_MODE = 0o700;
const FILE_MODE = 0o600;
const PERMISSIONS = 0o777;
/** Everybody's but the owner's. */
const OTHERS = 0o077;

/** A process may have removed the file in the meantime; only the owner and root change modes. */
const isHarmless = (e: unknown) =>
  ["ENOENT", "EPERM", "EROFS"].includes(String((e as NodeJS.ErrnoException).code));

function protect(path: string): void {
  try {
    const info = lstatSync(path);
    if (info.isSymbolicLink()) return;
    const mode = info.isDirectory() ? FOLDER_MODE : FILE_MODE;
    if ((info.mode & PERMISSIONS) !== mode) chmodSync(path, mode);
    if (!info.isDirectory()) return;
    for (const name of readdirSync(path)) protect(join(path, name));
  } catch (e) {
    if (!isHarmless(e)) throw e;
  }
}

/**
 * Makes the folder and everything in it private, the folder itself first. Links stay as they are.
 * @returns whether nobody else may enter the folder now
 */
export function protectFolder(folder: string): boolean {
  if (process.platform === "win32") return true; // which has no such modes
  protect(folder);
  return (lstatSync(folder).mode & OTHERS) === 0;
}
