/**
 * For tests only: trains a GPT on the letters of Shakespeare, and measures it on what was held out.
 * All that is drawn comes from seeds.
 */
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { setImmediate } from "node:timers/promises";
import * as tf from "@tensorflow/tfjs-core";
import { courseRoot, parseSafeTensors, paths } from "grader";
import { adamW, type AdamWState } from "../blocks/adamW";
import { drawGpt, splitGpt, type GptSize } from "./gptWeights";
import { nextTokenLoss } from "./nextTokenLoss";

/** The committed one. */
export const LARGE: Omit<GptSize, "vocabulary"> = { layers: 3, width: 96, heads: 4, context: 128 };
/** What the notebook trains in seconds. */
export const SMALL: Omit<GptSize, "vocabulary"> = { layers: 2, width: 64, heads: 4, context: 32 };
export const checkpoint = join(paths(courseRoot()).data, "checkpoints", "letter-gpt.safetensors");

/** Texts of `length` letters that start at the given places. */
export const excerpts = (ids: Int32Array, starts: ArrayLike<number>, length: number): tf.Tensor =>
  tf.tensor(
    Array.from(starts, (s) => Array.from(ids.subarray(s, s + length))),
    [starts.length, length],
    "int32",
  );

/**
 * AdamW on `texts` excerpts a step; the rate rises in a line for 20 steps and falls by half a
 * cosine to a tenth.
 */
export async function trainGpt(
  ids: Int32Array,
  size: GptSize,
  options: { steps: number; texts: number; rate: number },
  report: (step: number, loss: number) => void,
): Promise<{ weights: tf.Tensor; losses: number[] }> {
  const losses: number[] = [];
  let weights = drawGpt(size, 1);
  let state: AdamWState = { step: 0, m: [tf.zerosLike(weights)], v: [tf.zerosLike(weights)] };
  for (let step = 0; step < options.steps; step++) {
    const places = tf.tidy(() =>
      tf
        .randomUniform([options.texts], 0, ids.length - size.context, "int32", 1000 + step)
        .dataSync(),
    );
    const texts = excerpts(ids, places, size.context + 1);
    const rate =
      options.rate *
      Math.min(1, (step + 1) / 20) *
      (0.55 + 0.45 * Math.cos((Math.PI * step) / options.steps));
    const { value, grad } = tf.valueAndGrad(
      (w: tf.Tensor) => nextTokenLoss(texts, splitGpt(w, size), size) as tf.Scalar,
    )(weights);
    const next = adamW([weights], [grad], state, { rate, beta2: 0.99 });
    losses.push(value.dataSync()[0]!);
    tf.dispose([texts, value, grad, weights, state.m, state.v]);
    ({
      params: [weights],
      state,
    } = next as { params: [tf.Tensor]; state: AdamWState });
    await setImmediate(); // the test runner has its turn
    report(step, losses.at(-1)!);
  }
  tf.dispose([state.m, state.v]);
  return { weights, losses };
}

/** Mean loss of the first `count` letters, read in texts as long as the model can. */
export function heldOutLoss(
  ids: Int32Array,
  weights: tf.Tensor,
  size: GptSize,
  count: number,
): number {
  const texts = Math.floor(count / size.context);
  let sum = 0;
  for (let i = 0; i < texts; i++) {
    sum += tf.tidy(
      () =>
        nextTokenLoss(
          excerpts(ids, [i * size.context], size.context + 1),
          splitGpt(weights, size),
          size,
        ).dataSync()[0]!,
    );
  }
  return sum / texts;
}

/** The committed weights in one long tensor. */
export function readCheckpoint(): tf.Tensor {
  const { data, shape } = parseSafeTensors(readFileSync(checkpoint), checkpoint).tensors.get(
    "weights",
  )!;
  return tf.tensor(data as Float32Array, shape);
}
