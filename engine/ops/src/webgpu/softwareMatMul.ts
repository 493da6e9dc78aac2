/** Matrix products on an adapter made of software: a thread computes a tile of the result by itself. */
import * as tf from "@tensorflow/tfjs-core";
import type { WebGPUBackend } from "@tensorflow/tfjs-backend-webgpu";
import { flat, MAX_THREADS, threadsProgram, type SoftwareOpKernel } from "./software";
import { stockKernel } from "./stock";

/** Rows and columns of a product that one thread computes. */
const TILE = 8;

const { assertAndGetBroadcastShape } = tf.broadcast_util;
const { sizeFromShape } = tf.util;

const tile = Array.from({ length: TILE }, (_, i) => i);
/** A line for each row or column of the tile. */
const each = (line: (i: number) => string) => tile.map(line).join("\n");
/** A statement for each number of the tile. */
const all = (statement: (i: number, j: number) => string) =>
  each((i) => tile.map((j) => statement(i, j)).join(" "));

/** Rows and columns past the end read the last one's numbers, and write nothing. */
const MATMUL = `
fn main(thread: i32) {
  let across = (uniforms.N + ${TILE - 1}) / ${TILE};
  let down = (uniforms.M + ${TILE - 1}) / ${TILE};
  let batch = thread / (across * down);
  if (batch >= uniforms.batches) { return; }
  let row = thread / across % down * ${TILE};
  let column = thread % across * ${TILE};
  ${each((i) => `var a${i} = batch * uniforms.aBatch + min(row + ${i}, uniforms.M - 1) * uniforms.aRow;`)}
  ${each((j) => `var b${j} = batch * uniforms.bBatch + min(column + ${j}, uniforms.N - 1) * uniforms.bColumn;`)}
  ${all((i, j) => `var sum${i}${j} = 0.0;`)}
  for (var k = 0; k < uniforms.K; k++) {
    ${each((i) => `let x${i} = A[a${i}]; a${i} += uniforms.aColumn;`)}
    ${each((j) => `let y${j} = B[b${j}]; b${j} += uniforms.bRow;`)}
    ${all((i, j) => `sum${i}${j} += x${i} * y${j};`)}
  }
  let first = (batch * uniforms.M + row) * uniforms.N + column;
  ${all(
    (i, j) =>
      `if (row + ${i} < uniforms.M && column + ${j} < uniforms.N) ` +
      `{ result[first + ${i} * uniforms.N + ${j}] = sum${i}${j}; }`,
  )}
}`;

/** a [..., M, K] and b [..., K, N] as they lie in memory, or undefined for what tfjs does better. */
function productOf(a: tf.TensorInfo, b: tf.TensorInfo, aT: boolean, bT: boolean) {
  if (a.dtype !== "float32" || b.dtype !== "float32") return undefined;
  const [rows, columns] = a.shape.slice(-2) as [number, number];
  const [M, K] = aT ? [columns, rows] : [rows, columns];
  const N = b.shape.at(bT ? -2 : -1)!;
  if (b.shape.at(bT ? -1 : -2) !== K) return undefined; // tfjs says what doesn't fit
  const [aBatches, bBatches] = [a, b].map(({ shape }) => sizeFromShape(shape.slice(0, -2)));
  const outer = assertAndGetBroadcastShape(a.shape.slice(0, -2), b.shape.slice(0, -2));
  const batches = sizeFromShape(outer);
  const repeats = [aBatches, bBatches].some((count) => count !== batches && count !== 1);
  const threads = batches * Math.ceil(M / TILE) * Math.ceil(N / TILE);
  if (repeats || K * threads === 0 || threads > MAX_THREADS) return undefined;
  const [aRow, aColumn] = aT ? [1, M] : [K, 1];
  const [bRow, bColumn] = bT ? [1, K] : [N, 1];
  const aBatch = aBatches === 1 ? 0 : M * K;
  const bBatch = bBatches === 1 ? 0 : K * N;
  const numbers = { M, K, N, batches, aRow, aColumn, bRow, bColumn, aBatch, bBatch };
  return { shape: [...outer, M, N], threads, numbers };
}

/** tfjs's BatchMatMul, by independent threads where that can be. */
export function softwareMatMul(): SoftwareOpKernel {
  const stock = stockKernel("BatchMatMul");
  return {
    ...stock,
    stock,
    kernelFunc: (args) => {
      const { a, b } = args.inputs as { a: tf.TensorInfo; b: tf.TensorInfo };
      const { transposeA, transposeB } = args.attrs as Record<string, boolean>;
      const product = productOf(a, b, transposeA!, transposeB!);
      if (!product) return stock.kernelFunc(args);
      const { shape, threads, numbers } = product;
      const { program, uniforms } = threadsProgram("matMulByThreads", threads, numbers, {
        variableNames: ["A", "B"],
        outputShape: [sizeFromShape(shape)],
        getUserCode: () => MATMUL,
      });
      const webgpu = args.backend as WebGPUBackend;
      const inputs = [flat(a), flat(b)];
      const result = webgpu.runWebGPUProgram(program, inputs, "float32", uniforms);
      return { ...result, shape };
    },
  };
}
