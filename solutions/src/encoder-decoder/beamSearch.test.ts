import * as tf from "@tensorflow/tfjs-core";
import { expect, test } from "vitest";
import { checkReferences } from "../shared/shared.testing";
import { beamSearch } from "./beamSearch";
import { greedyDecode } from "./greedyDecode";

checkReferences("beamSearch", beamSearch);

/**
 * A more probable first token that leads nowhere: 0.6 · 0.3 · … against 0.4 · 0.9.
 * Ids: 0 end, 1 begin, 2 "good", 3 "better".
 */
function next(prefix: number[]): number[] {
  if (prefix.length === 1) return [0, 0, 0.4, 0.6];
  return prefix[1] === 2 ? [0.9, 0, 0.05, 0.05] : [0.3, 0, 0.35, 0.35];
}
const trap = (prefixes: number[][]): tf.Tensor =>
  tf.tensor(prefixes.map((prefix) => next(prefix).map(Math.log)));

test("by hand: two beams find what greedy search misses", async () => {
  const [greedy] = await greedyDecode(trap, { begin: 1, end: 0, count: 1, maxLength: 2 });
  const [one] = await beamSearch(trap, { begin: 1, end: 0, beams: 1, maxLength: 2, alpha: 0 });
  const [two, ...others] = await beamSearch(trap, {
    begin: 1,
    end: 0,
    beams: 2,
    maxLength: 2,
    alpha: 0,
  });
  expect([greedy, one!.ids]).toEqual([
    [3, 2],
    [3, 2],
  ]);
  expect(two!.ids).toEqual([2, 0]);
  expect(Math.exp(two!.score)).toBeCloseTo(0.36, 6);
  expect(others.map(({ ids }) => ids)).toEqual([[3, 2]]);
});

test(
  "the length penalty by hand: a score of length 1 is log p, one of length 7 is divided by " +
    "2^alpha",
  async () => {
    const step = (prefixes: number[][]) =>
      tf.tensor(prefixes.map((p) => [p.length === 7 ? 0 : -1, -9])) as tf.Tensor;
    const texts = await beamSearch(step, { begin: 1, end: 0, beams: 1, maxLength: 7, alpha: 0.6 });
    expect(texts).toEqual([{ ids: [0], score: -1 }]);
    const long = (prefixes: number[][]) =>
      tf.tensor(prefixes.map((p) => (p.length === 7 ? [0, -9] : [-9, -1]))) as tf.Tensor;
    const [best] = await beamSearch(long, { begin: 1, end: 0, beams: 1, maxLength: 7, alpha: 0.6 });
    expect(best!.ids).toEqual([1, 1, 1, 1, 1, 1, 0]);
    expect(best!.score).toBeCloseTo(-6 / 2 ** 0.6, 6);
  },
);

test("bad beams", () =>
  expect(beamSearch(trap, { begin: 1, end: 0, beams: 0, maxLength: 2 })).rejects.toThrow(
    "beamSearch: expected beams to be a whole number of at least 1, got 0",
  ));

test("no tensors left behind", async () => {
  const before = tf.memory().numTensors;
  await beamSearch(trap, { begin: 1, end: 0, beams: 3, maxLength: 3 });
  expect(tf.memory().numTensors).toBe(before);
});
