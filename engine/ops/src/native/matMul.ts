/** Products of matrices, and with weights that stay packed. */
import * as tf from "@tensorflow/tfjs-core";
import type { BackendWasm } from "@tensorflow/tfjs-backend-wasm";
import { PACKED_TYPES, PACKED_WEIGHTS } from "../packed";
import { address, output } from "../wasm/module";
import { packedOf } from "../wasm/packed";
import type { WasmKernel } from "../wasm/register";
import { native, shareMemory } from "./module";
import { isWorthCall } from "./worth";

const count = (shape: number[]) => tf.util.sizeFromShape(shape);

/** A product's arguments; if b is packed, its numbers are never unpacked. */
interface Product {
  a: tf.TensorInfo;
  b: tf.TensorInfo;
  transposeA: boolean;
  transposeB: boolean;
  m: number;
  n: number;
  k: number;
  /** Matrices of a, of b and of the result. */
  batches: [number, number, number];
  shape: number[];
}

/** About the multiplications of a product, from its shapes alone and in no time. */
function workOf(a: tf.TensorInfo, b: tf.TensorInfo, attrs: Record<string, unknown>): number {
  const columns = b.shape.at(attrs.transposeB ? -2 : -1)!;
  const rows = a.shape.at(attrs.transposeA ? -1 : -2)!;
  return Math.max(count(a.shape) * columns, count(b.shape) * rows);
}

/** The product, or undefined where it is empty or of another kind than C++ computes. */
function productOf(
  a: tf.TensorInfo,
  b: tf.TensorInfo,
  { transposeA, transposeB }: Record<string, unknown>,
): Product | undefined {
  const [m, k] = a.shape.slice(-2) as [number, number];
  const [k2, n] = b.shape.slice(-2) as [number, number];
  const [rows, inner] = transposeA ? [k, m] : [m, k];
  const [inner2, columns] = transposeB ? [n, k2] : [k2, n];
  if (a.dtype !== "float32" || b.dtype !== "float32" || inner !== inner2) return undefined;
  const [batchA, batchB] = [a.shape.slice(0, -2), b.shape.slice(0, -2)];
  const batch = tf.backend_util.assertAndGetBroadcastShape(batchA, batchB);
  const batches: Product["batches"] = [count(batchA), count(batchB), count(batch)];
  const alike = batches.slice(0, 2).every((own) => own === 1 || own === batches[2]);
  if (!alike || batches[2] * rows * columns * inner === 0) return undefined;
  const shape = [...batch, rows, columns];
  const sizes = {
    m: rows,
    n: columns,
    k: inner,
    batches,
    shape,
  };
  return {
    a,
    b,
    transposeA: Boolean(transposeA),
    transposeB: Boolean(transposeB),
    ...sizes,
  };
}

/** @returns whether the weights are packed, with rows along the inner axis */
function multiplyBlocks(backend: BackendWasm, p: Product, y: number): boolean {
  const packed = packedOf(p.b);
  if (!packed || packed.transposed === p.transposeB || p.transposeA) return false;
  const { type, at, width } = packed.blocks;
  const { number } = PACKED_TYPES[type];
  const rows = p.m * p.batches[2]; // all batches are one long matrix
  native(backend, "blockProduct", number, address(backend, p.a), rows, at, p.n, width / 32, y);
  return true;
}

function multiply(backend: BackendWasm, p: Product): tf.TensorInfo {
  const { m, n, k, transposeA, transposeB, batches } = p;
  const result = output(backend, p.shape, "float32");
  const y = address(backend, result);
  if (multiplyBlocks(backend, p, y)) return result;
  const operand = (x: tf.TensorInfo, transposed: boolean, rows: number, columns: number) => {
    const at = address(backend, x);
    return transposed ? [at, 4, 4 * rows] : [at, 4 * columns, 4];
  };
  // b first: reading the address of packed weights unpacks them
  const [atB, ...stridesB] = operand(p.b, transposeB, k, n);
  const [atA, ...stridesA] = operand(p.a, transposeA, m, k);
  const together = batches[1] === 1 && !transposeA; // all rows of a are one long matrix
  const sizes = together ? [1, batches[2] * m, n, k] : [batches[2], m, n, k];
  const nextA = together || batches[0] === 1 ? 0 : 4 * m * k;
  const nextB = batches[1] === 1 ? 0 : 4 * k * n;
  native(backend, "matMul", ...sizes, atA!, nextA, ...stridesA, atB!, nextB, ...stridesB, y);
  return result;
}

const BATCH_MAT_MUL: WasmKernel = {
  name: "BatchMatMul",
  make: (stock) => (backend, inputs, attrs) => {
    const { a, b } = inputs as { a: tf.TensorInfo; b: tf.TensorInfo };
    // WASM lays b out in panels first, which few rows do not pay for
    const cost = workOf(a, b, attrs) / 4 + count(b.shape);
    const product = isWorthCall(cost) ? productOf(a, b, attrs) : undefined;
    return product ? multiply(backend, product) : stock(backend, inputs, attrs);
  },
};

/** Passes the memory to the module first, which requests large pages before they are written. */
const PACK: WasmKernel = {
  name: PACKED_WEIGHTS,
  make: (stock) => (backend, inputs, attrs) => {
    shareMemory(backend);
    return stock(backend, inputs, attrs);
  },
};

export const PRODUCTS = [BATCH_MAT_MUL, PACK];
