// needs: native
// level: all
/** Whole layers on the device native, beside their parts: products, and attention between them. */
import * as tf from "@tensorflow/tfjs-core";
import fc from "fast-check";
import { PACKED_WEIGHTS } from "ops";
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from "vitest";
import { difference } from "ops/testing";
import { chooseDevice } from "./device";

beforeAll(async () => void (await chooseDevice("native")));
afterAll(async () => void (await chooseDevice("wasm")));

let before: number;
beforeEach(() => void (before = tf.memory().numDataBuffers));
afterEach(() => expect(tf.memory().numDataBuffers, "left behind").toBe(before));

type Tensors = Record<string, tf.Tensor>;
type Attrs = Record<string, number | boolean>;

const run = (name: string, inputs: Tensors, attrs: Attrs = {}) =>
  [tf.engine().runKernel<tf.Tensor | tf.Tensor[]>(name, inputs, attrs)].flat();
const normal = (shape: number[], seed: number, scale = 1) =>
  tf.randomNormal(shape, 0, scale, "float32", seed);
const dense = (t: tf.Tensor) => ({ shape: t.shape, dtype: t.dtype, data: t.dataSync().slice() });

/** How weights [k, n] lie in memory: as numbers, or in blocks along k. */
type Form = "floats" | "Q4_1" | "Q8_0";
const SIZE = { Q4_1: 20, Q8_0: 34 };

function weights(form: Form, k: number, n: number, seed: number): tf.Tensor {
  if (form === "floats") return normal([k, n], seed, 1 / Math.sqrt(k));
  const size = SIZE[form];
  const noise = tf.randomUniform([(n * k * size) / 32], 0, 256, "int32", seed);
  const bytes = Uint8Array.from(noise.dataSync());
  // scales of some hundredths, and for Q4_1 a least weight that centers the others
  for (let at = 0; at < bytes.length; at += size) {
    bytes[at + 1] = form === "Q4_1" ? 0x28 : 0x14;
    if (form === "Q4_1") [bytes[at + 2], bytes[at + 3]] = [0, 0xb0];
  }
  const attrs = { type: form, shape: [n, k], bytes } as unknown as tf.NamedAttrMap;
  return (tf.engine().runKernel(PACKED_WEIGHTS, {}, attrs) as tf.Tensor2D).transpose();
}

const multiply = (x: tf.Tensor, w: tf.Tensor, b?: tf.Tensor) => {
  const rows = x.reshape([-1, x.shape.at(-1)!]);
  const y = rows.matMul(w).reshape([...x.shape.slice(0, -1), w.shape[1]!]);
  return b ? y.add(b) : y;
};

/** Close in proportion to the largest results: where terms cancel, their rounding stays. */
function expectAlike(got: tf.Tensor[], want: tf.Tensor[]): void {
  expect(got.length).toBe(want.length);
  got.forEach((t, i) => {
    const expected = dense(want[i]!);
    const largest = Math.max(...expected.data.map((x) => Math.abs(x)));
    const tolerance = { rtol: 1e-4, atol: 1e-5 * (1 + largest) };
    expect(difference(dense(t), expected, tolerance)).toBe("");
  });
}

const form = fc.constantFrom<Form>("floats", "Q4_1", "Q8_0");
const upTo = (max: number, min = 1) => fc.integer({ min, max });

