/**
 * What lesson 21 reaches: a GPT that copies random letters, the two heads in series that do it, and
 * a small ESM whose first layer's heads stand in for each other.
 */
import { join } from "node:path";
import * as tf from "@tensorflow/tfjs-core";
import { courseRoot, paths, random } from "grader";
import { registerWasmKernels } from "ops";
import { afterAll, beforeAll, expect, test } from "vitest";
import "../shared/shared.testing";
import { type GptSize, splitGpt } from "../decoders/gptWeights";
import { esmLosses, readFamily, readTensorFile } from "../encoders/family.testing";
import { ablateHead } from "./ablateHead";
import { gptWithHooks } from "./gptWithHooks";
import { headScores } from "./headScores";
import type { Hook } from "./types";

let stock: () => void;
beforeAll(() => {
  stock = registerWasmKernels();
});
afterAll(() => stock());

const { data } = paths(courseRoot());
const checkpoint = (name: string) =>
  readTensorFile(join(data, "checkpoints", `${name}.safetensors`));

const SIZE: GptSize = { layers: 2, width: 64, heads: 4, vocabulary: 27, context: 64 };
const HALF = 24;

/** Different letters in any order, and the same letters once more: ids [texts, 2 · HALF]. */
function shuffledTwice(texts: number, seed: number): tf.Tensor2D {
  const chance = random(seed);
  const rows = Array.from({ length: texts }, () => {
    const drawn = Array.from({ length: 26 }, (_, i) => ({ id: i + 1, at: chance.next() }));
    const half = drawn.sort((a, b) => a.at - b.at).slice(0, HALF);
    return [...half, ...half].map(({ id }) => id);
  });
  return tf.tensor2d(rows, undefined, "int32");
}

test("the GPT copies, by an induction head that needs one that looks at its neighbor", () => {
  const gpt = splitGpt(checkpoint("copy-gpt").weights!, SIZE);
  const ids = shuffledTwice(32, 3);
  const right = tf.oneHot(ids.slice([0, HALF], [-1, HALF]) as tf.Tensor2D, SIZE.vocabulary);
  /** −log p of a letter that comes again. */
  const cost = (hook?: Hook): number =>
    tf.tidy(() => {
      const logits = gptWithHooks(ids, gpt, { heads: SIZE.heads, hook });
      const guesses = tf.logSoftmax(logits.slice([0, HALF - 1, 0], [-1, HALF, -1]));
      return guesses.mul(right.toFloat()).sum(-1).mean().neg().dataSync()[0]!;
    });
  const without =
    (layer: number, head: number): Hook =>
    (x, place) =>
      place.part === "heads" && place.layer === layer ? ablateHead(x, head, "mean") : x;
  const induction: number[] = [];
  const intact = cost((x, { part }) => {
    if (part === "weights") induction.push(...headScores(x, ids).induction.dataSync());
    return x;
  });
  const [previous, copying] = [cost(without(0, 1)), cost(without(1, 0))];
  console.log(
    `a copied letter: ${intact.toFixed(2)} nats, without L0H1 ${previous.toFixed(2)}, without ` +
      `L1H0 ${copying.toFixed(2)}; induction ${induction.map((x) => x.toFixed(2)).join(" ")}`,
  );
  expect(intact).toBeLessThan(0.3);
  expect(induction[4]).toBeGreaterThan(0.9);
  expect(induction[1]).toBeLessThan(0.05);
  expect(copying).toBeGreaterThan(intact + 1.5);
  expect(previous).toBeGreaterThan(copying);
});

test("without one head of its first layer an ESM loses little, without all four much more", () => {
  const weights = checkpoint("hemopexin-esm");
  const some = readFamily().filter(({ part }) => part === "test");
  const members = some.filter((_, i) => i % 150 === 0);
  const name = Object.keys(weights).find((key) => /layer\.0\.attention\.output.*weight/.test(key))!;
  const [wide, narrow] = weights[name]!.shape as [number, number];
  /** Nats per residue; of the matrix [out, in], the columns of a head are what it adds. */
  const cost = (heads: number[]): number => {
    const columns = tf.unstack(weights[name]!.reshape([wide, 4, narrow / 4]), 1);
    const left = columns.map((part, head) => (heads.includes(head) ? tf.zerosLike(part) : part));
    const lesion = { ...weights, [name]: tf.concat(left, 1) };
    const losses = members.flatMap(esmLosses(lesion, 4));
    return losses.reduce((sum, x) => sum + x, 0) / losses.length;
  };
  const intact = cost([]);
  const alone = [0, 1, 2, 3].map((head) => cost([head]) - intact);
  const together = cost([0, 1, 2, 3]) - intact;
  console.log(
    `a hidden residue: ${intact.toFixed(2)} nats, one head less ` +
      `${alone.map((x) => x.toFixed(2)).join(" ")}, all four ${together.toFixed(2)}`,
  );
  expect(together).toBeGreaterThan(2 * Math.max(...alone));
  expect(together).toBeGreaterThan(1.5 * alone.reduce((sum, x) => sum + x, 0));
});
