/**
 * For threads.real.test.ts: computes large and odd kernels with COURSE_THREADS threads, many times
 * over, and prints what came out: a hash of each, whether runs differ, and what is left behind.
 */
import { createHash } from "node:crypto";
import { setTimeout } from "node:timers/promises";
import * as tf from "@tensorflow/tfjs-core";
import "@tensorflow/tfjs-backend-wasm";
import { registerWasmKernels, wasmThreads } from "ops";

const restore = registerWasmKernels();
await tf.setBackend("wasm");
tf.enableProdMode();

const normal = (shape, seed = 1) => tf.randomNormal(shape, 0, 1, "float32", seed);
const run = (name, inputs, attrs = {}) => tf.engine().runKernel(name, inputs, attrs);
const packed = (type, bytes, rows, width) => {
  const drawn = Uint8Array.from({ length: (rows * width * bytes) / 32 }, (_, i) => {
    const at = i % bytes; // scales of moderate size
    return at === 1 || (at === 3 && bytes === 20) ? 0x24 : (i * 193 + (i >> 7)) & 255;
  });
  return run("PackedWeights", {}, { type, shape: [rows, width], bytes: drawn });
};
/** Every 97th number is one that functions trip over. */
const special = (shape) => {
  const odd = [NaN, Infinity, -Infinity, 3e38, -3e38, 0, -0, 1e-45];
  const values = normal(shape, 5).dataSync();
  return tf.tensor(
    values.map((x, i) => (i % 97 === 0 ? odd[(i / 97) % odd.length] : x)),
    shape,
  );
};
const attention = (name, [H, T, S, D], causal) => [
  `${name} of ${T} by ${S}`,
  () => {
    const [q, k, v] = [normal([1, H, T, D]), normal([1, H, S, D], 2), normal([1, H, S, D], 3)];
    return run("FlashAttention", { q, k, v }, { causal });
  },
];
const product = ([m, k, n], across = [false, false]) => [
  `product ${m} ${k} ${n} ${across}`,
  () => {
    const a = normal(across[0] ? [k, m] : [m, k], 1);
    return tf.matMul(a, normal(across[1] ? [n, k] : [k, n], 2), ...across);
  },
];
const rows = (name, shape, make = normal) => [
  `${name} ${shape} ${make.name}`,
  () => {
    const [x, dy] = [make(shape), normal(shape, 2)];
    const [gamma, beta] = [normal(shape.slice(-1), 3), normal(shape.slice(-1), 4)];
    const inputs = name.endsWith("Grad") ? { x, y: x, dy, gamma } : { x, gamma, beta, a: x, b: dy };
    if (name === "Softmax") return tf.softmax(x);
    const results = [run(name, inputs, { eps: 1e-5 })].flat();
    return tf.concat(results.map((t) => tf.reshape(t, [-1])));
  },
];
const SHAPES = [[1003, 101], [77, 1501], [1, 70_001], [0, 7], [3, 1]]; // prettier-ignore
const cached = ([B, T, P, H, G, D]) => [
  `attention of ${T} tokens after ${P}`,
  () => {
    const [q, k, v] = [H, G, G].map((heads, i) => normal([B, T, heads * D], i + 1));
    const [cacheK, cacheV] = [4, 5].map((seed) => normal([B, G, P, D], seed));
    const attrs = { heads: H, kvHeads: G, scale: 0.125, base: 10_000, halves: true };
    return run("AttendWithCache", { q, k, v, cacheK, cacheV }, attrs)[0];
  },
];
const ROWS = [
  ...["RmsNorm", "GatedSilu", "Softmax", "MaskedSoftmax"],
  ...["SoftmaxGrad", "LayerNorm", "LayerNormGrad"],
  ...["Gelu", "GeluGrad", "GeluTanh", "GeluTanhGrad"],
];
const sum = (shape, axis) => [`Sum of ${shape} along ${axis}`, () => tf.sum(normal(shape), axis)];
const UNARY = ["Relu", "Exp", "Tanh", "Erf", "Square", "Sqrt", "Rsqrt", "Neg"];
const BINARY = ["Add", "Sub", "Multiply", "RealDiv", "Maximum", "SquaredDifference", "Less"];
/** Shapes of both sides: rows that run along, rows and columns that repeat, axes around. */
const PAIRS = [
  [[1003, 301], [1003, 301]],
  [[1003, 301], [301]],
  [[301], [1003, 301]],
  [[1003, 301], [1003, 1]],
  [[500_003], [1]],
  [[11, 97, 303], [11, 1, 303]],
  [[5, 7, 97, 103], [5, 1, 97, 1]],
  [[0, 5], [5]],
]; // prettier-ignore

