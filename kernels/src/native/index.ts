/**
 * Kernels for tfjs-node's backend "tensorflow" on a processor: operations of our own that
 * kernels/native adds to TensorFlow. They have the names and meanings of those in ../wasm/fused.ts
 * and ../webgpu/flashAttention.ts.
 */
import * as tf from "@tensorflow/tfjs-core";

/** What tfjs-node's backend has beyond every backend's methods. */
interface NodeBackend {
  binding: { TF_ATTR_FLOAT: number; TF_ATTR_BOOL: number };
  executeMultipleOutputs(
    name: string,
    attrs: { name: string; type: number; value: unknown }[],
    inputs: tf.TensorInfo[],
    outputs: number,
  ): tf.TensorInfo[];
}

const BACKEND = "tensorflow";

interface Operation {
  /** names, in TensorFlow's order */
  inputs: string[];
  /** how many results, default 1 */
  outputs?: number;
  attribute?: { name: string; type: "TF_ATTR_FLOAT" | "TF_ATTR_BOOL" };
}

const EPS = { name: "eps", type: "TF_ATTR_FLOAT" } as const;
const OPERATIONS: Record<string, Operation> = {
  LayerNorm: { inputs: ["x", "gamma", "beta"], attribute: EPS },
  LayerNormGrad: { inputs: ["x", "gamma", "dy"], outputs: 3, attribute: EPS },
  MaskedSoftmax: { inputs: ["x"] },
  SoftmaxGrad: { inputs: ["y", "dy"] },
  GeluTanh: { inputs: ["x"] },
  GeluTanhGrad: { inputs: ["x", "dy"] },
  Linear: { inputs: ["x", "w", "b"] },
  LinearGrad: { inputs: ["x", "w", "dy"], outputs: 3 },
  FlashAttention: { inputs: ["q", "k", "v"], attribute: { name: "causal", type: "TF_ATTR_BOOL" } },
};

/** The kernel that runs one of our operations. */
function kernelOf(kernelName: string, operation: Operation): tf.KernelConfig {
  const { inputs: names, outputs = 1, attribute } = operation;
  return {
    kernelName,
    backendName: BACKEND,
    kernelFunc: ({ inputs, backend, attrs }) => {
      const node = backend as NodeBackend;
      const tensors = names.map((name) => (inputs as Record<string, tf.TensorInfo>)[name]!);
      const own = [];
      if (attribute) {
        const { name, type } = attribute;
        own.push({ name, type: node.binding[type], value: attrs?.[name] });
      }
      const results = node.executeMultipleOutputs(`Course${kernelName}`, own, tensors, outputs);
      return outputs === 1 ? results[0]! : results;
    },
  };
}

/**
 * Registers the kernels, once the module that adds their operations to TensorFlow is loaded.
 * @param lanes float32 numbers in a vector of the module: 16, 8 or 4
 */
export function registerNativeKernels(lanes: number): void {
  for (const [name, operation] of Object.entries(OPERATIONS)) {
    if (!tf.getKernel(name, BACKEND)) tf.registerKernel(kernelOf(name, operation));
  }
  replaceMatMul(lanes);
}

/**
 * By the width of vectors, the number of multiplications up to which our product is faster; beyond
 * it, TensorFlow's preparation pays off. Measured on two cores with AVX-512, also restricted to
 * AVX2; narrower vectors weren't measured.
 */
const SMALL: Record<number, number> = { 16: 2 ** 27, 8: 2 ** 25 };
let replaced = false;

/** Small products of float32 go to our operation, all others to tfjs-node's. */
function replaceMatMul(lanes: number): void {
  const stock = tf.getKernel("BatchMatMul", BACKEND);
  if (replaced || !stock) return;
  replaced = true;
  const small = SMALL[lanes] ?? 0;
  tf.unregisterKernel("BatchMatMul", BACKEND);
  tf.registerKernel({
    kernelName: "BatchMatMul",
    backendName: BACKEND,
    kernelFunc: (params) => {
      const { a, b } = params.inputs as { a: tf.TensorInfo; b: tf.TensorInfo };
      const { transposeA, transposeB } = params.attrs as Record<string, boolean>;
      const floats = a.dtype === "float32" && b.dtype === "float32";
      const rows = a.shape.at(transposeA ? -1 : -2)!;
      const columns = b.shape.at(transposeB ? -2 : -1)!;
      const { sizeFromShape } = tf.util;
      const work = Math.max(sizeFromShape(a.shape) * columns, sizeFromShape(b.shape) * rows);
      if (!floats || !fits(a.shape, b.shape) || work > small) return stock.kernelFunc(params);
      const node = params.backend as NodeBackend;
      const type = node.binding.TF_ATTR_BOOL;
      const attrs = [
        { name: "transpose_a", type, value: transposeA },
        { name: "transpose_b", type, value: transposeB },
      ];
      return node.executeMultipleOutputs("CourseMatMul", attrs, [a, b], 1)[0]!;
    },
  });
}

/** Whether the axes before the last two are equal, or one operand has a single matrix. */
function fits(a: number[], b: number[]): boolean {
  const [batchA, batchB] = [a.slice(0, -2), b.slice(0, -2)];
  const single = (batch: number[]) => batch.every((n) => n === 1);
  return single(batchA) || single(batchB) || batchA.join() === batchB.join();
}
