import * as tf from "@tensorflow/tfjs-core";
import { expect, test } from "vitest";
import "../shared/shared.testing";
import { esmContacts } from "./esmContacts";
import type { BlockParams, EsmParams } from "./types";

const [V, C, F, heads] = [9, 8, 12, 2];
const options = { heads, maskId: 8 };
const ids = tf.tensor2d([[0, 4, 5, 6, 7, 4, 2]], undefined, "int32");
let seed = 0;
const draw = (...shape: number[]) => tf.randomNormal(shape, 0, 0.5, "float32", ++seed);
const norm = () => ({ gamma: tf.ones([C]), beta: tf.zeros([C]) });

function block(): BlockParams {
  const [wq, wk, wv, wo] = [draw(C, C), draw(C, C), draw(C, C), draw(C, C)];
  const [bq, bk, bv, bo] = [draw(C), draw(C), draw(C), draw(C)];
  return {
    norm1: norm(),
    attention: { wq: wq!, wk: wk!, wv: wv!, wo: wo!, bq, bk, bv, bo },
    norm2: norm(),
    mlp: { w1: draw(C, F), b1: draw(F), w2: draw(F, C), b2: draw(C) },
  };
}

const params: EsmParams = { tokens: draw(V, C), blocks: [block(), block()], norm: norm() };
const head = { w: draw(1, 2 * heads).mul(20), b: tf.tensor1d([0.3]) };

test("probabilities are symmetric, one for each pair of residues, and nothing is left behind", () => {
  const before = tf.memory().numTensors;
  const p = esmContacts(ids, params, head, options);
  expect(tf.memory().numTensors - before).toBe(1);
  expect(p.shape).toEqual([5, 5]);
  expect(p).toMatchTensor(p.transpose(), 1e-5);
  expect(p.max().sub(p.min()).dataSync()[0]).toBeGreaterThan(0.01);
});

test("heads that look everywhere alike say nothing, and the bias alone is left", () => {
  const blind = params.blocks.map((b) => ({
    ...b,
    attention: { ...b.attention, wq: tf.zeros([C, C]), bq: tf.zeros([C]) },
  }));
  const p = esmContacts(ids, { ...params, blocks: blind }, head, options);
  expect(p).toMatchTensor(tf.fill([5, 5], 1 / (1 + Math.exp(-0.3))), 1e-5);
});

test("a head with a weight too few is refused", () => {
  const short = { w: draw(1, 3), b: head.b };
  expect(() => esmContacts(ids, params, short, options)).toThrow(/head\.w/);
});
