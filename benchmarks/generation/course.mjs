/** SmolLM2 by the course's components, on the device that COURSE_DEVICE names. */
import { existsSync } from "node:fs";
import * as tf from "@tensorflow/tfjs-core";
import { refusedDevice } from "../device.mjs";
import { FILE, LENGTH, measures, MISSING, PROMPT, WRITTEN } from "./prompt.mjs";

/** Why it can't run here. */
async function refusal() {
  if (!existsSync(FILE)) return MISSING;
  return refusedDevice();
}

async function run() {
  const { weights, weightsMetadata } = await import("course");
  const { ggufTokenizer, llamaFromGguf, llamaOptions, llamaStep } = await import("solutions");
  const metadata = weightsMetadata("smollm2");
  const options = llamaOptions(metadata);
  const model = llamaFromGguf(await weights("smollm2"), options);
  const { encode } = ggufTokenizer(metadata);
  const prompt = encode(PROMPT).slice(0, LENGTH);
  const none = () => model.blocks.map(() => ({ k: null, v: null }));

  const step = async (ids, caches) => {
    const start = performance.now();
    const x = tf.tensor2d([ids], [1, ids.length], "int32");
    const { logits, caches: longer } = llamaStep(x, caches, model, options);
    const best = logits.argMax(-1);
    const id = (await best.data())[0];
    tf.dispose([x, caches, logits, best]);
    return { id, caches: longer, ms: performance.now() - start };
  };
  tf.dispose((await step(prompt, none())).caches); // what compiles at first use
  let last = await step(prompt, none());
  const promptMs = last.ms;
  const tokenMs = [];
  for (let i = 0; i < WRITTEN; i++) {
    last = await step([last.id], last.caches);
    tokenMs.push(last.ms);
  }
  return measures(promptMs, tokenMs);
}

const refused = await refusal();
console.log(JSON.stringify(refused ? { refused } : await run()));
