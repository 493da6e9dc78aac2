/**
 * Where tensors are computed: on the one of CUDA, WebGPU, native CPU and WebAssembly that is the
 * fastest for lessons on this machine. Only this module decides; `course doctor` shows what it
 * found.
 */
import { createRequire } from "node:module";
import * as tf from "@tensorflow/tfjs-core";
import {
  hasNativeKernels,
  registerCpuKernels,
  registerWasmKernels,
  unregisterNativeKernels,
  useConstantComparisons,
} from "ops";
import { nativeEngine, useNative } from "./native";
import { overrideFor, inBrowser } from "./environment";
import { faster, fastestOf, measureSpeed, readSpeeds, saveSpeeds, type Speed } from "./speed";
import { tensorFlowVersion, useTensorFlow } from "./tensorflow";
import { getWebgpu, prepareWebgpu, webgpuAdapter, webgpuIsSoftware } from "./webgpu";

export type DeviceName = "cuda" | "webgpu" | "native" | "wasm" | "cpu";
export interface Device {
  name: DeviceName;
  /** The name for people. */
  label: string;
  /** Whether it is dozens of times slower: plain CPU, or WebGPU without a graphics card. */
  slow: boolean;
}

/** Why a device can't be used, in one sentence. */
export interface DeviceUnavailable {
  refused: string;
}

export interface Candidate extends Omit<Device, "slow"> {
  /** How to get it, as a command or a sentence. */
  get: string;
  /** tfjs's name of the backend. */
  backend: string;
  /** What computes beneath tfjs, with its version. Call it after `prepare`. */
  engine?(): string;
  /**
   * Registers the backend.
   * @param forced whether the user asked for this device and no other
   */
  prepare(forced: boolean): Promise<DeviceUnavailable | undefined>;
  /** Whether it turned out to be slow. Call it after `prepare`; a device without it is not slow. */
  slow?(): boolean;
}

const load = createRequire(__filename);

// Loading a package registers its backend with tfjs; our kernels then replace some of its own.
function cpu(): Promise<undefined> {
  load("@tensorflow/tfjs-backend-cpu");
  registerCpuKernels();
  return Promise.resolve(undefined);
}
function wasm(): Promise<undefined> {
  load("@tensorflow/tfjs-backend-wasm");
  unregisterNativeKernels();
  registerWasmKernels();
  return Promise.resolve(undefined);
}
async function native(): Promise<DeviceUnavailable | undefined> {
  await wasm();
  return useNative();
}

/** All devices, the best first. */
const ALL_DEVICES: Candidate[] = [
  {
    name: "cuda",
    label: "CUDA",
    backend: "tensorflow",
    get: "npx course setup cuda (2.4 GB), on Linux with an NVIDIA card and its driver",
    engine: tensorFlowVersion,
    prepare: () => Promise.resolve(useTensorFlow()),
  },
  {
    name: "webgpu",
    label: "WebGPU",
    backend: "webgpu",
    get: getWebgpu(),
    engine: webgpuAdapter,
    prepare: prepareWebgpu,
    slow: webgpuIsSoftware,
  },
  {
    name: "native",
    label: "native CPU",
    backend: "wasm", // with other kernels
    get: "npx course setup native, which needs a C++ compiler",
    engine: nativeEngine,
    prepare: native,
  },
  {
    name: "wasm",
    label: "WebAssembly",
    backend: "wasm",
    get: "npm ci",
    prepare: wasm,
  },
  {
    name: "cpu",
    label: "plain CPU (JavaScript)",
    backend: "cpu",
    get: "npm ci",
    prepare: cpu,
    slow: () => true,
  },
];

/** The candidates for this environment: a browser can't load compiled modules. */
export const CANDIDATES = inBrowser()
  ? ALL_DEVICES.filter(({ name }) => name !== "cuda" && name !== "native")
  : ALL_DEVICES;

/**
 * Makes the candidate tfjs's backend.
 * @returns the reason when that fails
 */
export async function use(
  candidate: Candidate,
  forced = false,
): Promise<DeviceUnavailable | undefined> {
  tf.enableProdMode(); // otherwise tfjs advertises its other packages
  useConstantComparisons();
  try {
    const no = await candidate.prepare(forced);
    if (no) return no;
    const started = await tf.setBackend(candidate.backend);
    return started
      ? undefined
      : { refused: `tfjs could not start its backend ${candidate.backend}` };
  } catch (e) {
    return { refused: e instanceof Error ? e.message.split("\n")[0]! : String(e) };
  }
}

