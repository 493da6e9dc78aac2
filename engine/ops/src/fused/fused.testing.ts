/**
 * For tests only: kernels for whole layers, the same names on each device, beside tfjs's own
 * operations on plain CPU.
 */
import * as tf from "@tensorflow/tfjs-core";
import { describe, expect, test } from "vitest";
import fc from "fast-check";
import { expectAsOnCpu, normal, type Input } from "../ops.testing";

/** The same layers of tfjs's own operations, which plain CPU computes. */
export const PLAIN: Record<
  string,
  (inputs: Record<string, tf.Tensor>, eps: number) => tf.Tensor[]
> = {
  LayerNorm: ({ x, gamma, beta }, eps) => {
    const centred = x!.sub(x!.mean(-1, true));
    return [centred.div(centred.square().mean(-1, true).add(eps).sqrt()).mul(gamma!).add(beta!)];
  },
  LayerNormGrad: ({ x, gamma, dy }, eps) =>
    tf.grads(
      (x: tf.Tensor, gamma: tf.Tensor, beta: tf.Tensor) =>
        PLAIN.LayerNorm!({ x, gamma, beta }, eps)[0]!,
    )([x!, gamma!, tf.zerosLike(gamma!)], dy),
  MaskedSoftmax: ({ x }) => [
    x!.size === 0
      ? x!.clone()
      : tf.where(
          x!
            .max(-1, true)
            .equal(-Infinity)
            .tile([...x!.shape.slice(0, -1).map(() => 1), x!.shape.at(-1)!]),
          0,
          tf.softmax(x!),
        ),
  ],
  SoftmaxGrad: ({ y, dy }) => [y!.mul(dy!.sub(y!.mul(dy!).sum(-1, true)))],
  Gelu: ({ x }) => [x!.mul(x!.mul(Math.SQRT1_2).erf().add(1).mul(0.5))],
  GeluGrad: ({ x, dy }) => [tf.grad((x) => PLAIN.Gelu!({ x }, 0)[0]!)(x!, dy!)],
  GeluTanh: ({ x }) => [
    x!
      .mul(
        x!
          .mul(x!.square().mul(0.044715).add(1))
          .mul(Math.sqrt(2 / Math.PI))
          .tanh()
          .add(1),
      )
      .mul(0.5),
  ],
  GeluTanhGrad: ({ x, dy }) => [tf.grad((x) => PLAIN.GeluTanh!({ x }, 0)[0]!)(x!, dy!)],
  RmsNorm: ({ x, gamma }, eps) => [x!.div(x!.square().mean(-1, true).add(eps).sqrt()).mul(gamma!)],
  GatedSilu: ({ a, b }) => [a!.mul(a!.sigmoid()).mul(b!)],
};

