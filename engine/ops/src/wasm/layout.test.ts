import * as tf from "@tensorflow/tfjs-core";
import { beforeAll, describe, expect, test } from "vitest";
import fc from "fast-check";
import { registerWasmKernels } from "ops";
import { expectAsOnCpu, normal, type Input } from "../ops.testing";

beforeAll(() => {
  registerWasmKernels();
});

const DTYPES = ["float32", "int32", "bool"] as const;
const counting = (shape: number[], dtype: Input["dtype"]): Input => ({
  shape,
  dtype,
  values: Array.from({ length: tf.util.sizeFromShape(shape) }, (_, i) =>
    dtype === "bool" ? i % 2 : i,
  ),
});
const shapes = fc.array(fc.integer({ min: 1, max: 6 }), { minLength: 1, maxLength: 6 });
const runs = { numRuns: 150 };

test("transpose", () =>
  fc.assert(
    fc.asyncProperty(
      shapes.chain((shape) =>
        fc.tuple(
          fc.constant(shape),
          fc.shuffledSubarray(
            shape.map((_, i) => i),
            { minLength: shape.length },
          ),
        ),
      ),
      fc.constantFrom(...DTYPES),
      async ([shape, perm], dtype) =>
        expectAsOnCpu("wasm", (x) => x.transpose(perm), [counting(shape, dtype)]),
    ),
    runs,
  ));
test("transpose of long axes", async () => {
  for (const [shape, perm] of [
    [
      [33, 50],
      [1, 0],
    ],
    [
      [2, 9, 3, 7],
      [0, 2, 3, 1],
    ],
    [
      [2, 9, 3, 8],
      [0, 2, 1, 3],
    ],
    [
      [4, 5, 16],
      [2, 1, 0],
    ],
  ]) {
    await expectAsOnCpu("wasm", (x) => x.transpose(perm), [counting(shape!, "float32")]);
  }
});

test("slice", () =>
  fc.assert(
    fc.asyncProperty(
      shapes.chain((shape) =>
        fc.tuple(
          fc.constant(shape),
          fc.tuple(
            ...shape.map((n) =>
              fc.tuple(fc.integer({ min: 0, max: n }), fc.integer({ min: 0, max: n })),
            ),
          ),
        ),
      ),
      fc.constantFrom(...DTYPES),
      async ([shape, ends], dtype) =>
        expectAsOnCpu(
          "wasm",
          (x) =>
            x.slice(
              ends.map(([a, b]) => Math.min(a, b)),
              ends.map(([a, b]) => Math.abs(a - b)),
            ),
          [counting(shape, dtype)],
        ),
    ),
    runs,
  ));

test("tile", () =>
  fc.assert(
    fc.asyncProperty(
      fc.array(fc.tuple(fc.integer({ min: 0, max: 4 }), fc.integer({ min: 0, max: 3 })), {
        minLength: 1,
        maxLength: 4,
      }),
      fc.constantFrom(...DTYPES),
      async (axes, dtype) =>
        expectAsOnCpu("wasm", (x) => x.tile(axes.map(([, reps]) => reps)), [
          counting(
            axes.map(([n]) => n),
            dtype,
          ),
        ]),
    ),
    runs,
  ));

test("concat, stack, split and their gradients", () =>
  fc.assert(
    fc.asyncProperty(
      fc.array(fc.integer({ min: 1, max: 5 }), { minLength: 1, maxLength: 4 }),
      fc.nat(3),
      fc.array(fc.integer({ min: 0, max: 4 }), { minLength: 1, maxLength: 4 }),
      async (shape, place, lengths) => {
        const axis = place % shape.length;
        const inputs = lengths.map((n, i) => normal(shape.with(axis, n), i + 1));
        await expectAsOnCpu("wasm", (...xs) => tf.concat(xs, axis), inputs);
        if (lengths.some((n) => n > 0)) {
          await expectAsOnCpu(
            "wasm",
            (...xs) => tf.split(tf.concat(xs, axis), lengths, axis),
            inputs,
          );
        } // plain CPU cannot split what is empty
        await expectAsOnCpu(
          "wasm",
          (a, b) => [
            tf.stack([a, b], axis),
            tf.stack([a, b], -1),
            tf.stack([a], axis),
            ...tf.unstack(tf.stack([a, b], axis), axis),
          ],
          [normal(shape, 1), normal(shape, 2)],
        );
        await expectAsOnCpu(
          "wasm",
          (...xs) => tf.grads((...xs) => tf.concat(xs, axis).square())(xs),
          inputs.filter(({ values }) => values.length > 0).concat(normal(shape, 9)),
        );
      },
    ),
    { numRuns: 60 },
  ));

