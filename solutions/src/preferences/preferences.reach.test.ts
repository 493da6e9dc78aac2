/**
 * What lesson 22 reaches: a GPT of letters that has learned from pupils who forget to carry, and
 * what GRPO with a verifier makes of it in a few steps.
 */
import { join } from "node:path";
import * as tf from "@tensorflow/tfjs-core";
import { courseRoot, paths, random } from "grader";
import { registerWasmKernels } from "ops";
import { afterAll, beforeAll, expect, test } from "vitest";
import "../shared/shared.testing";
import { adamW, type AdamWState } from "../blocks/adamW";
import { gptForward } from "../decoders/gptForward";
import { type GptSize, splitGpt } from "../decoders/gptWeights";
import { readTensorFile } from "../encoders/family.testing";
import { clippedObjective } from "./clippedObjective";
import { groupAdvantages } from "./groupAdvantages";
import { verifySum } from "./verifySum";

let stock: () => void;
beforeAll(() => {
  stock = registerWasmKernels();
});
afterAll(() => stock());

const SIZE: GptSize = { layers: 2, width: 32, heads: 4, vocabulary: 14, context: 24 };
const ALPHABET = "0123456789+=,.";
const PROMPT = 6;
const LETTERS = 4; // enough for a number and a period
const [P, G] = [12, 8];
const idsOf = (text: string) => Array.from(text, (letter) => ALPHABET.indexOf(letter));
const isCarried = (a: number, b: number) => (a % 10) + (b % 10) > 9;

/** Sums up to 99 with a carry or without, held out from the model's training or not. */
function drawSums(count: number, seed: number, { carries = true, held = false } = {}): string[] {
  const chance = random(seed);
  const sums: string[] = [];
  while (sums.length < count) {
    const [a, b] = [chance.int(10, 49), chance.int(10, 49)];
    const isHeld = (37 * a + 59 * b) % 97 < 10;
    if (isCarried(a, b) === carries && isHeld === held) sums.push(`${a}+${b}=`);
  }
  return sums;
}

const logits = (weights: tf.Tensor, ids: tf.Tensor) =>
  gptForward(ids, splitGpt(weights, SIZE), SIZE);

/** Ids [count · prompts, PROMPT + LETTERS], sampled. */
function write(weights: tf.Tensor, prompts: string[], count: number, seed: number): tf.Tensor2D {
  return tf.tidy(() => {
    const rows = prompts.flatMap((prompt) => Array.from({ length: count }, () => idsOf(prompt)));
    let ids = tf.tensor2d(rows, undefined, "int32");
    for (let i = 0; i < LETTERS; i++) {
      const last = logits(weights, ids).slice([0, PROMPT + i - 1, 0], [-1, 1, -1]);
      const drawn = tf.multinomial(last.squeeze([1]) as tf.Tensor2D, 1, 10 * seed + i + 1);
      ids = tf.concat([ids, drawn.toInt()], 1) as tf.Tensor2D;
    }
    return ids;
  });
}

/** What stands behind the prompt, up to the first period. */
const textsOf = (ids: tf.Tensor2D) =>
  ids.arraySync().map((row) => {
    const text = row
      .slice(PROMPT)
      .map((id) => ALPHABET[id])
      .join("");
    return text.slice(0, text.indexOf(".") + 1) || text;
  });

function shareRight(weights: tf.Tensor, prompts: string[]): number {
  const texts = textsOf(write(weights, prompts, 16, 7));
  const right = texts.filter((text, i) => verifySum(prompts[Math.floor(i / 16)]!, text));
  return right.length / texts.length;
}

test("a class's mistakes are learned, and GRPO turns the minority's answer into the usual one", () => {
  const file = join(paths(courseRoot()).data, "checkpoints", "sums-gpt.safetensors");
  let w = readTensorFile(file).weights!;
  const plain = shareRight(w, drawSums(32, 3, { carries: false, held: true }));
  const exam = drawSums(32, 4, { held: true });
  const before = shareRight(w, exam);
  let state: AdamWState = { step: 0, m: [tf.zerosLike(w)], v: [tf.zerosLike(w)] };
  for (let step = 0; step < 15; step++) {
    const prompts = drawSums(P, 100 + step);
    const ids = write(w, prompts, G, 100 + step);
    const texts = textsOf(ids);
    const rewards = texts.map((text, i) => Number(verifySum(prompts[Math.floor(i / G)]!, text)));
    const advantages = groupAdvantages(tf.tensor2d(rewards, [P, G])).flatten();
    const T = PROMPT + LETTERS;
    const mask = tf.tensor2d(
      texts.map((text) =>
        Array.from({ length: T - 1 }, (_, t) =>
          t + 1 >= PROMPT && t + 1 < PROMPT + text.length ? 1 : 0,
        ),
      ),
    );
    const logProbs = (x: tf.Tensor) =>
      tf.tidy(() => {
        const guesses = tf.logSoftmax(logits(x, ids.slice([0, 0], [-1, T - 1])));
        return guesses.mul(tf.oneHot(ids.slice([0, 1], [-1, T - 1]), 14).toFloat()).sum(-1);
      });
    const old = logProbs(w);
    const { grads } = tf.valueAndGrads((x: tf.Tensor) =>
      clippedObjective(logProbs(x), old, advantages, mask).neg().asScalar(),
    )([w]);
    const next = adamW([w], grads, state, { rate: 7e-4, decay: 0 });
    [w, state] = [next.params[0]!, next.state];
  }
  const after = shareRight(w, exam);
  console.log(
    `right without a carry ${plain.toFixed(2)}; with one ${before.toFixed(2)}, ` +
      `after 15 steps of GRPO ${after.toFixed(2)}`,
  );
  expect(plain).toBeGreaterThan(0.75);
  expect(before).toBeLessThan(0.45);
  expect(after).toBeGreaterThan(before + 0.15);
});
