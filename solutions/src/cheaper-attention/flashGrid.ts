/** How FlashAttention cuts the matrix of scores into tiles, and which tiles and scores count. */
import * as tf from "@tensorflow/tfjs-core";
import { expectHeads } from "../shared/attentionChecks";
import { barrier, cut, places, type Tile } from "./tiles";
import { expectCount } from "../shared/shapes";

export interface FlashOptions {
  /** No query sees a later key (the queries are the last T of S tokens); false unless given. */
  causal?: boolean;
  /** Queries in a tile, 512 unless given; it doesn't have to divide T. */
  blockQ?: number;
  /** Keys in a tile, 512 unless given; it doesn't have to divide S. */
  blockK?: number;
  /** 1/√D unless given. */
  scale?: number;
}

/** The result of flashForward, or its gradients: output [B, H, T, D] and logSumExp [B, H, T]. */
export type FlashResult = {
  output: tf.Tensor;
  logSumExp: tf.Tensor;
};

/**
 * Tiles of queries and of keys. When causal, query i is at place i + offset among the keys and sees
 * those up to itself.
 */
export interface FlashGrid {
  queries: Tile[];
  keys: Tile[];
  causal: boolean;
  offset: number;
}

/**
 * Checks the arguments that all forms of FlashAttention share, and cuts queries and keys into
 * tiles.
 * @returns the dimensions by their letters, the scale and the grid of tiles
 * @throws when shapes do not fit, a block is not a whole number of at least 1, or the scale is not
 *   a finite number
 */
export function expectFlash(
  fn: string,
  q: tf.Tensor,
  k: tf.Tensor,
  v: tf.Tensor,
  options: FlashOptions,
) {
  const { causal = false, blockQ = 512, blockK = 512 } = options;
  const { B, H, T, S, D, scale } = expectHeads(fn, q, k, v, { scale: options.scale });
  expectCount(fn, "blockQ", blockQ);
  expectCount(fn, "blockK", blockK);
  const grid: FlashGrid = { queries: cut(T, blockQ), keys: cut(S, blockK), causal, offset: S - T };
  return { B, H, T, S, D, scale, grid };
}

/** Whether any query of one tile sees any key of the other. */
export const meet = (query: Tile, key: Tile, { causal, offset }: FlashGrid): boolean =>
  !causal || key.start < query.start + query.size + offset;

/**
 * [blockQ, blockK], 0 where a query of one tile sees a key of the other and −∞ elsewhere; undefined
 * if all queries see all keys.
 */
export function wall(query: Tile, key: Tile, { causal, offset }: FlashGrid): tf.Tensor | undefined {
  if (!causal || key.start + key.size <= query.start + offset + 1) return undefined;
  return barrier(places(query, offset).expandDims(1).greaterEqual(places(key)));
}

/** scores + wall, so that walled-off scores become −∞; the scores as they are without a wall. */
export const hide = (scores: tf.Tensor, wall: tf.Tensor | undefined): tf.Tensor =>
  wall ? scores.add(wall) : scores;
