/**
 * What lesson 18 reaches: the committed GPT knows where words end, and LoRA learns an answer that
 * it didn't know.
 */
import { readFileSync } from "node:fs";
import { join } from "node:path";
import * as tf from "@tensorflow/tfjs-core";
import { courseRoot, parseSafeTensors, paths } from "grader";
import { registerWasmKernels } from "ops";
import { afterAll, beforeAll, expect, test } from "vitest";
import "../shared/shared.testing";
import { adamW, type AdamWState } from "../blocks/adamW";
import { gptForward } from "../decoders/gptForward";
import { splitGpt } from "../decoders/gptWeights";
import { answerLoss } from "./answerLoss";
import { gptWithLinears } from "./gptWithLinears";
import { loraLinear } from "./loraLinear";

const ALPHABET = " abcdefghijklmnopqrstuvwxyz.?+-";
const size = { layers: 2, width: 64, heads: 4, vocabulary: ALPHABET.length, context: 64 };
const idsOf = (texts: string[]) => {
  const rows = texts.map((text) => Array.from(text, (c) => ALPHABET.indexOf(c)));
  return tf.tensor2d(rows, undefined, "int32");
};

let stock: () => void;
beforeAll(() => {
  stock = registerWasmKernels();
});
afterAll(() => stock());

function readGpt() {
  const file = join(paths(courseRoot()).data, "checkpoints", "plays-gpt.safetensors");
  const weights = parseSafeTensors(readFileSync(file), file).tensors.get("weights")!;
  return splitGpt(tf.tensor1d(weights.data as Float32Array), size);
}

test("the GPT says where words end", () => {
  const gpt = readGpt();
  const logits = gptForward(idsOf(["the king is gone", "the king is stra"]), gpt, size);
  const best = Array.from(logits.slice([0, 15, 0], [2, 1, -1]).argMax(-1).dataSync());
  expect(ALPHABET[best[0]!]).toMatch(/[ .?]/);
  expect(ALPHABET[best[1]!]).toMatch(/[a-z]/);
});

test("LoRA learns to answer with a sign", () => {
  const gpt = readGpt();
  const matrix = (C: number, D: number, seed: number) =>
    tf.randomNormal([C, D], 0, 0.1, "float32", seed);
  const ids = idsOf(["my lord+", "my lady-", "the lord+", "the lady-"].map((s) => s.padStart(9)));
  const mask = tf.oneHot(tf.fill([4], 8, "int32"), 9);
  let params = [matrix(64, 4, 1), tf.zeros([4, 256])];
  const zeros = () => params.map((p) => tf.zerosLike(p));
  let state: AdamWState = { step: 0, m: zeros(), v: zeros() };
  const losses: number[] = [];
  for (let step = 0; step < 30; step++) {
    const { value, grads } = tf.valueAndGrads((a: tf.Tensor, b: tf.Tensor) => {
      const apply = (x: tf.Tensor, w: tf.Tensor, bias: tf.Tensor, name: string) =>
        loraLinear(x, w, name === "1.up" ? { a, b } : { a: empty(w, 0), b: empty(w, 1) }, { bias });
      const { logits } = gptWithLinears(ids, gpt, { heads: 4, apply });
      return answerLoss(logits, ids, mask) as tf.Scalar;
    })(params);
    losses.push(value.dataSync()[0]!);
    ({ params, state } = adamW(params, grads, state, { rate: 0.02 }));
  }
  console.log(`LoRA on one matrix: ${losses[0]!.toFixed(2)} → ${losses.at(-1)!.toFixed(2)} nats`);
  expect(losses.at(-1)!).toBeLessThan(losses[0]! / 2);
});

/** One half of a change that is zero. */
const empty = (w: tf.Tensor, side: 0 | 1) =>
  tf.zeros(side === 0 ? [w.shape[0]!, 1] : [1, w.shape[1]!]);
