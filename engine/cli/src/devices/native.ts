/**
 * `course setup native`: compiles the course's op kernels in C++ for this machine's processor, in seconds
 * and without a download.
 */
import { existsSync, writeFileSync } from "node:fs";
import { createRequire } from "node:module";
import { dirname, join } from "node:path";
import { NATIVE_MODULE_FILE, nativeStamp, sourceFolder } from "course/devices";
import { makeFolder, paths } from "grader/files";
import { reason, Sentence, step } from "../../../install/run.mjs";
import { install, removeStaleFolders, tryDevice } from "./install.js";
import { cannotCompile, thisMachine } from "./machine.js";

/** The folder of Node's C headers. */
function headers(): string {
  const { resolve } = createRequire(import.meta.url);
  return join(dirname(resolve("node-api-headers/package.json")), "include");
}

function compilerArgs(platform: string, arch: string, output: string): string[] {
  const processor = platform === "darwin" && arch === "arm64" ? "-mcpu=native" : "-march=native";
  const math = ["-fno-math-errno", "-fno-trapping-math", "-ffp-contract=fast"];
  const shared = platform === "darwin" ? ["-bundle", "-undefined", "dynamic_lookup"] : ["-shared"];
  return [
    ...["-std=c++17", "-O3", processor, ...math, "-fPIC", "-pthread", ...shared],
    ...["-DNAPI_VERSION=8", "-I", headers()],
    ...[join(sourceFolder(), "module.cc"), "-o", output],
  ];
}

/** Compiles the op kernels into an empty folder. @returns their version */
async function make(folder: string, signal: AbortSignal): Promise<string> {
  const machine = thisMachine();
  const problem = cannotCompile(machine);
  if (problem) throw new Sentence(problem);
  const { platform, arch, compiler } = machine;
  const args = compilerArgs(platform, arch, join(folder, NATIVE_MODULE_FILE));
  const what = "the course's kernels";
  const { code, output } = await step(what, compiler!, args, { signal });
  signal.throwIfAborted();
  if (code !== 0) {
    const needs = `${compiler} must know C++17 (g++ 9 or clang++ 9, or newer).`;
    throw new Sentence(`${reason(what, output)} ${needs}`);
  }
  writeFileSync(join(folder, "installed.json"), JSON.stringify(nativeStamp()));
  const result = await tryDevice("native", folder, signal);
  signal.throwIfAborted();
  if ("version" in result) return result.version;
  throw new Sentence(
    `The kernels were compiled, but do not work here: ${result.refused}. ` +
      "The course works without them, on WebAssembly.",
  );
}

/** @returns the exit code */
export async function setupNative(root: string): Promise<number> {
  const { written, installed } = paths(root);
  const folder = installed("native");
  makeFolder(written);
  removeStaleFolders(written, "native");
  const existing = existsSync(folder) ? await tryDevice("native", folder) : undefined;
  if (existing && "version" in existing) {
    console.log(`Native kernels are set up already: ${existing.version}.`);
    return 0;
  }
  const version = await install("native", written, folder, make);
  console.log(
    `Native kernels are set up: ${version}. New kernels of notebooks and commands use them; ` +
      "npx course doctor shows their speed.",
  );
  return 0;
}
