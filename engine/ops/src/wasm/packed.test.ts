import * as tf from "@tensorflow/tfjs-core";
import type { BackendWasm } from "@tensorflow/tfjs-backend-wasm";
import { beforeAll, beforeEach, describe, expect, test } from "vitest";
import { PACKED_TYPES, PACKED_WEIGHTS, registerWasmKernels, type PackedWeights } from "ops";
import { normal } from "../ops.testing";

type Type = PackedWeights["type"];
const TYPES = Object.keys(PACKED_TYPES) as Type[];

beforeAll(async () => {
  registerWasmKernels();
  await tf.setBackend("wasm");
});
let before: tf.MemoryInfo;
beforeEach(async () => {
  await tf.setBackend("wasm");
  before = tf.memory();
  return () => expect(tf.memory().numDataBuffers).toBe(before.numDataBuffers);
});

/** A float16 by the definition of IEEE 754. */
function halfOf(bits: number): number {
  const exponent = (bits >> 10) & 31;
  const fraction = (bits & 1023) / 1024;
  const size = exponent === 0 ? fraction * 2 ** -14 : (1 + fraction) * 2 ** (exponent - 15);
  return bits & 0x8000 ? -size : size;
}

/** Blocks drawn at random, and their weights in float64, by the format's definition. */
function drawn(type: Type, rows: number, width: number, seed = 1) {
  let state = seed;
  const next = (below: number) => {
    state = (Math.imul(state, 1103515245) + 12345) >>> 0;
    return (state >>> 8) % below;
  };
  const bytes: number[] = [];
  const weights: number[] = [];
  const half = () => (next(2) << 15) | (next(24) << 10) | next(1024); // both signs, also subnormal
  for (let block = 0; block < (rows * width) / 32; block++) {
    const [scale, least] = [half(), half()];
    bytes.push(scale & 255, scale >> 8);
    if (type === "Q4_1") {
      const packed = Array.from({ length: 16 }, () => next(256));
      bytes.push(least & 255, least >> 8, ...packed);
      const at = (n: number) => n * halfOf(scale) + halfOf(least);
      weights.push(...packed.map((b) => at(b & 15)), ...packed.map((b) => at(b >> 4)));
    } else {
      const packed = Array.from({ length: 32 }, () => next(256));
      bytes.push(...packed);
      weights.push(...packed.map((b) => (b > 127 ? b - 256 : b) * halfOf(scale)));
    }
  }
  const given: PackedWeights = { type, shape: [rows, width], bytes: Uint8Array.from(bytes) };
  return { given, weights };
}

const make = (given: PackedWeights): tf.Tensor2D =>
  tf.engine().runKernel(PACKED_WEIGHTS, {}, given as unknown as tf.NamedAttrMap);

/** x·wᵀ in float64, and Σ |x·w|, by which an error is measured. */
function product(x: number[], m: number, weights: number[], n: number, k: number) {
  const y = new Float64Array(m * n);
  const size = new Float64Array(m * n);
  for (let i = 0; i < m; i++) {
    for (let j = 0; j < n; j++) {
      for (let l = 0; l < k; l++) {
        const term = x[i * k + l]! * weights[j * k + l]!;
        y[i * n + j]! += term;
        size[i * n + j]! += Math.abs(term);
      }
    }
  }
  return { y, size };
}

function expectProduct(got: tf.Tensor, x: number[], weights: number[], n: number, k: number): void {
  const m = x.length / k;
  const { y, size } = product(x, m, weights, n, k);
  const numbers = got.dataSync();
  expect(numbers.length).toBe(m * n);
  y.forEach((want, i) => {
    expect(Math.abs(numbers[i]! - want)).toBeLessThanOrEqual(1e-6 * size[i]! + 1e-37);
  });
}

