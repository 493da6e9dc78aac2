/** Runs a counted kernel on a WebGPU device. */
/// <reference types="@webgpu/types" />
import { pathToFileURL } from "node:url";

/** What one run needs, as it crosses to the child. */
export interface KernelRun {
  code: string;
  inputs: (Float32Array | Int32Array)[];
  sizes: number[];
  length: number;
  workgroups: number[];
}
export interface KernelResult {
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

const WORD = 4;

export interface OpenDevice {
  device: GPUDevice;
  /** What the adapter calls itself. */
  adapter: string;
  /** Whether it is software, on the processor, and no graphics card. */
  software: boolean;
}

/**
 * @param dawn the file of npm's package webgpu
 * @throws when there is no adapter
 */
export async function openDevice(dawn: string): Promise<OpenDevice> {
  const { create, globals } = (await import(pathToFileURL(dawn).href)) as Dawn;
  const gpu = create([]);
  // devices end when nothing holds the object that made them
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

/** @throws a sentence with the first error's line */
async function compileModule(device: GPUDevice, code: string): Promise<GPUShaderModule> {
  device.pushErrorScope("validation");
  const module = device.createShaderModule({ code });
  const { messages } = await module.getCompilationInfo();
  await device.popErrorScope(); // says the same as the messages
  const wrong = messages.find((m) => m.type === "error");
  if (wrong) {
    throw new Error(`It does not compile: line ${wrong.lineNum}: ${firstLine(wrong.message)}.`);
  }
  return module;
}

export async function compileKernel(
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

export interface Buffers {
  /** In the order of their bindings. */
  bound: GPUBuffer[];
  output: GPUBuffer;
  reads: GPUBuffer;
  /** Where output and reads are copied to, so that they can be read. */
  back: GPUBuffer;
}

type Words = Float32Array | Int32Array | Uint32Array;

function filledBuffer(device: GPUDevice, words: Words, usage: number) {
  const buffer = device.createBuffer({
    size: Math.max(WORD, words.byteLength),
    usage: usage | GPUBufferUsage.COPY_DST,
  });
  device.queue.writeBuffer(buffer, 0, words);
  return buffer;
}

/** A struct's size is a multiple of 16 bytes here. */
function sizesStruct(sizes: number[]): Uint32Array {
  const members = new Uint32Array(4 * Math.ceil(Math.max(1, sizes.length) / 4));
  members.set(sizes);
  return members;
}

/** @param answer bytes of the output @param readBack bytes of it that are to be read */
export function makeBuffers(
  device: GPUDevice,
  { inputs, sizes }: KernelRun,
  answer: number,
  readBack = answer,
): Buffers {
  const written = GPUBufferUsage.STORAGE | GPUBufferUsage.COPY_SRC;
  const readable = GPUBufferUsage.MAP_READ | GPUBufferUsage.COPY_DST;
  const output = device.createBuffer({ size: answer, usage: written });
  const reads = device.createBuffer({ size: WORD, usage: written });
  const back = device.createBuffer({ size: readBack + WORD, usage: readable });
  const uniform = filledBuffer(device, sizesStruct(sizes), GPUBufferUsage.UNIFORM);
  const filled = inputs.map((data) => filledBuffer(device, data, GPUBufferUsage.STORAGE));
  return { bound: [...filled, output, uniform, reads], output, reads, back };
}

/** Commands that run the kernel so many times, one after another. */
export function encodeRuns(
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
  { bound, output, reads, back }: Buffers,
  workgroups: number[],
): void {
  const encoder = encodeRuns(device, pipeline, bound, workgroups, 1);
  encoder.copyBufferToBuffer(output, 0, back, 0, output.size);
  encoder.copyBufferToBuffer(reads, 0, back, output.size, WORD);
  device.queue.submit([encoder.finish()]);
}

/**
 * A function that runs kernels; the same text is compiled once. Its errors are sentences to the
 * kernel's author.
 */
export function kernelRunner(device: GPUDevice): (run: KernelRun) => Promise<KernelResult> {
  let last: { code: string; pipeline: GPUComputePipeline } | undefined;
  return async (run) => {
    const { code, inputs, length, workgroups } = run;
    if (last?.code !== code) {
      last = { code, pipeline: await compileKernel(device, code, inputs.length) };
    }
    const answer = Math.max(1, length) * WORD;
    device.pushErrorScope("validation");
    const buffers = makeBuffers(device, run, answer);
    submit(device, last.pipeline, buffers, workgroups);
    const invalid = await device.popErrorScope();
    if (invalid) throw new Error(`It cannot be run: ${firstLine(invalid.message)}`);
    const { bound, back } = buffers;
    await back.mapAsync(GPUMapMode.READ);
    const bytes = back.getMappedRange().slice(0);
    for (const buffer of [...bound, back]) buffer.destroy();
    return {
      output: new Float32Array(bytes, 0, length),
      reads: new Uint32Array(bytes, answer, 1)[0]!,
    };
  };
}
