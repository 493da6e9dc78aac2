/**
 * `course setup native` and `course setup cuda`: TensorFlow as a backend of tfjs, in .local/native
 * and .local/cuda. npm's own binary of tfjs-node is taken where it can be had; elsewhere the
 * binding is built here. All is made aside and moved into place when it has been tried, so that a
 * failure or an interruption leaves everything as it was.
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
/** Bytes to download, kept, and needed while it is made. */
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
  const { code, output } = await run(
    process.execPath,
    [fileURLToPath(new URL("./trial.js", import.meta.url)), kit, folder],
    { signal, env: { ...process.env, TF_CPP_MIN_LOG_LEVEL: "2" } },
  );
  if (code === 0) return { version: output.trim().split("\n").at(-1)! };
  return {
    refused:
      /^(?:Error: |Error \[.*\]: )(.*)$/m.exec(output)?.[1] ??
      "it ends its process, as on a processor without AVX",
  };
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

/** npm's own binary, which the install script of the package fetches: whether it came and works. */
export async function fetchPrebuilt(
  kit: Kit,
  folder: string,
  signal: AbortSignal,
): Promise<boolean> {
  const pkg = join(folder, "node_modules", PACKAGES[kit]);
  const { binary } = JSON.parse(readFileSync(join(pkg, "package.json"), "utf8")) as {
    binary: { host: string };
  };
  const answers = await fetch(binary.host, {
    method: "HEAD",
    signal: AbortSignal.timeout(ANSWERS_WITHIN_MS),
  }).then(
    () => true,
    () => false,
  );
  if (!answers) return false;
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
        "The course computes without it, on WebAssembly.",
    );
  }
  return tried.version;
}

/** What killed processes left. */
function removeLeftovers(local: string, kit: Kit): void {
  const left = readdirSync(local).filter(
    (name) => name.startsWith(`${kit}.part-`) && !isAlive(Number(name.split("-")[1])),
  );
  left.forEach((name) => rmSync(join(local, name), { recursive: true, force: true }));
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
  const { download, kept, needed } = SIZES[kit];
  makeFolder(written);
  removeLeftovers(written, kit);
  if (existsSync(folder)) {
    const has = await trial(kit, folder);
    const own = kit === "native" && "version" in has ? ownOperations(folder) : "fit";
    if ("version" in has && own !== "stale") {
      return say(
        `${TITLES[kit]} is set up already: ` +
          `${has.version}.${own === "none" ? " It is npm's own build, without the course's own operations, which would make it faster." : ""}`,
        0,
      );
    }
    if (own === "stale") {
      console.log(
        "The course's own operations are those of another version or for another processor: " +
          "it is set up again.",
      );
    }
  }
  const size = (bytes: number) =>
    bytes < 1e9 ? `${Math.round(bytes / 1e6)} MB` : `${(bytes / 1e9).toFixed(1)} GB`;
  console.log(
    `${TITLES[kit]}: about ${size(download)} to download, ${size(kept)} kept in ` +
      `.local/${kit}, Apache ` +
      `licence${kit === "cuda" ? ", NVIDIA's libraries under NVIDIA's own" : ""}.`,
  );
  if (kit === "cuda" && answer("nvidia-smi", ["-L"]) === undefined) {
    throw new Sentence(
      "No NVIDIA card with its driver was found (nvidia-smi does not answer): " +
        "install NVIDIA's driver first. Nothing was changed.",
    );
  }
  const full = tooFull(written, needed);
  if (full) throw new Sentence(`${full} Nothing was changed.`);
  if (kit === "cuda" && !yes && !(await agreed(kit))) return say("Nothing was changed.", 1);

  const aside = join(written, `${kit}.part-${process.pid}`);
  const controller = new AbortController();
  const stop = () => controller.abort(new Sentence("It was stopped."));
  for (const event of ["SIGINT", "SIGTERM"] as const) process.once(event, stop);
  try {
    mkdirSync(join(aside, "new"), { recursive: true });
    const version = await make(kit, join(aside, "new"), controller.signal);
    if (existsSync(folder)) renameSync(folder, join(aside, "former"));
    renameSync(join(aside, "new"), folder);
    return say(
      `${version} is set up. New kernels and commands use it; npx course doctor shows its speed.`,
      0,
    );
  } catch (e) {
    const { message, code } = e as NodeJS.ErrnoException;
    throw new Sentence(
      `${code === "ENOSPC" ? reason("TensorFlow", "ENOSPC") : message} Nothing was changed.`,
      { cause: e },
    );
  } finally {
    for (const event of ["SIGINT", "SIGTERM"] as const) process.removeListener(event, stop);
    rmSync(aside, { recursive: true, force: true });
  }
}

function say(text: string, code: number): number {
  console.log(text);
  return code;
}
