/**
 * The small GPT on the device that COURSE_DEVICE names; `stock` in place of a name is tfjs's WASM
 * backend without our kernels.
 */
import { createRequire } from "node:module";
import { refusedDevice } from "../device.mjs";
import { SIZES, tf, tokenSteps, trainingSteps } from "./gpt.mjs";

const require = createRequire(import.meta.url);
const RUNS = { small: 60, large: 8 };
/** Steps before the clock starts: V8 compiles during the first twenty or so. */
const WARM = { small: 30, large: 5 };
const TOKENS = 48;

/** Gives the reason when the device cannot be had; a graphics card made of software is none. */
async function choose(name) {
  if (name !== "stock") return refusedDevice();
  require("@tensorflow/tfjs-backend-wasm");
  tf.enableProdMode();
  return (await tf.setBackend("wasm")) ? undefined : "tfjs could not start its backend wasm";
}

async function medianMs(step, warm, runs) {
  const times = [];
  for (let i = 0; i < warm + runs; i++) {
    const start = performance.now();
    await step();
    if (i >= warm) times.push(performance.now() - start);
  }
  return times.sort((a, b) => a - b)[times.length >> 1];
}

function training(size) {
  const step = trainingSteps(size);
  return async () => {
    const loss = step();
    await loss.data();
    loss.dispose();
  };
}

function generation(size) {
  const step = tokenSteps(size);
  let id = 0;
  return async () => {
    const next = step(id);
    id = (await next.data())[0];
    next.dispose();
  };
}

const refused = await choose(process.env.COURSE_DEVICE);
if (refused) {
  console.log(JSON.stringify({ refused }));
} else {
  const ms = (value) => ({ value, unit: "ms", better: "less" });
  const measures = {};
  for (const [name, size] of Object.entries(SIZES)) {
    measures[`training step, ${name}`] = ms(await medianMs(training(size), WARM[name], RUNS[name]));
    measures[`generated token, ${name}`] = ms(await medianMs(generation(size), TOKENS, size.T));
  }
  console.log(JSON.stringify(measures));
}
