/**
 * Packages of npm that only some machines need: locked in a folder of tools/, installed into a
 * folder of .local. They are made aside and moved into place when they are complete, so a failure
 * leaves everything as it was.
 */
import { createHash } from "node:crypto";
import {
  copyFileSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  renameSync,
  rmSync,
  writeFileSync,
} from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { makeFolder, paths } from "grader/dist/paths.js";
import { npm, reason, Sentence, step } from "../../bin/run.mjs";

const STAMP = ".installed";

export interface Pinned {
  /** The folder of tools/ with package.json and package-lock.json: "devices/webgpu". */
  locked: string;
  /** The folder of .local. */
  name: string;
  /** For errors: "Dawn could not be downloaded". */
  what: string;
  /** While it is installed: "Dawn, for WebGPU (51 MB)". */
  says: string;
  /** Called with the new folder before it is moved into place. */
  finish?(folder: string): void;
}

/** Installs the locked packages into an empty folder. */
async function install(folder: string, { locked, what, says, finish }: Pinned): Promise<void> {
  for (const file of ["package.json", "package-lock.json"]) {
    copyFileSync(lockedFile(locked, file), join(folder, file));
  }
  const [command, ...args] = npm();
  const { code, output } = await step(
    says,
    command,
    [...args, "ci", "--ignore-scripts", "--no-audit", "--no-fund"],
    { cwd: folder, quiet: true },
  );
  if (code !== 0) throw new Sentence(`${reason(what, output)} Nothing was changed.`);
  finish?.(folder);
}

const lockedFile = (locked: string, file: string) =>
  fileURLToPath(new URL(`../../${locked}/${file}`, import.meta.url));

/** @returns whether anything was installed; false where it was there already */
export async function installPinned(root: string, pinned: Pinned): Promise<boolean> {
  const { written, installed } = paths(root);
  const folder = installed(pinned.name);
  const lock = readFileSync(lockedFile(pinned.locked, "package-lock.json"));
  const version = createHash("sha256").update(lock).digest("hex");
  const stamp = join(folder, STAMP);
  if (existsSync(stamp) && readFileSync(stamp, "utf8") === version) return false;
  const aside = mkdtempSync(join(makeFolder(written), `${pinned.name}.part-`));
  const made = join(aside, "new");
  try {
    mkdirSync(made);
    await install(made, pinned);
    writeFileSync(join(made, STAMP), version);
    if (existsSync(folder)) renameSync(folder, join(aside, "former"));
    renameSync(made, folder);
    return true;
  } finally {
    rmSync(aside, { recursive: true, force: true });
  }
}
