/** From an encoder–decoder's weights by name, as in a file, to plain data. */
import type * as tf from "@tensorflow/tfjs-core";
import type { Seq2SeqParams } from "./types";

/**
 * Nests tensors such as `decoder.0.cross.wq`: names between dots are fields, numbers are indices
 * of a list.
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
