import * as tf from "@tensorflow/tfjs-core";
import { expect, test } from "vitest";
import { silu } from "./silu";
import { checkReferences, expectNoLeak } from "../shared/shared.testing";

checkReferences("silu", silu);

test("by hand: σ(ln 3) = 3/4", () => {
  expect(silu(tf.scalar(Math.log(3)))).toMatchTensor(tf.scalar(0.75 * Math.log(3)));
});

test("silu(x) − silu(−x) = x", () => {
  const x = tf.randomNormal([50], 0, 2, "float32", 1);
  expect(silu(x).sub(silu(x.neg()))).toMatchTensor(x);
});

test("bad arguments", () =>
  expect(() => silu(tf.ones([2], "int32"))).toThrow(
    "silu: expected x of dtype float32, got int32",
  ));

test("no tensors left behind", () => expectNoLeak(silu, tf.ones([2, 3])));
