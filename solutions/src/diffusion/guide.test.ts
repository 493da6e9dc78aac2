import * as tf from "@tensorflow/tfjs-core";
import { expect, test } from "vitest";
import { checkReferences, expectNoLeak } from "../shared/shared.testing";
import { guide } from "./guide";

checkReferences("guide", guide);

const [with_, without] = [tf.tensor2d([[1, 3]]), tf.tensor2d([[0, 1]])];

test("by hand: scale 3, with and without rescaling", () => {
  expect(guide(with_, without, 3)).toMatchTensor(tf.tensor2d([[3, 7]]));
  // deviations 2 and 1
  expect(guide(with_, without, 3, { rescale: 1 })).toMatchTensor(tf.tensor2d([[1.5, 3.5]]));
});

test("no tensors left behind", () => {
  expectNoLeak(guide, tf.randomNormal([2, 3]), tf.zeros([2, 3]), 2, { rescale: 0.5 });
});
