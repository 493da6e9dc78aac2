/**
 * Trains lesson 02's VQ-VAE from the start on our own functions, as `npm run reach` does: the
 * recipe of data/training/image-tokens/fashion_vq.py with smaller batches and fewer steps, two
 * minutes on a quiet machine. That is enough to pass PCA with 8-bit coefficients.
 */
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { setImmediate } from "node:timers/promises";
import { gunzipSync } from "node:zlib";
import * as tf from "@tensorflow/tfjs-core";
import { courseRoot, paths, random } from "grader";
import { expect, test } from "vitest";
import {
  codebookPerplexity,
  imageNetwork,
  overlappingPatches,
  quantize,
  reviveCodes,
  straightThrough,
  unpatchify,
  updateCodebook,
  vqLosses,
  type EmaCodebook,
} from ".";
import { adamW, clipGradients, type AdamWState } from "../blocks";

const C = 64;
const D = 16;
const K = 64;
const B = 16;
const STEPS = 600;
const RATE = 3e-3;
const VARIANCE = 0.125;
const PCA_WITH_36_BYTES = 0.01419;
type Weights = Record<string, tf.Tensor>;

const raw = gunzipSync(
  readFileSync(join(paths(courseRoot()).data, "fashion-mnist-images.idx.gz")),
).subarray(16);
const dice = random(1);
const pictures = (places: number[]): tf.Tensor =>
  tf.tensor(
    Float32Array.from(
      places.flatMap((n) => [...raw.subarray(784 * n, 784 * (n + 1))]),
      (v) => v / 255,
    ),
    [places.length, 28, 28, 1],
  );
const encode = (x: tf.Tensor, w: Weights): tf.Tensor =>
  imageNetwork(overlappingPatches(x, 4), w, "encoder"); // [B, 7, 7, D]
const decode = (codes: tf.Tensor, w: Weights): tf.Tensor =>
  unpatchify(imageNetwork(codes, w, "decoder").reshape([-1, 49, 16]), 4, 28, 28);

function initial(): Weights {
  const w: Weights = {};
  let seed = 1;
  for (const [half, dIn, dOut] of [
    ["encoder", 64, D],
    ["decoder", D, 16],
  ] as const) {
    for (const [m, b, rows, columns] of [
      ["in.w", "in.b", dIn, C],
      ["block.w1", "block.b1", 9 * C, C],
      ["block.w2", "block.b2", C, C],
      ["out.w", "out.b", C, dOut],
    ] as const) {
      w[`${half}.${m}`] = tf.randomNormal([rows, columns], 0, rows ** -0.5, "float32", seed++);
      w[`${half}.${b}`] = tf.zeros([columns]);
    }
    for (const norm of ["block.", ""]) {
      Object.assign(w, {
        [`${half}.${norm}gamma`]: tf.ones([C]),
        [`${half}.${norm}beta`]: tf.zeros([C]),
      });
    }
  }
  return w;
}

/** Up within the first tenth, down along a cosine. */
const rateAt = (step: number): number =>
  RATE *
  (step < STEPS / 10
    ? (step + 1) / (STEPS / 10)
    : 0.5 * (1 + Math.cos((Math.PI * (step - STEPS / 10)) / (0.9 * STEPS))));

test(
  "a short training passes PCA with 8-bit coefficients, uses its codebook and leaves no " +
    "tensors behind",
  async () => {
    const start = initial();
    const names = Object.keys(start);
    const named = (p: tf.Tensor[]): Weights =>
      Object.fromEntries(names.map((name, i) => [name, p[i]!]));
    let params = Object.values(start);
    let adam: AdamWState = {
      step: 0,
      m: params.map((p) => tf.zerosLike(p)),
      v: params.map((p) => tf.zerosLike(p)),
    };
    let book: EmaCodebook = tf.tidy(() => {
      const codebook = encode(pictures([0, 1]), start)
        .reshape([98, D])
        .slice([0, 0], [K, D]);
      const mean = (B * 49) / K;
      return { codebook, counts: tf.fill([K], mean), sums: codebook.mul(mean) };
    });
    const before = tf.memory().numTensors;
    for (let step = 0; step < STEPS; step++) {
      await setImmediate(); // vitest gets its turn
      const next = tf.tidy(() => {
        const x = pictures(Array.from({ length: B }, () => dice.int(0, 7999)));
        let kept: tf.Tensor[] = [];
        const { grads } = tf.valueAndGrads((...p: tf.Tensor[]) => {
          const w = named(p);
          const z = encode(x, w);
          const { ids, codes } = quantize(z, book.codebook);
          const error = decode(straightThrough(z, codes), w).sub(x).square().mean();
          kept = [error, ids, z].map((t) => tf.keep(t.clone()));
          return error.div(VARIANCE).add(vqLosses(z, codes).commitment.mul(0.25)) as tf.Scalar;
        })(params);
        const [error, ids, z] = kept as [tf.Tensor, tf.Tensor, tf.Tensor];
        const rows = z.reshape([-1, D]);
        if (step % 100 === 99) {
          console.info(
            `step ${step + 1}: squared error ${error.dataSync()[0]!.toFixed(5)}, perplexity ` +
              `${codebookPerplexity(ids, K).dataSync()[0]!.toFixed(1)}`,
          );
        }
        const moved = updateCodebook(book, rows, ids.flatten(), 0.99);
        const candidates = () =>
          tf.gather(
            rows,
            tf.tensor1d(
              Array.from({ length: K }, () => dice.int(0, B * 49 - 1)),
              "int32",
            ),
          );
        const newer =
          step % 20 === 19 && step < 0.8 * STEPS ? reviveCodes(moved, candidates()) : moved;
        tf.dispose(kept);
        return {
          ...adamW(params, clipGradients(grads, 1).gradients, adam, { rate: rateAt(step) }),
          newer,
        };
      });
      tf.dispose([params, adam.m, adam.v]);
      tf.dispose(book);
      ({ params, state: adam, newer: book } = next);
    }
    expect(tf.memory().numTensors).toBe(before);
    const w = named(params);
    const errors: number[] = [];
    const ids: tf.Tensor[] = [];
    for (let n = 8000; n < 9000; n += 50) {
      errors.push(
        tf.tidy(() => {
          const x = pictures(Array.from({ length: 50 }, (_, i) => n + i));
          const found = quantize(encode(x, w), book.codebook);
          ids.push(tf.keep(found.ids));
          return decode(found.codes, w).sub(x).square().mean().dataSync()[0]!;
        }),
      );
    }
    const error = errors.reduce((a, b) => a + b) / errors.length;
    const perplexity = codebookPerplexity(tf.concat(ids), K).dataSync()[0]!;
    console.info(`unseen: squared error ${error.toFixed(5)}, perplexity ${perplexity.toFixed(1)}`);
    expect(error).toBeLessThan(PCA_WITH_36_BYTES);
    expect(perplexity).toBeGreaterThanOrEqual(24);
  },
);
