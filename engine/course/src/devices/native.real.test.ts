// needs: native
// level: all
/** The kernels that engine/ops/native puts over WASM's, also for tensors too small for them. */
import * as tf from "@tensorflow/tfjs-core";
import fc from "fast-check";
import { PACKED_TYPES, PACKED_WEIGHTS } from "ops";
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from "vitest";
import {
  expectAsOnCpu,
  normal,
  PLAIN,
  SPECIAL,
  testAttendWithCache,
  testFlashAttention,
  testLayers,
  testLinear,
  testMatMul,
  useAlways,
} from "ops/testing";
import { chooseDevice } from "./device";

beforeAll(async () => {
  await chooseDevice("native");
  useAlways(true);
});
afterAll(async () => {
  useAlways(false);
  await chooseDevice("wasm");
});

test("they were built and registered, and go with the device", async () => {
  for (const name of ["AttentionLayer", "FlashAttention", "Linear", ...Object.keys(PLAIN)]) {
    expect(tf.getKernel(name, "wasm"), name).toBeDefined();
  }
  await chooseDevice("wasm");
  expect(tf.getKernel("AttentionLayer", "wasm")).toBeUndefined();
  await chooseDevice("native");
  useAlways(true);
});
describe("layers", () => testLayers("wasm"));
describe("linear", () => testLinear("wasm"));
describe("matMul", () => testMatMul("wasm"));
describe("FlashAttention", () => testFlashAttention("wasm"));
describe("AttendWithCache", () => testAttendWithCache("wasm"));

describe("of each number, of two arrays and of rows", () => {
  const unary: Record<string, (x: tf.Tensor) => tf.Tensor> = {
    exp: tf.exp,
    tanh: tf.tanh,
    erf: tf.erf,
    square: tf.square,
    sqrt: tf.sqrt,
    rsqrt: tf.rsqrt,
    neg: tf.neg,
    sigmoid: tf.sigmoid,
    relu: tf.relu,
    log: tf.log,
  };
  test.each(Object.entries(unary))("%s", async (name, f) => {
    const tiny = (x: number) => name === "rsqrt" && Math.abs(x) < 1e-37; // flushed to 0 or not
    const values = SPECIAL.filter((x) => !tiny(x));
    await expectAsOnCpu("wasm", f, [{ shape: [values.length], values }]);
    for (const n of [0, 1, 15, 33, 40_001]) await expectAsOnCpu("wasm", f, [normal([n], n)]);
  });
  const pairs = [tf.add, tf.sub, tf.mul, tf.div, tf.maximum, tf.minimum, tf.squaredDifference];
  test.each(pairs.map((f) => [f.name.replace(/_$/, ""), f] as const))("%s", async (_, f) => {
    const pairsOf = SPECIAL.flatMap(() => SPECIAL);
    const turned = SPECIAL.flatMap((x) => SPECIAL.map(() => x));
    const shape = [pairsOf.length];
    await expectAsOnCpu("wasm", f, [
      { shape, values: pairsOf },
      { shape, values: turned },
    ]);
    const shapes: [number[], number[]][] = [
      [[70, 33], [33]],
      [[33], [70, 33]],
      [
        [70, 33],
        [70, 1],
      ],
      [[1], [40_001]],
      [
        [5, 3, 4],
        [5, 1, 4],
      ],
      [
        [3, 1],
        [1, 7],
      ],
      [[0, 4], [4]],
    ];
    for (const [a, b] of shapes) await expectAsOnCpu("wasm", f, [normal(a, 1), normal(b, 2)]);
  });
  test("softmax along the last axis, and a row of nothing but −∞", async () => {
    for (const n of [1, 15, 33, 500]) {
      await expectAsOnCpu("wasm", (x) => tf.softmax(x), [normal([70, n], n, 20)]);
    }
    const values = Array.from({ length: 20 }, () => -Infinity);
    await expectAsOnCpu("wasm", (x) => tf.softmax(x), [{ shape: [1, 20], values }]);
  });
});

