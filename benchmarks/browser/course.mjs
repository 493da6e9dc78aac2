/** Ours, as a cell of the browser's kernel: it trains what `benchmarkRuns` asks, and prints. */
import { SIZES, drawBatch, drawParams, startOf, trainingStep } from "../training/gpt.mjs";
import { measure } from "./steps.mjs";

function training(size) {
  const batch = drawBatch(size, 1);
  let run = startOf(drawParams(size));
  return async () => {
    run = trainingStep(run, batch, size);
    const [loss] = await run.loss.data();
    run.loss.dispose();
    return loss;
  };
}

const results = {};
for (const [name, runs] of Object.entries(globalThis.benchmarkRuns)) {
  results[name] = await measure(training(SIZES[name]), runs);
}
console.log(JSON.stringify(results));
