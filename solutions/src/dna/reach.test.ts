/**
 * What lesson 13 reaches: a Hyena below every Markov model on new DNA, a task that tells three
 * designs apart, costs that grow with the length.
 */
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { gunzipSync } from "node:zlib";
import * as tf from "@tensorflow/tfjs-core";
import { peakBytes } from "course";
import { courseRoot, parseSafeTensors, paths, random, type TensorData } from "grader";
import { expect, test } from "vitest";
import "../shared/shared.testing";
import { scaledDotProductAttention } from "../attention/scaledDotProductAttention";
import { geluTanh } from "../blocks/geluTanh";
import { layerNorm } from "../blocks/layerNorm";
import { linear } from "../blocks/linear";
import { encodeBases } from "../life/encodeBases";
import { fftConvolution } from "./fftConvolution";
import { hyena, type HyenaParams } from "./hyena";
import { hyenaFilter, type HyenaFilterParams } from "./hyenaFilter";
import { mambaBlock, type MambaParams } from "./mambaBlock";
import { markovPredictions } from "./markovPredictions";

const { data } = paths(courseRoot());
type Weights = Record<string, tf.Tensor>;
type Place = [start: number, end: number];
const json = <T>(name: string) => JSON.parse(readFileSync(join(data, name), "utf8")) as T;
function load(name: string): Weights {
  const entries = [
    ...parseSafeTensors(readFileSync(join(data, "checkpoints", name)), name).tensors,
  ] as [string, TensorData][];
  return Object.fromEntries(
    entries.map(([key, t]) => [key, tf.tensor(t.data as Float32Array, t.shape, t.dtype)]),
  );
}
const under = <P = Weights>(w: Weights, at: string) =>
  Object.fromEntries(
    Object.entries(w)
      .filter(([name]) => name.startsWith(`${at}.`))
      .map(([name, t]) => [name.slice(at.length + 1), t]),
  ) as P;
const norm = (x: tf.Tensor, w: Weights) => layerNorm(x, w.gamma!, w.beta!);
const mlp = (x: tf.Tensor, w: Weights) => linear(geluTanh(linear(x, w.w1!, w.b1)), w.w2!, w.b2);
const rows = (ids: number[][], depth: number) =>
  tf.oneHot(tf.tensor2d(ids, undefined, "int32"), depth).cast("float32");
const normal = (shape: number[], seed: number) =>
  tf.randomNormal(shape, 0, 0.3, "float32", seed) as tf.Tensor;

const about = json<{
  orders: [number, number][];
  taps: number;
  split: Record<"train" | "validation" | "test", Place[]>;
}>("checkpoints/dna-hyena.json");
const ids = encodeBases(
  gunzipSync(readFileSync(join(data, "chloroplast.fa.gz")))
    .toString()
    .split("\n")
    .slice(1)
    .join(""),
);
const one = about.split.train.map(([a, b]) => ids.slice(a, b));
const both = [...one, ...one.map((x) => x.map((_, i) => 3 - x[x.length - 1 - i]!))];

/**
 * The bits of each base of the stretches under p [T, 4], which is given for the whole genome or
 * from `first` on.
 */
const bits = (p: tf.Tensor, places: Place[], first = 0) => {
  const values = p.dataSync();
  return places.flatMap(([a, b]) =>
    Array.from(ids.subarray(a, b), (base, i) => -Math.log2(values[4 * (a + i - first) + base]!)),
  );
};
const mean = (x: number[]) => x.reduce((s, v) => s + v, 0) / x.length;

test("the inverted repeat is what data/chloroplast.json says, and the test has none of it", () => {
  const [[a, b], [c, d]] = json<{ invertedRepeat: [Place, Place] }>(
    "chloroplast.json",
  ).invertedRepeat;
  expect(Array.from(ids.subarray(a, b))).toEqual(
    Array.from(ids.subarray(c, d), (base) => 3 - base).reverse(),
  );
  for (const [from, to] of about.split.test) {
    expect(to <= a || from >= b ? to <= c || from >= d : false).toBe(true);
  }
});

test("Hyena needs fewer bits on new single-copy DNA than a Markov model of any order", () => {
  const { test: places } = about.split;
  let markov: number[] = [];
  let best = Infinity;
  for (const stretches of [one, both]) {
    for (let order = 0; order < 12; order++) {
      for (const pseudo of [0.0625, 1, 16]) {
        const p = markovPredictions(stretches, ids, order, pseudo);
        const found = bits(p, places);
        p.dispose();
        if (mean(found) < best) [best, markov] = [mean(found), found];
      }
    }
  }
  const w = load("dna-hyena.safetensors");
  const block = under(w, "blocks.0");
  const read = ([a, b]: Place) =>
    tf.tidy(() => {
      const start = a - about.taps;
      const T = b - start;
      const piece = ids.slice(start, b);
      const hints = tf.concat(
        about.orders.map(([order, pseudo]) =>
          markovPredictions(both, piece, order, pseudo).mul(4).log(),
        ),
        1,
      );
      let x: tf.Tensor = linear(
        rows([Array.from(piece, (_, t) => (t === 0 ? 4 : piece[t - 1]!))], 5),
        w.bases!,
      ).add(linear(hints, w.hints!));
      const filter = hyenaFilter(about.taps, under<HyenaFilterParams>(block, "hyena.filter")).pad([
        [0, 0],
        [0, T - about.taps],
      ]);
      x = x.add(
        hyena(norm(x, under(block, "norm1")), { ...under<HyenaParams>(block, "hyena"), filter }),
      );
      x = x.add(mlp(norm(x, under(block, "norm2")), under(block, "mlp")));
      return bits(
        linear(norm(x, under(w, "norm")), w.head!)
          .squeeze([0])
          .add(linear(hints, w.mix!))
          .softmax() as tf.Tensor,
        [[a, b]],
        start,
      ) as unknown as tf.TensorContainer;
    }) as unknown as number[];
  const ours = places.flatMap(read);
  const gain = markov.map((b, t) => b - ours[t]!);
  const blocks = Array.from({ length: Math.floor(gain.length / 500) }, (_, i) =>
    mean(gain.slice(500 * i, 500 * i + 500)),
  );
  const error = Math.sqrt(mean(blocks.map((g) => (g - mean(blocks)) ** 2)) / blocks.length);
  console.info(
    `bits a base: best Markov model ${best.toFixed(4)}, Hyena ${mean(ours).toFixed(4)}, gain ` +
      `${mean(gain).toFixed(4)} ± ${error.toFixed(4)}`,
  );
  expect(mean(gain)).toBeGreaterThan(0.012);
  expect(mean(gain)).toBeGreaterThan(4 * error);
});

