/**
 * `course setup native` and `course setup cuda`: TensorFlow as a backend of tfjs, in .local/native
 * and .local/cuda. It takes npm's own binary of tfjs-node where there is one; elsewhere it builds
 * the binding. Everything is made aside and moved into place after a trial, so that a failure or an
 * interruption leaves everything as it was.
 */
import {
  copyFileSync,
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  writeFileSync,
} from "node:fs";
import { join } from "node:path";
import { createInterface } from "node:readline/promises";
import { fileURLToPath } from "node:url";
import { ownOperations, PACKAGES, thisMachine as stamp, type Kit } from "course/dist/tensorflow.js";
import { makeFolder, paths } from "grader/dist/paths.js";
import { answer, npm, reason, run, Sentence, step } from "../../bin/run.mjs";
import { isAlive } from "../lab/lock.js";
import { compileBinding, fetchLibraries } from "./build.js";
import { cannotBuild, thisMachine, tooFull } from "./machine.js";

const PINNED = fileURLToPath(new URL("../../devices/tensorflow/", import.meta.url));
/** Bytes to download, bytes that stay, and bytes needed while it is made. */
const SIZES: Record<Kit, { download: number; kept: number; needed: number }> = {
  native: { download: 212e6, kept: 0.5e9, needed: 1e9 },
  cuda: { download: 2357e6, kept: 3.9e9, needed: 5e9 },
};
const TITLES: Record<Kit, string> = {
  native: "TensorFlow for this computer's processor",
  cuda: "TensorFlow for NVIDIA cards",
};
const ANSWERS_WITHIN_MS = 5000;

/** Whether TensorFlow works from this folder: its version, or why not. */
async function trial(
  kit: Kit,
  folder: string,
  signal?: AbortSignal,
): Promise<{ version: string } | { refused: string }> {
  const program = fileURLToPath(new URL("./trial.js", import.meta.url));
  const env = { ...process.env, TF_CPP_MIN_LOG_LEVEL: "2" };
  const { code, output } = await run(process.execPath, [program, kit, folder], { signal, env });
  if (code === 0) return { version: output.trim().split("\n").at(-1)! };
  const [, message] = /^(?:Error: |Error \[.*\]: )(.*)$/m.exec(output) ?? [];
  return { refused: message ?? "it ends its process, as on a processor without AVX" };
}

/** tfjs-node's sources and what they need, as tools/devices/tensorflow locks them. */
async function installPackages(folder: string, signal: AbortSignal): Promise<void> {
  for (const file of ["package.json", "package-lock.json"]) {
    copyFileSync(join(PINNED, file), join(folder, file));
  }
  const [command, ...args] = npm();
  const { code, output } = await step(
    "tfjs-node",
    command,
    [...args, "ci", "--ignore-scripts", "--no-audit", "--no-fund"],
    { cwd: folder, signal, quiet: true },
  );
  signal.throwIfAborted();
  if (code !== 0) throw new Sentence(reason("tfjs-node", output));
}

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
export async function fetchPrebuilt(
  kit: Kit,
  folder: string,
  signal: AbortSignal,
): Promise<boolean> {
  const pkg = join(folder, "node_modules", PACKAGES[kit]);
  const { binary } = JSON.parse(readFileSync(join(pkg, "package.json"), "utf8")) as {
    binary: { host: string };
  };
  if (!(await isReachable(binary.host))) return false;
  const [command, ...args] = npm();
  await step("npm's own build of TensorFlow", command, [...args, "rebuild", PACKAGES[kit]], {
    cwd: folder,
    signal,
    quiet: true,
  });
  signal.throwIfAborted();
  if ("version" in (await trial(kit, folder, signal))) return true;
  for (const made of ["lib", "deps"]) rmSync(join(pkg, made), { recursive: true, force: true });
  return false;
}

/** Makes the kit in an empty folder. */
async function make(kit: Kit, folder: string, signal: AbortSignal): Promise<string> {
  await installPackages(folder, signal);
  writeFileSync(join(folder, "installed.json"), JSON.stringify(stamp()));
  if (!(await fetchPrebuilt(kit, folder, signal))) {
    signal.throwIfAborted();
    const machine = thisMachine();
    const no = cannotBuild(kit, machine);
    if (no) throw new Sentence(no);
    await fetchLibraries(machine, join(PINNED, `${kit}.txt`), SIZES[kit].download, folder, signal);
    await compileBinding(kit, machine, folder, signal);
  }
  const tried = await trial(kit, folder, signal);
  signal.throwIfAborted();
  if ("refused" in tried) {
    throw new Sentence(
      `TensorFlow was built, but does not work here: ${tried.refused}. ` +
        "The course works without it, on WebAssembly.",
    );
  }
  return tried.version;
}