/** Tests of all kernels but FlashAttention on a backend that has them. */
export function testLayers(backend: string): void {
  /** The kernel, or on plain CPU the same of tfjs's operations. */
  const run =
    (name: string, names: string[], eps = 1e-5) =>
    (...tensors: tf.Tensor[]): tf.Tensor[] => {
      const inputs = Object.fromEntries(names.map((n, i) => [n, tensors[i]!]));
      return tf.getBackend() === "cpu"
        ? PLAIN[name]!(inputs, eps)
        : [tf.engine().runKernel<tf.Tensor | tf.Tensor[]>(name, inputs, { eps })].flat();
    };
  const TOLERANCE = { rtol: 1e-4, atol: 1e-4 };
  const shapes = fc
    .tuple(
      fc.array(fc.integer({ min: 0, max: 6 }), { maxLength: 3 }),
      fc.integer({ min: 1, max: 40 }),
    )
    .map(([rest, n]) => [...rest, n]);
  const check = (
    name: string,
    names: string[],
    inputs: (shape: number[]) => Input[],
    eps?: number,
  ) =>
    fc.assert(
      fc.asyncProperty(shapes, (shape) =>
        expectAsOnCpu(backend, run(name, names, eps), inputs(shape), TOLERANCE),
      ),
      { numRuns: 60 },
    );

  describe("any shapes", () => {
    const last = (shape: number[]) => [shape.at(-1)!];
    test("LayerNorm", () =>
      check(
        "LayerNorm",
        ["x", "gamma", "beta"],
        (s) => [normal(s, 1, 3), normal(last(s), 2), normal(last(s), 3)],
        1e-2,
      ));
    test("LayerNormGrad", () =>
      check(
        "LayerNormGrad",
        ["x", "gamma", "dy"],
        (s) => [normal(s, 1, 3), normal(last(s), 2), normal(s, 3)],
        1e-2,
      ));
    test("MaskedSoftmax", () => check("MaskedSoftmax", ["x"], (s) => [normal(s, 1, 5)]));
    test("SoftmaxGrad", () =>
      check("SoftmaxGrad", ["y", "dy"], (s) => [normal(s, 1), normal(s, 2)]));
    test("Gelu", () => check("Gelu", ["x"], (s) => [normal(s, 1, 3)]));
    test("GeluGrad", () => check("GeluGrad", ["x", "dy"], (s) => [normal(s, 1, 3), normal(s, 2)]));
    test("GeluTanh", () => check("GeluTanh", ["x"], (s) => [normal(s, 1, 3)]));
    test("RmsNorm", () =>
      check("RmsNorm", ["x", "gamma"], (s) => [normal(s, 1, 3), normal(last(s), 2)], 1e-2));
    test("GatedSilu", () => check("GatedSilu", ["a", "b"], (s) => [normal(s, 1, 5), normal(s, 2)]));
    test("GeluTanhGrad", () =>
      check("GeluTanhGrad", ["x", "dy"], (s) => [normal(s, 1, 3), normal(s, 2)]));
  });

  test("long rows and many of them", async () => {
    await expectAsOnCpu(
      backend,
      run("LayerNorm", ["x", "gamma", "beta"]),
      [normal([3, 5003], 1), normal([5003], 2), normal([5003], 3)],
      TOLERANCE,
    );
    await expectAsOnCpu(
      backend,
      run("LayerNormGrad", ["x", "gamma", "dy"]),
      [normal([1001, 7], 1), normal([7], 2), normal([1001, 7], 3)],
      { rtol: 1e-3, atol: 1e-3 },
    );
    await expectAsOnCpu(
      backend,
      run("SoftmaxGrad", ["y", "dy"]),
      [normal([3, 5003], 1, 0.01), normal([3, 5003], 2)],
      TOLERANCE,
    );
  });

  test("RmsNorm and GatedSilu of long rows, NaN, infinities and large numbers", async () => {
    const norm = run("RmsNorm", ["x", "gamma"]);
    const gate = run("GatedSilu", ["a", "b"]);
    const odd = [NaN, Infinity, -Infinity, 3e38, -3e38, 88, -88, 104, -104, 0, -0, 1e-45];
    await expectAsOnCpu(backend, norm, [normal([3, 5003], 1), normal([5003], 2)], TOLERANCE);
    await expectAsOnCpu(backend, norm, [
      { shape: [4, 2], values: [NaN, 1, Infinity, 1, 0, 0, 1e15, -1e15] },
      normal([2], 2),
    ]);
    await expectAsOnCpu(backend, gate, [normal([1001, 67], 1, 9), normal([1001, 67], 2)]);
    await expectAsOnCpu(backend, gate, [
      { shape: [12], values: odd },
      { shape: [12], values: odd.map(() => 0.5) },
    ]);
  });

  test("−∞ and NaN", async () => {
    const row = [-Infinity, -Infinity, -Infinity];
    await expectAsOnCpu(backend, run("MaskedSoftmax", ["x"]), [
      { shape: [4, 3], values: [...row, 1, -Infinity, 2, NaN, 1, 2, 1000, 1001, 999] },
    ]);
    await expectAsOnCpu(
      backend,
      run("LayerNorm", ["x", "gamma", "beta"]),
      [{ shape: [3, 2], values: [NaN, 1, 5, 5, 1e4, -1e4] }, normal([2], 1), normal([2], 2)],
      TOLERANCE,
    );
    await tf.setBackend(backend);
    for (const name of ["Gelu", "GeluGrad"]) {
      const x = tf.tensor([NaN, 1e30, -1e30, -20, 0]);
      const [y] = run(name, ["x", "dy"])(x, tf.ones([5]));
      const expected = name === "Gelu" ? [NaN, Math.fround(1e30), 0, 0, 0] : [NaN, 1, 0, 0, 0.5];
      expect([...y!.dataSync()].map((value) => value + 0)).toEqual(expected);
    }
    expect([
      ...run("GeluTanh", ["x"])(tf.tensor([NaN, 1e30, -1e30, -11, 0]))[0]!.dataSync(),
    ]).toEqual([NaN, Math.fround(1e30), -0, -0, 0]);
    expect(
      [
        ...run("GeluTanhGrad", ["x", "dy"])(
          tf.tensor([1e30, -1e30, -20]),
          tf.ones([3]),
        )[0]!.dataSync(),
      ].map((x) => x + 0),
    ).toEqual([1, 0, 0]);
  });
}

