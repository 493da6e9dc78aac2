/**
 * All weights of a GPT in one long tensor: an optimizer then takes a dozen operations a step, and
 * not a dozen for each weight. Beginnings are GPT-2's but for the deviation: matrices that add to
 * the residual stream are smaller by √(2·layers), gammas are one, all else is zero. GPT-2 draws
 * matrices with a deviation of 0.02 whatever the width; small models learn faster from 1/√C.
 */
import * as tf from "@tensorflow/tfjs-core";
import type { BlockParams, NormParams } from "../encoders/types";
import type { GptParams } from "./types";

/** layers L, width C, heads H, V ids, texts of at most `context` tokens (M). */
export interface GptSize {
  layers: number;
  width: number;
  heads: number;
  vocabulary: number;
  context: number;
}

/** The shape of each weight in the order in which they stand in the long tensor. */
function shapes({
  layers,
  width: C,
  vocabulary,
  context,
}: GptSize): [name: string, shape: number[]][] {
  const norm = (at: string): [string, number[]][] => [
    [`${at}.gamma`, [C]],
    [`${at}.beta`, [C]],
  ];
  const block = (i: number): [string, number[]][] => [
    ...norm(`${i}.norm1`),
    ...["q", "k", "v", "o"].flatMap((name): [string, number[]][] => [
      [`${i}.w${name}`, [C, C]],
      [`${i}.b${name}`, [C]],
    ]),
    ...norm(`${i}.norm2`),
    [`${i}.w1`, [C, 4 * C]],
    [`${i}.b1`, [4 * C]],
    [`${i}.w2`, [4 * C, C]],
    [`${i}.b2`, [C]],
  ];
  return [
    ["tokens", [vocabulary, C]],
    ["positions", [context, C]],
    ...Array.from({ length: layers }, (_, i) => block(i)).flat(),
    ...norm("norm"),
  ];
}

/** @returns float32 [number of weights], drawn from the seed */
export function drawGpt(size: GptSize, seed: number): tf.Tensor {
  return tf.tidy(() =>
    tf.concat1d(
      shapes(size).map(([name, shape], i) => {
        if (name.endsWith("gamma")) return tf.ones([tf.util.sizeFromShape(shape)]);
        if (shape.length === 1) return tf.zeros([tf.util.sizeFromShape(shape)]);
        const adds = name.endsWith("wo") || name.endsWith("w2"); // to the residual stream
        return tf
          .randomNormal(
            shape,
            0,
            1 / Math.sqrt(size.width * (adds ? 2 * size.layers : 1)),
            "float32",
            seed + i,
          )
          .flatten();
      }) as tf.Tensor1D[],
    ),
  );
}

/**
 * The weights by their places, as parts of the long tensor; differentiable.
 * @param weights [number of weights]
 * @throws when there are not as many as the size says
 */
export function splitGpt(weights: tf.Tensor, size: GptSize): GptParams {
  const all = shapes(size);
  const sizes = all.map(([, shape]) => tf.util.sizeFromShape(shape));
  const count = sizes.reduce((a, b) => a + b);
  if (weights.shape.length !== 1 || weights.size !== count) {
    throw new Error(`splitGpt: expected weights [${count}], got [${weights.shape.join(", ")}]`);
  }
  const parts = tf.split(weights, sizes);
  const named = new Map(all.map(([name, shape], i) => [name, parts[i]!.reshape(shape)]));
  tf.dispose(parts);
  const of = (name: string) => named.get(name)!;
  const norm = (at: string): NormParams => ({ gamma: of(`${at}.gamma`), beta: of(`${at}.beta`) });
  const block = (i: number): BlockParams => ({
    norm1: norm(`${i}.norm1`),
    norm2: norm(`${i}.norm2`),
    mlp: { w1: of(`${i}.w1`), b1: of(`${i}.b1`), w2: of(`${i}.w2`), b2: of(`${i}.b2`) },
    attention: {
      wq: of(`${i}.wq`),
      bq: of(`${i}.bq`),
      wk: of(`${i}.wk`),
      bk: of(`${i}.bk`),
      wv: of(`${i}.wv`),
      bv: of(`${i}.bv`),
      wo: of(`${i}.wo`),
      bo: of(`${i}.bo`),
    },
  });
  return {
    tokens: of("tokens"),
    positions: of("positions"),
    blocks: Array.from({ length: size.layers }, (_, i) => block(i)),
    norm: norm("norm"),
  };
}
