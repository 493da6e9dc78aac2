import * as tf from "@tensorflow/tfjs-core";
import { beforeAll, describe, test } from "vitest";
import fc from "fast-check";
import { registerWasmKernels } from "ops";
import { expectAsOnCpu, normal, SPECIAL, type Input } from "../ops.testing";

beforeAll(() => {
  registerWasmKernels();
});

const special = (n: number): Input => ({
  shape: [n],
  values: Array.from({ length: n }, (_, i) => SPECIAL[(i * 7) % SPECIAL.length]!),
});

const UNARY: Record<string, (x: tf.Tensor) => tf.Tensor> = {
  exp: tf.exp,
  tanh: tf.tanh,
  erf: tf.erf,
  square: tf.square,
  neg: tf.neg,
  relu: tf.relu,
  log: tf.log,
  sqrt: (x) => x.abs().sqrt(),
  rsqrt: (x) => x.abs().rsqrt(),
};
describe.each(Object.entries(UNARY))("%s", (name, f) => {
  // plain CPU's erf is an approximation that is right to 1.5e-7; ours of exp has no numbers below
  // 1.2e-38
  const tolerance = { rtol: 2e-6, atol: name === "erf" ? 4e-7 : 2e-38 };
  test("odd sizes", async () => {
    for (const n of [0, 1, 2, 3, 4, 5, 7, 17, 63]) {
      await expectAsOnCpu("wasm", f, [normal([n], n + 1, 3)], tolerance);
    }
  });
  test("small, large, infinite, NaN", () =>
    expectAsOnCpu("wasm", f, [special(SPECIAL.length)], tolerance));
  test("a fine grid", () =>
    expectAsOnCpu(
      "wasm",
      f,
      [{ shape: [4001], values: Array.from({ length: 4001 }, (_, i) => (i - 2000) / 200) }],
      tolerance,
    ));
});

const BINARY: Record<string, (a: tf.Tensor, b: tf.Tensor) => tf.Tensor> = {
  add: tf.add,
  sub: tf.sub,
  mul: tf.mul,
  div: tf.div,
  maximum: tf.maximum,
  minimum: tf.minimum,
  squaredDifference: tf.squaredDifference,
  equal: tf.equal,
  notEqual: tf.notEqual,
  less: tf.less,
  lessEqual: tf.lessEqual,
  greater: tf.greater,
  greaterEqual: tf.greaterEqual,
};
/** Two shapes that broadcast to one. */
const pair = fc
  .array(fc.tuple(fc.integer({ min: 0, max: 5 }), fc.constantFrom("both", "a", "b")), {
    maxLength: 6,
  })
  .chain((axes) =>
    fc.tuple(fc.integer({ min: 0, max: axes.length }), fc.boolean()).map(([cut, left]) => {
      const a = axes.map(([n, who]) => (who === "b" ? 1 : n));
      const b = axes.map(([n, who]) => (who === "a" ? 1 : n));
      return left ? [a.slice(cut), b] : [a, b.slice(cut)];
    }),
  );

describe.each(Object.entries(BINARY))("%s", (_, f) => {
  test("any shapes that broadcast", () =>
    fc.assert(
      fc.asyncProperty(pair, async ([a, b]) =>
        expectAsOnCpu("wasm", f, [normal(a!, 1), normal(b!, 2)]),
      ),
      { numRuns: 60 },
    ));
  test("long rows, columns and scalars", async () => {
    for (const [a, b] of [
      [[67], [67]],
      [[5, 67], [67]],
      [
        [5, 67],
        [5, 1],
      ],
      [
        [5, 1],
        [1, 67],
      ],
      [[67, 5], []],
      [[], [131]],
      [
        [2, 3, 1, 35],
        [3, 4, 1],
      ],
    ]) {
      await expectAsOnCpu("wasm", f, [normal(a!, 1), normal(b!, 2)]);
    }
  });
  test("NaN and Infinity against everything", () =>
    expectAsOnCpu("wasm", f, [
      { shape: [SPECIAL.length, 1], values: SPECIAL },
      special(SPECIAL.length * 3),
    ]));
  test("whole numbers", () =>
    expectAsOnCpu("wasm", f, [
      {
        shape: [3, 17],
        dtype: "int32",
        values: Array.from({ length: 51 }, (_, i) => ((i * 7919) % 13) - 6),
      },
      { shape: [17], dtype: "int32", values: Array.from({ length: 17 }, (_, i) => (i % 5) + 1) },
    ]));
});

const truths = (n: number, every: number): Input => ({
  shape: [n],
  dtype: "bool",
  values: Array.from({ length: n }, (_, i) => (i % every === 0 ? 1 : 0)),
});

describe("truth values", () => {
  test.each([0, 1, 15, 16, 17, 50])("and, or, where, cast of %i", async (n) => {
    await expectAsOnCpu(
      "wasm",
      (a, b) => [
        tf.logicalAnd(a, b),
        tf.logicalOr(a, b),
        a.cast("float32"),
        a.cast("int32"),
        a.cast("bool"),
      ],
      [truths(n, 2), truths(n, 3)],
    );
    await expectAsOnCpu("wasm", (c, a, b) => tf.where(c, a, b), [
      truths(n, 3),
      special(n),
      normal([n], 3),
    ]);
    await expectAsOnCpu("wasm", (c) => tf.where(c, tf.scalar(1), -Infinity), [truths(n, 3)]);
  });
  test("cast between whole and other numbers", () =>
    expectAsOnCpu(
      "wasm",
      (x) => [x.cast("int32"), x.cast("int32").cast("float32"), x.cast("bool"), x.cast("float32")],
      [normal([19], 1, 5)],
    ));
  test("what shares memory lives as long as one of both", () =>
    expectAsOnCpu(
      "wasm",
      (x) => {
        const copy = x.clone().cast("float32");
        const moved = x.reshape([1, 9]).transpose();
        x.dispose();
        return [copy.add(1), moved];
      },
      [normal([9])],
    ));
});