const flip = (shape: number[], by: boolean) =>
  by ? shape.toSpliced(-2, 2, shape.at(-1)!, shape.at(-2)!) : shape;

/** Tests of tf.matMul on a backend. */
export function testMatMul(backend: string): void {
  const TOLERANCE = { rtol: 1e-5, atol: 1e-4 };
  const length = fc.integer({ min: 0, max: 40 });
  const all = [
    [false, false],
    [false, true],
    [true, false],
    [true, true],
  ] as const;

  test("any lengths, transpositions and batches", () =>
    fc.assert(
      fc.asyncProperty(
        length,
        length,
        length,
        fc.boolean(),
        fc.boolean(),
        fc.array(fc.integer({ min: 1, max: 3 }), { maxLength: 2 }),
        fc.constantFrom("both", "a", "b"),
        async (m, k, n, tA, tB, batch, who) => {
          const ones = batch.map(() => 1);
          const a = flip([...(who === "b" ? ones : batch), m, k], tA);
          const b = flip([...(who === "a" ? ones : batch), k, n], tB);
          await expectAsOnCpu(
            backend,
            (a, b) => tf.matMul(a, b, tA, tB),
            [normal(a, 1), normal(b, 2)],
            TOLERANCE,
          );
        },
      ),
      { numRuns: 150 },
    ));
  test.each(all)("longer than the blocks of the inner loop, transposed %s and %s", (tA, tB) =>
    expectAsOnCpu(
      backend,
      (a, b) => tf.matMul(a, b, tA, tB),
      [normal(flip([13, 300], tA), 1), normal(flip([300, 523], tB), 2)],
      { rtol: 1e-4, atol: 1e-4 },
    ),
  );
  test.each(all)("six at once with a long inner axis, transposed %s and %s", (tA, tB) =>
    expectAsOnCpu(
      backend,
      (a, b) => tf.matMul(a, b, tA, tB),
      [normal(flip([6, 13, 601], tA), 1), normal(flip([6, 601, 33], tB), 2)],
      { rtol: 1e-4, atol: 1e-4 },
    ),
  );
  test.each(all)(
    "so many rows and so many batches that cores share them, transposed %s and %s",
    async (tA, tB) => {
      await expectAsOnCpu(
        backend,
        (a, b) => tf.matMul(a, b, tA, tB),
        [normal(flip([333, 70], tA), 1), normal(flip([70, 81], tB), 2)],
        { rtol: 1e-4, atol: 1e-4 },
      );
      await expectAsOnCpu(
        backend,
        (a, b) => tf.matMul(a, b, tA, tB),
        [normal([5, 3, ...flip([33, 70], tA)], 1), normal([5, 3, ...flip([70, 81], tB)], 2)],
        { rtol: 1e-4, atol: 1e-4 },
      );
    },
  );
  test.each(all)(
    "an inner axis far longer than the others, transposed %s and %s",
    async (tA, tB) => {
      for (const [m, k, n] of [
        [13, 1024, 29],
        [70, 2309, 3],
        [1, 1281, 1],
      ] as const) {
        await expectAsOnCpu(
          backend,
          (a, b) => tf.matMul(a, b, tA, tB),
          [normal(flip([m, k], tA), 1), normal(flip([k, n], tB), 2)],
          { rtol: 1e-4, atol: 3e-4 },
        );
      }
    },
  );
  test("NaN and infinities in a long inner axis stay in their rows", () =>
    expectAsOnCpu(
      backend,
      (a, b) => tf.matMul(a, b),
      [
        {
          shape: [3, 1100],
          values: Array.from({ length: 3300 }, (_, i) =>
            i === 1099 ? NaN : Number(i !== 2100) || Infinity,
          ),
        },
        { shape: [1100, 2], values: Array.from({ length: 2200 }, (_, i) => (i % 5) / 4 + 1) },
      ],
      { rtol: 1e-5, atol: 1e-5 },
    ));
  test("batches that broadcast in both", async () => {
    await tf.setBackend(backend);
    const a = tf.randomNormal([2, 1, 3, 4]);
    const b = tf.randomNormal([5, 4, 6]);
    const product = tf.matMul(a, b);
    expect(product.shape).toEqual([2, 5, 3, 6]);
    const one = tf.matMul(a.slice([1], [1]).reshape([3, 4]), b.slice([3], [1]).reshape([4, 6]));
    expect(
      product
        .slice([1, 3], [1, 1])
        .sub(one.reshape([1, 1, 3, 6]))
        .abs()
        .max()
        .dataSync()[0],
    ).toBeLessThan(1e-5);
    tf.dispose([a, b, product, one]);
  });
  test("NaN and Infinity stay in their row and column", () =>
    expectAsOnCpu(backend, (a, b) => tf.matMul(a, b), [
      { shape: [3, 2], values: [NaN, 1, Infinity, 2, 3, 4] },
      normal([2, 9], 3),
    ]));
  test("nothing to add gives zeros", () =>
    expectAsOnCpu(backend, (a, b) => tf.matMul(a, b), [
      { shape: [3, 0], values: [] },
      { shape: [0, 2], values: [] },
    ]));
  test("its gradients", () =>
    expectAsOnCpu(
      backend,
      (a, b) => tf.grads((a, b) => tf.matMul(a, b, false, true).square())([a, b]),
      [normal([2, 7, 5], 1), normal([2, 9, 5], 2)],
      TOLERANCE,
    ));
}

