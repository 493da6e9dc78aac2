/**
 * `course setup cuda`: TensorFlow as a backend of tfjs, in .local/cuda. It takes npm's own binary of
 * tfjs-node where there is one; elsewhere it builds tfjs-node's binding, from the sources that npm
 * ships and the TensorFlow inside PyPI's wheel.
 */
import { existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { createInterface } from "node:readline/promises";
import { fileURLToPath } from "node:url";
import {
  downloadWheels,
  runPython,
  tensorFlowStamp as stamp,
  TFJS_NODE_PACKAGE,
} from "course/devices";
import { progressBar } from "course/steps";
import { makeFolder, paths } from "grader/files";
import { installLocked } from "../../../install/packages.mjs";
import { answer, npm, reason, Sentence, step } from "../../../install/run.mjs";
import { install, removeStaleFolders, tryDevice } from "./install.js";
import { cannotBuild, type Machine, thisMachine, tooFull } from "./machine.js";

const PINNED = fileURLToPath(new URL("../../../install/pinned/tensorflow/", import.meta.url));
/** Bytes to download, bytes that stay, and bytes needed while it is built. */
const SIZES = {
  download: 2357e6,
  installed: 3.9e9,
  needed: 5e9,
};
const TITLE = "TensorFlow for NVIDIA cards";
const PROBE_TIMEOUT_MS = 5000;

/** Whether a server answers within the timeout, with whatever status. */
async function isReachable(address: string): Promise<boolean> {
  try {
    await fetch(address, { method: "HEAD", signal: AbortSignal.timeout(PROBE_TIMEOUT_MS) });
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
  if ("version" in (await tryDevice("cuda", folder, signal))) return true;
  for (const name of ["lib", "deps"]) rmSync(join(pkg, name), { recursive: true, force: true });
  return false;
}

/** Installs it into an empty folder. @returns its version */
async function make(folder: string, signal: AbortSignal): Promise<string> {
  await installLocked(folder, PINNED, "tfjs-node", { signal, quiet: true });
  writeFileSync(join(folder, "installed.json"), JSON.stringify(stamp()));
  if (!(await fetchPrebuilt(folder, signal))) {
    signal.throwIfAborted();
    const machine = thisMachine();
    const problem = cannotBuild(machine);
    if (problem) throw new Sentence(problem);
    await fetchLibraries(machine, join(PINNED, "cuda.txt"), SIZES.download, folder, signal);
    await compileBinding(machine, folder, signal);
  }
  const result = await tryDevice("cuda", folder, signal);
  signal.throwIfAborted();
  if ("refused" in result) {
    throw new Sentence(
      `TensorFlow was built, but does not work here: ${result.refused}. ` +
        "The course works without it, on WebAssembly.",
    );
  }
  return result.version;
}

/** Asks in the terminal. @throws where there is none */
async function askForConsent(): Promise<boolean> {
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
  removeStaleFolders(written, "cuda");
  const existing = existsSync(folder) ? await tryDevice("cuda", folder) : undefined;
  if (existing && "version" in existing) {
    console.log(`${TITLE} is set up already: ${existing.version}.`);
    return 0;
  }
  console.log(describeDownload());
  checkMachine(written);
  if (!yes && !(await askForConsent())) {
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

/** The size and license of the download. */
const describeDownload = () =>
  `${TITLE}: about ${gigabytes(SIZES.download)} to download, ${gigabytes(SIZES.installed)} kept in ` +
  ".local/cuda, Apache license, NVIDIA's libraries under its own.";

/** @throws where the machine has no NVIDIA card or too little space on its disk */
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

/**
 * pip's options for wheels of this processor. They name the version of Python that the wheels are
 * made for, which needn't be this machine's. TensorFlow 2.15's wheels say manylinux2014, some of
 * NVIDIA's manylinux1.
 */
function wheelOptions(arch: string): string[] {
  const cpu = arch === "arm64" ? "aarch64" : "x86_64";
  const python = ["--implementation", "cp", "--python-version", "3.11"];
  return [...python, "--platform", `manylinux2014_${cpu}`, "--platform", `manylinux1_${cpu}`];
}

/**
 * Takes from TensorFlow its two libraries and C headers, and from its helpers and NVIDIA's packages
 * the libraries. TensorFlow itself is not installed.
 */
const UNPACK = String.raw`
import glob, os, re, sys, zipfile

keep = re.compile("|".join([
    r"tensorflow/libtensorflow_(cc|framework)\.so\.2$",
    r"tensorflow/include/(tensorflow/c|tensorflow/core/platform|tsl)/.*\.h$",
    r"[^/]+\.libs/",
    r"nvidia/[^/]+/(lib|bin|nvvm)/",
    r"tensorflow/THIRD_PARTY_NOTICES",
    r"[^/]+\.dist-info/(licenses/)?(LICENSE|License)",
]))
for wheel in glob.glob(os.path.join(sys.argv[1], "*.whl")):
    with zipfile.ZipFile(wheel) as z:
        z.extractall(sys.argv[2], [n for n in z.namelist() if keep.match(n)])
    os.remove(wheel)
`;

const megabytes = (bytes: number) => Math.round(bytes / 1e6);

/** Downloads the wheels that `requirements` pins by sha256, and unpacks them into `folder`. */
async function fetchLibraries(
  { python, arch }: Machine,
  requirements: string,
  bytes: number,
  folder: string,
  signal: AbortSignal,
): Promise<void> {
  const download = { name: "TensorFlow 2.15.1", bytes };
  const wheels = join(folder, "wheels");
  mkdirSync(wheels);
  const all = megabytes(bytes);
  const bar = progressBar("TensorFlow's libraries, MB", all);
  let done = 0;
  const showProgress = (n: number) => {
    done = Math.min(megabytes(n), all - 1); // the rest is unpacking
    bar.set(done);
  };
  try {
    const packages = [...wheelOptions(arch), "--require-hashes", "-r", requirements];
    await downloadWheels(python!, packages, wheels, download, { signal, seen: showProgress });
    await runPython(python!, ["-c", UNPACK, wheels, folder], download, { signal });
    done = all;
  } catch (e) {
    signal.throwIfAborted();
    throw new Sentence(`TensorFlow's libraries could not be downloaded: ${(e as Error).message}.`);
  } finally {
    bar.end(done, done === all ? "downloaded, checked and unpacked" : "not downloaded");
  }
  rmSync(wheels, { recursive: true });
}

const LIBRARIES = ["libtensorflow_cc.so.2", "libtensorflow_framework.so.2"];

/**
 * Compiles the binding into the package in `folder`. It finds the libraries by their place relative
 * to it, so the folder can move.
 */
async function compileBinding(
  { compiler }: Machine,
  folder: string,
  signal: AbortSignal,
): Promise<void> {
  const tensorflow = join(folder, "tensorflow");
  await shrinkLibraries(tensorflow, signal);
  const pkg = join(folder, "node_modules", TFJS_NODE_PACKAGE);
  const out = join(pkg, "lib", "napi-v8");
  mkdirSync(out, { recursive: true });
  const what = "tfjs-node's binding";
  const sources = ["tfjs_backend.cc", "tfjs_binding.cc"].map((file) => join(pkg, "binding", file));
  const args = compilerArgs(folder, sources, join(out, "tfjs_binding.node"));
  const { code, output } = await step(what, compiler!, args, { signal });
  signal.throwIfAborted();
  if (code !== 0) {
    throw new Sentence(`${reason(what, output)} ${compiler} must know C++17 (g++ 8 or newer).`);
  }
  rmSync(join(tensorflow, "include"), { recursive: true });
}

/** Removes the libraries' symbols where the machine has the program `strip`. */
async function shrinkLibraries(tensorflow: string, signal: AbortSignal): Promise<void> {
  if (!answer("strip", ["--version"])) return;
  const files = LIBRARIES.map((name) => join(tensorflow, name));
  await step("smaller libraries", "strip", files, { signal, quiet: true });
}

/** Options that compile a module of Node and link it with TensorFlow. */
function compilerArgs(folder: string, sources: string[], output: string): string[] {
  const tensorflow = join(folder, "tensorflow");
  const node = join(folder, "node_modules", "node-api-headers", "include");
  return [
    ...["-std=c++17", "-O2", "-fPIC", "-shared", "-pthread", "-DNAPI_VERSION=8"],
    ...["-I", node, "-I", join(tensorflow, "include")],
    ...[...sources, "-o", output],
    ...["-L", tensorflow, ...LIBRARIES.map((name) => `-l:${name}`)],
    "-Wl,-rpath,$ORIGIN/../../../../../tensorflow",
  ];
}
