/**
 * Builds tfjs-node's binding, from the sources that npm ships and the TensorFlow inside PyPI's
 * wheel.
 */
import { mkdirSync, rmSync } from "node:fs";
import { join } from "node:path";
import { downloadWheels, TFJS_NODE_PACKAGE, runPython } from "course/devices";
import { progressBar } from "course/steps";
import { answer, reason, Sentence, step } from "../../../install/run.mjs";
import type { Machine } from "./machine.js";

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
export async function fetchLibraries(
  { python, arch }: Machine,
  requirements: string,
  bytes: number,
  folder: string,
  signal: AbortSignal,
): Promise<void> {
  const wanted = { name: "TensorFlow 2.15.1", bytes };
  const wheels = join(folder, "wheels");
  mkdirSync(wheels);
  const all = megabytes(bytes);
  const bar = progressBar("TensorFlow's libraries, MB", all);
  let done = 0;
  const seen = (n: number) => {
    done = Math.min(megabytes(n), all - 1); // the rest is unpacking
    bar.set(done);
  };
  try {
    const what = [...wheelOptions(arch), "--require-hashes", "-r", requirements];
    await downloadWheels(python!, what, wheels, wanted, { signal, seen });
    await runPython(python!, ["-c", UNPACK, wheels, folder], wanted, { signal });
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
export async function compileBinding(
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

/** Removes the libraries' symbols, where the machine has a program for it. */
async function shrinkLibraries(tensorflow: string, signal: AbortSignal): Promise<void> {
  if (!answer("strip", ["--version"])) return;
  const files = LIBRARIES.map((name) => join(tensorflow, name));
  await step("smaller libraries", "strip", files, { signal, quiet: true });
}

/** For a module of Node that is linked with TensorFlow. */
function compilerArgs(folder: string, sources: string[], made: string): string[] {
  const tensorflow = join(folder, "tensorflow");
  const node = join(folder, "node_modules", "node-api-headers", "include");
  return [
    ...["-std=c++17", "-O2", "-fPIC", "-shared", "-pthread", "-DNAPI_VERSION=8"],
    ...["-I", node, "-I", join(tensorflow, "include")],
    ...[...sources, "-o", made],
    ...["-L", tensorflow, ...LIBRARIES.map((name) => `-l:${name}`)],
    "-Wl,-rpath,$ORIGIN/../../../../../tensorflow",
  ];
}
