/**
 * `course setup cuda`: TensorFlow as a backend of tfjs, in .local/cuda. It takes npm's own binary of
 * tfjs-node where there is one; elsewhere it builds the binding.
 */
import { existsSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { createInterface } from "node:readline/promises";
import { fileURLToPath } from "node:url";
import { TFJS_NODE_PACKAGE, tensorFlowStamp as stamp } from "course/devices";
import { makeFolder, paths } from "grader/files";
import { installLocked } from "../../../install/packages.mjs";
import { answer, npm, Sentence, step } from "../../../install/run.mjs";
import { install, removeLeftovers, trial } from "./aside.js";
import { compileBinding, fetchLibraries } from "./build.js";
import { cannotBuild, thisMachine, tooFull } from "./machine.js";

const PINNED = fileURLToPath(new URL("../../../install/pinned/tensorflow/", import.meta.url));
/** Bytes to download, bytes that stay, and bytes needed while it is made. */
const SIZES = { download: 2357e6, kept: 3.9e9, needed: 5e9 };
const TITLE = "TensorFlow for NVIDIA cards";
const ANSWERS_WITHIN_MS = 5000;

/** Whether a server answers at all, soon. */
async function isReachable(address: string): Promise<boolean> {
  try {
    await fetch(address, { method: "HEAD", signal: AbortSignal.timeout(ANSWERS_WITHIN_MS) });
    return true;
  } catch {
    return false;
  }
}

/**
 * Fetches npm's own binary, with the package's install script.
 * @returns whether it came and works
 */
async function fetchPrebuilt(folder: string, signal: AbortSignal): Promise<boolean> {
  const pkg = join(folder, "node_modules", TFJS_NODE_PACKAGE);
  const { binary } = JSON.parse(readFileSync(join(pkg, "package.json"), "utf8")) as {
    binary: { host: string };
  };
  if (!(await isReachable(binary.host))) return false;
  const [command, ...args] = npm();
  await step("npm's own build of TensorFlow", command, [...args, "rebuild", TFJS_NODE_PACKAGE], {
    cwd: folder,
    signal,
    quiet: true,
  });
  signal.throwIfAborted();
  if ("version" in (await trial("cuda", folder, signal))) return true;
  for (const made of ["lib", "deps"]) rmSync(join(pkg, made), { recursive: true, force: true });
  return false;
}

/** Makes it in an empty folder. */
async function make(folder: string, signal: AbortSignal): Promise<string> {
  await installLocked(folder, PINNED, "tfjs-node", { signal, quiet: true });
  writeFileSync(join(folder, "installed.json"), JSON.stringify(stamp()));
  if (!(await fetchPrebuilt(folder, signal))) {
    signal.throwIfAborted();
    const machine = thisMachine();
    const no = cannotBuild(machine);
    if (no) throw new Sentence(no);
    await fetchLibraries(machine, join(PINNED, "cuda.txt"), SIZES.download, folder, signal);
    await compileBinding(machine, folder, signal);
  }
  const tried = await trial("cuda", folder, signal);
  signal.throwIfAborted();
  if ("refused" in tried) {
    throw new Sentence(
      `TensorFlow was built, but does not work here: ${tried.refused}. ` +
        "The course works without it, on WebAssembly.",
    );
  }
  return tried.version;
}

async function agreed(): Promise<boolean> {
  if (!process.stdin.isTTY) {
    throw new Sentence("It is large: npx course setup cuda --yes agrees to it.");
  }
  const terminal = createInterface({ input: process.stdin, output: process.stdout });
  try {
    return /^y(es)?$/i.test((await terminal.question("Go on? [y/N] ")).trim());
  } finally {
    terminal.close();
  }
}

/** @returns the exit code */
export async function setupTensorFlow(
  root: string,
  { yes = false }: { yes?: boolean } = {},
): Promise<number> {
  const { written, installed } = paths(root);
  const folder = installed("cuda");
  makeFolder(written);
  removeLeftovers(written, "cuda");
  const tried = existsSync(folder) ? await trial("cuda", folder) : undefined;
  if (tried && "version" in tried) {
    console.log(`${TITLE} is set up already: ${tried.version}.`);
    return 0;
  }
  console.log(about());
  checkMachine(written);
  if (!yes && !(await agreed())) {
    console.log("Nothing was changed.");
    return 1;
  }
  const version = await install("cuda", written, folder, make);
  console.log(
    `${version} is set up. New kernels and commands use it; npx course doctor shows its speed.`,
  );
  return 0;
}

const gigabytes = (bytes: number) => `${(bytes / 1e9).toFixed(1)} GB`;

/** What will be installed: its size and license. */
const about = () =>
  `${TITLE}: about ${gigabytes(SIZES.download)} to download, ${gigabytes(SIZES.kept)} kept in ` +
  ".local/cuda, Apache license, NVIDIA's libraries under its own.";

/** Throws when the machine lacks the card or the room on its disk. */
function checkMachine(written: string): void {
  if (answer("nvidia-smi", ["-L"]) === undefined) {
    throw new Sentence(
      "No NVIDIA card with its driver was found (nvidia-smi does not answer): " +
        "install NVIDIA's driver first. Nothing was changed.",
    );
  }
  const full = tooFull(written, SIZES.needed);
  if (full) throw new Sentence(`${full} Nothing was changed.`);
}
