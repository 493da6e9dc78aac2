import * as tf from "@tensorflow/tfjs-core";
import { random, toTensors } from "grader";
import { expect, test } from "vitest";
import { checkReferences, expectNoLeak } from "../shared/shared.testing";
import { decodeTarget } from "./decodeTarget";
import { drawDecoderBlock } from "./drawDecoder";
import type { Seq2SeqParams } from "./types";

checkReferences("decodeTarget", decodeTarget);

const draw = random(1);
const params = {
  encoder: [],
  ...(toTensors({
    source: draw.normal([5, 8]),
    target: draw.normal([6, 8]),
    decoder: [drawDecoderBlock(draw, 8, 8), drawDecoderBlock(draw, 8, 8)],
  }) as object),
} as unknown as Seq2SeqParams;
const ids = (rows: number[][]) => tf.tensor(rows, [rows.length, rows[0]!.length], "int32");
const memory = tf.randomNormal([1, 3, 8], 0, 1, "float32", 2) as tf.Tensor;

test("by hand: without blocks a token is scored by its product with the table", () => {
  const table = tf.tensor2d([
    [1, 0],
    [0, 1],
  ]);
  const logits = decodeTarget(
    ids([[1]]),
    memory,
    { ...params, target: table, decoder: [] },
    { heads: 1 },
  );
  // √2 · [0, 1] + [sin 0, cos 0]
  expect(logits).toMatchTensor(tf.tensor3d([[[0, 1 + Math.SQRT2]]]));
});

test("the score of a token does not depend on those that follow", () => {
  const whole = decodeTarget(ids([[1, 4, 2, 5]]), memory, params, { heads: 2 });
  const part = decodeTarget(ids([[1, 4]]), memory, params, { heads: 2 });
  expect(whole.slice([0, 0, 0], [1, 2, 6])).toMatchTensor(part, 1e-5);
});

test("an id outside the table", () =>
  expect(() => decodeTarget(ids([[6]]), memory, params, { heads: 2 })).toThrow(
    "decodeTarget: expected ids from 0 to 5, got 6",
  ));

test("no tensors left behind", () =>
  expectNoLeak(decodeTarget, ids([[1, 2]]), memory, params, { heads: 2 }));
