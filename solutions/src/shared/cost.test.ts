/**
 * Exercises about how: other right ways than ours earn all points of what is measured, and ways
 * that give the right numbers without the idea earn half at most.
 */
import * as tf from "@tensorflow/tfjs-core";
import {
  courseRoot,
  expectedOf,
  judge,
  loadContent,
  random,
  runCase,
  type AnyFunction,
} from "grader";
import { expect, test } from "vitest";
import "./shared.testing";
import { scaledDotProductAttention } from "../attention/scaledDotProductAttention";
import { causalMask } from "../attention/causalMask";
import { eluPlusOne } from "../cheaper-attention/eluPlusOne";
import { linearAttention } from "../cheaper-attention/linearAttention";
import { flashForward } from "../cheaper-attention/flashForward";
import { associativeScan } from "../dna/associativeScan";
import { softmax } from "../orientation/softmax";

/** Judged on values and on what is measured here. */
async function earned(name: string, f: AnyFunction): Promise<{ earned: number; says: string[] }> {
  const content = loadContent(courseRoot(), name);
  const asked = content.exercise
    .cases(random(5))
    .filter((c) => c.cost ?? (c.group === "values" && !c.wrt));
  const cases = await expectedOf(content, asked);
  const outcomes = [];
  for (const c of cases) outcomes.push(await runCase(f, c));
  const judgment = judge(content.exercise, 1, cases, outcomes);
  return { earned: judgment.points, says: judgment.failures.map((x) => x.message) };
}

type Way = [does: string, f: AnyFunction];

/** The running maximum and sum of a stretch of scores; halves are joined. */
function byHalves(x: tf.Tensor, block: number): tf.Tensor {
  const rest = x.shape.slice(0, -1);
  const C = x.shape[rest.length]!;
  const part = (start: number, size: number) =>
    x.slice([...rest.map(() => 0), start], [...rest, size]);
  type Found = [top: tf.Tensor, sum: tf.Tensor];
  const find = (from: number, to: number): Found => {
    const blocks = Math.ceil((to - from) / block);
    if (blocks <= 1) {
      const scores = part(from, to - from);
      const top = scores.max(-1, true);
      const ones = tf.ones([to - from, 1]);
      const flat = scores
        .sub(top)
        .exp()
        .reshape([-1, to - from]);
      return [top, flat.matMul(ones).reshape([...rest, 1])];
    }
    const half = from + block * Math.ceil(blocks / 2);
    const [[a, s], [b, t]] = [find(from, half), find(half, to)];
    const top = a.maximum(b);
    return [top, s.mul(a.sub(top).exp()).add(t.mul(b.sub(top).exp()))];
  };
  const [top, sum] = find(0, C);
  return x.sub(top).exp().div(sum);
}

/** Two passes over blocks that are cut once and kept. */
function inTwoPasses(x: tf.Tensor, block: number): tf.Tensor {
  const C = x.shape[x.rank - 1]!;
  const sizes = Array.from({ length: Math.ceil(C / block) }, (_, i) =>
    Math.min(block, C - i * block),
  );
  const parts = tf.split(x, sizes, -1);
  const top = parts.map((p) => p.max(-1, true)).reduce((a, b) => a.maximum(b));
  const sum = tf.addN(parts.map((p) => p.sub(top).exp().sum(-1, true)));
  return x.sub(top).exp().div(sum);
}

/** Hillis and Steele's scan: each round looks twice as far back. */
function byLevels(a: tf.Tensor, b: tf.Tensor): tf.Tensor {
  const [B, T] = a.shape as [number, number];
  let [f, h] = [a.reshape([B, T, -1]), b.reshape([B, T, -1])];
  const D = f.shape[2]!;
  for (let back = 1; back < T; back *= 2) {
    const late = (x: tf.Tensor, fill: number) =>
      tf.concat([tf.fill([B, back, D], fill), x.slice([0, 0, 0], [B, T - back, D])], 1);
    h = h.add(f.mul(late(h, 0)));
    f = f.mul(late(f, 1));
  }
  return h.reshape(a.shape);
}

function stepByStep(a: tf.Tensor, b: tf.Tensor): tf.Tensor {
  const [B, T] = a.shape as [number, number];
  const [f, x] = [a.reshape([B, T, -1]), b.reshape([B, T, -1])];
  const at = (y: tf.Tensor, t: number) => y.slice([0, t, 0], [B, 1, -1]);
  let h: tf.Tensor = at(x, 0);
  const all = [h];
  for (let t = 1; t < T; t++) all.push((h = at(f, t).mul(h).add(at(x, t))));
  return tf.concat(all, 1).reshape(a.shape);
}

type Window = { window: number; causal?: boolean };

