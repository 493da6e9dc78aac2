/**
 * `course setup webgpu`: installs Dawn, which drives WebGPU in Node, into .local/webgpu, from npm's
 * package webgpu as tools/devices/webgpu locks it. It is made aside and moved into place when it is
 * complete, so that a failure leaves everything as it was.
 */
import { createHash } from "node:crypto";
import {
  copyFileSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  writeFileSync,
} from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { makeFolder, paths } from "grader/dist/paths.js";
import { npm, reason, Sentence, step } from "../../bin/run.mjs";

const PINNED = fileURLToPath(new URL("../../devices/webgpu/", import.meta.url));
const STAMP = ".installed";

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

/** The version of what is locked. */
function lockedVersion(): string {
  const lock = readFileSync(join(PINNED, "package-lock.json"));
  return createHash("sha256").update(lock).digest("hex");
}

/** Installs the locked packages into an empty folder. */
async function install(folder: string): Promise<void> {
  for (const file of ["package.json", "package-lock.json"]) {
    copyFileSync(join(PINNED, file), join(folder, file));
  }
  const [command, ...args] = npm();
  const { code, output } = await step(
    "Dawn, for WebGPU (51 MB)",
    command,
    [...args, "ci", "--ignore-scripts", "--no-audit", "--no-fund"],
    { cwd: folder, quiet: true },
  );
  if (code !== 0) throw new Sentence(`${reason("Dawn", output)} Nothing was changed.`);
  keepOwnBinary(folder);
}

/** @returns the exit code */
export async function setupWebgpu(root: string): Promise<number> {
  const { written, installed } = paths(root);
  const folder = installed("webgpu");
  const version = lockedVersion();
  if (existsSync(join(folder, STAMP)) && readFileSync(join(folder, STAMP), "utf8") === version) {
    console.log("WebGPU is set up already.");
    return 0;
  }
  const aside = mkdtempSync(join(makeFolder(written), "webgpu.part-"));
  const made = join(aside, "new");
  try {
    mkdirSync(made);
    await install(made);
    writeFileSync(join(made, STAMP), version);
    if (existsSync(folder)) renameSync(folder, join(aside, "former"));
    renameSync(made, folder);
    console.log("WebGPU is set up where this machine has an adapter; npx course doctor shows it.");
    return 0;
  } finally {
    rmSync(aside, { recursive: true, force: true });
  }
}
