/** What our tools are compared with, in a folder of its own under .local/bench. */
import { existsSync, mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { timeCommand } from "./measure.js";

/**
 * Installs Python and npm packages into the folder, again when the list changes.
 * @returns the folder of Python's programs
 */
export function installPeers(folder: string, python: string[], npm: string[]): string {
  const venv = join(folder, "venv");
  const bin = join(venv, process.platform === "win32" ? "Scripts" : "bin");
  const stamp = join(folder, "packages.json");
  const wanted = JSON.stringify({ python, npm });
  if (existsSync(stamp) && readFileSync(stamp, "utf8") === wanted) return bin;

  console.log(`installing the peers (${[...python, ...npm].join(", ")}) into .local/bench …`);
  mkdirSync(folder, { recursive: true });
  if (python.length > 0) {
    timeCommand("python3", ["-m", "venv", venv], folder);
    timeCommand(join(bin, "python"), ["-m", "pip", "install", "-q", ...python], folder);
  }
  if (npm.length > 0) {
    const quiet = ["--no-audit", "--no-fund", "--no-save"];
    timeCommand("npm", ["install", "--prefix", folder, ...quiet, ...npm], folder);
  }
  writeFileSync(stamp, wanted);
  return bin;
}
