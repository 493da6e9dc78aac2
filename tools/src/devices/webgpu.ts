/**
 * `course setup webgpu`: installs Dawn, which drives WebGPU in Node, into .local/webgpu, from npm's
 * package webgpu as tools/devices/webgpu locks it.
 */
import { existsSync, readdirSync, rmSync } from "node:fs";
import { join } from "node:path";
import { Sentence } from "../../bin/run.mjs";
import { installPinned } from "./pinned.js";

/** The package has a binary for each system. The others are 110 MB that this machine can't use. */
function keepOwnBinary(folder: string): void {
  const binaries = join(folder, "node_modules", "webgpu", "dist");
  const own = `${process.platform}-${process.platform === "darwin" ? "universal" : process.arch}`;
  const others = readdirSync(binaries).filter((name) => name !== own);
  if (!existsSync(join(binaries, own))) {
    throw new Sentence(
      `WebGPU is not available here: npm's package webgpu is made for ${others.join(", ")}, ` +
        `this machine is ${own}. Nothing was changed.`,
    );
  }
  others.forEach((name) => rmSync(join(binaries, name), { recursive: true }));
}

/** @returns the exit code */
export async function setupWebgpu(root: string): Promise<number> {
  const isNew = await installPinned(root, {
    locked: "devices/webgpu",
    name: "webgpu",
    what: "Dawn",
    says: "Dawn, for WebGPU (51 MB)",
    finish: keepOwnBinary,
  });
  console.log(
    isNew
      ? "WebGPU is set up where this machine has an adapter; npx course doctor shows it."
      : "WebGPU is set up already.",
  );
  return 0;
}
