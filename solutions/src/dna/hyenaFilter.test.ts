import * as tf from "@tensorflow/tfjs-core";
import { expect, test } from "vitest";
import { checkReferences, expectNoLeak } from "../shared/shared.testing";
import { hyenaFilter, type HyenaFilterParams } from "./hyenaFilter";

checkReferences("hyenaFilter", hyenaFilter);

const draw = (shape: number[], seed: number) =>
  tf.randomNormal(shape, 0, 1, "float32", seed) as tf.Tensor;
const params = (bands: number, F: number, C: number): HyenaFilterParams => ({
  w1: draw([1 + 2 * bands, F], 1),
  b1: draw([F], 2),
  w2: draw([F, F], 3),
  b2: draw([F], 4),
  w3: draw([F, C], 5),
  decay: draw([C], 6).abs(),
});

test("by hand: one unit, no bands", () => {
  const one = (x: number, shape: number[]) => tf.tensor([x], shape);
  const filter = hyenaFilter(2, {
    w1: one(1, [1, 1]),
    b1: one(0, [1]),
    w2: one(2, [1, 1]),
    b2: one(0.5, [1]),
    w3: one(3, [1, 1]),
    decay: one(4, [1]),
  });
  expect(filter).toMatchTensor(
    tf.tensor([3 * Math.sin(0.5), 3 * Math.sin(2 * Math.sin(0.5) + 0.5) * Math.exp(-2)], [1, 2]),
  );
});

test("twice as many taps sample the same curve twice as finely", () => {
  const p = params(3, 8, 4);
  const fine = hyenaFilter(64, p).reshape([4, 32, 2]).slice([0, 0, 0], [4, 32, 1]).reshape([4, 32]);
  expect(fine).toMatchTensor(hyenaFilter(32, p), 1e-5);
});

test("bad arguments", () => {
  expect(() => hyenaFilter(1.5, params(1, 2, 3))).toThrow(
    "hyenaFilter: expected length to be a whole number of at least 1, got 1.5",
  );
  expect(() => hyenaFilter(5, { ...params(1, 2, 3), w1: draw([2, 2], 7) })).toThrow(
    "hyenaFilter: expected w1 with an odd number of rows, got 2",
  );
  expect(() => hyenaFilter(5, { ...params(1, 2, 3), decay: draw([2], 7) })).toThrow(
    "hyenaFilter: expected decay [3], got [2]",
  );
});

test("no tensors left behind", () => expectNoLeak(hyenaFilter, 9, params(2, 3, 4)));
