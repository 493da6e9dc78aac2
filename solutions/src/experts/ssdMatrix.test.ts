import * as tf from "@tensorflow/tfjs-core";
import { expect, test } from "vitest";
import { associativeScan } from "../dna/associativeScan";
import { checkReferences, expectNoLeak } from "../shared/shared.testing";
import { ssdMatrix } from "./ssdMatrix";

checkReferences("ssdMatrix", ssdMatrix);

const [B, H, T, n] = [2, 1, 9, 3] as const;
const draw = (shape: number[], seed: number) => tf.randomNormal(shape, 0, 1, "float32", seed);
const decay = draw([B, H, T], 1).abs().neg();
const [b, c, u] = [draw([B, H, T, n], 2), draw([B, H, T, n], 3), draw([B, H, T, 1], 4)];

test("the matrix is the scan", () => {
  const keep = decay.exp().reshape([B, T, 1]).tile([1, 1, n]);
  const states = associativeScan(keep, b.mul(u).reshape([B, T, n]));
  const scanned = states.mul(c.reshape([B, T, n])).sum(2);
  expect(ssdMatrix(decay, b, c).matMul(u).reshape([B, T])).toMatchTensor(scanned, 1e-5);
});

test("without decay it is linear attention without a norm", () => {
  const all = c.matMul(b, false, true);
  const causal = tf.linalg.bandPart(all, -1, 0);
  expect(ssdMatrix(tf.zeros([B, H, T]), b, c)).toMatchTensor(causal, 1e-6);
});

test("no tensors left behind", () => expectNoLeak(ssdMatrix, decay, b, c));
