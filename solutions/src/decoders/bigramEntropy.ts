/**
 * How well one token predicts the next (Shannon 1951, "Prediction and Entropy of Printed English",
 * eq. 1 with N = 2): the entropy of a token given the one before it, by the text's own counts. No
 * model that sees a single token can have a smaller mean loss on this text, not even one trained on
 * it.
 */

/**
 * The entropy of a text's tokens, each given the one before it.
 *   −(1/(N − 1)) · Σ_t log p(t + 1 | t),  over the N − 1 pairs of neighbors
 * where p(b | a) is the share of b among the tokens that follow a.
 * @param ids a text of N ≥ 2 tokens, each a whole number from 0 to V − 1
 * @param vocabulary V
 * @returns nats per token, from 0 to log V
 * @throws when there is no pair, or an id isn't a whole number from 0 to V − 1
 */
export function bigramEntropy(ids: ArrayLike<number>, vocabulary: number): number {
  if (ids.length < 2) {
    throw new Error(`bigramEntropy: expected ids of at least two tokens, got ${ids.length}`);
  }
  const outside = Array.from(ids).find(
    (id) => !(Number.isInteger(id) && id >= 0 && id < vocabulary),
  );
  if (outside !== undefined) {
    throw new Error(`bigramEntropy: expected ids from 0 to ${vocabulary - 1}, got ${outside}`);
  }
  // yours
  const pairs = new Float64Array(vocabulary * vocabulary);
  const firsts = new Float64Array(vocabulary);
  for (let t = 0; t + 1 < ids.length; t++) {
    pairs[ids[t]! * vocabulary + ids[t + 1]!]! += 1;
    firsts[ids[t]!]! += 1;
  }
  let sum = 0;
  pairs.forEach((count, i) => {
    if (count > 0) sum -= count * Math.log(count / firsts[Math.floor(i / vocabulary)]!);
  });
  return sum / (ids.length - 1);
}
