/**
 * GPT-2 over new tokens only, with caches, as llamaStep is for Llama; and the same for one new token
 * of each of many texts whose caches are in pages.
 */
import * as tf from "@tensorflow/tfjs-core";
import type { KvCache } from "../attention/types";
import { feedForward } from "../blocks/feedForward";
import { expectGpt } from "../decoders/checks";
import type { FilledCache, GptParams } from "../decoders/types";
import type { BlockParams } from "../encoders/types";
import { attendWithCache } from "../shared/attendWithCacheOnDevice";
import { expectIds } from "../shared/blockChecks";
import { geluTanh } from "../shared/geluTanhWithGradient";
import { layerNorm } from "../shared/layerNormWithGradient";
import { linear } from "../shared/linearWithGradient";
import type { Pages } from "./types";

/** Adds what the feed-forward network makes of the normed stream. */
function addMlp(x: tf.Tensor, { norm2, mlp }: BlockParams): tf.Tensor {
  return x.add(feedForward(layerNorm(x, norm2.gamma, norm2.beta), mlp, geluTanh));
}

function scoresOf(x: tf.Tensor, { tokens, norm }: GptParams): tf.Tensor {
  return linear(layerNorm(x, norm.gamma, norm.beta), tokens.transpose());
}

/**
 * Reads new tokens after those in the caches, and scores the token after each of them.
 * @param ids int32 [B, T], the new tokens, T ≥ 1
 * @param caches one for each block, all with P tokens; { k: null, v: null } at the start. They are
 *   neither changed nor disposed of
 * @param params tokens [V, C], positions [M, C], blocks, norm
 * @param options heads H
 * @returns logits [B, T, V] and the longer caches
 * @throws when an id isn't a row of tokens, P + T is over M, or a weight doesn't fit
 */
export function gptStep(
  ids: tf.Tensor,
  caches: KvCache[],
  params: GptParams,
  options: { heads: number },
): { logits: tf.Tensor; caches: FilledCache[] } {
  expectIds("gptStep", ids, params.tokens);
  const P = caches[0]?.k?.shape[2] ?? 0;
  const T = ids.shape[1]!;
  expectGpt("gptStep", params, P + T, options);
  return tf.tidy(() => {
    const longer: FilledCache[] = [];
    let x = tf.gather(params.tokens, ids).add(params.positions.slice([P, 0], [T, -1]));
    params.blocks.forEach((block, i) => {
      const normed = layerNorm(x, block.norm1.gamma, block.norm1.beta);
      const heard = attendWithCache(normed, caches[i]!, block.attention, options);
      longer.push(heard.cache as FilledCache);
      x = addMlp(x.add(heard.output), block);
    });
    return { logits: scoresOf(x, params), caches: longer };
  });
}

/** Caches with their first tokens only. @returns new tensors, k and v [B, G, length, D] */
export function cutCaches(caches: FilledCache[], length: number): FilledCache[] {
  const cut = (x: tf.Tensor) => x.slice([0, 0, 0, 0], [-1, -1, length, -1]);
  return caches.map(({ k, v }) => ({ k: cut(k), v: cut(v) }));
}

/** Attention of one new query of each text over its pages, such as pagedAttention. */
export type AttendPages = (
  q: tf.Tensor,
  pages: Pages,
  tables: number[][],
  lengths: number[],
) => tf.Tensor;

/**
 * One new token of each of B texts, whose keys and values go into the texts' pages.
 * @param ids B ids
 * @param pages for each block k and v [N, S, H, D]; neither changed nor disposed of
 * @param tables for each text the numbers of its pages, with room for the new token
 * @param lengths for each text how many tokens its pages hold already
 * @param params tokens [V, C], positions [M, C], blocks, norm
 * @param options heads H; attend, such as pagedAttention
 * @returns logits [B, V] and the pages with the new tokens
 */
export function gptPagedStep(
  ids: number[],
  pages: Pages[],
  tables: number[][],
  lengths: number[],
  params: GptParams,
  { heads, attend }: { heads: number; attend: AttendPages },
): { logits: tf.Tensor; pages: Pages[] } {
  return tf.tidy(() => {
    const B = ids.length;
    const [N, S, , D] = pages[0]!.k.shape as [number, number, number, number];
    const slots = lengths.map((t, b) => tables[b]![Math.floor(t / S)]! * S + (t % S));
    const source = Int32Array.from({ length: N * S }, (_, i) => i);
    slots.forEach((slot, b) => (source[slot] = N * S + b)); // from the new rows
    const from = tf.tensor1d(source, "int32");
    const written = (old: tf.Tensor, rows: tf.Tensor) =>
      tf
        .concat([old.reshape([N * S, heads * D]), rows])
        .gather(from)
        .reshape(old.shape);
    const next: Pages[] = [];
    const places = tf.tensor1d(lengths, "int32");
    let x = tf
      .gather(params.tokens, tf.tensor1d(ids, "int32"))
      .add(tf.gather(params.positions, places)); // [B, C]
    params.blocks.forEach((block, i) => {
      const { wq, bq, wk, bk, wv, bv, wo, bo } = block.attention;
      const normed = layerNorm(x, block.norm1.gamma, block.norm1.beta);
      const k = written(pages[i]!.k, linear(normed, wk, bk));
      const v = written(pages[i]!.v, linear(normed, wv, bv));
      next.push({ k, v });
      const q = linear(normed, wq, bq).reshape([B, heads, D]);
      const longer = lengths.map((length) => length + 1);
      const heard = attend(q, { k, v }, tables, longer).reshape([B, heads * D]);
      x = addMlp(x.add(linear(heard, wo, bo)), block);
    });
    return { logits: scoresOf(x, params), pages: next };
  });
}
