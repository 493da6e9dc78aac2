import * as tf from "@tensorflow/tfjs-core";
import { expect, test } from "vitest";
import { checkReferences, expectNoLeak } from "../shared/shared.testing";
import { outerProductMean } from "./outerProductMean";

checkReferences("outerProductMean", outerProductMean);

const draw = (shape: number[], seed: number) => tf.randomNormal(shape, 0, 1, "float32", seed);
const norm = (C: number) => ({ gamma: tf.ones([C]), beta: tf.zeros([C]) });

test(
  "by hand: two sequences, (−1, 1) stays under the norm; " +
    "places that change together give 1, against each other −1",
  () => {
    const up = [-1, 1];
    const down = [1, -1];
    const msa = tf.tensor([...up, ...up, ...down, ...down, ...down, ...up], [1, 2, 3, 2]);
    const second = tf.tensor([[0], [1]]);
    const z = outerProductMean(
      msa,
      { norm: norm(2), wA: second, wB: second, wOut: tf.ones([1, 1]) },
      { eps: 0 },
    );
    expect(z.reshape([3, 3])).toMatchTensor(
      tf.tensor([
        [1, 1, -1],
        [1, 1, -1],
        [-1, -1, 1],
      ]),
      1e-4,
    );
  },
);

test("the order of sequences does not matter, and doubling them changes nothing", () => {
  const msa = draw([1, 4, 3, 4], 2);
  const params = { norm: norm(4), wA: draw([4, 2], 3), wB: draw([4, 3], 4), wOut: draw([6, 5], 5) };
  const z = outerProductMean(msa, params, { eps: 0 });
  expect(outerProductMean(msa.reverse(1), params, { eps: 0 })).toMatchTensor(z, 1e-5);
  expect(outerProductMean(tf.concat([msa, msa], 1), params, { eps: 0 })).toMatchTensor(z, 1e-5);
});

test("bad input", () => {
  const params = { norm: norm(4), wA: draw([4, 2], 3), wB: draw([4, 3], 4), wOut: draw([4, 5], 5) };
  expect(() => outerProductMean(draw([1, 2, 3, 4], 1), params)).toThrow(
    "outerProductMean: expected wOut [6, Cz], got [4, 5]",
  );
});

test("no tensors left behind", () =>
  expectNoLeak(
    outerProductMean,
    draw([1, 2, 3, 4], 1),
    {
      norm: norm(4),
      wA: draw([4, 2], 3),
      wB: draw([4, 2], 4),
      wOut: draw([4, 5], 5),
      bOut: tf.ones([5]),
    },
    { mask: tf.ones([1, 2, 3]) },
  ));
