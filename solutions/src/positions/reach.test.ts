/**
 * What lesson 04 reaches: RoPE knows only distances and keeps lengths, and which of six trained
 * models can read longer texts than they were trained on.
 */
import * as tf from "@tensorflow/tfjs-core";
import { expect, test } from "vitest";
import "../shared/shared.testing";
import { applyRope } from "./applyRope";
import type { PositionScheme } from "./letterModel";
import { heldOutLoss, readCheckpoint, readLetters, SCHEMES, T } from "./letters.testing";

test("RoPE's scores depend on the distance only, anywhere up to a million, and norms stay", () => {
  const at = (...places: number[]) => tf.tensor(places, [places.length], "int32");
  for (const layout of ["interleaved", "halves"] as const) {
    const [q, k] = [1, 2].map((seed) => tf.randomNormal([1, 64], 0, 1, "float32", seed));
    const turn = (x: tf.Tensor, place: number) => applyRope(x, at(place), { layout });
    const score = (m: number, n: number) => turn(q!, m).mul(turn(k!, n)).sum();
    for (const start of [1, 1000, 65_536, 1_000_000]) {
      expect(score(start + 17, start)).toMatchTensor(score(17, 0), 1e-5);
    }
    expect(applyRope(q!, at(1_000_000), { layout }).norm()).toMatchTensor(q!.norm(), 1e-6);
  }
});

test("trained at 64: who reads 512", () => {
  const { heldOut } = readLetters();
  const lengths = [64, 128, 256, 512];
  const measured = Object.fromEntries(
    SCHEMES.map((scheme) => {
      const params = readCheckpoint(scheme);
      const losses = lengths
        .filter((length) => scheme !== "learned" || length <= T)
        .map((length) => heldOutLoss(heldOut, params, { scheme, length, count: 8192 }));
      expect(() =>
        heldOutLoss(heldOut, params, { scheme: "learned", length: 2 * T, count: 2 * T }),
      ).toThrow();
      return [scheme, losses];
    }),
  ) as Record<PositionScheme, number[]>;
  console.log(
    [
      "nats per letter at 64, 128, 256, 512",
      ...SCHEMES.map((s) => `${s}: ${measured[s].map((x) => x.toFixed(3)).join(", ")}`),
    ].join("\n"),
  );
  const { none, sinusoidal, learned, rope, alibi, buckets } = measured;
  for (const withPositions of [sinusoidal, learned, rope, alibi, buckets]) {
    expect(withPositions[0]!).toBeLessThan(none[0]! - 0.3);
  }
  expect(learned).toHaveLength(1); // the table ends where it ends
  for (const held of [alibi, buckets]) {
    held.forEach((loss) => {
      expect(loss).toBeLessThan(held[0]! + 0.05);
    });
  }
  for (const broken of [sinusoidal, rope]) expect(broken[3]!).toBeGreaterThan(none[3]! + 0.3);
  expect(none[3]!).toBeGreaterThan(none[0]! + 0.1);
});
