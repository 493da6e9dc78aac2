/**
 * WebGPU beneath tfjs's WebGPU backend: a browser's own, or in Node Dawn, which `course setup webgpu`
 * installs into .local/webgpu. It also needs the machine's graphics driver, with Vulkan on Linux, Metal on macOS
 * or Direct3D on Windows.
 */
/// <reference types="@webgpu/types" />
import { existsSync } from "node:fs";
import { createRequire } from "node:module";
import * as tf from "@tensorflow/tfjs-core";
import { courseRoot, paths } from "grader";
import { registerWebgpuKernels } from "ops";
import { browserInfo, overrideFor, inBrowser } from "./environment";

interface AdapterInfo {
  isFallbackAdapter: boolean;
  description: string;
  vendor: string;
  architecture: string;
}
interface Dawn {
  create(options: string[]): GPU;
  globals: Record<string, unknown>;
}
/** The parts of tfjs's WebGPU backend that we use, beyond the methods of any backend. */
interface Backend extends tf.KernelBackend {
  device: GPUDevice;
  tensorMap: { get(id: object): { values?: unknown; dtype: string } };
}

export const getWebgpu = (): string =>
  inBrowser()
    ? "a browser with WebGPU (Chrome, Edge, Safari, Firefox) on a machine with a graphics card"
    : "npx course setup webgpu (51 MB), on a machine with a graphics card and its driver";

/** Dawn's own module, undefined where it is not installed. */
function dawn(): Dawn | undefined {
  const file = paths(courseRoot()).dawn;
  return existsSync(file) ? (createRequire(__filename)(file) as Dawn) : undefined;
}

/** tfjs and Dawn look for the browser's globals. Node's own navigator (from 21 on) has no gpu. */
function actAsBrowser({ create, globals }: Dawn): GPU {
  Object.assign(globalThis, globals);
  const gpu = create([]);
  const world = globalThis as { navigator?: object };
  if (!world.navigator) {
    Object.defineProperty(world, "navigator", { value: {}, configurable: true });
  }
  Object.defineProperty(world.navigator, "gpu", { value: gpu, configurable: true });
  return gpu;
}

/** Reading synchronously would need a canvas, which Node lacks; this error says what to write. */
function refuseSyncReads(backend: Backend): void {
  const read = backend.readSync.bind(backend);
  backend.readSync = (id) => {
    const { values, dtype } = backend.tensorMap.get(id);
    if (values == null && dtype !== "string") {
      throw new Error(
        "on WebGPU a tensor cannot be read at once: write await x.data() in place of " +
          "x.dataSync(), await x.array() in place of x.arraySync()",
      );
    }
    return read(id);
  };
}

/** An operation that the device refuses leaves zeros, and tfjs is silent. The next read throws. */
function tellErrors(backend: Backend): void {
  let failed: string | undefined;
  backend.device.addEventListener("uncapturederror", (event) => {
    event.preventDefault(); // Dawn would print it
    failed ??= (event as GPUUncapturedErrorEvent).error.message;
  });
  const read = backend.read.bind(backend);
  backend.read = async (id) => {
    const values = await read(id);
    if (failed === undefined) return values;
    const why = failed.split("\n").find((line) => line.trim() !== "");
    failed = undefined;
    throw new Error(`WebGPU could not compute this: ${why ?? "it does not say why"}`);
  };
}

/** The way to the graphics card, or why there is none. */
function findGpu(): { gpu: GPU } | { refused: string } {
  const page = browserInfo() as { gpu?: GPU } | undefined;
  if (page) return page.gpu ? { gpu: page.gpu } : { refused: "this browser has no WebGPU" };
  const module = dawn();
  if (!module) return { refused: "Dawn, npm's package webgpu, is not installed" };
  return { gpu: actAsBrowser(module) };
}

let gpu: GPU | undefined;
let adapterName = "";
let software = false;

/** The adapter's name and driver, after prepareWebgpu. */
export const webgpuAdapter = (): string => adapterName;
/** Whether the adapter is software, on the processor, and no graphics card. */
export const webgpuIsSoftware = (): boolean => software;

/**
 * Registers the backend "webgpu" on this machine's adapter.
 * @param forced takes a software adapter too, which is slower than WebAssembly and good for tests
 * @returns the reason when there is none
 */
export async function prepareWebgpu(forced: boolean): Promise<{ refused: string } | undefined> {
  if (!gpu) {
    const found = findGpu();
    if ("refused" in found) return found;
    ({ gpu } = found);
  }
  const adapter = await gpu.requestAdapter({ powerPreference: "high-performance" });
  if (!adapter) {
    const why = process.platform === "linux" ? ": Dawn finds no Vulkan driver" : "";
    return { refused: `there is no adapter${why}` };
  }
  const { info } = adapter as unknown as { info: AdapterInfo };
  const { isFallbackAdapter } = info;
  // browsers leave the description out, since it tells readers apart
  const description = info.description || `${info.vendor} ${info.architecture}`.trim();
  if (isFallbackAdapter && !forced) {
    return {
      refused:
        `its only adapter is software (${description}), slower than WebAssembly; ` +
        `${overrideFor("webgpu")} uses it anyway`,
    };
  }
  adapterName = description;
  software = isFallbackAdapter;
  return tf.findBackend("webgpu") ? undefined : register();
}

async function register(): Promise<{ refused: string } | undefined> {
  // loading it registers the backend, now that navigator.gpu is there
  createRequire(__filename)("@tensorflow/tfjs-backend-webgpu");
  registerWebgpuKernels(software);
  if (!(await tf.setBackend("webgpu"))) {
    return { refused: "tfjs could not start its backend webgpu" };
  }
  const backend = tf.backend() as Backend;
  refuseSyncReads(backend);
  tellErrors(backend);
  return undefined;
}
