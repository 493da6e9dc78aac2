import * as tf from "@tensorflow/tfjs-core";
import { expect, test } from "vitest";
import { geluTanh } from "../blocks/geluTanh";
import { layerNorm } from "../blocks/layerNorm";
import { encoderBlock } from "../encoders/encoderBlock";
import { checkReferences, expectNoLeak } from "../shared/shared.testing";
import { drawGpt, splitGpt } from "./gptWeights";
import { gptForward } from "./gptForward";
import { padLeft } from "./padLeft";

checkReferences("padLeft", padLeft);

test("by hand: one token beside two", () => {
  const { ids, positions, mask } = padLeft([[5], [6, 7]], 9);
  expect(ids).toMatchTensor(tf.tensor([9, 5, 6, 7], [2, 2], "int32"));
  expect(positions).toMatchTensor(tf.tensor([0, 0, 0, 1], [2, 2], "int32"));
  expect(mask).toMatchTensor(tf.tensor([0, 0, 0, 1, 1, 0, 1, 1], [2, 1, 2, 2]));
});

test("a GPT gives each text of the batch what it gives it alone", () => {
  const size = { layers: 2, width: 8, heads: 2, vocabulary: 7, context: 6 };
  const gpt = splitGpt(drawGpt(size, 1), size);
  const texts = [[1, 2], [3, 4, 5, 6, 0], [6]];
  const { ids, positions, mask } = padLeft(texts, 0);
  let x: tf.Tensor = tf.gather(gpt.tokens, ids).add(tf.gather(gpt.positions, positions));
  for (const block of gpt.blocks) {
    x = encoderBlock(x, block, { heads: 2, activation: geluTanh, mask });
  }
  const last = layerNorm(x, gpt.norm.gamma, gpt.norm.beta).gather([4], 1).squeeze([1]);
  const logits = last.matMul(gpt.tokens, false, true); // [3, 7]
  texts.forEach((text, b) => {
    const alone = gptForward(tf.tensor([text], [1, text.length], "int32"), gpt, size);
    const expected = alone.gather([text.length - 1], 1).squeeze([0]);
    expect(logits.slice([b, 0], [1, 7])).toMatchTensor(expected, 1e-5);
  });
});

test("no tensors left behind", () => expectNoLeak(padLeft, [[1], [2, 3]], 0));
