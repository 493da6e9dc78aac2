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

/** @param dawn the file of npm's package webgpu. @throws when there is no adapter */
export async function openDevice(dawn: string): Promise<GPUDevice> {
  const { create, globals } = (await import(pathToFileURL(dawn).href)) as Dawn;
  const gpu = create([]);
  // devices end when nothing holds the object that made them
  Object.assign(globalThis, globals, { courseGpu: gpu });
  const adapter = await gpu.requestAdapter({ powerPreference: "high-performance" });
  if (!adapter) throw new Error("WebGPU has no adapter");
  return adapter.requestDevice();
}

const firstLine = (text: string) =>
  text
    .split("\n")
    .map((line) => line.trim())
    .find((line) => line !== "") ?? "";

async function compile(
  device: GPUDevice,
  code: string,
  inputs: number,
): Promise<GPUComputePipeline> {
  device.pushErrorScope("validation");
  const module = device.createShaderModule({ code });
  const { messages } = await module.getCompilationInfo();
  await device.popErrorScope(); // says the same as the messages
  const wrong = messages.find((m) => m.type === "error");
  if (wrong) {
    throw new Error(`It does not compile: line ${wrong.lineNum}: ${firstLine(wrong.message)}.`);
  }
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

/**
 * A function that runs kernels; the same text is compiled once. Its errors are sentences to the
 * kernel's author.
 */
export function kernelRunner(device: GPUDevice): (run: KernelRun) => Promise<KernelResult> {
  let last: { code: string; pipeline: GPUComputePipeline } | undefined;
  const filled = (words: Float32Array | Uint32Array, usage: number) => {
    const buffer = device.createBuffer({
      size: Math.max(WORD, words.byteLength),
      usage: usage | GPUBufferUsage.COPY_DST,
    });
    device.queue.writeBuffer(buffer, 0, words);
    return buffer;
  };
  return async ({ code, inputs, sizes, length, workgroups: [x, y, z] }) => {
    if (last?.code !== code) last = { code, pipeline: await compile(device, code, inputs.length) };
    const { pipeline } = last;
    const answer = Math.max(1, length) * WORD;
    device.pushErrorScope("validation");
    const output = device.createBuffer({
      size: answer,
      usage: GPUBufferUsage.STORAGE | GPUBufferUsage.COPY_SRC,
    });
    const reads = device.createBuffer({
      size: WORD,
      usage: GPUBufferUsage.STORAGE | GPUBufferUsage.COPY_SRC,
    });
    const back = device.createBuffer({
      size: answer + WORD,
      usage: GPUBufferUsage.MAP_READ | GPUBufferUsage.COPY_DST,
    });
    // a struct's size is a multiple of 16 bytes here
    const members = new Uint32Array(4 * Math.ceil(Math.max(1, sizes.length) / 4));
    members.set(sizes);
    const uniform = filled(members, GPUBufferUsage.UNIFORM);
    const buffers = [
      ...inputs.map((data) => filled(data, GPUBufferUsage.STORAGE)),
      output,
      uniform,
      reads,
    ];
    const encoder = device.createCommandEncoder();
    const pass = encoder.beginComputePass();
    pass.setPipeline(pipeline);
    pass.setBindGroup(
      0,
      device.createBindGroup({
        layout: pipeline.getBindGroupLayout(0),
        entries: buffers.map((buffer, binding) => ({ binding, resource: { buffer } })),
      }),
    );
    pass.dispatchWorkgroups(x!, y, z);
    pass.end();
    encoder.copyBufferToBuffer(output, 0, back, 0, answer);
    encoder.copyBufferToBuffer(reads, 0, back, answer, WORD);
    device.queue.submit([encoder.finish()]);
    const invalid = await device.popErrorScope();
    if (invalid) throw new Error(`It cannot be run: ${firstLine(invalid.message)}`);
    await back.mapAsync(GPUMapMode.READ);
    const bytes = back.getMappedRange().slice(0);
    for (const buffer of [...buffers, back]) buffer.destroy();
    return {
      output: new Float32Array(bytes, 0, length),
      reads: new Uint32Array(bytes, answer, 1)[0]!,
    };
  };
}
