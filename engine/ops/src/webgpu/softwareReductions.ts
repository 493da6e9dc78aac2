/** Sums, means, products and extremes on an adapter made of software: a thread for each result. */
import * as tf from "@tensorflow/tfjs-core";
import type { WebGPUBackend } from "@tensorflow/tfjs-backend-webgpu";
import { flat, MAX_THREADS, threadsProgram, type SoftwareOpKernel } from "./software";
import { stockKernel } from "./stock";

/** Numbers that a thread takes in one after the other; more are left to tfjs, for their digits. */
const MAX_TERMS = 4096;

const { parseAxisParam, sizeFromShape } = tf.util;

/** A reduction in WGSL: a thread's initial value, how it adds the next number x, and its result. */
const REDUCTIONS = {
  Sum: ["0.0", "value + x", "value"],
  Mean: ["0.0", "value + x", "value / f32(uniforms.terms)"],
  Prod: ["1.0", "value * x", "value"],
  Max: ["-uniforms.INFINITY", extreme("max"), "value"],
  Min: ["uniforms.INFINITY", extreme("min"), "value"],
} as const;

function extreme(of: "max" | "min"): string {
  return `select(${of}(value, x), uniforms.NAN, isnan(x) || isnan(value))`;
}

const codeOf = ([first, next, last]: readonly [string, string, string]) => `
fn main(thread: i32) {
  if (thread >= uniforms.threads) { return; }
  let start = thread / uniforms.inner * uniforms.terms * uniforms.inner + thread % uniforms.inner;
  var value = ${first};
  for (var i = 0; i < uniforms.terms; i++) {
    let x = A[start + i * uniforms.inner];
    value = ${next};
  }
  result[thread] = ${last};
}`;

interface ReductionAttrs {
  axis: number | number[];
  /** Max's name for axis */
  reductionIndices?: number | number[];
  keepDims: boolean;
}

/**
 * How x lies in memory around axes that stand side by side; undefined for what tfjs does better.
 */
function reductionOf(x: tf.TensorInfo, attrs: ReductionAttrs) {
  const given = parseAxisParam(attrs.reductionIndices ?? attrs.axis, x.shape);
  const axes = given.slice().sort((a, b) => a - b);
  const [first, last] = [axes[0], axes.at(-1)];
  if (x.dtype !== "float32" || first === undefined || last! - first + 1 !== axes.length) {
    return undefined;
  }
  const terms = sizeFromShape(x.shape.slice(first, last! + 1));
  const inner = sizeFromShape(x.shape.slice(last! + 1));
  const threads = sizeFromShape(x.shape.slice(0, first)) * inner;
  const many = terms > MAX_TERMS || threads > MAX_THREADS;
  if (terms === 0 || threads === 0 || many) return undefined;
  const reduced = attrs.keepDims ? [1] : [];
  const shape = x.shape.flatMap((n, i) => (axes.includes(i) ? reduced : [n]));
  return { shape, threads, numbers: { threads, terms, inner } };
}

/** tfjs's reductions, by independent threads where that can be. */
export function softwareReductions(): SoftwareOpKernel[] {
  return Object.entries(REDUCTIONS).map(([name, parts]) => {
    const stock = stockKernel(name);
    return {
      ...stock,
      stock,
      kernelFunc: (args) => {
        const { x } = args.inputs as { x: tf.TensorInfo };
        const webgpu = args.backend as WebGPUBackend;
        const reduction = reductionOf(x, args.attrs as unknown as ReductionAttrs);
        if (!reduction || webgpu.shouldExecuteOnCPU([x])) return stock.kernelFunc(args);
        const { shape, threads, numbers } = reduction;
        const { program, uniforms } = threadsProgram(`${name}ByThreads`, threads, numbers, {
          variableNames: ["A"],
          outputShape: [threads],
          getUserCode: () => codeOf(parts),
        });
        const result = webgpu.runWebGPUProgram(program, [flat(x)], "float32", uniforms);
        return { ...result, shape };
      },
    };
  });
}
