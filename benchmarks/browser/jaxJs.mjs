/** jax-js, in a worker as ours. */
import { defaultDevice, init, jit, nn, numpy as np } from "./jax/index.js";
import { trainingSteps } from "./jaxGpt.mjs";
import { answerInWorker, D, drawQkv, firstLosses } from "./works.mjs";

async function training({ size }) {
  const step = trainingSteps(await (await fetch(`${size}.json`)).json());
  return { check: () => firstLosses(step), step };
}

/** @param attend takes q, k and v [1, T, 1, D], as jax's own function does */
const attention =
  (attend) =>
  ({ T }) => {
    const inputs = drawQkv(T).map((values) => np.array(values).reshape([1, T, 1, D]));
    const compiled = jit(attend);
    const step = async () => (await compiled(...inputs.map((x) => x.ref))).data();
    return { check: step, step };
  };

const naive = attention((...inputs) => {
  const [, T] = inputs[0].shape;
  const [q, k, v] = inputs.map((x) => x.reshape([T, D]));
  const scores = np.matmul(q, k.transpose()).mul(1 / Math.sqrt(D));
  return np.matmul(nn.softmax(scores, -1), v);
});
const flash = attention((q, k, v) => nn.dotProductAttention(q, k, v));

answerInWorker(async (device) => {
  const found = await init(device);
  if (!found.includes(device)) return { refused: `jax-js has no ${device} here` };
  defaultDevice(device);
  return { training, naive, flash };
});
