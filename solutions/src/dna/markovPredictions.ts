/** Markov models of DNA (Shannon 1948): count which base followed the same few bases before. */
import * as tf from "@tensorflow/tfjs-core";

/** The longest context: 4¹² counts are 64 MB. */
// given
const LONGEST = 11;

/** @throws unless ids are bases, 0 to 3 */
// given
function expectBases(name: string, ids: Int32Array): void {
  const at = ids.findIndex((id) => !(id >= 0 && id <= 3));
  if (at >= 0) {
    throw new Error(
      `markovPredictions: expected ${name} to hold bases 0 to 3, got ${ids[at]} at position ${at}`,
    );
  }
}

/**
 * Predicts each base from the `order` bases before it, its context, by counts in all stretches.
 *   p(base | context) = (count of context and base + pseudo) / (count of context + 4·pseudo)
 * The first `order` positions of `ids` don't have a full context; each base gets ¼ there.
 * @param stretches DNA to count in; no context reaches from one stretch into the next
 * @param ids [T], the DNA to predict, bases 0 to 3
 * @param order bases of the context, 0 to 11
 * @param pseudo what every count starts from, above 0, default 1
 * @returns [T, 4], the probability of each base at each position; not differentiable
 * @throws when order or pseudo is out of range, or a base isn't 0 to 3
 */
export function markovPredictions(
  stretches: Int32Array[],
  ids: Int32Array,
  order: number,
  pseudo = 1,
): tf.Tensor {
  if (!Number.isInteger(order) || order < 0 || order > LONGEST) {
    throw new Error(
      `markovPredictions: expected order to be a whole number from 0 to ${LONGEST}, got ${order}`,
    );
  }
  if (!(pseudo > 0 && Number.isFinite(pseudo))) {
    throw new Error(`markovPredictions: expected pseudo to be a number above 0, got ${pseudo}`);
  }
  stretches.forEach((stretch) => expectBases("stretches", stretch));
  expectBases("ids", ids);
  // yours
  const contexts = 4 ** order;
  const counts = new Float32Array(4 * contexts);
  const p = new Float32Array(4 * ids.length).fill(0.25);
  const walk = (bases: Int32Array, visit: (context: number, position: number) => void) => {
    let context = 0; // the bases before t, as digits of a base-4 number
    for (let t = 0; t < bases.length; t++) {
      if (t >= order) visit(context, t);
      context = (4 * context + bases[t]!) % contexts;
    }
  };
  for (const stretch of stretches) {
    walk(stretch, (context, t) => {
      counts[4 * context + stretch[t]!]!++;
    });
  }
  walk(ids, (context, t) => {
    const row = 4 * context;
    const all = counts[row]! + counts[row + 1]! + counts[row + 2]! + counts[row + 3]!;
    for (let base = 0; base < 4; base++) {
      p[4 * t + base] = (counts[row + base]! + pseudo) / (all + 4 * pseudo);
    }
  });
  return tf.tensor2d(p, [ids.length, 4]);
}
