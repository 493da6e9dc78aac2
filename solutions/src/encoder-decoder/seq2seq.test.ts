/** The parts of an encoder–decoder that are given, held to each other. */
import * as tf from "@tensorflow/tfjs-core";
import { random, toTensors, type Value } from "grader";
import { expect, test } from "vitest";
import { paddingMask } from "../attention/paddingMask";
import { scaledDotProductAttention } from "../attention/scaledDotProductAttention";
import { sinusoidalPositions } from "../positions/sinusoidalPositions";
import { expectNoLeak } from "../shared/shared.testing";
import { crossWeights } from "./crossWeights";
import { decodeTarget } from "./decodeTarget";
import { drawDecoderBlock } from "./drawDecoder";
import { embedTokens } from "./embedTokens";
import { encodeSource } from "./encodeSource";
import { encoderBlock } from "../encoders/encoderBlock";
import { nextLogProbabilities } from "./nextLogProbabilities";
import { seq2seqParams } from "./seq2seqParams";
import type { Seq2SeqParams } from "./types";

const draw = random(3);
const decoder = drawDecoderBlock(draw, 8, 16) as Record<string, Value>;
const encoder = {
  norm1: decoder.norm1,
  attention: decoder.self,
  norm2: decoder.norm2,
  mlp: decoder.mlp,
};
const params = toTensors({
  source: draw.normal([7, 8]),
  target: draw.normal([6, 8]),
  encoder: [encoder, encoder],
  decoder: [decoder, decoder],
} as unknown as Value) as Seq2SeqParams;
const ids = (rows: number[][]) => tf.tensor(rows, [rows.length, rows[0]!.length], "int32");
const source = ids([
  [3, 4, 5, 2],
  [6, 2, 0, 0],
]);
const mask = paddingMask(tf.tensor1d([4, 2], "int32"), 4);

test("an embedded token is its row times √C plus the waves of its place", () => {
  expect(embedTokens(ids([[4, 4]]), params.source)).toMatchTensor(
    params.source
      .slice([4, 0], [1, 8])
      .mul(Math.sqrt(8))
      .tile([2, 1])
      .add(sinusoidalPositions(2, 8))
      .expandDims(0),
    1e-5,
  );
  expect(() => embedTokens(ids([[7]]), params.source)).toThrow("ids");
});

test("the source passes through all blocks, and padding changes nothing", () => {
  const options = { heads: 2, mask, norm: "post", activation: tf.relu } as const;
  const twice = encoderBlock(
    encoderBlock(embedTokens(source, params.source), params.encoder[0]!, options),
    params.encoder[1]!,
    options,
  );
  expect(encodeSource(source, params, { heads: 2, mask })).toMatchTensor(twice, 1e-6);
  const short = encodeSource(ids([[6, 2]]), params, { heads: 2 });
  expect(
    encodeSource(source, params, { heads: 2, mask }).slice([1, 0, 0], [1, 2, 8]),
  ).toMatchTensor(short, 1e-5);
});

test("the next token's log-probabilities sum to one, and all prefixes may read one source", () => {
  const memory = encodeSource(ids([[3, 4, 2]]), params, { heads: 2 });
  const prefixes = [
    [1, 3],
    [1, 5],
  ];
  const next = nextLogProbabilities(prefixes, memory, params, { heads: 2 });
  expect(next.exp().sum(-1)).toMatchTensor(tf.ones([2]), 1e-5);
  expect(next).toMatchTensor(
    tf.logSoftmax(
      decodeTarget(ids(prefixes), memory.tile([2, 1, 1]), params, { heads: 2 })
        .slice([0, 1, 0], [2, 1, 6])
        .squeeze([1]),
    ),
    1e-5,
  );
});

test(
  "the weights of the last cross-attention: rows sum to one, padding gets nothing, and one " +
    "block alone is its own formula",
  () => {
    const memory = encodeSource(source, params, { heads: 2, mask });
    const text = ids([
      [1, 3, 4],
      [1, 5, 3],
    ]);
    const weights = crossWeights(text, memory, params, { heads: 2, memoryMask: mask });
    expect(weights.sum(-1)).toMatchTensor(tf.ones([2, 2, 3]), 1e-5);
    expect(weights.slice([1, 0, 0, 2], [1, 2, 3, 2])).toMatchTensor(tf.zeros([1, 2, 3, 2]));
    const blind = {
      ...params,
      decoder: [
        {
          ...params.decoder[0]!,
          cross: { ...params.decoder[0]!.cross, wq: tf.zeros([8, 8]), bq: tf.zeros([8]) },
        },
      ],
    };
    const even = scaledDotProductAttention(
      tf.zeros([2, 2, 3, 4]),
      tf.zeros([2, 2, 4, 4]),
      tf.zeros([2, 2, 4, 4]),
      { mask },
    ).weights;
    expect(crossWeights(text, memory, blind, { heads: 2, memoryMask: mask })).toMatchTensor(
      even,
      1e-6,
    );
  },
);

test("names become places", () => {
  const [a, b, c] = [tf.scalar(1), tf.scalar(2), tf.scalar(3)];
  const nested = seq2seqParams({
    source: a,
    "encoder.0.attention.wq": b,
    "decoder.1.norm3.gamma": c,
  });
  expect(nested.source).toBe(a);
  expect(nested.encoder[0]!.attention.wq).toBe(b);
  expect(nested.decoder[1]!.norm3.gamma).toBe(c);
});

test("no tensors left behind", () => {
  const memory = encodeSource(source, params, { heads: 2, mask });
  expectNoLeak(embedTokens, source, params.source);
  expectNoLeak(encodeSource, source, params, { heads: 2, mask });
  expectNoLeak(nextLogProbabilities, [[1], [1]], memory, params, { heads: 2, memoryMask: mask });
  expectNoLeak(crossWeights, ids([[1], [1]]), memory, params, { heads: 2, memoryMask: mask });
});
