/** Random weights of one attention layer, for the cases of exercises. */
import type { Random, Value } from "grader";

/**
 * @param query width of all query heads, H·D
 * @param keys width of all key heads, G·D
 * @param options context: the width of what keys and values are made from, default C;
 *   biases: default true
 */
export function drawParams(
  random: Random,
  C: number,
  query: number,
  keys: number,
  options: { context?: number; biases?: boolean } = {},
): { [name: string]: Value } {
  const { context = C, biases = true } = options;
  const weight = (rows: number, columns: number) =>
    random.normal([rows, columns], 1 / Math.sqrt(rows));
  const params = {
    wq: weight(C, query),
    wk: weight(context, keys),
    wv: weight(context, keys),
    wo: weight(query, C),
  };
  if (!biases) return params;
  return {
    ...params,
    bq: random.normal([query], 0.5),
    bk: random.normal([keys], 0.5),
    bv: random.normal([keys], 0.5),
    bo: random.normal([C], 0.5),
  };
}
