/** Weights of an encoder–decoder by their names in a file, and in the order of its blocks. */
import type * as tf from "@tensorflow/tfjs-core";
import type { Seq2SeqParams } from "./types";

/**
 * Puts tensors such as `decoder.0.cross.wq` into their places: names between dots are fields,
 * numbers are places in a list.
 */
export function seq2seqParams(tensors: Record<string, tf.Tensor>): Seq2SeqParams {
  const root: Record<string, unknown> = { encoder: [], decoder: [] };
  for (const [name, tensor] of Object.entries(tensors)) {
    const keys = name.split(".");
    const last = keys.pop()!;
    const place = keys.reduce((node, key) => (node[key] ??= {}) as Record<string, unknown>, root);
    place[last] = tensor;
  }
  return root as unknown as Seq2SeqParams;
}
