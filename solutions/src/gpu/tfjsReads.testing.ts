/**
 * For tests only: counts what tfjs's own WebGPU kernels read and write. The text of each of their
 * programs is rewritten before it is compiled: each read of an input buffer becomes a call of a
 * function that counts it first.
 */
/// <reference types="@webgpu/types" />
import * as tf from "@tensorflow/tfjs-core";

/** A binding beyond those of tfjs. */
const COUNTER = 20;
const WORD = 4;

interface Backend {
  device: GPUDevice;
  runWebGPUProgram(program: object, ...rest: unknown[]): { shape: number[] };
}
export interface Traffic {
  kernels: number;
  bytesRead: number;
  bytesWritten: number;
}

const INPUT = /@group\(0\) @binding\(\d+\) var<storage, read> (\w+): array<([\w<>]+)>;/g;

/** Where the bracket that is open before `at` is closed, behind it. */
function behindBracket(code: string, at: number): number {
  let end = at;
  for (let depth = 1; depth > 0; end++) {
    if (code[end] === "[") depth++;
    if (code[end] === "]") depth--;
  }
  return end;
}

/** `x[i]` → `course_x(u32(i))`, also inside of other indices. */
function callsFor(code: string, name: string): string {
  const read = new RegExp(`(?<![.\\w])${name}\\s*\\[`);
  let text = code;
  for (let found = read.exec(text); found; found = read.exec(text)) {
    const from = found.index + found[0].length;
    const end = behindBracket(text, from);
    const index = text.slice(from, end - 1);
    text = `${text.slice(0, found.index)}course_${name}(u32(${index}))${text.slice(end)}`;
  }
  return text;
}

/** The program with its reads counted. */
function counted(code: string): string {
  let text = code;
  const counter = "var<storage, read_write> course_reads: atomic<u32>;";
  const added = [`@group(0) @binding(${COUNTER}) ${counter}`];
  for (const [, name, type] of code.matchAll(INPUT)) {
    const numbers = Number(/^vec([234])/.exec(type!)?.[1] ?? 1);
    text = callsFor(text, name!);
    added.push(
      `fn course_${name}(i: u32) -> ${type} ` +
        `{ atomicAdd(&course_reads, ${numbers}u); return ${name}[i]; }`,
    );
  }
  return [text, ...added].join("\n");
}

async function takeCount(device: GPUDevice, counter: GPUBuffer): Promise<number> {
  const usage = GPUBufferUsage.MAP_READ | GPUBufferUsage.COPY_DST;
  const back = device.createBuffer({ size: WORD, usage });
  const encoder = device.createCommandEncoder();
  encoder.copyBufferToBuffer(counter, 0, back, 0, WORD);
  device.queue.submit([encoder.finish()]);
  await back.mapAsync(GPUMapMode.READ);
  const count = new Uint32Array(back.getMappedRange().slice(0))[0]!;
  back.destroy();
  device.queue.writeBuffer(counter, 0, new Uint32Array(1));
  return count;
}

/** Puts tfjs's kernels back where others, for adapters made of software, have taken their place. */
function restoreStock(): void {
  for (const kernel of tf.getKernelsForBackend("webgpu")) {
    const { kernelName, stock } = kernel as tf.KernelConfig & { stock?: tf.KernelConfig };
    if (!stock) continue;
    tf.unregisterKernel(kernelName, "webgpu");
    tf.registerKernel(stock);
  }
}

/**
 * From now on, the current WebGPU backend compiles programs that count.
 * @returns a function that measures what an operation on the device moves
 */
export function countTfjs(): (f: () => tf.Tensor) => Promise<Traffic> {
  restoreStock();
  const backend = tf.backend() as unknown as Backend;
  const { device } = backend;
  const usage = GPUBufferUsage.STORAGE | GPUBufferUsage.COPY_SRC | GPUBufferUsage.COPY_DST;
  const counter = device.createBuffer({ size: WORD, usage });
  const compile = device.createShaderModule.bind(device);
  device.createShaderModule = (wanted) => compile({ ...wanted, code: counted(wanted.code) });
  const bind = device.createBindGroup.bind(device);
  const entry = { binding: COUNTER, resource: { buffer: counter } };
  device.createBindGroup = (wanted) => bind({ ...wanted, entries: [...wanted.entries, entry] });
  const run = backend.runWebGPUProgram.bind(backend);
  let outputs: number[] = [];
  backend.runWebGPUProgram = (program, ...rest) => {
    const output = run(program, ...rest);
    outputs.push(WORD * tf.util.sizeFromShape(output.shape));
    return output;
  };
  return async (f) => {
    await f().data(); // compiles, and brings the inputs onto the device
    await takeCount(device, counter);
    outputs = [];
    await f().data();
    const bytesRead = WORD * (await takeCount(device, counter));
    const bytesWritten = outputs.reduce((sum, bytes) => sum + bytes, 0);
    return { kernels: outputs.length, bytesRead, bytesWritten };
  };
}