describe("gather", () => {
  test.each([0, 1, 2])("along axis %i, and its gradient", (axis) =>
    expectAsOnCpu(
      "wasm",
      (x, ids) => [
        tf.gather(x, ids.cast("int32"), axis),
        tf.grad((x) => tf.gather(x, ids.cast("int32"), axis).square())(x),
      ],
      [normal([4, 5, 3]), { shape: [2, 3], dtype: "int32", values: [0, 2, 1, 1, 0, 2] }],
    ),
  );
  test("within batches", () =>
    expectAsOnCpu("wasm", (x, ids) => tf.gather(x, ids.cast("int32"), 1, 1), [
      normal([2, 5, 3]),
      { shape: [2, 2], dtype: "int32", values: [4, 0, 1, 3] },
    ]));
  test("of nothing", () =>
    expectAsOnCpu("wasm", (x, ids) => tf.gather(x, ids.cast("int32")), [
      normal([4, 5]),
      { shape: [0], dtype: "int32", values: [] },
    ]));
  test("refuses an index outside, as the stock kernel does", async () => {
    await tf.setBackend("wasm");
    for (const id of [-1, 2]) {
      expect(() => tf.gather(tf.zeros([2, 3]), tf.tensor1d([id], "int32"))).toThrow(
        `GatherV2: the index value ${id} is not in [0, 1]`,
      );
    }
  });
});

describe("unsortedSegmentSum", () => {
  const ids: Input = { shape: [5], dtype: "int32", values: [1, 0, 1, 3, 1] };
  test("rows with the same id", () =>
    expectAsOnCpu("wasm", (x, ids) => tf.unsortedSegmentSum(x, ids as tf.Tensor1D, 4), [
      normal([5, 7]),
      ids,
    ]));
  test("single numbers", () =>
    expectAsOnCpu("wasm", (x, ids) => tf.unsortedSegmentSum(x, ids as tf.Tensor1D, 4), [
      normal([5]),
      ids,
    ]));
  test("whole numbers stay whole, as in TensorFlow", async () => {
    await tf.setBackend("wasm");
    const sum = tf.tidy(() =>
      tf.unsortedSegmentSum(
        tf.tensor2d(
          [
            [1, 2],
            [3, 4],
            [5, 6],
          ],
          undefined,
          "int32",
        ),
        tf.tensor1d([1, 0, 1], "int32"),
        2,
      ),
    );
    expect([sum.dtype, sum.arraySync()]).toEqual([
      "int32",
      [
        [3, 4],
        [6, 8],
      ],
    ]);
    sum.dispose();
  });
  test("ids outside count nowhere", () =>
    expectAsOnCpu("wasm", (x, ids) => tf.unsortedSegmentSum(x, ids as tf.Tensor1D, 2), [
      normal([5, 3]),
      ids,
    ]));
});

test("memory stays as it is, however often", async () => {
  await tf.setBackend("wasm");
  const backend = tf.backend() as unknown as { wasm: { HEAPU8: Uint8Array } };
  const once = () =>
    tf.tidy(() => {
      const x = tf.ones([64, 4096]);
      tf.concat([x.transpose(), x.transpose()], 1)
        .slice([1, 1], [9, 9])
        .sum([0], true)
        .add(x.slice([0, 0], [1, 1]));
      tf.sum(x.reshape([8, 8, 64, 64]), [0, 2]);
    });
  for (let i = 0; i < 5; i++) once();
  const bytes = backend.wasm.HEAPU8.byteLength;
  for (let i = 0; i < 60; i++) once();
  expect(backend.wasm.HEAPU8.byteLength).toBe(bytes);
});
