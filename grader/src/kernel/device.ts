/** Runs a counted kernel on a WebGPU device. */
/// <reference types="@webgpu/types" />
import { pathToFileURL } from "node:url";

/** What one run needs, as it crosses to the child. */
export interface KernelRun {
  code: string;
  inputs: Float32Array[];
  sizes: number[];
  length: number;
  workgroups: number[];
}
export interface KernelResult {
  output: Float32Array;
  reads: number;
}

interface Dawn {
  create(options: string[]): GPU;
  globals: Record<string, unknown>;
}

const WORD = 4;

/**
 * @param dawn the file of npm's package webgpu
 * @throws when there is no adapter
 */
export async function openDevice(dawn: string): Promise<GPUDevice> {
  const { create, globals } = (await import(pathToFileURL(dawn).href)) as Dawn;
  const gpu = create([]);
  // devices end when nothing holds the object that made them
  Object.assign(globalThis, globals, { courseGpu: gpu });
  const adapter = await gpu.requestAdapter({ powerPreference: "high-performance" });
  if (!adapter) throw new Error("WebGPU has no adapter");
  return adapter.requestDevice();
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

async function compile(
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

interface Buffers {
  /** In the order of their bindings. */
  bound: GPUBuffer[];
  output: GPUBuffer;
  reads: GPUBuffer;
  /** Where output and reads are copied to, so that they can be read. */
  back: GPUBuffer;
}

function filledBuffer(device: GPUDevice, words: Float32Array | Uint32Array, usage: number) {
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

function makeBuffers(device: GPUDevice, { inputs, sizes }: KernelRun, answer: number): Buffers {
  const written = GPUBufferUsage.STORAGE | GPUBufferUsage.COPY_SRC;
  const readable = GPUBufferUsage.MAP_READ | GPUBufferUsage.COPY_DST;
  const output = device.createBuffer({ size: answer, usage: written });
  const reads = device.createBuffer({ size: WORD, usage: written });
  const back = device.createBuffer({ size: answer + WORD, usage: readable });
  const uniform = filledBuffer(device, sizesStruct(sizes), GPUBufferUsage.UNIFORM);
  const filled = inputs.map((data) => filledBuffer(device, data, GPUBufferUsage.STORAGE));
  return { bound: [...filled, output, uniform, reads], output, reads, back };
}

function submit(
  device: GPUDevice,
  pipeline: GPUComputePipeline,
  { bound, output, reads, back }: Buffers,
  [x, y, z]: number[],
): void {
  const encoder = device.createCommandEncoder();
  const pass = encoder.beginComputePass();
  pass.setPipeline(pipeline);
  const layout = pipeline.getBindGroupLayout(0);
  const entries = bound.map((buffer, binding) => ({ binding, resource: { buffer } }));
  pass.setBindGroup(0, device.createBindGroup({ layout, entries }));
  pass.dispatchWorkgroups(x!, y, z);
  pass.end();
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
    if (last?.code !== code) last = { code, pipeline: await compile(device, code, inputs.length) };
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
