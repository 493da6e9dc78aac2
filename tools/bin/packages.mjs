/** npm packages of a tool that students do not need, apart from those of the course. */
import { createHash } from "node:crypto";
import { copyFileSync, existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { npm, reason, root, Sentence, step } from "./run.mjs";

/**
 * Installs what a lock file lists, unless it is there. The stamp is written last, so an interrupted
 * installation is repeated.
 * @param name the folder in .local
 * @param pinned the folder with package.json and package-lock.json
 * @param what its name in messages
 * @returns the folder that holds node_modules
 */
export async function lockedPackages(name, pinned, what) {
  const folder = join(root, ".local", name);
  const stamp = join(folder, ".installed");
  const lock = readFileSync(join(pinned, "package-lock.json"));
  const wanted = createHash("sha256").update(lock).digest("hex");
  if (existsSync(stamp) && readFileSync(stamp, "utf8") === wanted) return folder;
  rmSync(folder, { recursive: true, force: true });
  mkdirSync(folder, { recursive: true });
  for (const file of ["package.json", "package-lock.json"]) {
    copyFileSync(join(pinned, file), join(folder, file));
  }
  const [command, ...args] = npm();
  const options = ["ci", "--prefix", folder, "--ignore-scripts", "--no-audit", "--no-fund"];
  const { code, output } = await step(what, command, [...args, ...options]);
  if (code !== 0) throw new Sentence(reason(what, output));
  writeFileSync(stamp, wanted);
  return folder;
}
