/** Random weights of small language models, for the exercises in this folder. */
import type { Random, Value } from "grader";
import { drawParams } from "../shared/drawParams";

type Params = { [name: string]: Value };

const matrix = (random: Random, rows: number, columns: number) =>
  random.normal([rows, columns], 1 / Math.sqrt(rows));

const gamma = (random: Random, C: number) => random.normal([C], 0.3, 1);

/** V ids, width C, feed-forward width F, M positions. */
interface GptSize {
  V: number;
  C: number;
  F: number;
  M: number;
  layers: number;
}

export function drawGptParams(random: Random, size: GptSize): Params {
  const { V, C, F, M, layers } = size;
  const norm = () => ({ gamma: gamma(random, C), beta: random.normal([C], 0.3) });
  const block = () => ({
    norm1: norm(),
    attention: drawParams(random, C, C, C),
    norm2: norm(),
    mlp: {
      w1: matrix(random, C, F),
      b1: random.normal([F], 0.3),
      w2: matrix(random, F, C),
      b2: random.normal([C], 0.3),
    },
  });
  return {
    tokens: random.normal([V, C]),
    positions: random.normal([M, C]),
    blocks: Array.from({ length: layers }, block),
    norm: norm(),
  };
}

/**
 * @param query width of all query heads, H·D
 * @param keys width of all key heads, G·D
 */
export const drawLlamaBlock = (
  random: Random,
  C: number,
  F: number,
  query: number,
  keys: number,
): Params => ({
  norm1: gamma(random, C),
  attention: drawParams(random, C, query, keys, { biases: false }),
  norm2: gamma(random, C),
  mlp: { gate: matrix(random, C, F), up: matrix(random, C, F), down: matrix(random, F, C) },
});

/** V ids, width C, feed-forward width F; query H·D and keys G·D wide. */
interface LlamaSize {
  V: number;
  C: number;
  F: number;
  query: number;
  keys: number;
  layers: number;
  head?: boolean;
}

export function drawLlamaParams(random: Random, size: LlamaSize): Params {
  const { V, C, F, query, keys, layers, head = false } = size;
  const params = {
    tokens: random.normal([V, C]),
    blocks: Array.from({ length: layers }, () => drawLlamaBlock(random, C, F, query, keys)),
    norm: gamma(random, C),
  };
  return head ? { ...params, head: matrix(random, C, V) } : params;
}

/** A block's cache of S tokens; both parts are null for S = 0. */
export function drawCache(random: Random, B: number, G: number, S: number, D: number): Params {
  if (S === 0) return { k: null, v: null };
  return { k: random.normal([B, G, S, D]), v: random.normal([B, G, S, D]) };
}
