/**
 * What lesson 24 reaches: a small GPT that drafts more than half of a larger one's letters, and
 * 3-bit weights that lose less where GPTQ rounds them.
 */
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { gunzipSync } from "node:zlib";
import * as tf from "@tensorflow/tfjs-core";
import { courseRoot, paths } from "grader";
import { registerWasmKernels } from "ops";
import { afterAll, beforeAll, expect, test } from "vitest";
import "../shared/shared.testing";
import { gptForward } from "../decoders/gptForward";
import { type GptSize, splitGpt } from "../decoders/gptWeights";
import type { GptParams } from "../decoders/types";
import { readTensorFile } from "../encoders/family.testing";
import { gptWithHooks } from "../inside/gptWithHooks";
import { layerNorm } from "../shared/layerNormWithGradient";
import { inverseHessian } from "./inverseHessian";
import { quantizeWeights } from "./quantizeWeights";
import { roundWithError } from "./roundWithError";

let stock: () => void;
beforeAll(() => {
  stock = registerWasmKernels();
});
afterAll(() => stock());

const { data } = paths(courseRoot());
const text = gunzipSync(readFileSync(join(data, "shakespeare.txt.gz"))).toString();
const alphabet = [...new Set(text)].sort();
const V = alphabet.length;
const SIZE: GptSize = { layers: 3, width: 96, heads: 4, vocabulary: V, context: 128 };
const weights = (name: string) =>
  readTensorFile(join(data, "checkpoints", `${name}.safetensors`)).weights!;
const gpt = splitGpt(weights("letter-gpt"), SIZE);
const drafting = splitGpt(weights("draft-gpt"), { ...SIZE, layers: 1, width: 32 });

/** Texts of 128 letters from a place on. */
function texts(from: number, count: number): tf.Tensor {
  const rows = Array.from({ length: count }, (_, i) =>
    Array.from(text.slice(from + 128 * i, from + 128 * (i + 1)), (c) => alphabet.indexOf(c)),
  );
  return tf.tensor2d(rows, undefined, "int32");
}
const cut = Math.floor(0.9 * text.length);
const heldOut = texts(cut, 8);

test("the small GPT drafts what the larger one accepts more than every second time", () => {
  const shares = (params: GptParams) => tf.softmax(gptForward(heldOut, params, SIZE));
  const accepted = tf.minimum(shares(gpt), shares(drafting)).sum(-1).mean().dataSync()[0]!;
  console.log(`accepted: ${accepted.toFixed(3)}`);
  expect(accepted).toBeGreaterThan(0.6);
  expect(accepted).toBeLessThan(0.9);
});

test("GPTQ's 3-bit weights change a layer's queries less than nearest ones", () => {
  const normed = (ids: tf.Tensor) => {
    const seen: tf.Tensor[] = [];
    gptWithHooks(ids, gpt, {
      heads: 4,
      hook: (x, { layer, part }) => {
        if (part === "stream" && layer === 1) seen.push(x);
        return x;
      },
    });
    const { gamma, beta } = gpt.blocks[1]!.norm1;
    return layerNorm(seen[0]!, gamma, beta).reshape([-1, 96]);
  };
  const w = gpt.blocks[1]!.attention.wq;
  const numbers = w.arraySync() as number[][];
  const { whole, scale } = quantizeWeights(numbers, { bits: 3 });
  const inverse = inverseHessian(normed(texts(0, 8)).arraySync() as number[][]);
  const moved = roundWithError(numbers, inverse, scale, { bits: 3 });
  const x = normed(heldOut);
  const off = (n: number[][]) =>
    x.matMul(tf.tensor2d(n).mul(scale).sub(w)).square().mean().dataSync()[0]!;
  const share = off(moved) / off(whole);
  console.log(`GPTQ's squared error, compared with the nearest: ${share.toFixed(3)}`);
  expect(share).toBeLessThan(0.8);
});
