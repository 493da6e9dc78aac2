import * as tf from "@tensorflow/tfjs-core";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { registerCpuKernels, registerWasmKernels } from "ops";
import { expectAsOnCpu, normal } from "../ops.testing";

beforeAll(() => {
  registerWasmKernels()();
  registerWasmKernels({ missing: true });
  registerCpuKernels();
});
afterAll(() => {
  registerWasmKernels()();
  registerWasmKernels();
});

test("gather within batches", () =>
  expectAsOnCpu("wasm", (x, ids) => tf.gather(x, ids.cast("int32"), 1, 1), [
    normal([3, 4]),
    { shape: [3], dtype: "int32", values: [3, 0, 2] },
  ]));

/** Running sums or products of plain numbers in shape [2, 3, 4], by a loop. */
function running(
  x: number[],
  axis: number,
  exclusive: boolean,
  reverse: boolean,
  join: (a: number, b: number) => number,
  empty: number,
): number[] {
  const shape = [2, 3, 4];
  const stride = shape.slice(axis + 1).reduce((a, b) => a * b, 1);
  return x.map((_, i) => {
    const at = Math.floor(i / stride) % shape[axis]!;
    let sum = empty;
    for (let j = 0; j < shape[axis]!; j++) {
      const counts = reverse ? j > at : j < at;
      if (counts || (!exclusive && j === at)) sum = join(sum, x[i + (j - at) * stride]!);
    }
    return sum;
  });
}

describe.each(["wasm", "cpu"])("running sums and products on %s", (backend) => {
  test.each([0, 1, 2, -1, -2, -3])("along axis %d", async (axis) => {
    await tf.setBackend(backend);
    const values = Array.from({ length: 24 }, (_, i) => ((i * 7) % 5) - 1);
    for (const exclusive of [false, true]) {
      for (const reverse of [false, true]) {
        for (const dtype of ["float32", "int32"] as const) {
          const x = tf.tensor(values, [2, 3, 4], dtype);
          const of = (axis + 3) % 3;
          const sums = running(values, of, exclusive, reverse, (a, b) => a + b, 0);
          const products = running(values, of, exclusive, reverse, (a, b) => a * b, 1);
          // 0 and −0 are the same number
          const plain = (t: tf.Tensor) => [...t.dataSync()].map((v) => v + 0);
          expect(plain(tf.cumsum(x, axis, exclusive, reverse))).toEqual(sums.map((v) => v + 0));
          expect(plain(tf.cumprod(x, axis, exclusive, reverse))).toEqual(
            products.map((v) => v + 0),
          );
        }
      }
    }
  });
});

test.each(["wasm", "cpu"])(
  "a running sum along no axis of the tensor throws on %s",
  async (backend) => {
    await tf.setBackend(backend);
    const x = tf.ones([2, 3]);
    for (const axis of [2, -3]) {
      const message = `must be in range [-2, 2) but got axis ${axis}`;
      expect(() => tf.cumsum(x, axis)).toThrow(message);
      expect(() => tf.cumprod(x, axis)).toThrow(message);
    }
    expect([...tf.cumsum(tf.tensor1d([1, 2]), -1).dataSync()]).toEqual([1, 3]);
  },
);

test("numbers other than 0 are true", async () => {
  await tf.setBackend("wasm");
  for (const dtype of ["float32", "int32"] as const) {
    const x = tf.tensor1d([2, 0, -2, 1], dtype);
    expect([...x.toBool().dataSync()]).toEqual([1, 0, 1, 1]);
  }
  expect([...tf.tensor1d([0.5, 0, -0.5]).toBool().dataSync()]).toEqual([1, 0, 1]);
});

test.each([
  [
    [2, 2, 3],
    [2, 2, 1],
  ],
  [
    [2, 1],
    [1, 3],
  ],
])("a product of matrices in batches %j and %j", async (left, right) => {
  await tf.setBackend("wasm");
  const draw = (batch: number[]) =>
    tf.range(0, 4 * tf.util.sizeFromShape(batch)).reshape([...batch, 2, 2]);
  const [a, b] = [draw(left), draw(right)];
  const expected = a.expandDims(-1).mul(b.expandDims(-3)).sum(-2);
  expect(a.matMul(b).arraySync()).toEqual(expected.arraySync());
});

test("ln(1 + x) near 0", async () => {
  await tf.setBackend("wasm");
  const x = Float32Array.of(1e-11, 1e-8, -1e-6, 1e-3, 0.5, 3, -0.9, 0, -1, Infinity, NaN, -2);
  const y = tf.log1p(tf.tensor1d(x)).dataSync();
  expect(y).toEqual(x.map((v) => Math.log1p(v)));
  const slope = tf.grad((t: tf.Tensor) => tf.log1p(t))(tf.tensor1d([0, 1]));
  expect([...slope.dataSync()]).toEqual([1, 0.5]);
  expect(tf.log1p(tf.zeros([0, 3])).shape).toEqual([0, 3]);
});

test("a slice ends where its tensor does", async () => {
  await tf.setBackend("wasm");
  const x = tf.range(0, 6).reshape([2, 3]);
  expect(() => x.slice([0, 1], [2, 3])).toThrow(/slice/);
  expect(() => x.slice([0, 3], [2, 1])).toThrow(/slice/);
  expect(x.slice([0, 2], [-1, -1]).arraySync()).toEqual([[2], [5]]);
  expect(x.slice(1).arraySync()).toEqual([[3, 4, 5]]);
  expect(x.slice([2, 0], [0, 3]).shape).toEqual([0, 3]);
});

test("sums, products and maxima of nothing don't depend on what memory held", async () => {
  await tf.setBackend("wasm");
  const none = (...shape: number[]) => tf.zeros(shape);
  const results: [f: () => tf.Tensor, expected: number][] = [
    [() => none(5, 0).matMul(none(0, 7)), 0],
    [() => none(0, 5).matMul(none(0, 7), true), 0],
    [() => none(2, 5, 0).matMul(none(2, 0, 7)), 0],
    [() => tf.fused.matMul({ a: none(5, 0), b: none(0, 7) as tf.Tensor2D }), 0],
    [() => tf.grad((w) => none(0, 7).matMul(w).sum())(tf.ones([7, 2])), 0],
    [() => none(0, 7).sum(0), 0],
    [() => none(0).sum(), 0],
    [() => none(0, 3).max(0), NaN],
    [() => none(0, 3).min(0), NaN],
  ];
  for (const [f, expected] of results) {
    for (let round = 0; round < 10; round++) {
      tf.tidy(() => {
        for (let length = 1; length < 60; length += 3) tf.fill([length], 7.5).dispose();
        const values = [...f().dataSync()];
        expect(values).toEqual(values.map(() => expected));
        expect(values.length).toBeGreaterThan(0);
      });
    }
  }
});
