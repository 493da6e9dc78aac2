/** Our side, as the other benchmarks have it: ../training and ../attention. */
import { createRequire } from "node:module";
import {
  SIZES,
  drawBatch,
  drawParams,
  gptStep,
  named,
  tf,
  tokenSteps,
  trainingSteps,
} from "../training/gpt.mjs";
import { D, drawQkv, firstLosses } from "./works.mjs";

const require = createRequire(import.meta.url);
const { scaledDotProductAttention } = require("../../solutions/dist/attention");
const { flashAttention } = require("../../solutions/dist/cheaper-attention");

/** Reads a tensor and disposes of it. */
async function take(x) {
  const values = await x.data();
  x.dispose();
  return values;
}

function training({ size }) {
  const next = trainingSteps(SIZES[size]);
  const step = async () => (await take(next()))[0];
  return { check: () => firstLosses(step), step };
}

function token({ size }) {
  const next = tokenSteps(SIZES[size]);
  let id = 0;
  const step = async () => {
    [id] = await take(next(id));
  };
  return { check: () => lastLogits(SIZES[size]), step };
}

/** The scores after the batch's first text, read token by token. */
async function lastLogits(size) {
  const params = tf.tidy(() => named(drawParams(size), size));
  const { inputs, targets } = drawBatch(size, 1);
  const ids = (await inputs.data()).subarray(0, size.T);
  let caches = Array.from({ length: size.L }, () => ({ k: null, v: null }));
  let logits;
  for (const id of ids) {
    const x = tf.tensor2d([[id]], [1, 1], "int32");
    const step = gptStep(x, params, size, caches);
    tf.dispose([x, caches, logits ?? []]);
    ({ logits, caches } = step);
  }
  tf.dispose([params, inputs, targets, caches]);
  return take(logits);
}

const attention =
  (attend) =>
  ({ T }) => {
    const [q, k, v] = drawQkv(T).map((values) => tf.tensor(values, [1, 1, T, D]));
    const step = async () => {
      const { output, ...others } = attend(q, k, v);
      tf.dispose(others);
      return take(output);
    };
    return { check: step, step };
  };

export const ours = {
  training,
  token,
  naive: attention(scaledDotProductAttention),
  flash: attention(flashAttention),
};
