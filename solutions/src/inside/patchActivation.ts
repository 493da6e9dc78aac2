/**
 * Activation patching (Meng et al. 2022, arXiv:2202.05262, §2.1, "causal tracing"; Heimersheim &
 * Nanda 2024, arXiv:2404.15255): a run on one text, with some activations from a run on another.
 */
import * as tf from "@tensorflow/tfjs-core";
import { expectGpt } from "../decoders/checks";
import type { GptParams } from "../decoders/types";
import { expectIds } from "../shared/blockChecks";
import { expectShape } from "../shared/shapes";
import { gptWithHooks } from "./gptWithHooks";

/**
 * Runs the clean texts and keeps their residual stream; then runs the corrupted texts, and at each
 * of `places` goes on with the clean stream instead of its own.
 * @param clean int32 [B, T]
 * @param corrupted int32 [B, T]
 * @param params tokens [V, C], positions [M, C], L blocks, norm
 * @param options heads H; places: layer l from 0 to L is the stream that enters block l, and after
 *   the last block L; position from 0 to T − 1
 * @returns logits [B, T, V] of the corrupted run: without places those of the corrupted texts, with
 *   all positions of any one layer those of the clean ones
 * @throws when ids aren't rows of tokens, the texts differ in shape, T is over M, a weight doesn't
 *   fit, or one of places isn't in the model
 */
export function patchActivation(
  clean: tf.Tensor,
  corrupted: tf.Tensor,
  params: GptParams,
  options: { heads: number; places: { layer: number; position: number }[] },
): tf.Tensor {
  const { heads, places } = options;
  expectIds("patchActivation", clean, params.tokens, { ids: "clean" });
  expectIds("patchActivation", corrupted, params.tokens, { ids: "corrupted" });
  expectShape("patchActivation", "corrupted", corrupted, clean.shape);
  const T = clean.shape[1]!;
  expectGpt("patchActivation", params, T, { heads });
  const within = (n: number, count: number) => Number.isInteger(n) && n >= 0 && n < count;
  for (const { layer, position } of places) {
    if (!within(layer, params.blocks.length + 1) || !within(position, T)) {
      const model = `layers 0 to ${params.blocks.length} and positions 0 to ${T - 1}`;
      throw new Error(
        `patchActivation: expected places in ${model}, got layer ${layer}, position ${position}`,
      );
    }
  }
  // yours
  return tf.tidy(() => {
    const streams: tf.Tensor[] = [];
    gptWithHooks(clean, params, {
      heads,
      hook: (x, { layer, part }) => (part === "stream" ? (streams[layer] = x) : x),
    });
    return gptWithHooks(corrupted, params, {
      heads,
      hook: (x, { layer, part }) => {
        const here = part === "stream" ? places.filter((place) => place.layer === layer) : [];
        if (here.length === 0) return x;
        const flags = Array.from({ length: T }, (_, t) => here.some((p) => p.position === t));
        const isPatched = tf.tensor(flags, [1, T, 1], "bool");
        return tf.where(isPatched, streams[layer]!, x);
      },
    });
  });
}
