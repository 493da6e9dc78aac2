/** Products of matrices with any transposition and any batches. */
import * as tf from "@tensorflow/tfjs-core";
import type { BackendWasm } from "@tensorflow/tfjs-backend-wasm";
import { address, call, output } from "./module";
import { multiplyPacked, packedOf } from "./packed";
import { product, type Matrices } from "./product";
import type { WasmKernel } from "./register";

const count = (shape: number[]) => tf.util.sizeFromShape(shape);

/** For each matrix of the result, the matrix of x that it comes from; axes of length 1 repeat. */
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

/** The matrices of one input. */
interface Operand extends Omit<Matrices, "next"> {
  batch: number[];
  rows: number;
  columns: number;
  /** From one matrix to the next. */
  bytes: number;
}

function operand(backend: BackendWasm, x: tf.TensorInfo, transposed: boolean): Operand {
  const [stored, width] = x.shape.slice(-2) as [number, number];
  return {
    at: address(backend, x),
    batch: x.shape.slice(0, -2),
    rows: transposed ? width : stored,
    columns: transposed ? stored : width,
    row: transposed ? 4 : 4 * width,
    column: transposed ? 4 * width : 4,
    bytes: 4 * stored * width,
  };
}

/** Those of an operand from some byte on. A copy by spreading takes as long as a small product. */
const matrices = ({ at, row, column }: Operand, next: number, offset = 0): Matrices => ({
  at: at + offset,
  next,
  row,
  column,
});

/** Writes the products of all matrices of a batch, with as few calls of gemm as possible. */
function multiplyInto(
  backend: BackendWasm,
  a: Operand,
  b: Operand,
  batch: number[],
  to: number,
): void {
  const { rows: m, columns: k } = a;
  const sizes = { m, n: b.columns, k };
  const all = count(batch);
  const isOne = (x: Operand) => count(x.batch) === 1;
  const inStep = (x: Operand) => isOne(x) || count(x.batch) === all;
  const oneAfterAnother = a.row === 4 * k && a.column === 4;
  if (isOne(b) && oneAfterAnother) {
    // all rows of a make one long matrix
    product(backend, 1, { m: all * m, n: sizes.n, k }, matrices(a, 0), matrices(b, 0), to);
  } else if (inStep(a) && inStep(b)) {
    const [nextA, nextB] = [isOne(a) ? 0 : a.bytes, isOne(b) ? 0 : b.bytes];
    product(backend, all, sizes, matrices(a, nextA), matrices(b, nextB), to);
  } else {
    const placesA = places(batch, a.batch);
    const placesB = places(batch, b.batch);
    for (let i = 0; i < all; i++) {
      const fromA = matrices(a, 0, a.bytes * placesA[i]!);
      const fromB = matrices(b, 0, b.bytes * placesB[i]!);
      product(backend, 1, sizes, fromA, fromB, to + 4 * m * sizes.n * i);
    }
  }
}

/** Whether the product was computed from packed weights, whose rows lie along the inner axis. */
function multiplyByBlocks(
  backend: BackendWasm,
  a: tf.TensorInfo,
  b: tf.TensorInfo,
  transposeB: boolean,
  result: tf.TensorInfo,
): boolean {
  const packed = packedOf(b);
  if (!packed || packed.transposed === transposeB) return false;
  const rows = count(a.shape.slice(0, -1)); // all batches are one long matrix
  const [x, y] = [address(backend, a), address(backend, result)];
  return multiplyPacked(backend, x, rows, packed.blocks, y);
}

export function multiply(
  backend: BackendWasm,
  a: tf.TensorInfo,
  b: tf.TensorInfo,
  attrs: Record<string, unknown>,
): tf.TensorInfo {
  const before = (x: tf.TensorInfo) => x.shape.slice(0, -2);
  const inner = (x: tf.TensorInfo, fromEnd: number) => x.shape[x.shape.length - fromEnd]!;
  const { transposeA, transposeB } = attrs as Record<"transposeA" | "transposeB", boolean>;
  const [k, k2] = [inner(a, transposeA ? 2 : 1), inner(b, transposeB ? 1 : 2)];
  if (k !== k2) {
    throw new Error(
      `matMul: expected inner lengths that are equal, got ${k} and ${k2} ` +
        `of shapes [${a.shape.join(", ")}] and [${b.shape.join(", ")}]`,
    );
  }
  const batch = tf.backend_util.assertAndGetBroadcastShape(before(a), before(b));
  const [m, n] = [inner(a, transposeA ? 1 : 2), inner(b, transposeB ? 2 : 1)];
  const result = output(backend, [...batch, m, n], "float32");
  if (count(result.shape) === 0) return result;
  if (k === 0) {
    backend.typedArrayFromHeap(result).fill(0);
    return result;
  }
  if (!transposeA && multiplyByBlocks(backend, a, b, transposeB, result)) return result;
  const [left, right] = [operand(backend, a, transposeA), operand(backend, b, transposeB)];
  multiplyInto(backend, left, right, batch, address(backend, result));
  return result;
}

export const BATCH_MAT_MUL: WasmKernel = {
  name: "BatchMatMul",
  make: (stock) => (backend, inputs, attrs) => {
    const { a, b } = inputs as { a: tf.TensorInfo; b: tf.TensorInfo };
    const ours = a.dtype === "float32" && b.dtype === "float32";
    return ours ? multiply(backend, a, b, attrs) : stock(backend, inputs, attrs);
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

interface FusedInputs {
  a: tf.TensorInfo;
  b: tf.TensorInfo;
  bias?: tf.TensorInfo;
  preluActivationWeights?: tf.TensorInfo;
}

export const FUSED_MAT_MUL: WasmKernel = {
  name: "_FusedMatMul",
  make: (stock) => (backend, inputs, attrs) => {
    const { a, b, bias, preluActivationWeights } = inputs as unknown as FusedInputs;
    const activation = attrs.activation as string;
    const known = activation === "linear" || ACTIVATIONS[activation] !== undefined;
    if (a.dtype !== "float32" || b.dtype !== "float32" || !known) {
      return stock(backend, inputs, attrs);
    }
    let result = multiply(backend, a, b, attrs);
    const then = (name: string, inputs: Record<string, tf.TensorInfo>, attrs?: tf.NamedAttrMap) => {
      const next = call(name, backend, inputs, attrs);
      backend.disposeData(result.dataId);
      result = next;
    };
    if (bias) then("Add", { a: result, b: bias });
    if (activation !== "linear") {
      const given: Record<string, tf.TensorInfo> = { x: result };
      if (preluActivationWeights) given.alpha = preluActivationWeights;
      then(ACTIVATIONS[activation]!, given, { alpha: attrs.leakyreluAlpha as number });
    }
    return result;
  },
};

export const MAT_MUL = [BATCH_MAT_MUL, FUSED_MAT_MUL];