describe("weights that stay packed", () => {
  let before: number;
  beforeEach(() => void (before = tf.memory().numDataBuffers));
  afterEach(() => expect(tf.memory().numDataBuffers, "left behind").toBe(before));

  /** Blocks of random bytes whose scales are finite, and x. */
  function drawn(type: keyof typeof PACKED_TYPES, m: number, n: number, blocks: number) {
    const { bytes: size } = PACKED_TYPES[type];
    const noise = tf.randomUniform([n * blocks * size], 0, 256, "int32", 7);
    const bytes = Uint8Array.from(noise.dataSync());
    noise.dispose();
    for (let at = 0; at < bytes.length; at += size) {
      bytes[at + 1]! &= 0xbb;
      if (type === "Q4_1") bytes[at + 3]! &= 0xbb;
    }
    const attrs = { type, shape: [n, 32 * blocks], bytes } as unknown as tf.NamedAttrMap;
    return {
      x: normal([m, 32 * blocks], 5),
      make: () => tf.engine().runKernel(PACKED_WEIGHTS, {}, attrs) as tf.Tensor2D,
    };
  }

  const types = Object.keys(PACKED_TYPES) as (keyof typeof PACKED_TYPES)[];
  test.each(types)("%s", (type) =>
    fc.assert(
      fc.property(
        fc.integer({ min: 1, max: 23 }),
        fc.integer({ min: 1, max: 150 }),
        fc.integer({ min: 1, max: 5 }),
        (m, n, blocks) => {
          const { x, make } = drawn(type, m, n, blocks);
          tf.tidy(() => {
            const [left, packed, plain] = [
              tf.tensor2d(x.values, x.shape as [number, number]),
              make(),
              make(),
            ];
            const floats = tf.tensor2d(plain.dataSync(), plain.shape); // read, so no longer packed
            const size = left.abs().matMul(floats.abs(), false, true);
            for (const y of [left.matMul(packed, false, true), left.matMul(packed.transpose())]) {
              const off = y
                .sub(left.matMul(floats, false, true))
                .abs()
                .div(size.add(1e-30))
                .max();
              expect(off.dataSync()[0]).toBeLessThan(2e-6);
            }
          });
        },
      ),
      { numRuns: 60 },
    ),
  );
  test.each(types)("few rows of %s, whose numbers are large, tiny, alike or zero", (type) => {
    for (const [m, blocks] of [
      [1, 1],
      [2, 3],
      [3, 4],
      [4, 7],
    ] as const) {
      const { x, make } = drawn(type, m, 37, blocks);
      for (const scale of [1e-38, 1e-20, 0, 1e20, 1e30]) {
        tf.tidy(() => {
          const alike = tf.fill(x.shape, scale);
          const mixed = tf.tensor(
            x.values.map((v, i) => v * (i % 3 ? scale : 1)),
            x.shape,
          );
          const floats = tf.tensor2d(make().dataSync(), [37, 32 * blocks]);
          for (const left of [alike, mixed]) {
            const size = left.abs().matMul(floats.abs(), false, true);
            const want = left.matMul(floats, false, true);
            const y = left.matMul(make(), false, true);
            const off = y.sub(want).abs().div(size.add(1e-30)).max();
            expect(off.dataSync()[0], `${m} rows, ${scale}`).toBeLessThan(2e-6);
          }
        });
      }
    }
  });
  test("NaN stays NaN, and no rows give none", () => {
    const { make } = drawn("Q4_1", 1, 3, 2);
    tf.tidy(() => {
      const y = tf.fill([5, 64], NaN).matMul(make(), false, true);
      expect([...y.dataSync()].every(Number.isNaN)).toBe(true);
      expect(tf.zeros([0, 64]).matMul(make(), false, true).shape).toEqual([0, 3]);
    });
  });
});

test("memory that grows is found again", () => {
  tf.tidy(() => {
    const a = tf.eye(64);
    for (let i = 0; i < 5; i++) {
      const large = tf.zeros([2 ** 24]); // 64 MB
      expect(a.matMul(a).sub(a).abs().max().dataSync()[0]).toBe(0);
      large.dispose();
    }
  });
});

test("shapes that do not fit are errors", () => {
  const run =
    (name: string, inputs: Record<string, tf.Tensor>, attrs: Record<string, number | boolean>) =>
    () =>
      tf.tidy(() => void tf.engine().runKernel(name, inputs, attrs));
  const x = tf.ones([2, 3]);
  const wrong = [
    run("LayerNorm", { x, gamma: tf.ones([2]), beta: tf.ones([3]) }, { eps: 1e-5 }),
    run("SoftmaxGrad", { y: x, dy: tf.ones([3, 2]) }, {}),
    run("MaskedSoftmax", { x: tf.scalar(1) }, {}),
    run("FlashAttention", { q: x, k: x, v: x }, { causal: false }),
    run("Linear", { x, w: tf.ones([2, 3]), b: tf.ones([3]) }, {}),
    run("Linear", { x, w: tf.ones([3, 4]), b: tf.ones([3]) }, {}),
    run("LinearGrad", { x, w: tf.ones([3, 4]), dy: tf.ones([2, 3]) }, {}),
    run("Linear", { x, w: tf.ones([3, 4], "int32"), b: tf.ones([4]) }, {}),
  ];
  const says = [
    "as many numbers as the last axis has",
    "two inputs of one shape",
    "at least one axis",
    "q, k and v of rank 4",
    "a matrix w with a row for each feature of x",
    "as many numbers in b as w has columns",
    "dy of the shape of the layer's output",
    "float32, got float32 and int32",
  ];
  wrong.forEach((f, i) => expect(f).toThrow(`: expected ${says[i]}`));
});