/** Four letters at random among T places, and the questions behind. */
function copying(B: number, T: number, seed: number): { x: number[][]; y: number[][] } {
  const draw = random(seed);
  const y = Array.from({ length: B }, () => [0, 1, 2, 3].map(() => draw.int(0, 3)));
  const x = y.map((answer) => {
    const at = new Set<number>();
    const line = Array.from({ length: T + 4 }, (_, t) => (t < T ? 4 : 5) as number);
    while (at.size < 4) at.add(draw.int(0, T - 1));
    [...at]
      .sort((a, b) => a - b)
      .forEach((t, i) => {
        line[t] = answer[i]!;
      });
    return line;
  });
  return { x, y };
}

const turn = (x: tf.Tensor) => x.transpose([0, 2, 1]);
const filterFor = (w: Weights, T: number) => {
  const k = hyenaFilter(52, under<HyenaFilterParams>(w, "filter"));
  return T > 52
    ? k.pad([
        [0, 0],
        [0, T - 52],
      ])
    : k.slice([0, 0], [-1, T]);
};
const mixers: Record<string, (x: tf.Tensor, w: Weights) => tf.Tensor> = {
  convolution: (x, w) => {
    const v = linear(x, w.w!);
    return linear(
      turn(fftConvolution(turn(v), filterFor(w, v.shape[1]!))).add(v.mul(w.skip!)),
      w.wOut!,
    );
  },
  hyena: (x, w) =>
    hyena(x, { ...(w as unknown as HyenaParams), filter: filterFor(w, x.shape[1]!) }),
  mamba: (x, w) => mambaBlock(x, w as unknown as MambaParams),
};

test("selective copying: Mamba solves it and goes on at twice the length, filters do not", () => {
  const right = (name: string, T: number) => {
    const w = load(`recall-${name}.safetensors`);
    const { x, y } = copying(200, T, T);
    const said = tf
      .tidy(() => {
        let h: tf.Tensor = linear(rows(x, 6), w.tokens!);
        for (const block of [under(w, "blocks.0"), under(w, "blocks.1")]) {
          h = h.add(mixers[name]!(norm(h, under(block, "norm1")), under(block, "mixer")));
          h = h.add(mlp(norm(h, under(block, "norm2")), under(block, "mlp")));
        }
        return linear(norm(h, under(w, "norm")).slice([0, T, 0], [-1, 4, -1]), w.head!).argMax(-1);
      })
      .dataSync();
    return mean(y.flat().map((letter, i) => (letter === said[i] ? 1 : 0)));
  };
  const table = Object.fromEntries(
    Object.keys(mixers).map((name) => [name, [24, 48, 96].map((T) => right(name, T))]),
  );
  console.info("letters right with 24, 48 and 96 places:", table);
  expect(table.mamba![1]).toBeGreaterThanOrEqual(0.98);
  expect(table.mamba![2]).toBeGreaterThanOrEqual(0.9);
  for (const name of ["convolution", "hyena"]) {
    expect(table[name]![1]).toBeLessThan(0.97);
    expect(table[name]![2]).toBeLessThan(0.7);
  }
});

test(
  "peak bytes: with the square for attention, with the length for Hyena and Mamba up to " +
    "131,072 bases",
  () => {
    const C = 8;
    const n = 4;
    const E = 2 * C;
    const params: MambaParams = {
      wIn: normal([C, 2 * E], 1),
      conv: normal([E, 4], 2),
      convBias: normal([E], 3),
      wX: normal([E, 1 + 2 * n], 4),
      wDelta: normal([1, E], 5),
      bDelta: normal([E], 6),
      aLog: normal([E, n], 7),
      skip: normal([E], 8),
      wOut: normal([E, C], 9),
    };
    const weights = {
      w: normal([C, 3 * C], 1),
      short: normal([3 * C, 3], 2),
      skip: normal([C], 3),
      wOut: normal([C, C], 4),
    };
    const growth = (run: (x: tf.Tensor) => tf.Tensor, short: number, long: number) => {
      const [a, b] = [short, long].map((T) => {
        const x = normal([1, T, C], 10);
        const bytes = peakBytes(() => run(x));
        x.dispose();
        return bytes;
      });
      return Math.log(b! / a!) / Math.log(long / short);
    };
    expect(
      growth(
        (x) => {
          const q = x.expandDims(1);
          return scaledDotProductAttention(q, q, q).output;
        },
        1024,
        4096,
      ),
    ).toBeGreaterThan(1.9);
    expect(
      growth((x) => hyena(x, { ...weights, filter: normal([C, x.shape[1]!], 5) }), 4096, 131_072),
    ).toBeLessThanOrEqual(1.05);
    expect(growth((x) => mambaBlock(x, params), 4096, 131_072)).toBeLessThanOrEqual(1.05);
  },
  120_000,
);
