/**
 * Iterative decoding: masked places are filled over several rounds, the most certain first (Chang
 * et al. 2022, arXiv:2202.04200, §3.2; ESM3).
 */
import * as tf from "@tensorflow/tfjs-core";
import { fillCertain } from "./fillCertain";

/**
 * Fills all masked places in R rounds; between rounds, the model reads what was filled in.
 * After round r, ⌈M·r/R⌉ of the M masked places are filled.
 * @param ids int32 [N], maskId where something is missing
 * @param step from ids [N] to the logits [N, V] of all places
 * @param options maskId; rounds R, a whole number of at least 1
 * @returns the ids after each round, int32 [N], the last ones complete
 * @throws when rounds isn't a whole number of at least 1, or fillCertain throws
 */
export async function iterativeDecode(
  ids: tf.Tensor,
  step: (ids: tf.Tensor) => tf.Tensor,
  options: { maskId: number; rounds: number },
): Promise<tf.Tensor[]> {
  const { maskId, rounds } = options;
  if (!Number.isInteger(rounds) || rounds < 1) {
    throw new Error(
      `iterativeDecode: expected rounds to be a whole number of at least 1, got ${rounds}`,
    );
  }
  const masked = (await ids.data()).filter((id) => id === maskId).length;
  const done = (r: number) => Math.ceil((masked * r) / rounds);
  const stages: tf.Tensor[] = [];
  for (let r = 1; r <= rounds; r++) {
    const before = stages.at(-1) ?? ids;
    const count = done(r) - done(r - 1);
    stages.push(tf.tidy(() => fillCertain(before, step(before), { maskId, count })));
  }
  return stages;
}
