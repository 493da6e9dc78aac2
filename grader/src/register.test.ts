import "./register";
import * as tf from "@tensorflow/tfjs-core";
import { expect, test } from "vitest";

const x = tf.tensor2d([[1, 2, 3]]);
const gradient = (f: (x: tf.Tensor) => tf.Tensor) => [...tf.grad(f)(x).dataSync()];

test("split has a gradient, into one part, too", () => {
  expect(gradient((x) => tf.split(x, 1, 0)[0]!.square())).toEqual([2, 4, 6]);
  expect(gradient((x) => tf.concat(tf.split(x, 3, 1), 1).square())).toEqual([2, 4, 6]);
});

test("unstack has a gradient, along an axis of length 1, too", () => {
  expect(gradient((x) => tf.unstack(x)[0]!.square())).toEqual([2, 4, 6]);
  expect(gradient((x) => tf.stack(tf.unstack(x, 1), 1).square())).toEqual([2, 4, 6]);
});

const ways = [0, 1, 2, -1, -2, -3].flatMap((axis) =>
  [false, true].flatMap((exclusive) =>
    [false, true].map((reverse) => ({ axis, exclusive, reverse })),
  ),
);
test.each(ways)("the gradient of cumsum: $axis, $exclusive, $reverse", (way) => {
  const { axis, exclusive, reverse } = way;
  const weights = tf.range(1, 25).reshape([2, 3, 4]);
  const dx = tf.grad((x: tf.Tensor) => tf.cumsum(x, axis, exclusive, reverse).mul(weights))(
    tf.zeros([2, 3, 4]),
  );
  const at = (axis + 3) % 3;
  const w = weights.arraySync() as number[][][];
  // each number counts in the sums at and after it, or before it
  const counts = (from: number, to: number) =>
    reverse ? to < from || (!exclusive && to === from) : to > from || (!exclusive && to === from);
  const expected = w.map((rows, i) =>
    rows.map((row, j) =>
      row.map((_, k) => {
        const index = [i, j, k];
        let sum = 0;
        for (let to = 0; to < weights.shape[at]!; to++) {
          const [a, b, c] = index.with(at, to) as [number, number, number];
          if (counts(index[at]!, to)) sum += w[a]![b]![c]!;
        }
        return sum;
      }),
    ),
  );
  expect(dx.arraySync()).toEqual(expected);
});