describe("AttentionLayer", () => {
  const sizes = fc.record({
    form,
    B: upTo(2),
    T: upTo(6),
    P: upTo(20, 0),
    G: upTo(3),
    perGroup: upTo(3),
    half: upTo(20),
    C: upTo(5),
    biased: fc.boolean(),
    base: fc.constantFrom(0, 100),
    halves: fc.boolean(),
  });
  type Drawn = typeof sizes extends fc.Arbitrary<infer T> ? T : never;

  /** Its inputs; packed rows have blocks of 32. */
  function draw({ form, B, T, P, G, perGroup, half, C: some, biased }: Drawn) {
    const packed = form !== "floats";
    const D = packed ? 32 : 2 * half;
    const C = packed ? 32 * some : 7 * some;
    const H = G * perGroup;
    const shapes = { q: [C, H * D], k: [C, G * D], v: [C, G * D], o: [H * D, C] } as const;
    const inputs: Tensors = { x: normal([B, T, C], 1) };
    Object.entries(shapes).forEach(([name, [k, n]], i) => {
      inputs[`w${name}`] = weights(form, k, n, 2 + i);
      if (biased) inputs[`b${name}`] = normal([n], 6 + i);
    });
    if (P > 0) {
      inputs.cacheK = normal([B, G, P, D], 10);
      inputs.cacheV = normal([B, G, P, D], 11);
    }
    return { inputs, heads: H, kvHeads: G, scale: 1 / Math.sqrt(D) };
  }

  /** The same in parts. */
  function parts(inputs: Tensors, attrs: Attrs): tf.Tensor[] {
    const { x, wq, wk, wv, wo, bq, bk, bv, bo, cacheK, cacheV } = inputs;
    const made: Tensors = { q: multiply(x!, wq!, bq), k: multiply(x!, wk!, bk) };
    made.v = multiply(x!, wv!, bv);
    if (cacheK && cacheV) Object.assign(made, { cacheK, cacheV });
    const [heard, k, v] = run("AttendWithCache", made, attrs);
    return [multiply(heard!, wo!, bo), k!, v!];
  }

  test("any sizes, with and without biases, RoPE, a cache and packed weights", () =>
    fc.assert(
      fc.property(sizes, (drawn) =>
        tf.tidy(() => {
          const { inputs, ...rest } = draw(drawn);
          const attrs = { ...rest, base: drawn.base, halves: drawn.halves };
          expectAlike(run("AttentionLayer", inputs, attrs), parts(inputs, attrs));
        }),
      ),
      { numRuns: 150 },
    ));

  const one: Drawn = {
    ...{ form: "floats", B: 1, T: 1, P: 3, G: 1, perGroup: 2, half: 3, C: 1 },
    ...{ biased: false, base: 0, halves: false },
  };
  test("scores that are large, infinite and NaN", () =>
    tf.tidy(() => {
      const { inputs, ...rest } = draw(one);
      const attrs = { ...rest, base: 0, halves: false };
      const large = { ...inputs, x: inputs.x!.mul(1e4) };
      expectAlike(run("AttentionLayer", large, attrs), parts(large, attrs));
      for (const value of [NaN, Infinity, -Infinity]) {
        const odd = { ...inputs, x: tf.fill([1, 1, 7], value) };
        const [y] = run("AttentionLayer", odd, attrs);
        expect([...y!.dataSync()].every(Number.isNaN)).toBe(true);
      }
    }));
});

