/**
 * TensorFlow as a backend of tfjs, for CUDA. `course setup cuda` puts it into .local/cuda:
 * tfjs-node's JavaScript, its binding, and TensorFlow's libraries.
 */
import { existsSync, readdirSync, readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { join } from "node:path";
import * as tf from "@tensorflow/tfjs-core";
import { courseRoot, paths } from "grader";

export const TFJS_NODE_PACKAGE = "@tensorflow/tfjs-node-gpu";
/** What it was made for, as installed.json in its folder says. */
export interface TensorFlowStamp {
  tfjs: string;
  platform: string;
  arch: string;
}

/** tfjs-node's binding to TensorFlow, as much of it as we use. */
interface Binding {
  TF_Version: string;
  isUsingGpuDevice(): boolean;
}

const load = createRequire(__filename);

export const tensorFlowStamp = (): TensorFlowStamp => ({
  tfjs: tf.version_core,
  platform: process.platform,
  arch: process.arch,
});

const stampOf = (folder: string) =>
  JSON.parse(readFileSync(join(folder, "installed.json"), "utf8")) as Partial<TensorFlowStamp>;

/** What keeps TensorFlow in `folder` from being used; undefined when nothing does. */
function unavailableReason(folder: string): string | undefined {
  if (!existsSync(join(folder, "installed.json"))) return "it is not set up on this machine";
  const has = stampOf(folder);
  const wanted = tensorFlowStamp();
  const made = `${has.platform} ${has.arch}`;
  const here = `${wanted.platform} ${wanted.arch}`;
  if (made !== here) return `it was set up for ${made}, this is ${here}`;
  if (has.tfjs !== wanted.tfjs) {
    return `it was set up for tfjs ${has.tfjs}, this course has ${wanted.tfjs}`;
  }
  const needsDriver = process.platform === "linux";
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

let loaded: Binding | undefined;

function loadTensorFlow(folder: string): Binding {
  if (loaded) return loaded;
  prepareNode();
  const pkg = join(folder, "node_modules", TFJS_NODE_PACKAGE);
  // not its index.js, which loads all of tfjs and chooses the backend by itself
  load(join(pkg, "dist", "register_all_kernels.js"));
  const { NodeJSKernelBackend } = load(join(pkg, "dist", "nodejs_kernel_backend.js")) as {
    NodeJSKernelBackend: new (binding: Binding, name: string) => tf.KernelBackend;
  };
  const binding = load(bindingFile(pkg)) as Binding;
  tf.registerBackend("tensorflow", () => new NodeJSKernelBackend(binding, TFJS_NODE_PACKAGE));
  loaded = binding;
  return binding;
}

/**
 * Registers its backend, "tensorflow".
 * @returns the reason when that fails
 */
export function useTensorFlow(
  folder = paths(courseRoot()).installed("cuda"),
): { refused: string } | undefined {
  const no = unavailableReason(folder);
  if (no) return { refused: no };
  return loadTensorFlow(folder).isUsingGpuDevice()
    ? undefined
    : { refused: "TensorFlow finds no NVIDIA card that it can use" };
}

/** The TensorFlow that is loaded, with its version. */
export const tensorFlowVersion = (): string =>
  `TensorFlow ${loaded?.TF_Version ?? "is not loaded"}`;
