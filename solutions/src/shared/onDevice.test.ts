/** Functions that take a device's kernels while no gradient is recorded, beside the plain ones. */
import "@tensorflow/tfjs-backend-wasm";
import * as tf from "@tensorflow/tfjs-core";
import { registerWasmKernels } from "ops";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { attendWithCache as plainAttend } from "../attention/attendWithCache";
import type { KvCache } from "../attention/types";
import { rmsNorm as plainNorm } from "../blocks/rmsNorm";
import { swiGlu as plainGlu } from "../blocks/swiGlu";
import { llamaBlock as plainBlock } from "../decoders/llamaBlock";
import { attendWithCache } from "./attendWithCacheOnDevice";
import { llamaBlock } from "./llamaBlockOnDevice";
import { rmsNorm } from "./rmsNormOnDevice";
import { swiGlu } from "./swiGluOnDevice";
import { checkReferences, expectNoLeak } from "./shared.testing";

beforeAll(async () => {
  registerWasmKernels();
  await tf.setBackend("wasm");
});
afterAll(async () => {
  await tf.setBackend("cpu");
});

checkReferences("rmsNorm", rmsNorm);
checkReferences("swiGlu", swiGlu);
checkReferences("attendWithCache", attendWithCache);
checkReferences("llamaBlock", llamaBlock);

const normal = (shape: number[], seed: number) => tf.randomNormal(shape, 0, 1, "float32", seed);
const kernelsOf = async (f: () => tf.TensorContainer) =>
  (await tf.profile(() => tf.tidy(f))).kernels.map(({ name }) => name);

const mlp = { gate: normal([12, 20], 1), up: normal([12, 20], 2), down: normal([20, 12], 3) };
const attention = {
  wq: normal([12, 24], 4),
  wk: normal([12, 12], 5),
  wv: normal([12, 12], 6),
  wo: normal([24, 12], 7),
};
const grouped = { heads: 4, kvHeads: 2, rope: { base: 100, layout: "halves" as const } };
const none: KvCache = { k: null, v: null };
const filled: KvCache = { k: normal([2, 2, 5, 6], 8), v: normal([2, 2, 5, 6], 9) };
const x = normal([2, 3, 12], 10);
const gamma = normal([12], 11);

describe("values", () => {
  test("rmsNorm and swiGlu", () => {
    expect(rmsNorm(x, gamma, 0.1)).toMatchTensor(plainNorm(x, gamma, 0.1), 1e-5);
    expect(swiGlu(x, mlp)).toMatchTensor(plainGlu(x, mlp), 1e-4);
  });
  test.each([
    ["groups and halves", grouped, filled],
    ["an empty cache", grouped, none],
    ["heads of their own and no RoPE", { heads: 2, kvHeads: 1, scale: 0.3 }, none],
    ["neighbors", { ...grouped, rope: {} }, filled],
    ["a mask", { ...grouped, mask: tf.tensor2d([[1, 0, 1, 1, 0, 1, 1, 1]]) }, filled],
  ])("attendWithCache with %s", (_, options, cache) => {
    const width = options.heads === 2 ? { ...attention, wk: normal([12, 12], 5) } : attention;
    const got = attendWithCache(x, cache, width, options);
    const want = plainAttend(x, cache, width, options);
    expect(got.output).toMatchTensor(want.output, 1e-4);
    expect(got.cache.k!).toMatchTensor(want.cache.k!, 1e-5);
    expect(got.cache.v!).toMatchTensor(want.cache.v!, 1e-5);
  });
});

describe("llamaBlock", () => {
  const params = { norm1: normal([12], 12), attention, norm2: normal([12], 13), mlp };
  const options = { heads: 4, kvHeads: 2, base: 100 };

  test.each([
    ["a cache", filled],
    ["an empty cache", none],
  ])("values with %s", (_, cache) => {
    const got = llamaBlock(x, cache, params, options);
    const want = plainBlock(x, cache, params, options);
    expect(got.output).toMatchTensor(want.output, 1e-4);
    expect(got.cache.k).toMatchTensor(want.cache.k, 1e-4);
    expect(got.cache.v).toMatchTensor(want.cache.v, 1e-4);
  });
  test("gradients, bad arguments, nothing left behind", () => {
    const loss = (f: typeof llamaBlock) => (x: tf.Tensor) =>
      f(x, filled, params, options).output.sum() as tf.Scalar;
    expect(tf.grad(loss(llamaBlock))(x)).toMatchTensor(tf.grad(loss(plainBlock))(x), 1e-3);
    const spoiled = { ...params, norm2: normal([11], 1) };
    expect(() => llamaBlock(x, filled, spoiled, options)).toThrow(
      "llamaBlock: expected norm2 [12], got [11]",
    );
    expectNoLeak(llamaBlock, x, filled, params, options);
  });
});

test("the kernels are called, and not while a gradient is recorded", async () => {
  const all = () => [
    rmsNorm(x, gamma),
    swiGlu(x, mlp),
    attendWithCache(x, filled, attention, grouped).output,
  ];
  const onNative = tf.getKernel("SwiGlu", "wasm") !== undefined; // has whole layers
  const layers = onNative ? ["SwiGlu", "AttentionLayer"] : ["GatedSilu", "AttendWithCache"];
  const names = ["RmsNorm", ...layers];
  expect(await kernelsOf(all)).toEqual(expect.arrayContaining(names));
  const loss = (x: tf.Tensor) =>
    tf.addN([
      rmsNorm(x, gamma).sum(),
      swiGlu(x, mlp).sum(),
      attendWithCache(x, filled, attention, grouped).output.sum(),
    ]);
  const plain = (x: tf.Tensor) =>
    tf.addN([
      plainNorm(x, gamma).sum(),
      plainGlu(x, mlp).sum(),
      plainAttend(x, filled, attention, grouped).output.sum(),
    ]);
  expect(tf.grad(loss)(x)).toMatchTensor(tf.grad(plain)(x), 1e-4);
  const recorded = await kernelsOf(() => tf.grad(loss)(x));
  for (const name of names) expect(recorded).not.toContain(name);
});

test("bad arguments", () => {
  expect(() => rmsNorm(x, normal([11], 1))).toThrow("rmsNorm: expected gamma [12], got [11]");
  expect(() => swiGlu(x, { ...mlp, down: normal([12, 20], 1) })).toThrow(
    "swiGlu: expected down [20, 12], got [12, 20]",
  );
  expect(() => attendWithCache(x, { k: filled.k, v: null }, attention, grouped)).toThrow(
    "cache.v null",
  );
});

test("no tensors left behind", () => {
  expectNoLeak(rmsNorm, x, gamma);
  expectNoLeak(swiGlu, x, mlp);
  expectNoLeak(attendWithCache, x, filled, attention, grouped);
});