/** Tests of the kernels Linear and LinearGrad, beside tfjs's operations. */
export function testLinear(backend: string): void {
  const TOLERANCE = { rtol: 1e-4, atol: 1e-4 };
  const plain = (x: tf.Tensor, w: tf.Tensor, b: tf.Tensor) =>
    x
      .reshape([-1, w.shape[0]!])
      .matMul(w)
      .reshape([...x.shape.slice(0, -1), w.shape[1]!])
      .add(b);
  const run = (name: string, inputs: Record<string, tf.Tensor>) =>
    [tf.engine().runKernel<tf.Tensor | tf.Tensor[]>(name, inputs)].flat();
  const layer = (x: tf.Tensor, w: tf.Tensor, b: tf.Tensor) =>
    tf.getBackend() === "cpu" ? plain(x, w, b) : run("Linear", { x, w, b });
  const gradient = (x: tf.Tensor, w: tf.Tensor, dy: tf.Tensor) =>
    tf.getBackend() === "cpu"
      ? tf.grads((x: tf.Tensor, w: tf.Tensor, b: tf.Tensor) => plain(x, w, b))(
          [x, w, tf.zeros([w.shape[1]!])],
          dy,
        )
      : run("LinearGrad", { x, w, dy });
  const check = async (rest: number[], K: number, N: number) => {
    await expectAsOnCpu(
      backend,
      layer,
      [normal([...rest, K], 1), normal([K, N], 2), normal([N], 3)],
      TOLERANCE,
    );
    await expectAsOnCpu(
      backend,
      gradient,
      [normal([...rest, K], 1), normal([K, N], 2), normal([...rest, N], 3)],
      TOLERANCE,
    );
  };
  const some = fc.integer({ min: 1, max: 40 });
  test("any shapes", () =>
    fc.assert(
      fc.asyncProperty(
        fc.array(fc.integer({ min: 1, max: 7 }), { maxLength: 3 }),
        some,
        some,
        check,
      ),
      { numRuns: 100 },
    ));
  test("so many rows that cores share them", () => check([3, 211], 70, 81));
  test("no rows", async () => {
    await tf.setBackend(backend);
    const x = tf.zeros([0, 2]);
    const w = tf.ones([2, 3]);
    expect(layer(x, w, tf.ones([3]))).toMatchObject([{ shape: [0, 3] }]);
    expect(gradient(x, w, tf.zeros([0, 3])).map((t) => [t.shape, ...t.dataSync()])).toEqual([
      [[0, 2]],
      [[2, 3], 0, 0, 0, 0, 0, 0],
      [[3], 0, 0, 0],
    ]);
  });
}