const CASES = [
  ...[[97, 131, 203], [1001, 65, 33], [31, 300, 1999], [1, 777, 1001], [0, 8, 8], [500, 1, 500]].flatMap((s) =>
    [[false, false], [true, false], [false, true], [true, true]].map((across) => product(s, across))), // prettier-ignore
  product([65, 4100, 70], [true, false]), // in stretches
  product([300, 2000, 31]),
  sum([1003, 301], 0),
  sum([1003, 301], 1),
  sum([7, 301, 203], 1),
  ["transposed", () => tf.transpose(special([1003, 301]))],
  ["a batch transposed", () => tf.transpose(normal([5, 203, 301]), [0, 2, 1])],
  ["a slice", () => tf.slice(special([1003, 301]), [3, 5], [900, 203])],
  ["joined", () => tf.concat([normal([1003, 301]), normal([1003, 7], 2)], 1)],
  ["a batch", () => tf.matMul(normal([7, 95, 66]), normal([7, 66, 51], 2))],
  ["a batch of one factor", () => tf.matMul(normal([5, 95, 66]), normal([1, 66, 95], 2))],
  ["products of NaN", () => tf.matMul(special([203, 131]), normal([131, 97], 2))],
  ...ROWS.flatMap((name) => SHAPES.map((shape) => rows(name, shape))),
  ...ROWS.map((name) => rows(name, [1003, 101], special)),
  ...UNARY.map((name) => [name, () => run(name, { x: special([1003, 101]) })]),
  ...BINARY.flatMap((name) =>
    PAIRS.map(([left, right]) => [
      `${name} ${left} and ${right}`,
      () => run(name, { a: special(left), b: normal(right, 2) }),
    ]),
  ),
  attention("attention", [1, 1000, 1100, 33], false),
  attention("causal attention", [3, 500, 500, 64], true),
  attention("attention", [2, 3, 0, 8], false),
  cached([1, 1, 2000, 9, 3, 64]),
  cached([2, 31, 200, 4, 2, 34]),
  ...[["Q4_1", 20], ["Q8_0", 34]].flatMap(([type, bytes]) => [1, 3, 21].map((m) => [
    `${m} rows times ${type}`,
    () => tf.matMul(normal([m, 576]), packed(type, bytes, 1537, 576), false, true),
  ])), // prettier-ignore
  ["numbers of Q4_1", () => tf.add(tf.transpose(packed("Q4_1", 20, 1537, 576)), 0)],
];

const hash = (compute) =>
  tf.tidy(() => {
    const data = compute().dataSync();
    const exact = new Uint8Array(data.buffer, data.byteOffset, data.byteLength);
    return createHash("sha256").update(exact).digest("hex").slice(0, 16);
  });

const hashes = {};
const differ = new Set();
const before = tf.memory().numDataBuffers;
for (let round = 0; round < 4; round++) {
  for (const [name, compute] of CASES) {
    const found = hash(compute);
    if ((hashes[name] ??= found) !== found) differ.add(name);
  }
  // a larger memory, and time for threads to start
  if (round === 1) normal([3000, 3000]).dispose();
  await setTimeout(round === 0 ? 300 : 0);
}
const left = tf.memory().numDataBuffers - before;
const shared = tf.backend().wasm.HEAPU8.buffer instanceof SharedArrayBuffer;
console.log(JSON.stringify({ threads: wasmThreads(), shared, hashes, differ: [...differ], left }));
restore();