describe.each(TYPES)("%s", (type) => {
  test.each([
    [1, 1, 32],
    [1, 7, 96],
    [3, 5, 64],
    [4, 64, 576],
    [9, 33, 128],
    [21, 4, 1536],
  ])("%i rows times [%i, %i]", (m, n, k) => {
    const { given, weights } = drawn(type, n, k, m);
    const { values } = normal([m, k], 5);
    tf.tidy(() => {
      const [x, w] = [tf.tensor2d(values, [m, k]), make(given)];
      expectProduct(x.matMul(w, false, true), values, weights, n, k);
      expectProduct(x.matMul(w.transpose()), values, weights, n, k);
      const batch = x.reshape([1, m, k]).matMul(w.transpose());
      expect(batch.shape).toEqual([1, m, n]);
      expectProduct(batch, values, weights, n, k);
    });
  });

  test("whoever reads it gets its numbers, also of a transpose, of rows and of another shape", () => {
    const { given, weights } = drawn(type, 6, 64);
    const rows = Array.from({ length: 6 }, (_, i) => weights.slice(64 * i, 64 * i + 64));
    const close = (t: tf.Tensor, want: number[]) => {
      const got = t.dataSync();
      expect(got.length).toBe(want.length);
      want.forEach((x, i) => expect(got[i]).toBeCloseTo(x, 12 - Math.log10(Math.abs(x) + 1e-9)));
    };
    tf.tidy(() => {
      const w = make(given);
      expect(w.shape).toEqual([6, 64]);
      expect(w.dtype).toBe("float32");
      const turned = rows[0]!.flatMap((_, i) => rows.map((row) => row[i]!));
      close(w.transpose(), turned.map(Math.fround));
      close(w.gather([4, 0, 4]), [...rows[4]!, ...rows[0]!, ...rows[4]!].map(Math.fround));
      expect(w.gather(tf.tensor2d([[1], [2]], [2, 1], "int32")).shape).toEqual([2, 1, 64]);
      close(w.reshape([2, 192]).slice([1, 0], [1, 192]), weights.slice(192).map(Math.fround));
      close(w.transpose().transpose(), weights.map(Math.fround));
      close(
        w.add(1),
        weights.map((x) => Math.fround(Math.fround(x) + 1)),
      );
    });
    expect(() => tf.tidy(() => make(given).gather([6]))).toThrow("the index value 6");
  });

  test("after its numbers were read, products stay the same", () => {
    const { given, weights } = drawn(type, 5, 96);
    const { values } = normal([2, 96], 7);
    tf.tidy(() => {
      const [x, w] = [tf.tensor2d(values, [2, 96]), make(given)];
      w.dataSync();
      expectProduct(x.matMul(w, false, true), values, weights, 5, 96);
      expectProduct(x.matMul(w.transpose()), values, weights, 5, 96);
    });
  });

  test("of the other way round, and of gradients, floats", () => {
    const { given, weights } = drawn(type, 64, 32);
    const { values } = normal([3, 64], 2);
    const turned = Array.from({ length: 32 }, (_, j) => weights.filter((_, i) => i % 32 === j));
    tf.tidy(() => {
      const [x, w] = [tf.tensor2d(values, [3, 64]), make(given)];
      expectProduct(x.matMul(w), values, turned.flat(), 32, 64);
      const dx = tf.grad((x) => x.matMul(w.transpose()).sum())(tf.ones([2, 32]));
      const sums = turned.map((column) => column.reduce((a, b) => a + b, 0));
      const got = dx.dataSync();
      sums.forEach((sum, i) => expect(got[i]! / sum).toBeCloseTo(1, 4));
    });
  });

  test("zeros, tiny and huge numbers, infinities and NaN", () => {
    const { given, weights } = drawn(type, 3, 64);
    const row = (x: number) => Array.from({ length: 64 }, (_, i) => (i === 40 ? x : 0));
    const finite = [row(0), row(1e-45), row(1e-30), row(1e30), row(-1)].flat();
    tf.tidy(() => {
      const w = make(given);
      const times = (x: number[]) => tf.tensor2d(x, [x.length / 64, 64]).matMul(w, false, true);
      expectProduct(times(finite), finite, weights, 3, 64);
      expect(times(row(NaN)).dataSync()).toEqual(Float32Array.of(NaN, NaN, NaN));
      const plain = tf.tensor2d(row(Infinity), [1, 64]).matMul(w.add(0), false, true);
      expect(times(row(Infinity)).dataSync()).toEqual(plain.dataSync());
      expect(times([]).shape).toEqual([0, 3]);
    });
  });

  test("memory is given back, whichever of its tensors goes first", () => {
    const { given } = drawn(type, 512, 512);
    const wasm = (tf.backend() as BackendWasm).wasm as unknown as { HEAPU8: Uint8Array };
    const round = (i: number) => {
      const w = make(given);
      const copy = w.clone();
      const turned = w.transpose();
      if (i % 2) turned.dataSync();
      for (const t of i % 3 ? [w, turned, copy] : [turned, copy, w]) t.dispose();
      tf.tidy(() => void make(given).gather([1, 2]).transpose());
    };
    for (let i = 0; i < 6; i++) round(i);
    const size = wasm.HEAPU8.length;
    for (let i = 0; i < 300; i++) round(i); // 160 KB of blocks each time, or 1 MB of floats
    expect(wasm.HEAPU8.length).toBe(size);
  });

  test("bytes that do not fit the shape, and no rows at all", () => {
    const { given } = drawn(type, 2, 64);
    const short = { ...given, bytes: given.bytes.subarray(1) };
    expect(() => make(short)).toThrow("do not fit the shape [2, 64]");
    expect(() => make({ ...given, shape: [2, 48] })).toThrow("do not fit the shape [2, 48]");
    tf.tidy(() => {
      expect(make({ ...given, shape: [0, 64], bytes: new Uint8Array() }).shape).toEqual([0, 64]);
    });
  });
});
