/**
 * Trains lesson 04's letter models from the start, as `npm run reach` does, some five minutes on a
 * quiet machine. Each must come out as good as the committed one. UPDATE_CHECKPOINTS=1 puts the new
 * weights in the place of the committed ones.
 */
import { writeFileSync } from "node:fs";
import { registerWasmKernels } from "ops";
import { afterAll, beforeAll, expect, test } from "vitest";
import "../shared/shared.testing";
import {
  checkpoint,
  heldOutLoss,
  readCheckpoint,
  readLetters,
  safeTensors,
  SCHEMES,
  T,
  trainLetters,
} from "./letters.testing";

let stock: () => void;
beforeAll(() => {
  stock = registerWasmKernels();
}); // a step takes a fifth of the time
afterAll(() => stock());

const { train, heldOut, V } = readLetters();

test.for(SCHEMES)("%s is trained again", async (scheme) => {
  const params = await trainLetters(train, V, scheme, (step, loss) => {
    if (step % 100 === 99) console.log(`${scheme}: step ${step + 1}, loss ${loss.toFixed(3)}`);
  });
  if (process.env.UPDATE_CHECKPOINTS) writeFileSync(checkpoint(scheme), safeTensors(params));
  const committed = readCheckpoint(scheme);
  const measure = (p: typeof params) =>
    heldOutLoss(heldOut, p, { scheme, length: T, count: 16_384 });
  // another order of additions ends in other weights, not in another loss
  expect(Math.abs(measure(params) - measure(committed))).toBeLessThan(0.05);
});
