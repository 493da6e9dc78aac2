/**
 * The small GPT on the device that COURSE_DEVICE names; `stock` in place of a name is tfjs's WASM
 * backend without our kernels.
 */
import { createRequire } from "node:module";
import { SIZES, drawBatch, drawParams, gptStep, named, startOf, tf, trainingStep } from "./gpt.mjs";

const require = createRequire(import.meta.url);
const RUNS = { small: 30, large: 8 };
const WARM = 3;
const TOKENS = 48;

/** Gives the reason when the device cannot be had; a graphics card made of software is none. */
async function choose(name) {
  const { CANDIDATES, use } = require("course/devices");
  const candidate = CANDIDATES.find((c) => c.name === name);
  if (candidate) return (await use(candidate))?.refused;
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
  const batch = drawBatch(size, 1);
  let run = startOf(drawParams(size));
  return async () => {
    run = trainingStep(run, batch, size);
    await run.loss.data();
    run.loss.dispose();
  };
}

/**
 * The likeliest token after those before, with their keys and values cached; from the start again
 * when the text is T long.
 */
function generation(size) {
  const params = tf.tidy(() => named(drawParams(size), size));
  const none = () => Array.from({ length: size.L }, () => ({ k: null, v: null }));
  let caches = none();
  let id = 0;
  return async () => {
    if (caches[0].k?.shape[2] === size.T) {
      tf.dispose(caches);
      caches = none();
    }
    const ids = tf.tensor2d([[id]], [1, 1], "int32");
    const step = gptStep(ids, params, size, caches);
    const next = step.logits.argMax(-1);
    id = (await next.data())[0];
    tf.dispose([ids, caches, step.logits, next]);
    caches = step.caches;
  };
}

const refused = await choose(process.env.COURSE_DEVICE);
if (refused) {
  console.log(JSON.stringify({ refused }));
} else {
  const ms = (value) => ({ value, unit: "ms", better: "less" });
  const measures = {};
  for (const [name, size] of Object.entries(SIZES)) {
    measures[`training step, ${name}`] = ms(await medianMs(training(size), WARM, RUNS[name]));
    measures[`generated token, ${name}`] = ms(await medianMs(generation(size), TOKENS, size.T));
  }
  console.log(JSON.stringify(measures));
}
