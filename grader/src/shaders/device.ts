/**
 * Runs a shader on a WebGPU device, once with its reads counted, or many times to measure how long it
 * takes. This is the child's side, and the browser's.
 */
/// <reference types="@webgpu/types" />
import { pathToFileURL } from "node:url";
import { type Value, sizeOf, type TensorData } from "../exercise/value";

/** What one run needs. */
export interface ShaderRun {
  code: string;
  inputs: (Float32Array | Int32Array)[];
  sizes: number[];
  length: number;
  workgroups: number[];
}
export interface ShaderOutput {
  output: Float32Array;
  reads: number;
}

interface AdapterInfo {
  description: string;
  isFallbackAdapter: boolean;
}
interface Dawn {
  create(options: string[]): GPU;
  globals: Record<string, unknown>;
}

const WORD_BYTES = 4;

export interface OpenDevice {
  device: GPUDevice;
  /** The adapter's name. */
  adapter: string;
  /** Whether the adapter is software that runs on the processor, not a graphics card. */
  software: boolean;
}

/**
 * Opens a WebGPU device in Node.
 * @param dawn the file of npm's package webgpu
 * @throws when there is no adapter
 */
export async function openDevice(dawn: string): Promise<OpenDevice> {
  const { create, globals } = (await import(pathToFileURL(dawn).href)) as Dawn;
  const gpu = create([]);
  // a device is lost when its GPU object is collected, hence the global
  Object.assign(globalThis, globals, { courseGpu: gpu });
  const adapter = await gpu.requestAdapter({ powerPreference: "high-performance" });
  if (!adapter) throw new Error("WebGPU has no adapter");
  const { description, isFallbackAdapter } = (adapter as unknown as { info: AdapterInfo }).info;
  return {
    device: await adapter.requestDevice(),
    adapter: description,
    software: isFallbackAdapter,
  };
}

function firstLine(text: string): string {
  const lines = text.split("\n").map((line) => line.trim());
  return lines.find((line) => line !== "") ?? "";
}

/** @throws an error that names the first wrong line */
async function compileModule(device: GPUDevice, code: string): Promise<GPUShaderModule> {
  device.pushErrorScope("validation");
  const module = device.createShaderModule({ code });
  const { messages } = await module.getCompilationInfo();
  await device.popErrorScope(); // repeats the messages
  const wrong = messages.find((m) => m.type === "error");
  if (wrong) {
    throw new Error(`It does not compile: line ${wrong.lineNum}: ${firstLine(wrong.message)}.`);
  }
  return module;
}

export async function compileShader(
  device: GPUDevice,
  code: string,
  inputs: number,
): Promise<GPUComputePipeline> {
  const module = await compileModule(device, code);
  const kinds: GPUBufferBindingType[] = [
    ...Array<GPUBufferBindingType>(inputs).fill("read-only-storage"),
    "storage",
    "uniform",
    "storage",
  ];
  const layout = device.createBindGroupLayout({
    entries: kinds.map((type, binding) => ({
      binding,
      visibility: GPUShaderStage.COMPUTE,
      buffer: { type },
    })),
  });
  return device
    .createComputePipelineAsync({
      layout: device.createPipelineLayout({ bindGroupLayouts: [layout] }),
      compute: { module, entryPoint: "main" },
    })
    .catch((e: Error) => {
      throw new Error(`It cannot be started as main: ${firstLine(e.message)}`);
    });
}

export interface GpuBuffers {
  /** In the order of their bindings. */
  bound: GPUBuffer[];
  output: GPUBuffer;
  reads: GPUBuffer;
  /** Output and reads are copied here to be read by the processor. */
  back: GPUBuffer;
}

type Words = Float32Array | Int32Array | Uint32Array;

function filledBuffer(device: GPUDevice, words: Words, usage: number) {
  const buffer = device.createBuffer({
    size: Math.max(WORD_BYTES, words.byteLength),
    usage: usage | GPUBufferUsage.COPY_DST,
  });
  device.queue.writeBuffer(buffer, 0, words as Float32Array<ArrayBuffer>);
  return buffer;
}

/** The uniform `sizes`; a struct's size is a multiple of 16 bytes here. */
function sizesStruct(sizes: number[]): Uint32Array {
  const members = new Uint32Array(4 * Math.ceil(Math.max(1, sizes.length) / 4));
  members.set(sizes);
  return members;
}

/** @param outputBytes size of the output @param readBack how many of these bytes are read */
export function makeBuffers(
  device: GPUDevice,
  { inputs, sizes }: ShaderRun,
  outputBytes: number,
  readBack = outputBytes,
): GpuBuffers {
  const written = GPUBufferUsage.STORAGE | GPUBufferUsage.COPY_SRC;
  const readable = GPUBufferUsage.MAP_READ | GPUBufferUsage.COPY_DST;
  const output = device.createBuffer({ size: outputBytes, usage: written });
  const reads = device.createBuffer({ size: WORD_BYTES, usage: written });
  const back = device.createBuffer({ size: readBack + WORD_BYTES, usage: readable });
  const uniform = filledBuffer(device, sizesStruct(sizes), GPUBufferUsage.UNIFORM);
  const filled = inputs.map((data) => filledBuffer(device, data, GPUBufferUsage.STORAGE));
  return { bound: [...filled, output, uniform, reads], output, reads, back };
}

