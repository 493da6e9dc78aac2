/**
 * Trains lesson 15's judge, decoder and encoder–decoder from the start, as `npm run reach` does.
 * Each must come out as good as the committed one. UPDATE_CHECKPOINTS=1 puts the new weights in the
 * place of the committed ones.
 */
import { writeFileSync } from "node:fs";
import * as tf from "@tensorflow/tfjs-core";
import { random } from "grader";
import { registerWasmKernels } from "ops";
import { afterAll, beforeAll, expect, test } from "vitest";
import "../shared/shared.testing";
import { safeTensors } from "../positions/letters.testing";
import {
  caption,
  checkpoint,
  crossLoss,
  crossOf,
  drawCross,
  drawExamples,
  drawJudge,
  gptOf,
  idsOf,
  inParts,
  judge,
  judgeLoss,
  kinds,
  mean,
  pages,
  pictureOf,
  pictures,
  picturesLoss,
  readCheckpoint,
  SEEN,
  sequenceLoss,
  shades,
  SIZE,
  train,
  TRAIN,
  type Weights,
} from "./capstone.testing";
import { drawGpt } from "../decoders/gptWeights";

const BATCH = 48;
const EVERY = 100;
const STEPS = Number(process.env.STEPS ?? 2400);
const RATE = Number(process.env.RATE ?? 3e-3);
let stock: () => void;
beforeAll(() => {
  stock = registerWasmKernels();
});
afterAll(() => stock());
const update = (name: string, w: Weights) => {
  if (process.env.UPDATE_CHECKPOINTS) writeFileSync(checkpoint(name), safeTensors(w));
};

const both = () => [pages(0, TRAIN), pages(0, TRAIN, true)];
/** The 500 pictures that say when to stop, with their whole captions. */
const heldOut = (count = SEEN - TRAIN) =>
  pages(TRAIN, count).map((page, i) => ({
    text: caption(kinds[TRAIN + i]!, shades[TRAIN + i]),
    page,
  }));
const meanOf = (
  rows: { text: string; page: number[] }[],
  loss: (rows: { text: string; page: number[] }[]) => tf.Tensor,
) =>
  tf.tidy(
    () =>
      inParts(rows.length, (at, size) => loss(rows.slice(at, at + size)))
        .mean()
        .dataSync()[0]!,
  );

test("the judge", async () => {
  const rightOf = (w: Weights, x: (n: number[]) => tf.Tensor) =>
    tf.tidy(() => {
      const places = Array.from({ length: 1000 }, (_, i) => SEEN + i);
      const named = inParts(1000, (at, size) =>
        judge(x(places.slice(at, at + size)).reshape([size, 784]), w).argMax(-1),
      );
      return mean(Array.from(named.dataSync(), (k, i) => (k === kinds[SEEN + i] ? 1 : 0)));
    });
  const { weights } = await train(
    drawJudge(1),
    judgeLoss,
    { steps: 2500, rate: 2e-3 },
    () => undefined,
  );
  const real = rightOf(weights, pictures);
  const again = rightOf(weights, (n) => pictureOf(idsOf(pictures(n))));
  console.log(`the judge names ${real} of the unseen pictures, ${again} of their reconstructions`);
  update("clothes-judge", weights);
  expect(real).toBeGreaterThan(rightOf(readCheckpoint("clothes-judge"), pictures) - 0.02);
});

type Rows = { text: string; page: number[] }[];
/**
 * Trains, measures 200 held-out pages now and then, and keeps these losses beside the weights as
 * `held`.
 */
async function trained(
  name: string,
  begin: Weights,
  loss: (w: Weights, step: number) => tf.Scalar,
  pageLosses: (rows: Rows, w: Weights) => tf.Tensor,
) {
  const held: number[] = [];
  const few = heldOut(200);
  const all = heldOut();
  const began = performance.now();
  const lossOf = (w: Weights, rows: Rows) => meanOf(rows, (some) => pageLosses(some, w));
  const { weights } = await train(begin, loss, { steps: STEPS, rate: RATE }, (step, now, w) => {
    if (step % EVERY !== EVERY - 1) return;
    tf.tidy(() => held.push(lossOf(w(), few)));
    console.log(
      `${name}, step ${step + 1}, ${((performance.now() - began) / 1000).toFixed(0)} s: ` +
        `loss ${now.toFixed(3)}, held out ${held.at(-1)!.toFixed(4)}`,
    );
  });
  update(name, { ...weights, held: tf.tensor1d(held) });
  // another order of additions ends in other weights
  expect(Math.abs(lossOf(weights, all) - lossOf(readCheckpoint(name), all))).toBeLessThan(0.03);
}

test("the decoder of words and pictures", async () => {
  const turned = both();
  const loss = (w: Weights, step: number) =>
    sequenceLoss(drawExamples(random(step + 1), BATCH, turned), gptOf(w));
  await trained("clothes-gpt", { weights: drawGpt(SIZE, 1) }, loss, (rows, w) =>
    picturesLoss(rows, gptOf(w)),
  );
});

test("the encoder–decoder", async () => {
  const turned = both();
  const loss = (w: Weights, step: number) =>
    crossLoss(drawExamples(random(step + 1), BATCH, turned), crossOf(w)).mean() as tf.Scalar;
  await trained("clothes-cross", drawCross(1), loss, (rows, w) => crossLoss(rows, crossOf(w)));
});
