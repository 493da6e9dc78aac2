/**
 * The fast Fourier transform for lengths that are powers of two, in Stockham's order: each pass
 * reads one pair of buffers and writes another, and no bits are reversed. tfjs 4.22 sums over all
 * numbers for each result, with angles that lose digits as the length grows. Other lengths are left
 * to it.
 */
import * as tf from "@tensorflow/tfjs-core";
import type { WebGPUBackend, WebGPUProgram } from "@tensorflow/tfjs-backend-webgpu";
import { stockKernel } from "./stock";

const WORKGROUP = 256;
const MAX_WORKGROUPS = 32_768;

/**
 * One part of one pass: pairs that are half a length apart become a + b and (a − b)·w, in the order
 * of the next pass.
 */
const code = (part: "re" | "im") => `
fn main(index: i32) {
  if (index >= uniforms.size) { return; }
  let row = index / uniforms.N * uniforms.N;
  let at = index - row;
  let q = at % uniforms.stride;
  let r = at / uniforms.stride;
  let p = r / 2;
  let first = row + q + uniforms.stride * p;
  let second = first + uniforms.N / 2;
  let a = vec2<f32>(re[first], im[first]);
  let b = vec2<f32>(re[second], im[second]);
  let steps = uniforms.N / uniforms.stride; // p is below half of them
  let angle = uniforms.sign * 6.283185307179586 * f32(p) / f32(steps);
  let d = a - b;
  let turned = vec2<f32>(d.x * cos(angle) - d.y * sin(angle), d.x * sin(angle) + d.y * cos(angle));
  let value = select(a + b, turned, r % 2 == 1) * uniforms.scale;
  result[index] = value.${part === "re" ? "x" : "y"};
}`;

function program(part: "re" | "im", shape: number[]): WebGPUProgram {
  const groups = Math.ceil(tf.util.sizeFromShape(shape) / WORKGROUP);
  const x = Math.min(groups, MAX_WORKGROUPS);
  return {
    variableNames: ["re", "im"],
    outputShape: shape,
    uniforms: "N: i32, stride: i32, sign: f32, scale: f32,",
    size: true,
    workgroupSize: [WORKGROUP, 1, 1],
    dispatchLayout: { x: shape.map((_, axis) => axis) },
    dispatch: [x, Math.ceil(groups / x), 1],
    shaderKey: `fourier ${part}`,
    getUserCode: () => code(part),
  };
}

const call = (name: string, backend: unknown, inputs: Record<string, tf.TensorInfo>) =>
  tf.getKernel(name, "webgpu").kernelFunc({ inputs, backend } as never) as tf.TensorInfo;

/** Transforms the last axis of a complex tensor, whose length N is a power of two. */
function transform(backend: WebGPUBackend, input: tf.TensorInfo, inverse: boolean): tf.TensorInfo {
  const { shape } = input;
  const N = shape.at(-1)!;
  const dispose = (parts: tf.TensorInfo[]) => {
    for (const part of parts) backend.disposeData(part.dataId);
  };
  let parts = [call("Real", backend, { input }), call("Imag", backend, { input })];
  for (let stride = 1; stride < N; stride *= 2) {
    const isLast = 2 * stride === N;
    const uniforms = [
      { type: "int32", data: [N] },
      { type: "int32", data: [stride] },
      { type: "float32", data: [inverse ? 1 : -1] },
      { type: "float32", data: [isLast && inverse ? 1 / N : 1] },
    ];
    const next = (["re", "im"] as const).map((part) =>
      backend.runWebGPUProgram(program(part, shape), parts, "float32", uniforms),
    );
    dispose(parts);
    parts = next;
  }
  const whole = call("Complex", backend, { real: parts[0]!, imag: parts[1]! });
  dispose(parts);
  return whole;
}

function fourier(kernelName: "FFT" | "IFFT"): tf.KernelConfig {
  const stock = stockKernel(kernelName);
  return {
    ...stock,
    kernelFunc: (args) => {
      const { input } = args.inputs as { input: tf.TensorInfo };
      const N = input.shape.at(-1)!;
      const isPowerOfTwo = N >= 2 && (N & (N - 1)) === 0;
      if (!isPowerOfTwo || tf.util.sizeFromShape(input.shape) === 0) return stock.kernelFunc(args);
      return transform(args.backend as WebGPUBackend, input, kernelName === "IFFT");
    },
  };
}

export const fourierKernels = (): tf.KernelConfig[] => [fourier("FFT"), fourier("IFFT")];
