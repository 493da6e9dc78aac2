/** Products of matrices with any transposition and any batches. */
import * as tf from "@tensorflow/tfjs-core";
import type { BackendWasm } from "@tensorflow/tfjs-backend-wasm";
import { address, call, output, wasm } from "./module";
import type { WasmKernel } from "./register";

const count = (shape: number[]) => tf.util.sizeFromShape(shape);

/**
 * For each matrix of the result, which matrix of x it is made from: axes of length 1 are read again
 * and again.
 */
function places(batch: number[], x: number[]): number[] {
  let at = [0];
  let step = 1;
  for (let axis = 1; axis <= batch.length; axis++) {
    const length = batch[batch.length - axis]!;
    const own = x[x.length - axis] ?? 1;
    const stride = own === 1 ? 0 : step;
    at = Array.from({ length }, (_, i) => at.map((inner) => i * stride + inner)).flat();
    step *= own;
  }
  return at;
}

function multiply(
  backend: BackendWasm,
  a: tf.TensorInfo,
  b: tf.TensorInfo,
  transposeA: boolean,
  transposeB: boolean,
): tf.TensorInfo {
  const batchA = a.shape.slice(0, -2);
  const batchB = b.shape.slice(0, -2);
  const [rowsA, columnsA] = a.shape.slice(-2) as [number, number];
  const [rowsB, columnsB] = b.shape.slice(-2) as [number, number];
  const [m, k] = transposeA ? [columnsA, rowsA] : [rowsA, columnsA];
  const [k2, n] = transposeB ? [columnsB, rowsB] : [rowsB, columnsB];
  if (k !== k2) {
    throw new Error(
      `matMul: expected inner lengths that are equal, got ${k} and ${k2} of shapes ` +
        `[${a.shape.join(", ")}] and [${b.shape.join(", ")}]`,
    );
  }
  const batch = tf.backend_util.assertAndGetBroadcastShape(batchA, batchB);
  const result = output(backend, [...batch, m, n], "float32");
  if (count(result.shape) === 0) return result;
  if (k === 0) {
    backend.typedArrayFromHeap(result).fill(0);
    return result;
  }
  const { gemm, scratch } = wasm(backend);
  const A = address(backend, a);
  const B = address(backend, b);
  const C = address(backend, result);
  const strides = (transposed: boolean, columns: number) =>
    (transposed ? [4, 4 * columns] : [4 * columns, 4]) as [number, number];
  const product = (
    times: number,
    m: number,
    fromA: number,
    nextA: number,
    fromB: number,
    nextB: number,
    to: number,
  ) =>
    gemm(
      times,
      m,
      n,
      k,
      A + fromA,
      nextA,
      ...strides(transposeA, columnsA),
      B + fromB,
      nextB,
      ...strides(transposeB, columnsB),
      C + to,
      scratch,
    );
  const all = count(batch);
  const sizeA = 4 * m * k;
  const sizeB = 4 * k * n;
  if (count(batchB) === 1 && !transposeA) {
    product(1, all * m, 0, 0, 0, 0, 0);
  } // one matrix for all: their rows make one long one
  else if ([batchA, batchB].every((x) => count(x) === 1 || count(x) === all)) {
    product(all, m, 0, count(batchA) === 1 ? 0 : sizeA, 0, count(batchB) === 1 ? 0 : sizeB, 0);
  } else {
    const fromA = places(batch, batchA);
    const fromB = places(batch, batchB);
    for (let i = 0; i < all; i++) {
      product(1, m, sizeA * fromA[i]!, 0, sizeB * fromB[i]!, 0, 4 * m * n * i);
    }
  }
  return result;
}

const BATCH_MAT_MUL: WasmKernel = {
  name: "BatchMatMul",
  make: (stock) => (backend, inputs, attrs) => {
    const { a, b } = inputs as { a: tf.TensorInfo; b: tf.TensorInfo };
    return a.dtype === "float32" && b.dtype === "float32"
      ? multiply(backend, a, b, attrs.transposeA as boolean, attrs.transposeB as boolean)
      : stock(backend, inputs, attrs);
  },
};

/** tfjs's names of activations and of the kernels that compute them. */
const ACTIVATIONS: Record<string, string> = {
  relu: "Relu",
  relu6: "Relu6",
  elu: "Elu",
  sigmoid: "Sigmoid",
  leakyrelu: "LeakyRelu",
  prelu: "Prelu",
};

const FUSED_MAT_MUL: WasmKernel = {
  name: "_FusedMatMul",
  make: (stock) => (backend, inputs, attrs) => {
    const {
      a,
      b,
      bias,
      preluActivationWeights: alpha,
    } = inputs as Record<"a" | "b", tf.TensorInfo> &
      Partial<Record<"bias" | "preluActivationWeights", tf.TensorInfo>>;
    const activation = attrs.activation as string;
    if (
      a.dtype !== "float32" ||
      b.dtype !== "float32" ||
      (activation !== "linear" && !ACTIVATIONS[activation])
    ) {
      return stock(backend, inputs, attrs);
    }
    let result = multiply(backend, a, b, attrs.transposeA as boolean, attrs.transposeB as boolean);
    const then = (name: string, inputs: Record<string, tf.TensorInfo>, attrs?: tf.NamedAttrMap) => {
      const next = call(name, backend, inputs, attrs);
      backend.disposeData(result.dataId);
      result = next;
    };
    if (bias) then("Add", { a: result, b: bias });
    if (activation !== "linear") {
      then(
        ACTIVATIONS[activation]!,
        { x: result, ...(alpha ? { alpha } : {}) },
        { alpha: attrs.leakyreluAlpha as number },
      );
    }
    return result;
  },
};

export const MAT_MUL = [BATCH_MAT_MUL, FUSED_MAT_MUL];
