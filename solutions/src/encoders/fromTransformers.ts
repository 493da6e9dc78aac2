/**
 * From weights as Hugging Face's transformers names them to our plain data. PyTorch stores matrices
 * as [out, in], so each is transposed once; all other tensors are passed on unchanged.
 */
import * as tf from "@tensorflow/tfjs-core";
import type { AttentionParams } from "../attention/types";
import type { BertParams, BlockParams, EsmParams, MaskedHeadParams, NormParams } from "./types";

type Weights = Record<string, tf.Tensor>;

function named(weights: Weights, name: string): tf.Tensor {
  const tensor = weights[name];
  if (!tensor) {
    throw new Error(
      `fromTransformers: expected weights with ${name}, got ${Object.keys(weights).length} others`,
    );
  }
  return tensor;
}

const matrix = (weights: Weights, name: string): tf.Tensor =>
  named(weights, `${name}.weight`).transpose();

const norm = (weights: Weights, name: string): NormParams => ({
  gamma: named(weights, `${name}.weight`),
  beta: named(weights, `${name}.bias`),
});

/** How many layers there are under `${prefix}encoder.layer.`. */
function countLayers(weights: Weights, prefix: string): number {
  const names = Object.keys(weights);
  const first = `${prefix}encoder.layer.`;
  let layers = 0;
  while (names.some((name) => name.startsWith(`${first}${layers}.`))) layers++;
  if (layers === 0) {
    throw new Error(
      `fromTransformers: expected weights with ${first}0, got ${names.length} others`,
    );
  }
  return layers;
}

/**
 * The attention of one layer of a BERT or an ESM.
 * @param layer counted from 0
 * @param prefix what comes before "encoder" in the names, default nothing
 * @throws when a weight is missing; the message names it
 */
export function attentionFromTransformers(
  weights: Weights,
  layer: number,
  prefix = "",
): AttentionParams {
  const at = `${prefix}encoder.layer.${layer}.attention`;
  const bias = (name: string) => named(weights, `${at}.${name}.bias`);
  return {
    wq: matrix(weights, `${at}.self.query`),
    bq: bias("self.query"),
    wk: matrix(weights, `${at}.self.key`),
    bk: bias("self.key"),
    wv: matrix(weights, `${at}.self.value`),
    bv: bias("self.value"),
    wo: matrix(weights, `${at}.output.dense`),
    bo: bias("output.dense"),
  };
}

function blocks(weights: Weights, prefix: string, norm1: string, norm2: string): BlockParams[] {
  return Array.from({ length: countLayers(weights, prefix) }, (_, i) => {
    const at = `${prefix}encoder.layer.${i}`;
    return {
      norm1: norm(weights, `${at}.${norm1}`),
      attention: attentionFromTransformers(weights, i, prefix),
      norm2: norm(weights, `${at}.${norm2}`),
      mlp: {
        w1: matrix(weights, `${at}.intermediate.dense`),
        b1: named(weights, `${at}.intermediate.dense.bias`),
        w2: matrix(weights, `${at}.output.dense`),
        b2: named(weights, `${at}.output.dense.bias`),
      },
    };
  });
}

/**
 * A BertModel's weights, for bertEncode.
 * @param prefix "bert." if the model has a head
 * @throws when a weight is missing; the message names it
 */
export function bertFromTransformers(weights: Weights, prefix = ""): BertParams {
  const table = (name: string) => named(weights, `${prefix}embeddings.${name}_embeddings.weight`);
  return {
    tokens: table("word"),
    positions: table("position"),
    segments: table("token_type"),
    norm: norm(weights, `${prefix}embeddings.LayerNorm`),
    blocks: blocks(weights, prefix, "attention.output.LayerNorm", "output.LayerNorm"),
  };
}

/**
 * BertForMaskedLM's head, for predictMasked.
 * @throws when a weight is missing; the message names it
 */
export function bertHeadFromTransformers(weights: Weights): MaskedHeadParams {
  const at = "cls.predictions";
  return {
    w: matrix(weights, `${at}.transform.dense`),
    b: named(weights, `${at}.transform.dense.bias`),
    norm: norm(weights, `${at}.transform.LayerNorm`),
    bias: named(weights, `${at}.bias`),
  };
}

/**
 * An EsmForMaskedLM's encoder, for esmEncode.
 * @throws when a weight is missing; the message names it
 */
export function esmFromTransformers(weights: Weights, prefix = "esm."): EsmParams {
  return {
    tokens: named(weights, `${prefix}embeddings.word_embeddings.weight`),
    blocks: blocks(weights, prefix, "attention.LayerNorm", "LayerNorm"),
    norm: norm(weights, `${prefix}encoder.emb_layer_norm_after`),
  };
}

/**
 * EsmForMaskedLM's head, for predictMasked with eps 1e-5.
 * @throws when a weight is missing; the message names it
 */
export function esmHeadFromTransformers(weights: Weights): MaskedHeadParams {
  return {
    w: matrix(weights, "lm_head.dense"),
    b: named(weights, "lm_head.dense.bias"),
    norm: norm(weights, "lm_head.layer_norm"),
    bias: named(weights, "lm_head.bias"),
  };
}
