/**
 * Left padding: prompts of different lengths share a batch and all end at the last place, where
 * the next token is scored. Padding must change nothing: each text has its own positions, and no
 * token attends to what stands before its text. These are the attention_mask and position_ids of
 * transformers with padding_side "left" (Wolf et al. 2019, arXiv:1910.03771).
 */
import * as tf from "@tensorflow/tfjs-core";
import { causalMask } from "../attention/causalMask";
import type { PaddedBatch } from "./types";

/**
 * Puts texts of different lengths into one batch, with padding before the shorter ones, so that a
 * decoder gives each of them what it gives it alone. With n tokens in text b and T in the longest:
 *   ids        the last n places of row b hold its tokens, those before them `pad`
 *   positions  0 … n − 1 at its tokens, 0 in the padding
 *   mask       1 where t may attend to s: s ≤ t and s is a place of the text, not of the padding;
 *              else 0, also in the rows of the padding
 * @param texts B lists of ids, none empty
 * @param pad the id that fills the places before a text; it may also occur in texts
 * @returns ids and positions int32 [B, T], mask float32 [B, 1, T, T]
 * @throws when there are no texts, or a text is empty
 */
export function padLeft(texts: number[][], pad: number): PaddedBatch {
  if (texts.length === 0) throw new Error("padLeft: expected at least one text, got texts []");
  const empty = texts.findIndex((text) => text.length === 0);
  if (empty >= 0) {
    throw new Error(`padLeft: expected at least one token in texts[${empty}], got []`);
  }
  // yours
  return tf.tidy(() => {
    const B = texts.length;
    const T = Math.max(...texts.map((text) => text.length));
    const before = texts.map((text) => T - text.length); // places of padding
    const rows = texts.map((text, b) => [...new Array<number>(before[b]!).fill(pad), ...text]);
    const place = tf.range(0, T, 1, "int32");
    const start = tf.tensor(before, [B, 1], "int32");
    const positions = place.sub(start).maximum(tf.scalar(0, "int32")); // [B, T]
    const isText = place.greaterEqual(start).reshape([B, 1, 1, T]);
    const mask = causalMask(T).mul(isText); // [B, 1, T, T]
    return { ids: tf.tensor(rows, [B, T], "int32"), positions, mask };
  });
}
