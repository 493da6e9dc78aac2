import * as tf from "@tensorflow/tfjs-core";
import { expect, test } from "vitest";
import { checkReferences, expectNoLeak } from "../shared/shared.testing";
import { applyRope } from "./applyRope";
import { anglesInPieces, ropeAngles } from "./ropeAngles";

checkReferences("applyRope", applyRope);

const at = (...positions: number[]) => tf.tensor(positions, [positions.length], "int32");

test("by hand: one pair turned by one radian", () => {
  expect(applyRope(tf.tensor([[1, 0]]), at(1))).toMatchTensor(
    tf.tensor([[Math.cos(1), Math.sin(1)]]),
  );
});

test("scores depend on the distance only, and norms stay", () => {
  const q = tf.randomNormal([1, 16], 0, 1, "float32", 1);
  const k = tf.randomNormal([1, 16], 0, 1, "float32", 2);
  const score = (m: number, n: number) => tf.sum(applyRope(q, at(m)).mul(applyRope(k, at(n))));
  expect(score(3, 8)).toMatchTensor(score(900_003, 900_008), 1e-5);
  expect(applyRope(q, at(123_456)).norm()).toMatchTensor(q.norm(), 1e-5);
});

test("angles in pieces, for devices that can't be read, equal those of the host", () => {
  const positions = at(0, 1, -5, 255, 256, 70_001, 999_999, 16_000_000);
  const rates = [1, 0.31, 0.0123, 1e-4];
  const host = ropeAngles(positions, 8, 10_000, 1);
  const rope = Array.from({ length: 4 }, (_, i) => 10_000 ** (-i / 4));
  const pieces = anglesInPieces(positions, rope);
  expect(pieces.cos).toMatchTensor(host.cos, 2e-6);
  expect(pieces.sin).toMatchTensor(host.sin, 2e-6);
  const exact = Array.from(positions.dataSync()).map((p) =>
    rates.map((rate) => Math.cos(p * rate)),
  );
  expect(anglesInPieces(positions, rates).cos).toMatchTensor(tf.tensor(exact), 2e-6);
});

test("bad shapes", () => {
  expect(() => applyRope(tf.ones([2, 3, 5]), at(0, 1, 2))).toThrow(
    "applyRope: expected an even head width, got x [2, 3, 5]",
  );
  expect(() => applyRope(tf.ones([2, 3, 4]), at(0, 1))).toThrow(
    "applyRope: expected positions [3], got [2]",
  );
});

test("no tensors left behind", () => expectNoLeak(applyRope, tf.ones([2, 3, 4]), at(0, 1, 2)));
