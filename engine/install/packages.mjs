/** npm packages of a tool that students do not need, apart from those of the course. */
import { createHash } from "node:crypto";
import { copyFileSync, existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { npm, reason, root, Sentence, step } from "./run.mjs";
import { inTurn } from "./turn.mjs";

/** A fingerprint of what the lock file in a folder lists. */
export function lockedVersion(pinned) {
  const lock = readFileSync(join(pinned, "package-lock.json"));
  return createHash("sha256").update(lock).digest("hex");
}

/**
 * Installs what a lock file lists into a folder, without running any scripts of the packages.
 * @param pinned the folder with package.json and package-lock.json
 * @param what its name in messages
 * @param options of `step`: a signal that stops it, and whether it reports only what fails
 * @throws a sentence that says what to do
 */
export async function installLocked(folder, pinned, what, options = {}) {
  for (const file of ["package.json", "package-lock.json"]) {
    copyFileSync(join(pinned, file), join(folder, file));
  }
  const [command, ...args] = npm();
  const ci = [...args, "ci", "--prefix", folder, "--ignore-scripts", "--no-audit", "--no-fund"];
  const { code, output } = await step(what, command, ci, options);
  options.signal?.throwIfAborted();
  if (code !== 0) throw new Sentence(reason(what, output));
}

/**
 * Installs what a lock file lists into a folder of .local, unless it is there. The stamp is written
 * last, so an interrupted installation is repeated.
 * @param name the folder in .local
 * @returns the folder that holds node_modules
 */
export async function lockedPackages(name, pinned, what) {
  const folder = join(root, ".local", name);
  const stamp = join(folder, ".installed");
  const wanted = lockedVersion(pinned);
  const isThere = () => existsSync(stamp) && readFileSync(stamp, "utf8") === wanted;
  if (isThere()) return folder;
  await inTurn(folder, what, async () => {
    if (isThere()) return;
    rmSync(folder, { recursive: true, force: true });
    mkdirSync(folder, { recursive: true });
    await installLocked(folder, pinned, what);
    writeFileSync(stamp, wanted);
  });
  return folder;
}