/** Removes what killed processes left. */
function removeLeftovers(written: string, kit: Kit): void {
  const left = readdirSync(written).filter(
    (name) => name.startsWith(`${kit}.part-`) && !isAlive(Number(name.split("-")[1])),
  );
  left.forEach((name) => rmSync(join(written, name), { recursive: true, force: true }));
}

async function agreed(kit: Kit): Promise<boolean> {
  if (!process.stdin.isTTY) {
    throw new Sentence(`It is large: npx course setup ${kit} --yes agrees to it.`);
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
  kit: Kit,
  { yes = false }: { yes?: boolean } = {},
): Promise<number> {
  const { written, installed } = paths(root);
  const folder = installed(kit);
  makeFolder(written);
  removeLeftovers(written, kit);
  if (existsSync(folder) && (await isReady(kit, folder))) return 0;
  console.log(about(kit));
  checkMachine(kit, written);
  if (kit === "cuda" && !yes && !(await agreed(kit))) {
    console.log("Nothing was changed.");
    return 1;
  }
  const version = await install(kit, written, folder);
  console.log(
    `${version} is set up. New kernels and commands use it; npx course doctor shows its speed.`,
  );
  return 0;
}

const NO_OPERATIONS =
  " It is npm's own build, without the course's own operations, which would make it faster.";

/** Whether the kit in the folder can stay as it is; says what it is, or why it can't stay. */
async function isReady(kit: Kit, folder: string): Promise<boolean> {
  const tried = await trial(kit, folder);
  if ("refused" in tried) return false;
  const operations = kit === "native" ? ownOperations(folder) : "fit";
  if (operations === "stale") {
    console.log(
      "The course's own operations are from another version or for another processor: " +
        "it is set up again.",
    );
    return false;
  }
  const note = operations === "none" ? NO_OPERATIONS : "";
  console.log(`${TITLES[kit]} is set up already: ${tried.version}.${note}`);
  return true;
}

const sizeText = (bytes: number) =>
  bytes < 1e9 ? `${Math.round(bytes / 1e6)} MB` : `${(bytes / 1e9).toFixed(1)} GB`;

/** What will be installed: its size and license. */
function about(kit: Kit): string {
  const { download, kept } = SIZES[kit];
  const license = "Apache license" + (kit === "cuda" ? ", NVIDIA's libraries under its own" : "");
  return (
    `${TITLES[kit]}: about ${sizeText(download)} to download, ${sizeText(kept)} kept in ` +
    `.local/${kit}, ${license}.`
  );
}

/** Throws when the machine lacks the card or the room on its disk. */
function checkMachine(kit: Kit, written: string): void {
  if (kit === "cuda" && answer("nvidia-smi", ["-L"]) === undefined) {
    throw new Sentence(
      "No NVIDIA card with its driver was found (nvidia-smi does not answer): " +
        "install NVIDIA's driver first. Nothing was changed.",
    );
  }
  const full = tooFull(written, SIZES[kit].needed);
  if (full) throw new Sentence(`${full} Nothing was changed.`);
}

/** Makes the kit aside and moves it into place; Ctrl+C leaves everything as it was. */
async function install(kit: Kit, written: string, folder: string): Promise<string> {
  const aside = join(written, `${kit}.part-${process.pid}`);
  const made = join(aside, "new");
  const controller = new AbortController();
  const stop = () => controller.abort(new Sentence("It was stopped."));
  const signals = ["SIGINT", "SIGTERM"] as const;
  for (const signal of signals) process.once(signal, stop);
  try {
    mkdirSync(made, { recursive: true });
    const version = await make(kit, made, controller.signal);
    if (existsSync(folder)) renameSync(folder, join(aside, "former"));
    renameSync(made, folder);
    return version;
  } catch (e) {
    const { message, code } = e as NodeJS.ErrnoException;
    const why = code === "ENOSPC" ? reason("TensorFlow", "ENOSPC") : message;
    throw new Sentence(`${why} Nothing was changed.`, { cause: e });
  } finally {
    for (const signal of signals) process.removeListener(signal, stop);
    rmSync(aside, { recursive: true, force: true });
  }
}