/**
 * Attention of one head written out in float64: q [T, D], k and v [S, D] → [T, D] and the
 * logarithms of the sums [T].
 */
export function plainAttention(
  q: Input,
  k: Input,
  v: Input,
  causal: boolean,
): { output: Float64Array; logSumExp: Float64Array } {
  const [T, D] = q.shape.slice(-2) as [number, number];
  const S = k.shape.at(-2)!;
  const output = new Float64Array(T * D);
  const logSumExp = new Float64Array(T).fill(-Infinity);
  for (let i = 0; i < T; i++) {
    const keys = Array.from(
      { length: causal ? Math.max(0, Math.min(S, i + S - T + 1)) : S },
      (_, j) => j,
    );
    const scores = keys.map((j) => {
      let s = 0;
      for (let d = 0; d < D; d++) s += q.values[i * D + d]! * k.values[j * D + d]!;
      return s / Math.sqrt(D);
    });
    const top = Math.max(...scores);
    const sum = scores.reduce((a, s) => a + Math.exp(s - top), 0);
    if (keys.length > 0) logSumExp[i] = top + Math.log(sum);
    keys.forEach((j) => {
      for (let d = 0; d < D; d++) {
        output[i * D + d]! += Math.exp(scores[j]! - logSumExp[i]!) * v.values[j * D + d]!;
      }
    });
  }
  return { output, logSumExp };
}

/** The largest difference; a place where only one is infinite or NaN makes it so. */
export const furthest = (got: ArrayLike<number>, want: Float64Array): number =>
  want.reduce((most, x, i) => Math.max(most, Object.is(x, got[i]) ? 0 : Math.abs(x - got[i]!)), 0);

type Triple = [q: Input, k: Input, v: Input];
/** One head of [batch, heads, n, 8]. */
export const ofHead = ({ shape, values }: Input, head: number): Input => {
  const size = shape[2]! * 8;
  return { shape, values: values.slice(head * size, (head + 1) * size) };
};

const LENGTHS = [
  [1, 1],
  [63, 129],
  [257, 257],
  [130, 65],
] as const; // the last: more queries than keys
export const FLASH_CASES = [32, 64, 128, 37].flatMap((D) =>
  LENGTHS.flatMap(([T, S]) => [false, true].map((causal) => ({ D, T, S, causal }))),
);

