/**
 * TensorFlow as a backend of tfjs. `course setup native` and `course setup cuda` put it into
 * .local/native (CPU) and .local/cuda: tfjs-node's JavaScript, its binding, and TensorFlow's
 * libraries.
 */
import { createHash } from "node:crypto";
import { existsSync, readdirSync, readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { cpus } from "node:os";
import { dirname, join } from "node:path";
import * as tf from "@tensorflow/tfjs-core";
import { courseRoot, paths } from "grader";
import { registerNativeKernels } from "kernels";

export type Kit = "native" | "cuda";
export const PACKAGES: Record<Kit, string> = {
  native: "@tensorflow/tfjs-node",
  cuda: "@tensorflow/tfjs-node-gpu",
};
/**
 * What a kit was made for, as installed.json in its folder says. `processor` and `operations` are
 * about the operations that the course adds.
 */
export interface Stamp {
  tfjs: string;
  platform: string;
  arch: string;
  processor: string;
  operations: string;
}

/** tfjs-node's binding to TensorFlow, as much of it as we use. */
interface Binding {
  TF_Version: string;
  isUsingGpuDevice(): boolean;
}

const load = createRequire(__filename);

/**
 * A short hash of the processor's instruction sets, since two machines that share a folder may have
 * different processors.
 */
function processor(): string {
  const file = "/proc/cpuinfo";
  const info = existsSync(file) ? readFileSync(file, "utf8") : "";
  const [flags] = /^(?:flags|Features)\s*:.*$/m.exec(info) ?? [cpus()[0]?.model ?? ""];
  return createHash("sha256").update(flags).digest("hex").slice(0, 16);
}

/**
 * A short hash of the sources of the course's own operations, since a kit stays when the course is
 * updated.
 */
function operations(): string {
  const folder = join(dirname(load.resolve("kernels/package.json")), "native");
  const hash = createHash("sha256");
  for (const name of readdirSync(folder).sort()) {
    hash.update(name).update(readFileSync(join(folder, name)));
  }
  return hash.digest("hex").slice(0, 16);
}

export const thisMachine = (): Stamp => ({
  tfjs: tf.version_core,
  platform: process.platform,
  arch: process.arch,
  processor: processor(),
  operations: operations(),
});

const stampOf = (folder: string) =>
  JSON.parse(readFileSync(join(folder, "installed.json"), "utf8")) as Partial<Stamp>;

/** What keeps the kit in `folder` from being used; undefined when nothing does. */
function obstacle(kit: Kit, folder: string): string | undefined {
  if (!existsSync(join(folder, "installed.json"))) return "it is not set up on this machine";
  const has = stampOf(folder);
  const wanted = thisMachine();
  const made = `${has.platform} ${has.arch}`;
  const here = `${wanted.platform} ${wanted.arch}`;
  if (made !== here) return `it was set up for ${made}, this is ${here}`;
  if (has.tfjs !== wanted.tfjs) {
    return `it was set up for tfjs ${has.tfjs}, this course has ${wanted.tfjs}`;
  }
  const needsDriver = kit === "cuda" && process.platform === "linux";
  const hasDriver = existsSync("/proc/driver/nvidia/version");
  return needsDriver && !hasDriver ? "no NVIDIA driver is loaded" : undefined;
}

/**
 * lib/napi-v8/tfjs_binding.node, where 8 is the version of Node's C interface that it was made for.
 * @throws when there is none
 */
function bindingFile(pkg: string): string {
  const lib = join(pkg, "lib");
  const versions = existsSync(lib) ? readdirSync(lib) : [];
  const files = versions.map((version) => join(lib, version, "tfjs_binding.node"));
  const found = files.find((file) => existsSync(file));
  if (!found) throw new Error(`there is no tfjs_binding.node in ${lib}`);
  return found;
}

/** The module beside the binding that adds the course's own operations to TensorFlow. */
export const KERNELS = "course_kernels.node";

const kernelsFile = (folder: string) =>
  join(dirname(bindingFile(join(folder, "node_modules", PACKAGES.native))), KERNELS);

/**
 * The state of the course's own operations in a kit. "none": npm's own binary is installed, without
 * them. "stale": they were built from other sources or for another processor. Then they aren't
 * loaded, since TensorFlow's own operations compute the same.
 */
export function ownOperations(folder: string): "fit" | "stale" | "none" {
  if (!existsSync(kernelsFile(folder))) return "none";
  const has = stampOf(folder);
  return has.processor === processor() && has.operations === operations() ? "fit" : "stale";
}

let operationsAreStale = false;

function addKernels(folder: string): void {
  const own = ownOperations(folder);
  operationsAreStale = own === "stale";
  if (own !== "fit") return;
  const { failure, lanes } = load(kernelsFile(folder)) as { failure: string; lanes: number };
  if (failure !== "") {
    throw new Error(`TensorFlow does not take the course's operations: ${failure}`);
  }
  registerNativeKernels(lanes);
}

/**
 * tfjs-node calls util.isNullOrUndefined and util.isArray, which Node 22 warns about and Node 23 no
 * longer has. And TensorFlow would tell the terminal about each library it finds.
 */
function prepareNode(): void {
  Object.assign(load("node:util") as object, {
    isNullOrUndefined: (x: unknown) => x == null,
    isArray: Array.isArray,
  });
  process.env.TF_CPP_MIN_LOG_LEVEL ??= "2";
}

let loaded: { kit: Kit; binding: Binding } | undefined;

/** A process can load one TensorFlow only: the kits' libraries have the same names. */
function loadKit(kit: Kit, folder: string): Binding {
  if (loaded) return loaded.binding;
  prepareNode();
  const pkg = join(folder, "node_modules", PACKAGES[kit]);
  // not its index.js, which loads all of tfjs and chooses the backend by itself
  load(join(pkg, "dist", "register_all_kernels.js"));
  const { NodeJSKernelBackend } = load(join(pkg, "dist", "nodejs_kernel_backend.js")) as {
    NodeJSKernelBackend: new (binding: Binding, name: string) => tf.KernelBackend;
  };
  const binding = load(bindingFile(pkg)) as Binding;
  if (kit === "native") addKernels(folder);
  tf.registerBackend("tensorflow", () => new NodeJSKernelBackend(binding, PACKAGES[kit]));
  loaded = { kit, binding };
  return binding;
}

/**
 * Registers a kit's backend, "tensorflow".
 * @returns the reason when that fails
 */
export function useTensorFlow(
  kit: Kit,
  folder = paths(courseRoot()).installed(kit),
): { refused: string } | undefined {
  const no = obstacle(kit, folder);
  if (no) return { refused: no };
  const onGpu = loadKit(kit, folder).isUsingGpuDevice();
  if (kit === "cuda" && loaded?.kit !== kit) {
    return { refused: "TensorFlow for the CPU is in use in this process already" };
  }
  if (kit === "cuda" && !onGpu) {
    return { refused: "TensorFlow finds no NVIDIA card that it can use" };
  }
  if (kit === "native" && onGpu) {
    return { refused: "TensorFlow for CUDA is in use in this process already" };
  }
  return undefined;
}

const STALE_NOTE =
  ", slower than it could be: " +
  "npx course setup native builds the course's own operations again";

/** The TensorFlow that is loaded, with its version, and what would make it faster. */
export function tensorFlowVersion(): string {
  const version = loaded?.binding.TF_Version ?? "is not loaded";
  return `TensorFlow ${version}${operationsAreStale ? STALE_NOTE : ""}`;
}

/** Which of the two is loaded; both are tfjs's backend "tensorflow". */
export const loadedKit = (): Kit | undefined => loaded?.kit;
