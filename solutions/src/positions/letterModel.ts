/**
 * A language model of letters, as small as possible while still showing what a position scheme
 * does. Its blocks are pre-norm (RMSNorm, causal attention, residual, RMSNorm, feed-forward,
 * residual), and only where positions enter differs. Dropout and biases are left out.
 */
import * as tf from "@tensorflow/tfjs-core";
import { causalMask } from "../attention/causalMask";
import { mergeHeads } from "../attention/mergeHeads";
import { scaledDotProductAttention } from "../attention/scaledDotProductAttention";
import { splitHeads } from "../attention/splitHeads";
import { feedForward } from "../blocks/feedForward";
import { gelu } from "../blocks/gelu";
import { linear } from "../shared/linearWithGradient";
import { rmsNorm } from "../blocks/rmsNorm";
import { oneHot } from "../orientation/oneHot";
import { alibiBias } from "./alibiBias";
import { applyRope } from "./applyRope";
import { bucketBias } from "./bucketBias";
import { learnedPositions } from "./learnedPositions";
import { sinusoidalPositions } from "./sinusoidalPositions";

/**
 * Where positions enter: nowhere (none), added to the letters (sinusoidal, learned), as turns of
 * queries and keys (rope), or added to the scores (alibi, buckets).
 */
export type PositionScheme = "none" | "sinusoidal" | "learned" | "rope" | "alibi" | "buckets";

/**
 * letters [V, C], norm [C], head [C, V]; for layer l `l.norm1`, `l.wq`, `l.wk`, `l.wv`, `l.wo`,
 * `l.norm2`, `l.w1`, `l.w2`; also `places` [M, C] for learned and `bias` [buckets, H] for buckets.
 */
export type LetterParams = Record<string, tf.Tensor>;

/**
 * Scores for the letter that follows each letter.
 * @param ids int32 [B, T]
 * @param params weights by name
 * @param options scheme; heads H, 4 unless given; scale divides RoPE's positions, 1 unless given
 * @returns logits [B, T, V]
 * @throws when learned places end before the text does
 */
export function letterModel(
  ids: tf.Tensor,
  params: LetterParams,
  options: { scheme: PositionScheme; heads?: number; scale?: number },
): tf.Tensor {
  const { scheme, heads = 4, scale = 1 } = options;
  const T = ids.shape[1]!;
  const [V, C] = params.letters!.shape as [number, number];
  return tf.tidy(() => {
    let x = linear(oneHot(ids, V), params.letters!); // [B, T, C]
    if (scheme === "sinusoidal") x = x.add(sinusoidalPositions(T, C));
    if (scheme === "learned") x = x.add(learnedPositions(params.places!, T));
    const turn = (u: tf.Tensor) =>
      scheme === "rope" ? applyRope(u, tf.range(0, T), { scale }) : u;
    const bias = scoreBias(T, heads, scheme, params);
    for (let l = 0; params[`${l}.wq`]; l++) {
      const of = (name: string) => params[`${l}.${name}`]!;
      const seen = rmsNorm(x, of("norm1"));
      const split = (name: string) => splitHeads(linear(seen, of(name)), heads); // [B, H, T, D]
      const q = split("wq");
      const k = split("wk");
      const v = split("wv");
      const { output } = scaledDotProductAttention(turn(q), turn(k), v, { bias });
      x = x.add(linear(mergeHeads(output), of("wo")));
      x = x.add(feedForward(rmsNorm(x, of("norm2")), { w1: of("w1"), w2: of("w2") }, gelu));
    }
    return linear(rmsNorm(x, params.norm!), params.head!);
  });
}

/**
 * What is added to the scores. The causal mask is in it as −∞: that is one addition, while a mask
 * would be expanded for each text and head.
 * @returns [T, T], or [H, T, T] where heads differ
 */
function scoreBias(
  T: number,
  heads: number,
  scheme: PositionScheme,
  params: LetterParams,
): tf.Tensor {
  const causal = tf.where(causalMask(T).notEqual(0), 0, -Infinity);
  if (scheme === "alibi") return causal.add(alibiBias(heads, T, T));
  if (scheme === "buckets") return causal.add(bucketBias(params.bias!, T));
  return causal;
}
