import * as tf from "@tensorflow/tfjs-core";
import { expect, test } from "vitest";
import { checkReferences, expectNoLeak } from "../shared/shared.testing";
import { tokenDropout } from "./tokenDropout";

checkReferences("tokenDropout", tokenDropout);

const ids = (...rows: number[][]) => tf.tensor(rows, undefined, "int32");

test("by hand: half of two tokens is masked, so the other is scaled by 0.88 / 0.5", () => {
  const x = tf.tensor([[[1, 2], [3, 4]]]); // prettier-ignore
  expect(tokenDropout(x, ids([9, 5]), { maskId: 9 })).toMatchTensor(
    tf.tensor([[[0, 0], [5.28, 7.04]]]), // prettier-ignore
  );
});

test("the sum over a text doesn't depend on how much of it is masked", () => {
  const x = tf.ones([3, 8, 2]) as tf.Tensor;
  const [none, one, seven] = [0, 1, 7].map((n) => Array.from({ length: 8 }, (_, t) => +(t < n)));
  expect(tokenDropout(x, ids(none!, one!, seven!), { maskId: 1 }).sum(1)).toMatchTensor(
    tf.fill([3, 2], 8 * 0.88),
    1e-5,
  );
});

test("padding changes nothing", () => {
  const x = tf.randomNormal([1, 5, 3], 0, 1, "float32", 1) as tf.Tensor;
  const padded = tokenDropout(x, ids([4, 9, 5, 0, 0]), {
    maskId: 9,
    lengths: tf.tensor1d([3], "int32"),
  });
  const alone = tokenDropout(x.slice([0, 0, 0], [1, 3, 3]), ids([4, 9, 5]), { maskId: 9 });
  expect(padded).toMatchTensor(alone.pad([[0, 0], [0, 2], [0, 0]])); // prettier-ignore
});

test("bad arguments", () => {
  const x = tf.ones([1, 2, 3]) as tf.Tensor;
  expect(() => tokenDropout(tf.ones([2, 3]), ids([1, 2]), { maskId: 1 })).toThrow(
    "tokenDropout: expected x [B, T, C], got [2, 3]",
  );
  expect(() => tokenDropout(x, ids([1, 2, 3]), { maskId: 1 })).toThrow(
    "tokenDropout: expected ids [1, 2], got [1, 3]",
  );
  expect(() => tokenDropout(x, tf.ones([1, 2]), { maskId: 1 })).toThrow(
    "tokenDropout: expected ids of dtype int32, got float32",
  );
  expect(() => tokenDropout(x, ids([1, 2]), { maskId: 1, trained: 1 })).toThrow(
    "tokenDropout: expected trained to be at least 0 and below 1, got 1",
  );
  expect(() =>
    tokenDropout(x, ids([1, 2]), { maskId: 1, lengths: tf.tensor1d([3], "int32") }),
  ).toThrow("tokenDropout: expected lengths to be whole numbers between 0 and 2, got 3");
});

test("no tensors left behind", () =>
  expectNoLeak(tokenDropout, tf.ones([2, 3, 2]), ids([1, 2, 3], [3, 2, 1]), {
    maskId: 1,
    lengths: tf.tensor1d([3, 2], "int32"),
  }));