/** Tests that the kernel FlashAttention of the backend gives attention for these lengths. */
export function testFlashAttention(backend: string): void {
  const attend = async (q: Input, k: Input, v: Input, causal: boolean) => {
    await tf.setBackend(backend);
    const [Q, K, V] = [q, k, v].map((t) => tf.tensor(t.values, t.shape)) as [
      tf.Tensor,
      tf.Tensor,
      tf.Tensor,
    ];
    const before = tf.memory().numTensors;
    const both = tf.tidy(() =>
      tf
        .engine()
        .runKernel<tf.Tensor>(
          "FlashAttention",
          { q: Q.mul(1 / Math.sqrt(q.shape.at(-1)!)), k: K, v: V },
          { causal },
        ),
    );
    expect(tf.memory().numTensors - before, "tensors left behind").toBe(1);
    const D = q.shape.at(-1)!;
    const rows = Array.from({ length: both.size / (D + 1) }, (_, i) => i);
    const values = both.dataSync();
    const output = rows.flatMap((i) => [...values.slice(i * (D + 1), i * (D + 1) + D)]);
    const logSumExp = rows.map((i) => values[i * (D + 1) + D]!);
    tf.dispose([Q, K, V, both]);
    return { output, logSumExp };
  };

  test.each([
    ...FLASH_CASES,
    { D: 1, T: 300, S: 700, causal: true },
    { D: 200, T: 70, S: 140, causal: false },
  ])("D = $D, $T queries, $S keys, causal: $causal", async ({ D, T, S, causal }) => {
    const q = normal([1, 1, T, D], 1);
    const [k, v] = [normal([1, 1, S, D], 2), normal([1, 1, S, D], 3)];
    const got = await attend(q, k, v, causal);
    const want = plainAttention(q, k, v, causal);
    expect(furthest(got.output, want.output)).toBeLessThan(1e-5);
    expect(furthest(got.logSumExp, want.logSumExp)).toBeLessThan(1e-5);
  });

  test("heads are told apart", async () => {
    const x: Triple = [normal([2, 3, 5, 8], 1), normal([2, 3, 7, 8], 2), normal([2, 3, 7, 8], 3)];
    const got = await attend(...x, false);
    for (let head = 0; head < 6; head++) {
      const one = x.map((t) => ofHead(t, head)) as Triple;
      expect(
        furthest(
          got.output.slice(head * 40, (head + 1) * 40),
          plainAttention(...one, false).output,
        ),
      ).toBeLessThan(1e-5);
    }
  });

  test("no keys, large scores and NaN", async () => {
    const q = normal([1, 1, 3, 4], 1);
    const none: Input = { shape: [1, 1, 0, 4], values: [] };
    expect(await attend(q, none, none, false)).toEqual({
      output: new Array(12).fill(0),
      logSumExp: new Array(3).fill(-Infinity),
    });
    const large: Input = { shape: [1, 1, 9, 4], values: new Array<number>(36).fill(300) };
    const v = normal([1, 1, 9, 4], 2);
    const got = await attend(large, large, v, true);
    const want = plainAttention(large, large, v, true);
    expect(furthest(got.output, want.output)).toBeLessThan(1e-4);
    const broken = { ...q, values: q.values.map((x, i) => (i === 5 ? NaN : x)) };
    const { output } = await attend(broken, v, v, false);
    // of that query alone
    expect(output.map((x) => Number.isNaN(x))).toEqual(output.map((_, i) => i >= 4 && i < 8));
  });
}

type Rope = { base: number; halves: boolean } | undefined;
interface Heads {
  B: number;
  T: number;
  P: number;
  H: number;
  G: number;
  D: number;
}

/** Features of one head at a position, turned by RoPE in float64. */
function turned(x: number[], position: number, rope: Rope): number[] {
  if (!rope) return x;
  const D = x.length;
  const y = [...x];
  for (let i = 0; i < D / 2; i++) {
    const [a, b] = rope.halves ? [i, i + D / 2] : [2 * i, 2 * i + 1];
    const angle = position * rope.base ** ((-2 * i) / D);
    y[a] = x[a]! * Math.cos(angle) - x[b]! * Math.sin(angle);
    y[b] = x[b]! * Math.cos(angle) + x[a]! * Math.sin(angle);
  }
  return y;
}