let chosen: Device | undefined;

const asDevice = ({ name, label, slow }: Candidate): Device => ({
  name,
  label,
  slow: slow?.() ?? false,
});

/** Switches to the candidate. @returns the reason if that fails */
async function choose(
  candidate: Candidate,
  forced: boolean,
): Promise<DeviceUnavailable | undefined> {
  const no = await use(candidate, forced);
  if (!no) chosen = asDevice(candidate);
  return no;
}

/** @throws with the reason, when it is unknown or refused */
async function chooseForced(name: string): Promise<void> {
  const candidate = CANDIDATES.find((c) => c.name === name);
  if (!candidate) {
    throw new Error(
      `${inBrowser() ? "device" : "COURSE_DEVICE"}: expected one of ` +
        `${CANDIDATES.map((c) => c.name).join(", ")}, got ${name}`,
    );
  }
  const no = await choose(candidate, true);
  if (no) {
    throw new Error(
      `${overrideFor(name)} cannot be used: ${no.refused}. To get it: ${candidate.get}`,
    );
  }
}

/** The one that was the fastest when it was measured, if it still works. */
async function chooseRemembered(): Promise<boolean> {
  const known = readSpeeds();
  const candidate = CANDIDATES.find((c) => c.name === known?.chosen);
  return candidate !== undefined && !(await choose(candidate, false));
}

/** How often each is measured: the first pays for what the others find warm. */
const MEASURE_PASSES = 2;
/** No further pass begins after this many milliseconds: the student waits for the first cell. */
const MEASURE_BUDGET_MS = 150;

/**
 * Measures the devices that work and are not slow, and remembers the fastest.
 * @returns its name
 */
export async function compareDevices(): Promise<DeviceName | undefined> {
  const speeds = new Map<DeviceName, Speed>();
  const refused = new Set<DeviceName>(["cpu"]);
  const begun = performance.now();
  const isEnough = () => speeds.size > 0 && performance.now() - begun > MEASURE_BUDGET_MS;
  for (let pass = 0; pass < MEASURE_PASSES && !isEnough(); pass++) {
    for (const candidate of CANDIDATES) {
      const { name, slow } = candidate;
      if (refused.has(name)) continue;
      if ((await use(candidate)) || slow?.()) refused.add(name);
      else speeds.set(name, faster(await measureSpeed(), speeds.get(name)));
    }
  }
  const name = fastestOf([...speeds]) as DeviceName | undefined;
  if (name) saveSpeeds(name, [...speeds]);
  return name;
}

/** The first that works, in the order of CANDIDATES. */
async function chooseFirst(): Promise<void> {
  const reasons: string[] = [];
  for (const candidate of CANDIDATES) {
    const no = await choose(candidate, false);
    if (!no) return;
    reasons.push(`${candidate.name}: ${no.refused}`);
  }
  throw new Error(
    `no device works here (${reasons.join("; ")}); npm ci installs two that work everywhere`,
  );
}

/**
 * Picks the device: the fastest one, measured once for a machine, unless COURSE_DEVICE=wasm in the
 * environment forces one. A browser takes the first that works.
 * @throws with the reason, when the forced one is unknown or refused, or when none works
 */
export async function chooseDevice(forced = process.env.COURSE_DEVICE): Promise<Device> {
  if (forced) await chooseForced(forced);
  else if (inBrowser()) await chooseFirst();
  else if (!(await chooseRemembered())) {
    const name = await compareDevices();
    const fastest = CANDIDATES.find((c) => c.name === name);
    if (!fastest || (await choose(fastest, false))) await chooseFirst();
  }
  return chosen!;
}

/**
 * The device in use.
 * @throws when none has been chosen yet
 */
export function device(): Device {
  const backend = tf.getBackend();
  const known = CANDIDATES.find((c) => c.name === chosen?.name);
  if (chosen && known?.backend === backend) return chosen;
  // a notebook called tf.setBackend; two devices have WASM as their backend
  const isOn = ({ name }: Candidate) => name !== "native" || hasNativeKernels();
  const found = CANDIDATES.find((c) => c.backend === backend && isOn(c));
  if (!found) {
    throw new Error(
      "device: no device has been chosen yet; await chooseDevice() first, as the notebook's " +
        "kernel does",
    );
  }
  return asDevice(found);
}
