/**
 * The effect of mutations as a masked model sees it, without a single measurement: masked marginals
 * (Meier et al. 2021, doi:10.1101/2021.07.09.450648). For DNA, the mean of both strands.
 */
import * as tf from "@tensorflow/tfjs-core";
import { expectShape } from "../shared/shapes";
import type { Mutation } from "./types";

/**
 * The log-odds of each variant: all positions that it changes are masked at once, and then
 *   score = Σ over its mutations log p(to) − log p(from)
 * where `from` is the letter of the sequence. Above 0 the model likes the variant better than the
 * sequence. A variant without mutations has score 0.
 * With `complement`, the score is the mean over both strands: the other one is the sequence read
 * backward with each letter replaced by its complement, and the variant goes along.
 * @param ids T ids, the sequence
 * @param variants N of them, each a list of mutations at different positions from 0 to T − 1
 * @param predict maps masked sequences int32 [N, T] to logits [N, T, V]; p is their softmax
 * @param options maskId; complement, of each id of a letter the complement's id, default none: one
 *   strand
 * @returns [N]
 * @throws when there is no variant, a position is out of range or twice in a variant, or predict
 *   returns another shape
 */
export function variantScore(
  ids: number[],
  variants: Mutation[][],
  predict: (ids: tf.Tensor) => tf.Tensor,
  options: { maskId: number; complement?: number[] },
): tf.Tensor {
  const { maskId, complement } = options;
  expectMutations(ids, variants);
  // yours
  const T = ids.length;
  const oneStrand = (sequence: number[], all: Mutation[][]) => {
    const rows = all.map((mutations) => {
      const row = [...sequence];
      for (const { position } of mutations) row[position] = maskId;
      return row;
    });
    const logits = predict(tf.tensor2d(rows, [all.length, T], "int32"));
    expectShape("variantScore", "predict's result", logits, [all.length, T, "V"]);
    const K = Math.max(1, ...all.map((mutations) => mutations.length)); // shorter ones are padded
    const slots = Array.from({ length: K }, (_, k) => k);
    const logitsOf = (idOf: (m: Mutation) => number) =>
      tf.gatherND(
        logits,
        tf.tensor3d(
          all.map((mutations, n) =>
            slots.map((k) =>
              mutations[k] ? [n, mutations[k].position, idOf(mutations[k])] : [n, 0, 0],
            ),
          ),
          [all.length, K, 3],
          "int32",
        ),
      ); // [N, K]
    const isThere = tf.tensor2d(all.map((mutations) => slots.map((k) => k < mutations.length)));
    // the softmax divides both by the same number
    const gains = logitsOf((m) => m.to).sub(logitsOf((m) => sequence[m.position]!));
    return tf.where(isThere, gains, tf.zerosLike(gains)).sum(1); // [N]
  };
  return tf.tidy(() => {
    const forward = oneStrand(ids, variants);
    if (!complement) return forward;
    const reverse = ids.map((id) => complement[id]!).reverse();
    const flipped = variants.map((mutations) =>
      mutations.map(({ position, to }) => ({ position: T - 1 - position, to: complement[to]! })),
    );
    return forward.add(oneStrand(reverse, flipped)).div(2);
  });
}

// given
function expectMutations(ids: number[], variants: Mutation[][]): void {
  if (variants.length === 0) throw new Error("variantScore: expected at least one of variants");
  for (const mutations of variants) {
    const positions = mutations.map(({ position }) => position);
    const odd = positions.find(
      (t, i) => !Number.isInteger(t) || t < 0 || t >= ids.length || positions.indexOf(t) < i,
    );
    if (odd !== undefined) {
      throw new Error(
        `variantScore: expected variants at different positions from 0 to ${ids.length - 1}, ` +
          `got position ${odd}`,
      );
    }
  }
}
