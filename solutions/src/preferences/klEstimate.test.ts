import * as tf from "@tensorflow/tfjs-core";
import { expect, test } from "vitest";
import { checkReferences, expectNoLeak } from "../shared/shared.testing";
import { klEstimate } from "./klEstimate";

checkReferences("klEstimate", klEstimate);

const [p, q] = [
  [0.5, 0.3, 0.2],
  [0.05, 0.05, 0.9],
];
const divergence = p!.reduce((sum, x, i) => sum + x * Math.log(x / q![i]!), 0);
const [logP, logQ] = [tf.tensor1d(p!).log(), tf.tensor1d(q!).log()];
/** The mean over all samples of p. */
const meanOf = (kind: "k1" | "k2" | "k3") => klEstimate(logP, logQ, kind).mul(p!).sum();

test("k1 and k3 are unbiased, k2 isn't", () => {
  expect(meanOf("k1")).toMatchTensor(tf.scalar(divergence));
  expect(meanOf("k3")).toMatchTensor(tf.scalar(divergence));
  expect(Math.abs(meanOf("k2").dataSync()[0]! - divergence)).toBeGreaterThan(0.05);
});

test("k3 is never below 0, k1 is for some samples", () => {
  expect(Math.min(...klEstimate(logP, logQ).dataSync())).toBeGreaterThanOrEqual(0);
  expect(Math.min(...klEstimate(logP, logQ, "k1").dataSync())).toBeLessThan(0);
});

test("no tensors left behind", () => {
  for (const kind of ["k1", "k2", "k3"] as const) expectNoLeak(klEstimate, logP, logQ, kind);
});
