/**
 * All weights of a GPT in one long tensor: an optimizer then needs a dozen operations per step, not
 * a dozen for each weight. The initialization is GPT-2's except for its scale: matrices that add to
 * the residual stream are smaller by √(2·layers), gammas are one, everything else is zero. GPT-2
 * draws matrices with a deviation of 0.02 at any width; small models learn faster from 1/√C.
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

type Shapes = [name: string, shape: number[]][];

/** The name and shape of each weight, in the order of the long tensor. */
function shapes({ layers, width: C, vocabulary, context }: GptSize): Shapes {
  const norm = (at: string): Shapes => [
    [`${at}.gamma`, [C]],
    [`${at}.beta`, [C]],
  ];
  const projection = (at: string, name: string): Shapes => [
    [`${at}.w${name}`, [C, C]],
    [`${at}.b${name}`, [C]],
  ];
  const block = (at: string): Shapes => [
    ...norm(`${at}.norm1`),
    ...["q", "k", "v", "o"].flatMap((name) => projection(at, name)),
    ...norm(`${at}.norm2`),
    [`${at}.w1`, [C, 4 * C]],
    [`${at}.b1`, [4 * C]],
    [`${at}.w2`, [4 * C, C]],
    [`${at}.b2`, [C]],
  ];
  return [
    ["tokens", [vocabulary, C]],
    ["positions", [context, C]],
    ...Array.from({ length: layers }, (_, i) => block(`${i}`)).flat(),
    ...norm("norm"),
  ];
}

/** @returns float32 [number of weights], drawn from the seed */
export function drawGpt(size: GptSize, seed: number): tf.Tensor {
  const { width: C, layers } = size;
  const draw = ([name, shape]: Shapes[number], i: number): tf.Tensor1D => {
    const count = tf.util.sizeFromShape(shape);
    if (name.endsWith("gamma")) return tf.ones([count]);
    if (shape.length === 1) return tf.zeros([count]);
    const adds = name.endsWith("wo") || name.endsWith("w2"); // to the residual stream
    const deviation = 1 / Math.sqrt(C * (adds ? 2 * layers : 1));
    return tf.randomNormal(shape, 0, deviation, "float32", seed + i).flatten();
  };
  return tf.tidy(() => tf.concat1d(shapes(size).map(draw)));
}

/**
 * Cuts the long tensor into the weights of the model; differentiable.
 * @param weights [number of weights]
 * @throws when there aren't as many as the size says
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
  const block = (i: number): BlockParams => {
    const at = (name: string) => of(`${i}.${name}`);
    return {
      norm1: norm(`${i}.norm1`),
      attention: {
        wq: at("wq"),
        wk: at("wk"),
        wv: at("wv"),
        wo: at("wo"),
        bq: at("bq"),
        bk: at("bk"),
        bv: at("bv"),
        bo: at("bo"),
      },
      norm2: norm(`${i}.norm2`),
      mlp: { w1: at("w1"), b1: at("b1"), w2: at("w2"), b2: at("b2") },
    };
  };
  return {
    tokens: of("tokens"),
    positions: of("positions"),
    blocks: Array.from({ length: size.layers }, (_, i) => block(i)),
    norm: norm("norm"),
  };
}
