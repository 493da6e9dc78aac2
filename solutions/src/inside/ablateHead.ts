/**
 * Ablation: a head's output is replaced by one that tells nothing about the text. With zero as in
 * Michel et al. 2019 (arXiv:1905.10650, §2.3), with its mean as in Wang et al. 2022
 * (arXiv:2211.00593, §2.2, there over texts of another kind).
 */
import * as tf from "@tensorflow/tfjs-core";
import { expectFloats } from "../shared/shapes";

/**
 * Replaces what one head has read, and leaves the other heads as they are.
 *   zero  0 at each place
 *   mean  at each place of each text the head's mean over all texts and places
 * @param z [B, H, T, D], what the heads have read, before wo
 * @param head which one, from 0 on
 * @param by default "zero"
 * @returns [B, H, T, D]; the other heads' numbers are z's, bit for bit
 * @throws when z isn't float32 [B, H, T, D], head isn't one of its heads, or by is another word
 */
export function ablateHead(z: tf.Tensor, head: number, by: "zero" | "mean" = "zero"): tf.Tensor {
  expectFloats("ablateHead", "z", z, ["B", "H", "T", "D"]);
  const H = z.shape[1]!;
  if (!Number.isInteger(head) || head < 0 || head >= H) {
    throw new Error(`ablateHead: expected head to be a whole number below ${H}, got ${head}`);
  }
  if (by !== "zero" && by !== "mean") {
    const got = JSON.stringify(by);
    throw new Error(`ablateHead: expected by to be "zero" or "mean", got ${got}`);
  }
  // yours
  return tf.tidy(() => {
    const parts = tf.split(z, H, 1); // H of [B, 1, T, D]
    const nothing = tf.zerosLike(parts[head]!);
    const mean = parts[head]!.mean([0, 2], true); // [1, 1, 1, D]
    const instead = by === "zero" ? nothing : nothing.add(mean);
    const changed = parts.map((part, h) => (h === head ? instead : part));
    return tf.concat(changed, 1);
  });
}
