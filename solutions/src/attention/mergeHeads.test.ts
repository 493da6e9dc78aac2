import * as tf from "@tensorflow/tfjs-core";
import { expect, test } from "vitest";
import { checkReferences, expectNoLeak } from "../shared/shared.testing";
import { mergeHeads } from "./mergeHeads";
import { splitHeads } from "./splitHeads";

checkReferences("mergeHeads", mergeHeads);

test("undoes splitHeads", () => {
  const x = tf.randomNormal([2, 5, 12], 0, 1, "float32", 1);
  expect(mergeHeads(splitHeads(x, 3))).toMatchTensor(x);
});

test("by hand: one token of two heads", () => {
  expect(mergeHeads(tf.tensor([[[[1, 2]], [[3, 4]]]]))).toMatchTensor(tf.tensor([[[1, 2, 3, 4]]]));
});

test("no tensors left behind", () => expectNoLeak(mergeHeads, tf.ones([1, 2, 3, 4])));
