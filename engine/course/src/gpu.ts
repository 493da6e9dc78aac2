/**
 * Runs a reader's compute kernels on this machine's WebGPU adapter, whatever device computes
 * tensors. A kernel may never end, so it runs in a process of its own.
 */
import * as tf from "@tensorflow/tfjs-core";
import { courseRoot, type CaseOutcome, type TensorData } from "grader";
import {
  NoAdapter,
  openShaders,
  runShaderRequests,
  type ShaderRequest,
  type ShaderLauncher,
} from "grader/shaders/run";

/** A compute kernel in WGSL and what it runs on. */
export interface GpuKernel {
  /** WGSL whose entry point is `main`. */
  text: string;
  /**
   * Buffers it reads, by name and in the order of their bindings: float32 tensors are array<f32>,
   * int32 tensors array<u32>. None unless given.
   */
  inputs?: Record<string, tf.Tensor>;
  /** The name of the buffer it writes, at the next binding. */
  output: string;
  /** The output's shape. */
  shape: number[];
  /** The members of `sizes`, at the last binding: whole numbers. None unless given. */
  sizes?: number[];
  /** How many workgroups it starts. */
  workgroups: [x: number, y?: number, z?: number];
}

/** What a kernel gave: its output, and the bytes it read from its inputs. */
export interface KernelRun {
  output: tf.Tensor;
  bytesRead: number;
}

/**
 * This machine's adapter; `software` says that it is no graphics card. Where there is none,
 * `missing` says why, and what to do about it.
 */
export type Adapter =
  | { name: string; software: boolean; missing?: undefined }
  | { name?: undefined; software: true; missing: string };

const EMPTY_SHADER = `@group(0) @binding(0) var<storage, read_write> out: array<f32>;
@compute @workgroup_size(1) fn main() { out[0] = 1.0; }`;

/** The notebook's own; opened when the first kernel comes. */
let opened: Promise<ShaderLauncher> | undefined;
const open = () => (opened ??= openShaders(courseRoot(), { trusted: true, fast: true }));

async function dataOf(tensor: tf.Tensor): Promise<TensorData> {
  if (tensor.dtype !== "float32" && tensor.dtype !== "int32") {
    throw new Error(`a kernel reads float32 or int32 tensors, got ${tensor.dtype}`);
  }
  const data = (await tensor.data()) as Float32Array | Int32Array;
  return { shape: tensor.shape, dtype: tensor.dtype, data: data.slice() };
}

async function shaderRequest({
  inputs = {},
  workgroups,
  ...kernel
}: GpuKernel): Promise<ShaderRequest> {
  if (typeof kernel.text !== "string") {
    throw new Error(`a kernel's text is a string of WGSL, got ${typeof kernel.text}`);
  }
  const names = Object.keys(inputs);
  const [x, y = 1, z = 1] = workgroups;
  return {
    ...{ text: kernel.text, output: kernel.output, shape: kernel.shape },
    inputs: names,
    words: names.filter((name) => inputs[name]!.dtype === "int32"),
    data: await Promise.all(Object.values(inputs).map(dataOf)),
    sizes: kernel.sizes ?? [],
    workgroups: [x, y, z],
  };
}

async function runShaders(kernels: GpuKernel[], how?: "timed"): Promise<CaseOutcome[]> {
  const asked = await Promise.all(kernels.map(shaderRequest));
  try {
    return await runShaderRequests(await open(), asked, how);
  } catch (e) {
    if (e instanceof NoAdapter) opened = undefined; // it may have been installed by the next call
    throw e;
  }
}

/** What a child said of a timed kernel. */
interface TimedRun {
  milliseconds: number;
  adapter: string;
  software: boolean;
}

function timedOf(outcome: CaseOutcome): TimedRun {
  if ("error" in outcome) throw new Error(outcome.error);
  return outcome.value as unknown as TimedRun;
}

/** This machine's adapter for kernels, or why there is none. */
export async function adapter(): Promise<Adapter> {
  try {
    const nothing = { text: EMPTY_SHADER, output: "out", shape: [1], workgroups: [1] as [number] };
    const { adapter: name, software } = timedOf((await runShaders([nothing], "timed"))[0]!);
    return { name, software };
  } catch (e) {
    if (e instanceof NoAdapter) return { software: true, missing: e.message };
    throw e;
  }
}

/**
 * Runs a kernel once and counts what it reads.
 * @throws when it does not compile, takes too long, or this machine has no adapter
 */
export async function runKernel(kernel: GpuKernel): Promise<KernelRun> {
  const [outcome] = await runShaders([kernel]);
  if (!outcome || "error" in outcome) throw new Error(outcome?.error ?? "it gave no answer");
  const { shape, data } = outcome.value as unknown as TensorData;
  return { output: tf.tensor(data, shape, "float32"), bytesRead: outcome.bytesRead ?? 0 };
}

/**
 * The milliseconds that each kernel takes, without counting: the shortest of a few rounds.
 * @throws as runKernel does
 */
export async function timeKernels(kernels: GpuKernel[]): Promise<number[]> {
  return (await runShaders(kernels, "timed")).map((outcome) => timedOf(outcome).milliseconds);
}
