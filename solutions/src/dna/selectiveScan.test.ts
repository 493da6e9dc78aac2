import * as tf from "@tensorflow/tfjs-core";
import { peakBytes } from "course";
import { expect, test } from "vitest";
import { checkReferences, expectNoLeak } from "../shared/shared.testing";
import { associativeScan } from "./associativeScan";
import { selectiveScan } from "./selectiveScan";

checkReferences("selectiveScan", selectiveScan);

const draw = (shape: number[], seed: number) =>
  tf.randomNormal(shape, 0, 1, "float32", seed) as tf.Tensor;
type Inputs = Parameters<typeof selectiveScan>;
const inputs = (B: number, T: number, C: number, n: number): Inputs => [
  draw([B, T, C], 1),
  draw([B, T, C], 2).abs(),
  draw([C, n], 3).abs().neg(),
  draw([B, T, n], 4),
  draw([B, T, n], 5),
  draw([C], 6),
];

test("by hand: A = −ln 2 halves the state in a step of one", () => {
  const row = (...x: number[]) => tf.tensor(x, [1, x.length, 1]);
  const y = selectiveScan(
    row(1, 1, 1),
    row(1, 1, 2),
    tf.tensor([-Math.LN2], [1, 1]),
    row(1, 2, 0),
    row(1, 1, 10),
    tf.tensor([0.5]),
  );
  expect(y).toMatchTensor(row(1.5, 3, 6.75)); // states 1, 2.5, 0.625
});

test("equals the scan of the whole sequence, and its gradient, over several chunks", () => {
  const x = inputs(1, 2500, 2, 2);
  const whole = (...[u, delta, a, b, c, skip]: tf.Tensor[]) => {
    const step = delta!.expandDims(3);
    const states = associativeScan(
      step.mul(a!).exp(),
      step.mul(u!.expandDims(3)).mul(b!.expandDims(2)),
    );
    return states.mul(c!.expandDims(2)).sum(3).add(u!.mul(skip!));
  };
  expect(selectiveScan(...x)).toMatchTensor(whole(...x), 1e-4);
  const square = (f: (...x: tf.Tensor[]) => tf.Tensor) =>
    tf.grads((...x: tf.Tensor[]) =>
      f(...x)
        .square()
        .mean(),
    )(x);
  const expected = square(whole);
  square((...x) => selectiveScan(...(x as Inputs))).forEach((g, i) =>
    expect(g).toMatchTensor(expected[i]!, 1e-4),
  );
});

test("the states of a chunk are held, not those of the sequence", () => {
  const [short, long] = [4096, 16384].map((T) => {
    const x = inputs(1, T, 2, 16);
    return peakBytes(() => selectiveScan(...x));
  });
  const perToken = (long! - short!) / (16384 - 4096);
  expect(perToken).toBeLessThan(4 * 2 * 16); // fewer bytes than the states alone
});

test("bad arguments", () => {
  const x = inputs(1, 3, 2, 2);
  expect(() => selectiveScan(x[0], x[1], tf.ones([3, 2]), x[3], x[4], x[5])).toThrow(
    "selectiveScan: expected a [2, n], got [3, 2]",
  );
  expect(() => selectiveScan(x[0], x[1], x[2], tf.ones([1, 3, 4]), x[4], x[5])).toThrow(
    "selectiveScan: expected b [1, 3, 2], got [1, 3, 4]",
  );
});

test("no tensors left behind", () => {
  expectNoLeak(selectiveScan, ...inputs(2, 5, 3, 2));
  expectNoLeak(selectiveScan, ...inputs(1, 1030, 2, 2));
});