/** Tests that the kernel AttendWithCache gives attention of each head by itself, in float64. */
export function testAttendWithCache(backend: string): void {
  const make = ({ values, shape }: Input) => tf.tensor(values, shape);

  /** What is asked: new tokens [B, T, …] and the cache [B, G, P, D], none where P is 0. */
  const draw = ({ B, T, P, H, G, D }: Heads) => ({
    q: normal([B, T, H * D], 1),
    k: normal([B, T, G * D], 2),
    v: normal([B, T, G * D], 3),
    ...(P > 0 && { cacheK: normal([B, G, P, D], 4), cacheV: normal([B, G, P, D], 5) }),
  });
  type Drawn = ReturnType<typeof draw>;

  const attend = async (inputs: Drawn, { H, G, D }: Heads, rope: Rope) => {
    await tf.setBackend(backend);
    const before = tf.memory().numDataBuffers;
    const results = tf.tidy(() => {
      const tensors = Object.fromEntries(Object.entries(inputs).map(([n, x]) => [n, make(x)]));
      const scale = 1 / Math.sqrt(D);
      const attrs = { heads: H, kvHeads: G, scale, base: 0, halves: false, ...rope };
      const given: tf.Tensor[] = tf.engine().runKernel("AttendWithCache", tensors, attrs);
      return given.map((t) => [...t.dataSync()]);
    });
    expect(tf.memory().numDataBuffers - before, "tensors left behind").toBe(0);
    return results as [number[], number[], number[]];
  };

  /** The keys or values of one group, old ones and new ones, [S, D]. */
  const ofGroup = (
    old: Input | undefined,
    x: Input,
    b: number,
    g: number,
    sizes: Heads,
    r: Rope,
  ) => {
    const { T, P, G, D } = sizes;
    const at = (values: number[], row: number) => values.slice(row * D, (row + 1) * D);
    const before = Array.from({ length: P }, (_, p) => at(old!.values, (b * G + g) * P + p));
    const after = Array.from({ length: T }, (_, t) =>
      turned(at(x.values, (b * T + t) * G + g), P + t, r),
    );
    return [...before, ...after].flat();
  };

  const expectRight = async (sizes: Heads, rope: Rope) => {
    const { B, T, P, H, G, D } = sizes;
    const inputs = draw(sizes);
    const [y, k, v] = await attend(inputs, sizes, rope);
    const size = (P + T) * D;
    for (let b = 0; b < B; b++) {
      for (let h = 0; h < H; h++) {
        const g = Math.floor((h * G) / H);
        const keys = ofGroup(inputs.cacheK, inputs.k, b, g, sizes, rope);
        const values = ofGroup(inputs.cacheV, inputs.v, b, g, sizes, undefined);
        const place = (b * G + g) * size;
        expect(furthest(k.slice(place, place + size), Float64Array.from(keys))).toBeLessThan(1e-5);
        expect(v.slice(place, place + size)).toEqual(values);
        const rows = Array.from({ length: T }, (_, t) => ((b * T + t) * H + h) * D);
        const query = rows.flatMap((at, t) =>
          turned(inputs.q.values.slice(at, at + D), P + t, rope),
        );
        const want = plainAttention(
          { shape: [T, D], values: query },
          { shape: [P + T, D], values: keys },
          { shape: [P + T, D], values },
          true,
        ).output;
        const got = rows.flatMap((at) => y.slice(at, at + D));
        expect(furthest(got, want)).toBeLessThan(1e-5);
      }
    }
  };

  const ROPES: Rope[] = [undefined, { base: 50, halves: true }, { base: 10_000, halves: false }];
  test.each([
    { B: 1, T: 1, P: 0, H: 1, G: 1, D: 2 },
    { B: 2, T: 3, P: 5, H: 6, G: 2, D: 6 },
    { B: 1, T: 1, P: 61, H: 9, G: 3, D: 64 },
    { B: 1, T: 20, P: 0, H: 4, G: 4, D: 10 },
    { B: 2, T: 7, P: 1200, H: 2, G: 1, D: 34 },
  ])("$B texts, $T tokens after $P, $H heads in $G groups of width $D", async (sizes) => {
    for (const rope of ROPES) await expectRight(sizes, rope);
  });
  test("an odd width without RoPE", () =>
    expectRight({ B: 1, T: 3, P: 2, H: 2, G: 2, D: 37 }, undefined));

  test("large scores, and NaN in one key, which earlier queries don't see", async () => {
    const sizes: Heads = { B: 1, T: 3, P: 0, H: 1, G: 1, D: 4 };
    const large = draw(sizes);
    for (const x of [large.q, large.k]) x.values = x.values.map(() => 300);
    const [y] = await attend(large, sizes, undefined);
    const { v } = large;
    const column = (d: number, t: number) => {
      const seen = Array.from({ length: t + 1 }, (_, j) => v.values[4 * j + d]!);
      return seen.reduce((a, b) => a + b) / (t + 1);
    };
    const means = Float64Array.from({ length: 12 }, (_, i) => column(i % 4, Math.floor(i / 4)));
    expect(furthest(y, means)).toBeLessThan(1e-5);
    large.k.values[5] = NaN;
    const [broken] = await attend(large, sizes, undefined);
    expect(broken.map(Number.isNaN)).toEqual(broken.map((_, i) => i >= 4));
  });

  test("no texts", async () => {
    const sizes: Heads = { B: 0, T: 2, P: 0, H: 2, G: 1, D: 4 };
    expect(await attend(draw(sizes), sizes, ROPES[1])).toEqual([[], [], []]);
  });
}
