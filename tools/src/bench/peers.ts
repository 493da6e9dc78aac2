/** What our tools are compared with, in a folder of its own under .local/bench. */
import { existsSync, mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { timeCommand } from "./measure.js";

/**
 * Python and npm packages in the folder, made again when the list changes. Returns where Python's
 * programs are.
 */
export function installPeers(folder: string, python: string[], npm: string[]): string {
  const stamp = join(folder, "packages.json");
  const wanted = JSON.stringify({ python, npm });
  const bin = join(folder, "venv", process.platform === "win32" ? "Scripts" : "bin");
  if (!existsSync(stamp) || readFileSync(stamp, "utf8") !== wanted) {
    console.log(`installing the peers (${[...python, ...npm].join(", ")}) into .local/bench …`);
    mkdirSync(folder, { recursive: true });
    if (python.length > 0) {
      timeCommand("python3", ["-m", "venv", join(folder, "venv")], folder);
      timeCommand(join(bin, "python"), ["-m", "pip", "install", "-q", ...python], folder);
    }
    if (npm.length > 0) {
      timeCommand(
        "npm",
        ["install", "--prefix", folder, "--no-audit", "--no-fund", "--no-save", ...npm],
        folder,
      );
    }
    writeFileSync(stamp, wanted);
  }
  return bin;
}
