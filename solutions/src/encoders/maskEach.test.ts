import * as tf from "@tensorflow/tfjs-core";
import { expect, test } from "vitest";
import { checkReferences, expectNoLeak } from "../shared/shared.testing";
import { maskEach } from "./maskEach";

checkReferences("maskEach", maskEach);

const ints = (...n: number[]) => tf.tensor1d(n, "int32");

test("by hand", () => {
  const { inputs, answers } = maskEach(ints(5, 6, 7), ints(2, 0), 3);
  expect(inputs).toMatchTensor(
    tf.tensor(
      [
        [5, 6, 3],
        [3, 6, 7],
      ],
      undefined,
      "int32",
    ),
  );
  expect(answers).toMatchTensor(ints(7, 5));
});

test("the answers, put back, give the text again", () => {
  const ids = tf.randomUniform([9], 4, 20, "int32", 1) as tf.Tensor;
  const places = tf.range(0, 9, 1, "int32");
  const { inputs, answers } = maskEach(ids, places, 99);
  expect(tf.where(inputs.equal(99), answers.expandDims(1), inputs)).toMatchTensor(
    ids.tile([9]).reshape([9, 9]),
  );
});

test("bad arguments", () => {
  expect(() => maskEach(ints(1, 2), ints(2), 3)).toThrow(
    "maskEach: expected places from 0 to 1, got 2",
  );
  expect(() => maskEach(tf.tensor1d([1, 2]), ints(0), 3)).toThrow(
    "maskEach: expected ids of dtype int32, got float32",
  );
});

test("no tensors left behind", () => expectNoLeak(maskEach, ints(1, 2, 3), ints(0, 1), 9));
