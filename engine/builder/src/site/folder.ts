/**
 * Writes a site's folder: first beside it, then renamed into place, so that a host serves a complete
 * site at any moment. Refuses a folder that holds something else.
 */
import { existsSync, readdirSync, realpathSync, statSync } from "node:fs";
import { mkdir, rename, rm, writeFile } from "node:fs/promises";
import { basename, dirname, join, resolve } from "node:path";
import type { Files } from "./model.js";

/** The file that marks a folder as a site of ours. */
export const SITE_MARKER = "course-site.json";

/**
 * @param out may be missing, empty, or an earlier site
 * @returns its absolute path, links followed
 * @throws with the remedy for anything else
 */
export function siteFolder(out: string): string {
  const folder = existsSync(out) ? realpathSync(out) : resolve(out);
  if (!existsSync(folder)) return folder;
  if (!statSync(folder).isDirectory()) {
    throw new Error(`${folder} is a file: name a folder with --out`);
  }
  if (readdirSync(folder).length > 0 && !existsSync(join(folder, SITE_MARKER))) {
    throw new Error(
      `${folder} holds something other than a site: name an empty or new folder with --out`,
    );
  }
  return folder;
}

/** Fills a new folder and, once it is complete, replaces `folder` by it. */
export async function replaceFolder(
  folder: string,
  fill: (aside: string) => Promise<void>,
): Promise<void> {
  await mkdir(dirname(folder), { recursive: true });
  await recoverInterrupted(folder);
  const aside = `${folder}.${process.pid}.part`;
  try {
    await mkdir(aside);
    await fill(aside);
    await swap(aside, folder);
  } finally {
    await rm(aside, { recursive: true, force: true });
  }
}

async function swap(aside: string, folder: string): Promise<void> {
  const before = `${folder}.${process.pid}.old`;
  if (existsSync(folder)) await rename(folder, before);
  try {
    await rename(aside, folder);
  } catch (error) {
    if (existsSync(before) && !existsSync(folder)) await rename(before, folder);
    if (!existsSync(folder)) throw error;
    throw new Error(`another command has written ${folder} at the same time: run it again`, {
      cause: error,
    });
  }
  await rm(before, { recursive: true, force: true });
}

/** Restores or removes folders that killed runs left behind. */
async function recoverInterrupted(folder: string): Promise<void> {
  const name = `${basename(folder)}.`;
  for (const left of readdirSync(dirname(folder))) {
    const [, pid, kind] = /^(\d+)\.(part|old)$/.exec(left.slice(name.length)) ?? [];
    if (!left.startsWith(name) || pid === undefined || isRunning(Number(pid))) continue;
    const path = join(dirname(folder), left);
    if (kind === "old" && !existsSync(folder)) await rename(path, folder);
    else await rm(path, { recursive: true, force: true });
  }
}

function isRunning(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === "EPERM";
  }
}

/** Writes files below a folder. */
export async function writeFiles(folder: string, files: Files): Promise<void> {
  const folders = new Set([...files.keys()].map((name) => dirname(join(folder, name))));
  for (const one of folders) await mkdir(one, { recursive: true });
  for (const [name, content] of files) await writeFile(join(folder, name), content);
}
