/**
 * The small work of lessons, one function for each: a training step of the small GPT, a generated
 * token, and attention over 256 tokens of one head of width 64.
 */
import {
  blockSparseAttention,
  flashAttention,
  linearAttention,
  scaledDotProductAttention,
  slidingWindowAttention,
} from "solutions";
import { BLOCK, sparseBlocks } from "../attention/sparse.mjs";
import { SIZES, tf, tokenSteps, trainingSteps } from "../training/gpt.mjs";

const T = 256;
const D = 64;

function training(size) {
  const step = trainingSteps(size);
  return () => {
    const loss = step();
    loss.dataSync();
    loss.dispose();
  };
}

function generation(size) {
  const step = tokenSteps(size);
  let id = 0;
  return () => {
    const next = step(id);
    id = next.dataSync()[0];
    next.dispose();
  };
}

function attention(attend) {
  const [q, k, v] = [1, 2, 3].map((seed) => tf.randomNormal([1, 1, T, D], 0, 1, "float32", seed));
  return () => tf.dispose(attend(q, k, v));
}

function sparse() {
  const blocks = sparseBlocks(T);
  return attention((q, k, v) => blockSparseAttention(q, k, v, blocks, BLOCK));
}

/** What is measured, by its name; each makes its own tensors. */
export const WORK = {
  "training step, small": () => training(SIZES.small),
  "generated token, small": () => generation(SIZES.small),
  "naive, 256 tokens": () => attention(scaledDotProductAttention),
  "flash, 256 tokens": () => attention(flashAttention),
  "window, 256 tokens": () =>
    attention((q, k, v) => slidingWindowAttention(q, k, v, { window: T })),
  "sparse, 256 tokens": sparse,
  "linear, 256 tokens": () => attention(linearAttention),
};
