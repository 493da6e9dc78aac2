/**
 * Attention over a cache in pages (Kwon et al. 2023, "Efficient Memory Management for Large Language
 * Model Serving with PagedAttention", arXiv:2309.06180, §4.1 and eq. 4). The paper's kernel reads
 * pages where they lie; here they are gathered first, which copies them.
 */
import * as tf from "@tensorflow/tfjs-core";
import { repeatGroups } from "../attention/repeatGroups";
import { scaledDotProductAttention } from "../attention/scaledDotProductAttention";
import { expectCount, expectFloats } from "../shared/shapes";
import type { Pages } from "./types";

/**
 * One new query of each text attends to all keys of its text, scaled by 1/√D:
 *   output[b, h] = Σ softmax(q[b, h]·k[b, t, g] / √D)·v[b, t, g], t = 0 … lengths[b] − 1
 * Token t of text b stands in row t mod S of page tables[b][⌊t/S⌋]. Head h reads group ⌊h·G/H⌋.
 * Nothing else in the pages counts: rows past a text's end may hold anything, NaN too.
 * @param q [B, H, D]
 * @param pages k and v [N, S, G, D]
 * @param tables for each text the numbers of its pages, in order; perhaps more than it needs
 * @param lengths for each text how many tokens are in its pages, at least 1
 * @returns [B, H, D]
 * @throws when a shape doesn't fit, or a table is too short or names a page that isn't there
 */
export function pagedAttention(
  q: tf.Tensor,
  pages: Pages,
  tables: number[][],
  lengths: number[],
): tf.Tensor {
  expectPages(q, pages, tables, lengths);
  // yours
  return tf.tidy(() => {
    const [B, H, D] = q.shape as [number, number, number];
    const [N, S, G] = pages.k.shape as [number, number, number];
    const T = Math.max(...lengths);
    const rows = tables.map((table, b) =>
      Array.from({ length: T }, (_, place) => {
        const t = Math.min(place, lengths[b]! - 1); // past the end, the last token once more
        return table[Math.floor(t / S)]! * S + (t % S);
      }),
    );
    const at = tf.tensor(rows, [B, T], "int32");
    const gathered = (x: tf.Tensor) =>
      repeatGroups(
        x
          .reshape([N * S, G, D])
          .gather(at)
          .transpose([0, 2, 1, 3]),
        H,
      ); // [B, H, T, D]
    const ends = tf.tensor(lengths, [B, 1], "int32");
    const mask = tf.range(0, T, 1, "int32").less(ends).reshape([B, 1, 1, T]);
    const query = q.expandDims(2); // [B, H, 1, D]
    const { output } = scaledDotProductAttention(query, gathered(pages.k), gathered(pages.v), {
      mask,
    });
    return output.squeeze([2]);
  });
}

// given
function expectPages(q: tf.Tensor, { k, v }: Pages, tables: number[][], lengths: number[]): void {
  expectFloats("pagedAttention", "q", q, ["B", "H", "D"]);
  const [B, , D] = q.shape;
  expectFloats("pagedAttention", "pages.k", k, ["N", "S", "G", D!]);
  expectFloats("pagedAttention", "pages.v", v, k.shape);
  const [N, S] = k.shape as [number, number];
  if (tables.length !== B || lengths.length !== B) {
    const got = `${tables.length} tables, ${lengths.length} lengths`;
    throw new Error(`pagedAttention: expected tables and lengths of ${B} texts, got ${got}`);
  }
  tables.forEach((table, b) => {
    expectCount("pagedAttention", `lengths[${b}]`, lengths[b]!);
    const fits = table.every((page) => Number.isInteger(page) && page >= 0 && page < N);
    if (!fits || table.length * S < lengths[b]!) {
      const wanted = `pages from 0 to ${N - 1} for ${lengths[b]!} tokens`;
      throw new Error(
        `pagedAttention: expected tables[${b}] to be ${wanted}, got [${table.join(", ")}]`,
      );
    }
  });
}
