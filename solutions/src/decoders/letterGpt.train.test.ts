/**
 * Trains lesson 09's GPT of letters from the start, as `npm run reach` does, ten minutes on a busy
 * machine. It must come out as good as the committed one. UPDATE_CHECKPOINTS=1 puts the new weights
 * in the place of the committed ones.
 */
import { writeFileSync } from "node:fs";
import * as tf from "@tensorflow/tfjs-core";
import { registerWasmKernels } from "ops";
import { afterAll, beforeAll, expect, test } from "vitest";
import "../shared/shared.testing";
import { readLetters, safeTensors } from "../positions/letters.testing";
import { checkpoint, heldOutLoss, LARGE, readCheckpoint, trainGpt } from "./letterGpt.testing";

let stock: () => void;
beforeAll(() => {
  stock = registerWasmKernels();
}); // a step takes a fifth of the time
afterAll(() => stock());

test("the GPT of letters is trained again", async () => {
  const { train, heldOut, V } = readLetters();
  const size = { ...LARGE, vocabulary: V };
  const { weights, losses } = await trainGpt(
    train,
    size,
    { steps: 2000, texts: 8, rate: 4e-3 },
    (step, loss) => {
      if (step % 100 === 99) console.log(`step ${step + 1}, loss ${loss.toFixed(3)}`);
    },
  );
  if (process.env.UPDATE_CHECKPOINTS) {
    writeFileSync(checkpoint, safeTensors({ weights, losses: tf.tensor1d(losses) }));
  }
  const measure = (w: tf.Tensor) => heldOutLoss(heldOut, w, size, 16_384);
  // another order of additions ends in other weights, not in another loss
  expect(Math.abs(measure(weights) - measure(readCheckpoint()))).toBeLessThan(0.05);
});
