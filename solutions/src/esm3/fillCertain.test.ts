import * as tf from "@tensorflow/tfjs-core";
import { expect, test } from "vitest";
import { checkReferences, expectNoLeak } from "../shared/shared.testing";
import { fillCertain } from "./fillCertain";
import { iterativeDecode } from "./iterativeDecode";

checkReferences("fillCertain", fillCertain);

const ids = (values: number[]) => tf.tensor(values, [values.length], "int32");

test("by hand: the sharper of two masked places is filled", () => {
  expect(
    fillCertain(
      ids([9, 1, 9]),
      tf.tensor([
        [1, 2],
        [9, 0],
        [3, 0],
      ]),
      { maskId: 9, count: 1 },
    ),
  ).toMatchTensor(ids([9, 1, 0]));
});

test("bad input", () => {
  expect(() => fillCertain(ids([1]), tf.ones([2, 3]), { maskId: 5, count: 1 })).toThrow(
    "fillCertain: expected logits [1, V], got [2, 3]",
  );
  expect(() => fillCertain(ids([1]), tf.ones([1, 3]), { maskId: 5, count: 0.5 })).toThrow(
    "expected count to be a whole number of at least 0, got 0.5",
  );
  expect(() => fillCertain(ids([1]), tf.ones([1, 3]), { maskId: 2, count: 1 })).toThrow(
    "expected maskId to be a whole number outside 0 … 2, got 2",
  );
});

test("no tensors left behind", () =>
  expectNoLeak(fillCertain, ids([9, 1, 9]), tf.ones([3, 2]), { maskId: 9, count: 1 }));

/** Certain of a place only if its left neighbor is known: each id is one more, modulo 4. */
function chain(now: tf.Tensor): tf.Tensor {
  const left = [0, ...Array.from(now.dataSync()).slice(0, -1)];
  const unknown = [0, 0, 0, 0.1];
  const after = (id: number) => [0, 1, 2, 3].map((v) => (v === (id + 1) % 4 ? 5 : 0));
  return tf.tensor(left.map((id) => (id === 9 ? unknown : after(id))));
}

test("iterativeDecode: a chain is right after one round per place, wrong after one", async () => {
  const start = ids([9, 9, 9, 9, 9]);
  const right = ids([1, 2, 3, 0, 1]);
  const slow = await iterativeDecode(start, chain, { maskId: 9, rounds: 5 });
  const fast = await iterativeDecode(start, chain, { maskId: 9, rounds: 1 });
  expect(slow.at(-1)!).toMatchTensor(right);
  expect(fast.at(-1)!).toMatchTensor(ids([1, 3, 3, 3, 3]));
  expect(slow.map((stage) => stage.dataSync().filter((id) => id === 9).length)).toEqual([
    4, 3, 2, 1, 0,
  ]);
});

test(
  "iterativeDecode: ⌈M·r/R⌉ places are filled after round r, more rounds than places do no " +
    "harm, nothing is left behind",
  async () => {
    const start = ids([9, 9, 1, 9, 9, 9]);
    const before = tf.memory().numTensors;
    const three = await iterativeDecode(start, chain, { maskId: 9, rounds: 3 });
    expect(three.map((stage) => stage.dataSync().filter((id) => id === 9).length)).toEqual([
      3, 1, 0,
    ]);
    expect(tf.memory().numTensors).toBe(before + 3);
    expect(
      (await iterativeDecode(start, chain, { maskId: 9, rounds: 20 })).at(-1)!.dataSync(),
    ).not.toContain(9);
    await expect(iterativeDecode(start, chain, { maskId: 9, rounds: 0 })).rejects.toThrow(
      "iterativeDecode: expected rounds to be a whole number of at least 1, got 0",
    );
  },
);
