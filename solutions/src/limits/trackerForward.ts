/**
 * A small decoder that names the state after each move it reads: lesson 08's block with a causal
 * mask and lesson 04's ALiBi, without dropout.
 */
import * as tf from "@tensorflow/tfjs-core";
import { expectIds } from "../shared/blockChecks";
import { expectCount, expectFloats } from "../shared/shapes";
import { causalMask } from "../attention/causalMask";
import { layerNorm } from "../shared/layerNormWithGradient";
import { linear } from "../shared/linearWithGradient";
import { encoderBlock } from "../encoders/encoderBlock";
import type { BlockParams } from "../encoders/types";
import { oneHot } from "../orientation/oneHot";
import { alibiBias } from "../positions/alibiBias";

/**
 * tokens [V, C], head [C, states], norm.gamma and norm.beta [C]; for layer l `l.norm1.gamma`,
 * `l.norm1.beta`, `l.wq`, `l.bq`, … `l.wo`, `l.bo`, `l.norm2.…`, `l.w1`, `l.b1`, `l.w2`, `l.b2`.
 */
export type TrackerParams = Record<string, tf.Tensor>;

/**
 * Scores the states after each token.
 * @param ids int32 [B, T], moves, with states between them if there is a scratchpad
 * @param params weights by their names
 * @param heads H, default 4
 * @returns logits [B, T, states]
 * @throws when an id is no row of tokens, or a weight is missing or does not fit
 */
export function trackerForward(ids: tf.Tensor, params: TrackerParams, heads = 4): tf.Tensor {
  expectTracker(ids, params, heads);
  return tf.tidy(() => {
    const T = ids.shape[1]!;
    const of = (name: string) => params[name]!;
    let x = linear(oneHot(ids, of("tokens").shape[0]!), of("tokens")); // [B, T, C]
    const options = { heads, mask: causalMask(T), bias: alibiBias(heads, T, T) };
    for (let l = 0; params[`${l}.wq`]; l++) x = encoderBlock(x, blockParams(params, l), options);
    return linear(layerNorm(x, of("norm.gamma"), of("norm.beta")), of("head"));
  });
}

function expectTracker(ids: tf.Tensor, params: TrackerParams, heads: number): void {
  const fn = "trackerForward";
  const expectWeight = (name: string, shape: (number | string)[]) => {
    if (!params[name]) throw new Error(`${fn}: expected params to hold ${name}`);
    expectFloats(fn, name, params[name], shape);
  };
  expectWeight("tokens", ["V", "C"]);
  expectIds(fn, ids, params.tokens!);
  const C = params.tokens!.shape[1]!;
  expectCount(fn, "heads", heads);
  if (C % heads !== 0) throw new Error(`${fn}: expected heads to divide ${C}, got ${heads}`);
  for (let l = 0; params[`${l}.wq`]; l++) {
    expectWeight(`${l}.w1`, [C, "F"]);
    const F = params[`${l}.w1`]!.shape[1]!;
    expectWeight(`${l}.b1`, [F]);
    expectWeight(`${l}.w2`, [F, C]);
    for (const w of ["wq", "wk", "wv", "wo"]) expectWeight(`${l}.${w}`, [C, C]);
    const vectors = ["bq", "bk", "bv", "bo", "b2"];
    const norms = ["norm1.gamma", "norm1.beta", "norm2.gamma", "norm2.beta"];
    for (const name of [...vectors, ...norms]) expectWeight(`${l}.${name}`, [C]);
  }
  expectWeight("norm.gamma", [C]);
  expectWeight("norm.beta", [C]);
  expectWeight("head", [C, "states"]);
}

function blockParams(params: TrackerParams, layer: number): BlockParams {
  const at = (name: string) => params[`${layer}.${name}`]!;
  const norm = (name: string) => ({ gamma: at(`${name}.gamma`), beta: at(`${name}.beta`) });
  return {
    norm1: norm("norm1"),
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
    norm2: norm("norm2"),
    mlp: { w1: at("w1"), b1: at("b1"), w2: at("w2"), b2: at("b2") },
  };
}