describe("DecoderBlock", () => {
  const norm = (x: tf.Tensor, gamma: tf.Tensor, eps: number) =>
    run("RmsNorm", { x, gamma }, { eps });

  /** A block of C features, two query heads to a group. */
  function draw(form: Form, [B, T, P]: [number, number, number], C: number, F: number) {
    const shapes = { wq: [C, 2 * C], wk: [C, C], wv: [C, C], wo: [2 * C, C] } as const;
    const mlp = { gate: [C, F], up: [C, F], down: [F, C] } as const;
    const inputs: Tensors = { x: normal([B, T, C], 1) };
    Object.entries({ ...shapes, ...mlp }).forEach(([name, [k, n]], i) => {
      inputs[name] = weights(form, k, n, 2 + i);
    });
    for (const name of ["norm1", "norm2"]) inputs[name] = normal([C], name.length, 0.3).add(1);
    if (P > 0) {
      for (const name of ["cacheK", "cacheV"]) inputs[name] = normal([B, 1, P, C], 20);
    }
    const attrs = { heads: 2, kvHeads: 1, scale: 0.2, base: 50, halves: true, eps: 1e-3 };
    return { inputs, attrs };
  }

  /** The same by its layers. */
  function parts(inputs: Tensors, attrs: Attrs): tf.Tensor[] {
    const { x, norm1, norm2, gate, up, down, ...attention } = inputs;
    const eps = Number(attrs.eps);
    const [n] = norm(x!, norm1!, eps);
    const [heard, k, v] = run("AttentionLayer", { ...attention, x: n! }, attrs);
    const h = x!.add(heard!);
    const [m] = norm(h, norm2!, eps);
    const [y] = run("SwiGlu", { x: m!, gate: gate!, up: up!, down: down! });
    return [h.add(y!), k!, v!];
  }

  test("any sizes, packed or not", () =>
    fc.assert(
      fc.property(form, upTo(2), upTo(7), upTo(9, 0), upTo(3), upTo(70), (form, B, T, P, c, f) =>
        tf.tidy(() => {
          const [C, F] = form === "floats" ? [2 * c, f] : [32 * c, 32 * Math.ceil(f / 10)];
          const { inputs, attrs } = draw(form, [B, T, P], C!, F!);
          expectAlike(run("DecoderBlock", inputs, attrs), parts(inputs, attrs));
        }),
      ),
      { numRuns: 80 },
    ));

  test("large numbers, and NaN", () =>
    tf.tidy(() => {
      const { inputs, attrs } = draw("floats", [1, 2, 3], 6, 11);
      const large = { ...inputs, x: inputs.x!.mul(1e15) };
      expectAlike(run("DecoderBlock", large, attrs), parts(large, attrs));
      const odd = { ...inputs, x: tf.fill([1, 2, 6], NaN) };
      const [y] = run("DecoderBlock", odd, attrs);
      expect([...y!.dataSync()].every(Number.isNaN)).toBe(true);
    }));
});

describe("SwiGlu", () => {
  const plain = ({ x, gate, up, down }: Tensors) => {
    const a = multiply(x!, gate!);
    return multiply(a.mul(a.sigmoid()).mul(multiply(x!, up!)), down!);
  };
  const draw = (form: Form, rows: number, some: number, F: number): Tensors => {
    const C = (form === "floats" ? 5 : 32) * some;
    const [gate, up, down] = [[C, F] as const, [C, F] as const, [F, C] as const].map(([k, n], i) =>
      weights(form, k, n, 1 + i),
    ) as [tf.Tensor, tf.Tensor, tf.Tensor];
    return { x: normal([rows, C], 4), gate, up, down };
  };

  test("any sizes, packed or not", () =>
    fc.assert(
      fc.property(form, upTo(9), upTo(5), upTo(7), upTo(40), (form, rows, some, blocks, odd) =>
        tf.tidy(() => {
          const inputs = draw(form, rows, some, form === "floats" ? odd : 32 * blocks);
          expectAlike(run("SwiGlu", inputs), [plain(inputs)]);
        }),
      ),
      { numRuns: 100 },
    ));

  test("no hidden features, more axes, large numbers and NaN", () =>
    tf.tidy(() => {
      for (const rows of [1, 9]) {
        const none = draw("floats", rows, 1, 0);
        expect([...run("SwiGlu", none)[0]!.dataSync()]).toEqual(Array(5 * rows).fill(0));
      }
      const inputs = draw("floats", 6, 2, 11);
      const folded = { ...inputs, x: inputs.x!.reshape([2, 3, 10]) };
      expectAlike(run("SwiGlu", folded), [plain(folded)]);
      const large = { ...inputs, x: inputs.x!.mul(300) };
      expectAlike(run("SwiGlu", large), [plain(large)]);
      const odd = { ...inputs, x: tf.fill([6, 10], NaN) };
      expect([...run("SwiGlu", odd)[0]!.dataSync()].every(Number.isNaN)).toBe(true);
    }));
});
