/**
 * Where tensors are computed: the first of CUDA, WebGPU, native CPU, WebAssembly and plain CPU that
 * this machine can offer. The one place that decides; `course doctor` tells what it found.
 */
import { createRequire } from "node:module";
import * as tf from "@tensorflow/tfjs-core";
import { registerCpuKernels, registerWasmKernels } from "kernels";
import { loadedKit, tensorFlowVersion, useTensorFlow, type Kit } from "./tensorflow";
import { GET_WEBGPU, prepareWebgpu, webgpuAdapter, webgpuIsSoftware } from "./webgpu";

export type DeviceName = "cuda" | "webgpu" | "native" | "wasm" | "cpu";
export interface Device {
  name: DeviceName;
  /** The name for people. */
  label: string;
  /**
   * Whether it computes dozens of times more slowly than the others: plain CPU, or WebGPU without a
   * graphics card.
   */
  slow: boolean;
}
export interface Candidate extends Omit<Device, "slow"> {
  /** How to get it, as a command or a sentence. */
  get: string;
  /** tfjs's name of the backend. */
  backend: string;
  /** What computes beneath tfjs, with its version, once it is prepared. */
  engine?(): string;
  /**
   * Registers the backend; gives the reason when that cannot be. @param forced the user asked for
   * this device and no other
   */
  prepare(forced: boolean): Promise<{ refused: string } | undefined>;
  /** Whether it turned out to be slow, once it is prepared; it is not where this is missing. */
  slow?(): boolean;
}

const load = createRequire(__filename);

// Loading the package registers its backend with tfjs; the faster kernels of kernels/ go over its
// own.
const cpu = () => {
  load("@tensorflow/tfjs-backend-cpu");
  registerCpuKernels();
  return Promise.resolve(undefined);
};
const wasm = () => {
  load("@tensorflow/tfjs-backend-wasm");
  registerWasmKernels();
  return Promise.resolve(undefined);
};

/** TensorFlow needs files that no package of npm brings. */
const tensorFlow = (kit: Kit) => () => Promise.resolve(useTensorFlow(kit));

/** The best first. */
export const CANDIDATES: Candidate[] = [
  {
    name: "cuda",
    label: "CUDA",
    backend: "tensorflow",
    get: "npx course setup cuda (2.4 GB), on Linux with an NVIDIA card and its driver",
    engine: tensorFlowVersion,
    prepare: tensorFlow("cuda"),
  },
  {
    name: "webgpu",
    label: "WebGPU",
    backend: "webgpu",
    get: GET_WEBGPU,
    engine: webgpuAdapter,
    prepare: prepareWebgpu,
    slow: webgpuIsSoftware,
  },
  {
    name: "native",
    label: "native CPU",
    backend: "tensorflow",
    get: "npx course setup native (212 MB)",
    engine: tensorFlowVersion,
    prepare: tensorFlow("native"),
  },
  { name: "wasm", label: "WebAssembly", backend: "wasm", get: "npm ci", prepare: wasm },
  {
    name: "cpu",
    label: "plain CPU (JavaScript)",
    backend: "cpu",
    get: "npm ci",
    prepare: cpu,
    slow: () => true,
  },
];

/** Makes the candidate tfjs's backend; gives the reason when that cannot be. */
export async function use(
  candidate: Candidate,
  forced = false,
): Promise<{ refused: string } | undefined> {
  tf.enableProdMode(); // tfjs advertises its other packages otherwise
  try {
    const no = await candidate.prepare(forced);
    if (no) return no;
    return (await tf.setBackend(candidate.backend))
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

/**
 * Picks the device. COURSE_DEVICE=wasm in the environment forces one.
 * @throws when the forced one is unknown or refused, with the reason, or when none works
 */
export async function chooseDevice(forced = process.env.COURSE_DEVICE): Promise<Device> {
  const among = forced ? CANDIDATES.filter((c) => c.name === forced) : CANDIDATES;
  if (among.length === 0) {
    throw new Error(
      `COURSE_DEVICE: expected one of ${CANDIDATES.map((c) => c.name).join(", ")}, got ${forced}`,
    );
  }
  const reasons: string[] = [];
  for (const candidate of among) {
    const no = await use(candidate, forced !== undefined);
    if (!no) return (chosen = asDevice(candidate));
    reasons.push(`${candidate.name}: ${no.refused}`);
  }
  if (forced) {
    throw new Error(
      `COURSE_DEVICE=${forced} cannot be used: ${reasons[0]!.slice(forced.length + 2)}. ` +
        `To get it: ${among[0]!.get}`,
    );
  }
  throw new Error(
    `no device works here (${reasons.join("; ")}); npm ci installs two that work everywhere`,
  );
}

/** The device in use. */
export function device(): Device {
  const backend = tf.getBackend();
  if (chosen && CANDIDATES.find((c) => c.name === chosen!.name)?.backend === backend) return chosen;
  const found = CANDIDATES.find(
    (c) => c.backend === backend && (backend !== "tensorflow" || c.name === loadedKit()),
  ); // someone called tf.setBackend
  if (!found) {
    throw new Error(
      "device: no device has been chosen yet; await chooseDevice() first, as the notebook's " +
        "kernel does",
    );
  }
  return asDevice(found);
}
