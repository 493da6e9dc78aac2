/**
 * For tests only: trains a GPT on the letters of Shakespeare, and measures it on held-out text.
 * Everything random comes from seeds.
 */
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { setImmediate } from "node:timers/promises";
import * as tf from "@tensorflow/tfjs-core";
import { courseRoot, parseSafeTensors, paths } from "grader";
import { adamW, type AdamWState } from "../blocks/adamW";
import { drawGpt, splitGpt, type GptSize } from "./gptWeights";
import { nextTokenLoss } from "./nextTokenLoss";

/** The size of the committed model. */
export const LARGE: Omit<GptSize, "vocabulary"> = { layers: 3, width: 96, heads: 4, context: 128 };
/** What the notebook trains in seconds. */
export const SMALL: Omit<GptSize, "vocabulary"> = { layers: 2, width: 64, heads: 4, context: 32 };
export const checkpoint = join(paths(courseRoot()).data, "checkpoints", "letter-gpt.safetensors");

/** Texts of `length` letters that start at the given places. */
export function excerpts(ids: Int32Array, starts: ArrayLike<number>, length: number): tf.Tensor {
  const rows = Array.from(starts, (s) => Array.from(ids.subarray(s, s + length)));
  return tf.tensor(rows, [starts.length, length], "int32");
}

interface Training {
  steps: number;
  /** excerpts per step */
  texts: number;
  /** the highest learning rate */
  rate: number;
}

/** Random excerpts, one token longer than the context. */
function drawTexts(ids: Int32Array, count: number, context: number, seed: number): tf.Tensor {
  const starts = tf.randomUniform([count], 0, ids.length - context, "int32", seed);
  const texts = excerpts(ids, starts.dataSync(), context + 1);
  starts.dispose();
  return texts;
}

/** Rises linearly for 20 steps, then falls along half a cosine to a tenth. */
function rateAt(step: number, { steps, rate }: Training): number {
  const warmUp = Math.min(1, (step + 1) / 20);
  return rate * warmUp * (0.55 + 0.45 * Math.cos((Math.PI * step) / steps));
}

/** Trains with AdamW. */
export async function trainGpt(
  ids: Int32Array,
  size: GptSize,
  training: Training,
  report: (step: number, loss: number) => void,
): Promise<{ weights: tf.Tensor; losses: number[] }> {
  const losses: number[] = [];
  let weights = drawGpt(size, 1);
  let state: AdamWState = { step: 0, m: [tf.zerosLike(weights)], v: [tf.zerosLike(weights)] };
  for (let step = 0; step < training.steps; step++) {
    const texts = drawTexts(ids, training.texts, size.context, 1000 + step);
    const loss = (w: tf.Tensor) => nextTokenLoss(texts, splitGpt(w, size), size) as tf.Scalar;
    const { value, grad } = tf.valueAndGrad(loss)(weights);
    const rate = rateAt(step, training);
    const next = adamW([weights], [grad], state, { rate, beta2: 0.99 });
    losses.push(value.dataSync()[0]!);
    tf.dispose([texts, value, grad, weights, state.m, state.v]);
    weights = next.params[0]!;
    state = next.state;
    await setImmediate(); // lets the test runner do its work
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
    sum += tf.tidy(() => {
      const text = excerpts(ids, [i * size.context], size.context + 1);
      return nextTokenLoss(text, splitGpt(weights, size), size).dataSync()[0]!;
    });
  }
  return sum / texts;
}

/** The committed weights in one long tensor. */
export function readCheckpoint(): tf.Tensor {
  const { tensors } = parseSafeTensors(readFileSync(checkpoint), checkpoint);
  const { data, shape } = tensors.get("weights")!;
  return tf.tensor(data as Float32Array, shape);
}
