/**
 * `course setup webgpu`: installs Dawn, which drives WebGPU in Node, into .local/webgpu, from npm's
 * package webgpu as engine/install/pinned/webgpu locks it. A failure leaves everything as it was.
 */
import { existsSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { makeFolder, paths } from "grader/files";
import { installLocked, lockedVersion } from "../../../install/packages.mjs";
import { Sentence } from "../../../install/run.mjs";
import { install, removeStaleFolders } from "./install.js";

const PINNED = fileURLToPath(new URL("../../../install/pinned/webgpu/", import.meta.url));
const STAMP = ".installed";

/** Removes the binaries of other systems, 110 MB, and keeps this machine's. */
function removeOtherBinaries(folder: string): void {
  const binaries = join(folder, "node_modules", "webgpu", "dist");
  const own = `${process.platform}-${process.platform === "darwin" ? "universal" : process.arch}`;
  const others = readdirSync(binaries).filter((name) => name !== own);
  if (!existsSync(join(binaries, own))) {
    throw new Sentence(
      `WebGPU is not available here: npm's package webgpu is made for ${others.join(", ")}, ` +
        `this machine is ${own}.`,
    );
  }
  others.forEach((name) => rmSync(join(binaries, name), { recursive: true }));
}

/** Installs the locked packages into an empty folder. @returns their version */
async function make(folder: string, signal: AbortSignal): Promise<string> {
  await installLocked(folder, PINNED, "Dawn (51 MB)", { signal, quiet: true });
  removeOtherBinaries(folder);
  const version = lockedVersion(PINNED);
  writeFileSync(join(folder, STAMP), version);
  return version;
}

/** @returns the exit code */
export async function setupWebgpu(root: string): Promise<number> {
  const { written, installed } = paths(root);
  const folder = installed("webgpu");
  const stamp = join(folder, STAMP);
  removeStaleFolders(makeFolder(written), "webgpu");
  if (existsSync(stamp) && readFileSync(stamp, "utf8") === lockedVersion(PINNED)) {
    console.log("WebGPU is set up already.");
    return 0;
  }
  await install("webgpu", written, folder, make);
  console.log("WebGPU is set up where this machine has an adapter; npx course doctor shows it.");
  return 0;
}