/** Windows of neighboring blocks, as many tokens in a block as a window reaches. */
function slidingByWindows(q: tf.Tensor, k: tf.Tensor, v: tf.Tensor, options: Window): tf.Tensor {
  const { window, causal = false } = options;
  const [B, H, T, D] = q.shape as [number, number, number, number];
  const outputs: tf.Tensor[] = [];
  for (let start = 0; start < T; start += window) {
    const size = Math.min(window, T - start);
    const from = Math.max(0, start - window + 1);
    const to = Math.min(T, causal ? start + size : start + size + window - 1);
    const cut = (x: tf.Tensor, at: number, n: number) => x.slice([0, 0, at, 0], [B, H, n, D]);
    const back = tf
      .range(start, start + size)
      .expandDims(1)
      .sub(tf.range(from, to));
    const near = back.abs().less(window);
    const mask = causal ? near.logicalAnd(back.greaterEqual(0)) : near;
    const [keys, values] = [cut(k, from, to - from), cut(v, from, to - from)];
    outputs.push(scaledDotProductAttention(cut(q, start, size), keys, values, { mask }).output);
  }
  return tf.concat(outputs, 2);
}

function slidingByMask(q: tf.Tensor, k: tf.Tensor, v: tf.Tensor, options: Window): tf.Tensor {
  const T = q.shape[2]!;
  const back = tf.range(0, T).expandDims(1).sub(tf.range(0, T));
  const near = back.abs().less(options.window);
  const mask = options.causal ? near.logicalAnd(back.greaterEqual(0)) : near;
  return scaledDotProductAttention(q, k, v, { mask }).output;
}

type Linear = { causal?: boolean; eps?: number };

/** Running sums of the outer products, all at once: T·D² numbers. */
function linearByCumsum(q: tf.Tensor, k: tf.Tensor, v: tf.Tensor, options: Linear = {}) {
  if (!options.causal) return linearAttention(q, k, v, options);
  const [f, g] = [eluPlusOne(q), eluPlusOne(k)];
  const [B, H, T, D] = q.shape as [number, number, number, number];
  const S = k.shape[2]!;
  const last = (x: tf.Tensor) => x.slice([0, 0, S - T], [B, H, T]);
  const states = g.expandDims(4).mul(v.expandDims(3)).cumsum(2); // [B, H, S, D, D]
  const sums = f.expandDims(4).mul(last(states)).sum(3); // [B, H, T, D]
  const weights = f.mul(last(g.cumsum(2))).sum(3, true);
  return sums.reshape([B, H, T, D]).div(weights.add(options.eps ?? 1e-6));
}

function linearByMatrix(q: tf.Tensor, k: tf.Tensor, v: tf.Tensor, options: Linear = {}) {
  const weights = eluPlusOne(q).matMul(eluPlusOne(k), false, true);
  const seen = options.causal ? weights.mul(causalMask(q.shape[2]!, k.shape[2]!)) : weights;
  return seen.matMul(v).div(seen.sum(-1, true).add(options.eps ?? 1e-6));
}

function convolveByShifts(u: tf.Tensor, k: tf.Tensor): tf.Tensor {
  const [B, C, T] = u.shape as [number, number, number];
  const late = (s: number) =>
    tf.concat([tf.zeros([B, C, s]), u.slice([0, 0, 0], [B, C, T - s])], 2);
  return tf.addN(Array.from({ length: T }, (_, s) => late(s).mul(k.slice([0, s], [C, 1]))));
}

/** Everything at once, and nothing of the blocks in the options. */
function flashAtOnce(q: tf.Tensor, k: tf.Tensor, v: tf.Tensor, options: object = {}) {
  return flashForward(q, k, v, { ...options, blockQ: 4096, blockK: 4096 });
}

const ways: Record<string, { right: Way[]; naive: Way[] }> = {
  onlineSoftmax: {
    right: [["joins halves", byHalves]],
    naive: [
      ["softmax of the row", (x: tf.Tensor) => softmax(x)],
      ["two passes over the blocks", inTwoPasses],
    ],
  },
  associativeScan: {
    right: [["looks twice as far back each round", byLevels]],
    naive: [["goes step by step", stepByStep]],
  },
  slidingWindowAttention: {
    right: [["blocks as long as a window", slidingByWindows]],
    naive: [["masks all pairs", slidingByMask]],
  },
  linearAttention: {
    right: [["sums up outer products", linearByCumsum]],
    naive: [["makes the matrix of weights", linearByMatrix]],
  },
  fftConvolution: { right: [], naive: [["adds shifted sequences", convolveByShifts]] },
  flashForward: { right: [], naive: [["one tile of everything", flashAtOnce]] },
};

for (const [name, { right, naive }] of Object.entries(ways)) {
  for (const [does, f] of right) {
    test(`${name} in another right way: it ${does}`, async () => {
      expect(await earned(name, (...args) => tf.tidy(() => f(...args) as tf.Tensor))).toEqual({
        earned: 1,
        says: [],
      });
    });
  }
  for (const [does, f] of naive) {
    test(`${name} without the idea: ${does}`, async () => {
      const result = await earned(name, (...args) => tf.tidy(() => f(...args) as tf.Tensor));
      expect(result.earned).toBe(1 / 2);
      expect(result.says.length).toBeGreaterThan(0);
    });
  }
}

test("our scan is one of the ways", () => {
  const [a, b] = [tf.randomUniform([1, 9], -1, 1), tf.randomNormal([1, 9])];
  expect(byLevels(a, b)).toMatchTensor(associativeScan(a, b), 1e-5);
});