/** Commands that run the shader `times` times, one after another. */
export function encodeDispatches(
  device: GPUDevice,
  pipeline: GPUComputePipeline,
  bound: GPUBuffer[],
  [x, y, z]: number[],
  times: number,
): GPUCommandEncoder {
  const encoder = device.createCommandEncoder();
  const pass = encoder.beginComputePass();
  pass.setPipeline(pipeline);
  const layout = pipeline.getBindGroupLayout(0);
  const entries = bound.map((buffer, binding) => ({ binding, resource: { buffer } }));
  pass.setBindGroup(0, device.createBindGroup({ layout, entries }));
  for (let i = 0; i < times; i++) pass.dispatchWorkgroups(x!, y, z);
  pass.end();
  return encoder;
}

function submit(
  device: GPUDevice,
  pipeline: GPUComputePipeline,
  { bound, output, reads, back }: GpuBuffers,
  workgroups: number[],
): void {
  const encoder = encodeDispatches(device, pipeline, bound, workgroups, 1);
  encoder.copyBufferToBuffer(output, 0, back, 0, output.size);
  encoder.copyBufferToBuffer(reads, 0, back, output.size, WORD_BYTES);
  device.queue.submit([encoder.finish()]);
}

/**
 * Makes a function that runs shaders and counts their reads. It compiles the same text once, and
 * throws messages to the shader's author.
 */
export function shaderRunner(device: GPUDevice): (run: ShaderRun) => Promise<ShaderOutput> {
  let last: { code: string; pipeline: GPUComputePipeline } | undefined;
  return async (run) => {
    const { code, inputs, length, workgroups } = run;
    if (last?.code !== code) {
      last = { code, pipeline: await compileShader(device, code, inputs.length) };
    }
    const outputBytes = Math.max(1, length) * WORD_BYTES;
    device.pushErrorScope("validation");
    const buffers = makeBuffers(device, run, outputBytes);
    submit(device, last.pipeline, buffers, workgroups);
    const invalid = await device.popErrorScope();
    if (invalid) throw new Error(`It cannot be run: ${firstLine(invalid.message)}`);
    const { bound, back } = buffers;
    await back.mapAsync(GPUMapMode.READ);
    const bytes = back.getMappedRange().slice(0);
    for (const buffer of [...bound, back]) buffer.destroy();
    return {
      output: new Float32Array(bytes, 0, length),
      reads: new Uint32Array(bytes, outputBytes, 1)[0]!,
    };
  };
}

/// <reference types="@webgpu/types" />

/** A round repeats the shader until it takes this long, so that the cost of a call doesn't matter. */
const MIN_ROUND_MS = 20;
const MAX_RUNS_PER_ROUND = 4096;
/** No further round starts after this time. */
const MAX_MEASURING_MS = 600;
const MAX_ROUNDS = 9;

/**
 * Milliseconds of one run: the fastest of a few rounds, since other programs can only slow it down.
 * Its reads aren't counted.
 * @throws a message to the shader's author
 */
export async function timeShader(device: GPUDevice, run: ShaderRun): Promise<number> {
  const pipeline = await compileShader(device, run.code, run.inputs.length);
  device.pushErrorScope("validation");
  const buffers = makeBuffers(device, run, Math.max(1, run.length) * WORD_BYTES, 0);
  const round = async (times: number) => {
    const commands = encodeDispatches(
      device,
      pipeline,
      buffers.bound,
      run.workgroups,
      times,
    ).finish();
    const start = performance.now();
    device.queue.submit([commands]);
    await device.queue.onSubmittedWorkDone();
    return performance.now() - start;
  };
  await round(1); // the first one prepares the device
  const invalid = await device.popErrorScope();
  if (invalid) throw new Error(`It cannot be run: ${invalid.message.split("\n")[0]!}`);
  let times = 1;
  let all = await round(times);
  for (; all < MIN_ROUND_MS && times < MAX_RUNS_PER_ROUND; all = await round(times)) times *= 2;
  let best = all;
  for (let i = 1, spent = all; i < MAX_ROUNDS && spent < MAX_MEASURING_MS; i++) {
    const next = await round(times);
    best = Math.min(best, next);
    spent += next;
  }
  for (const buffer of [...buffers.bound, buffers.back]) buffer.destroy();
  return best / times;
}

/** One run as it crosses to the child: the arguments of a case. */
export type ShaderArgs = [
  code: string,
  inputs: TensorData[],
  sizes: number[],
  shape: number[],
  workgroups: number[],
  mode?: "timed",
];

/**
 * Runs or times a shader.
 * @returns the output and the number of reads, or the milliseconds, or an error message
 */
export async function runOnDevice(
  { device, adapter, software }: OpenDevice,
  run: ReturnType<typeof shaderRunner>,
  [code, inputs, sizes, shape, workgroups, mode]: ShaderArgs,
): Promise<{ value: Value } | { error: string }> {
  const shader: ShaderRun = {
    code,
    inputs: inputs.map((t) => t.data as Float32Array | Int32Array),
    sizes,
    length: sizeOf(shape),
    workgroups,
  };
  try {
    if (mode) {
      return { value: { milliseconds: await timeShader(device, shader), adapter, software } };
    }
    const { output, reads } = await run(shader);
    const tensor: TensorData = { shape, dtype: "float32", data: output };
    return { value: { output: tensor, reads } };
  } catch (e) {
    return { error: (e as Error).message };
  }
}
