import * as tf from "@tensorflow/tfjs-core";
import { expect, test } from "vitest";
import { swiGlu } from "./swiGlu";
import { checkReferences, expectNoLeak } from "../shared/shared.testing";

checkReferences("swiGlu", swiGlu);

const params = (C: number, F: number) => ({
  gate: tf.ones([C, F]),
  up: tf.ones([C, F]),
  down: tf.ones([F, C]),
});

test("by hand: silu(ln 3) is 3/4·ln 3; times up 2·ln 3, times down 4", () => {
  const x = tf.tensor([Math.log(3)]);
  expect(
    swiGlu(x, { gate: tf.tensor([[1]]), up: tf.tensor([[2]]), down: tf.tensor([[4]]) }),
  ).toMatchTensor(tf.tensor([6 * Math.log(3) ** 2]), 1e-5);
});

test("a closed gate lets nothing through", () => {
  expect(swiGlu(tf.ones([2, 3]), { ...params(3, 5), gate: tf.fill([3, 5], -1000) })).toMatchTensor(
    tf.zeros([2, 3]),
  );
});

test("bad arguments", () => {
  const x = tf.ones([2, 4]);
  const good = params(4, 6);
  expect(() => swiGlu(x, { ...good, gate: tf.ones([3, 6]) })).toThrow(
    "swiGlu: expected gate [4, F], got [3, 6]",
  );
  expect(() => swiGlu(x, { ...good, up: tf.ones([4, 5]) })).toThrow(
    "swiGlu: expected up [4, 6], got [4, 5]",
  );
  expect(() => swiGlu(x, { ...good, down: tf.ones([4, 6]) })).toThrow(
    "swiGlu: expected down [6, C], got [4, 6]",
  );
  expect(() => swiGlu(tf.ones([2, 4], "int32"), good)).toThrow(
    "swiGlu: expected x of dtype float32",
  );
});

test("no tensors left behind", () => expectNoLeak(swiGlu, tf.ones([2, 4]), params(4, 6)));
