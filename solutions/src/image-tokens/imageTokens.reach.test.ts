/**
 * What lesson 02 promises: 49 codes of 64 draw unseen pictures better than principal components do
 * with the same bits, and most of the codebook is in use. A small Vision Transformer names four in
 * five unseen pictures.
 */
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { gunzipSync } from "node:zlib";
import * as tf from "@tensorflow/tfjs-core";
import { courseRoot, parseSafeTensors, paths } from "grader";
import { expect, test } from "vitest";
import {
  codebookPerplexity,
  imageNetwork,
  lookUpCodes,
  overlappingPatches,
  quantize,
  unpatchify,
  visionTransformer,
} from ".";

const data = paths(courseRoot()).data;
const SEEN = 8000;
const UNSEEN = 1000;
const BATCH = 50;
const K = 64;
const raw = gunzipSync(readFileSync(join(data, "fashion-mnist-images.idx.gz"))).subarray(16);
const pictures = (from: number, count: number): tf.Tensor =>
  tf.tensor(
    Float32Array.from(raw.subarray(784 * from, 784 * (from + count)), (v) => v / 255),
    [count, 28, 28, 1],
  );

function load(name: string): Record<string, tf.Tensor> {
  const { tensors } = parseSafeTensors(
    readFileSync(join(data, "checkpoints", `${name}.safetensors`)),
    name,
  );
  return Object.fromEntries(
    [...tensors].map(([key, t]) => [key, tf.tensor(t.data as Float32Array, t.shape, t.dtype)]),
  );
}

/** The mean squared error of a pixel over all unseen pictures. */
function meanError(code: (x: tf.Tensor) => tf.Tensor): number {
  let sum = 0;
  for (let i = 0; i < UNSEEN; i += BATCH) {
    sum += tf.tidy(() => {
      const x = pictures(SEEN + i, BATCH);
      return code(x).sub(x).square().mean().dataSync()[0]!;
    });
  }
  return sum / (UNSEEN / BATCH);
}

/** The errors of both rivals in plain float64, without any of the lesson's code. */
function pcaErrors(): { bytes: number; best: number } {
  const pca = load("fashion-pca");
  const get = (name: string) => pca[name]!.dataSync();
  const mean = get("mean");
  const components = get("components") as Float32Array;
  const low = get("low");
  const high = get("high");
  const bits = get("bits") as Int32Array;
  const levels = get("levels");
  expect(bits.reduce((a, b) => a + b, 0)).toBe(49 * 6);
  const width = levels.length / bits.length;
  const asByte = (c: number, k: number) => {
    if (k >= 36) return 0;
    const range = high[k]! - low[k]!;
    const share = Math.min(1, Math.max(0, (c - low[k]!) / range));
    return low[k]! + (Math.round(share * 255) / 255) * range;
  };
  const atBest = (c: number, k: number) => {
    let best = levels[k * width]!;
    for (let j = 1; j < 2 ** bits[k]!; j++) {
      if (Math.abs(levels[k * width + j]! - c) < Math.abs(best - c)) best = levels[k * width + j]!;
    }
    return best;
  };
  const sums = [0, 0];
  for (let n = SEEN; n < SEEN + UNSEEN; n++) {
    const x = raw.subarray(784 * n, 784 * (n + 1));
    const again = [Float64Array.from(mean), Float64Array.from(mean)];
    for (let k = 0; k < bits.length; k++) {
      const row = components.subarray(784 * k, 784 * (k + 1));
      let c = 0;
      for (let i = 0; i < 784; i++) c += (x[i]! / 255 - mean[i]!) * row[i]!;
      [asByte(c, k), atBest(c, k)].forEach((rounded, r) => {
        if (rounded !== 0) for (let i = 0; i < 784; i++) again[r]![i]! += rounded * row[i]!;
      });
    }
    again.forEach((picture, r) => {
      for (let i = 0; i < 784; i++) sums[r]! += (picture[i]! - x[i]! / 255) ** 2;
    });
  }
  return { bytes: sums[0]! / (UNSEEN * 784), best: sums[1]! / (UNSEEN * 784) };
}

test("at 294 bits per picture the VQ-VAE beats PCA, however PCA spends its bits", () => {
  const w = load("fashion-vq");
  const codebook = w.codebook!;
  expect(codebook.shape[0]).toBe(K);
  const ids: tf.Tensor[] = [];
  const error = meanError((x) => {
    const z = imageNetwork(overlappingPatches(x, 4), w, "encoder");
    const found = quantize(z, codebook).ids; // [B, 7, 7]
    expect(found.shape).toEqual([BATCH, 7, 7]);
    ids.push(tf.keep(found));
    // from ids alone
    const patches = imageNetwork(lookUpCodes(codebook, found), w, "decoder");
    return unpatchify(patches.reshape([BATCH, 49, 16]), 4, 28, 28);
  });
  const { bytes, best } = pcaErrors();
  const perplexity = codebookPerplexity(tf.concat(ids), K).dataSync()[0]!;
  console.info(
    `squared error: VQ-VAE ${error.toFixed(5)}, PCA with 36 bytes ${bytes.toFixed(5)}, ` +
      `PCA with its bits at their best ${best.toFixed(5)}; ` +
      `perplexity ${perplexity.toFixed(1)}`,
  );
  expect(error).toBeLessThan(bytes);
  expect(error).toBeLessThan(best);
  expect(perplexity).toBeGreaterThanOrEqual(24);
}, 120_000);

test("a small Vision Transformer names unseen pictures", () => {
  const params = load("fashion-vit");
  const kinds = gunzipSync(readFileSync(join(data, "fashion-mnist-labels.idx.gz"))).subarray(8);
  let right = 0;
  for (let i = 0; i < UNSEEN; i += BATCH) {
    const x = pictures(SEEN + i, BATCH);
    const named = tf.tidy(() =>
      visionTransformer(x, { patch: 4, heads: 4 }, params).logits.argMax(-1).dataSync(),
    );
    right += named.filter((kind, j) => kind === kinds[SEEN + i + j]).length;
  }
  console.log(`the Vision Transformer names ${right} of ${UNSEEN} unseen pictures`);
  expect(right).toBeGreaterThan(800);
});
