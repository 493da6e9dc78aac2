/** Random decoder blocks, and models that are a table, for the exercises in this folder. */
import type { Random, Value } from "grader";
import { drawParams } from "../shared/drawParams";

export function drawDecoderBlock(random: Random, C: number, F: number): { [name: string]: Value } {
  const norm = () => ({ gamma: random.normal([C], 0.3, 1), beta: random.normal([C], 0.3) });
  const mlp = {
    w1: random.normal([C, F], C ** -0.5),
    b1: random.normal([F], 0.3),
    w2: random.normal([F, C], F ** -0.5),
    b2: random.normal([C], 0.3),
  };
  return {
    norm1: norm(),
    self: drawParams(random, C, C, C),
    norm2: norm(),
    cross: drawParams(random, C, C, C),
    norm3: norm(),
    mlp,
  };
}

/**
 * A step of beam or greedy search, as the text of a function. Log-probabilities of V tokens come
 * from a table with seven rows; the prefix picks the row.
 * @param options places: tables, one for each place in the list of prefixes, default 1; scale of
 *   the scores, default 1
 */
export function drawStep(
  random: Random,
  V: number,
  options: { places?: number; scale?: number } = {},
): { $function: string } {
  const { places = 1, scale = 1 } = options;
  const row = () => {
    const scores = Array.from(random.normal([V], scale).data);
    const sum = scores.reduce((total, x) => total + Math.exp(x), 0);
    return scores.map((x) => Number((x - Math.log(sum)).toFixed(4)));
  };
  const table = () => Array.from({ length: 7 }, row);
  const tables = JSON.stringify(Array.from({ length: places }, table));
  return {
    $function: `(prefixes) => {
      const state = (ids) => ids.reduce((sum, id, at) => sum + (at + 1) * id, 0) % 7;
      return tf.tensor(prefixes.map((p, i) => ${tables}[i % ${places}][state(p)]));
    }`,
  };
}
