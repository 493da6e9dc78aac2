/**
 * A token with the tokens around it: a linear layer on the result is a convolution of width three,
 * with a gradient for its filter on every device.
 */
import * as tf from "@tensorflow/tfjs-core";
import { expectRank } from "../shared/shapes";

/**
 * Each place of a grid with its eight neighbors, row by row; outside the grid there are zeros.
 * @param x float32 [B, rows, columns, C]
 * @returns [B, rows, columns, 9·C]
 * @throws when x is not of rank four
 */
export function withNeighbors(x: tf.Tensor): tf.Tensor {
  expectRank("withNeighbors", "x", x, 4);
  return tf.tidy(() => {
    const none: [number, number] = [0, 0];
    const one: [number, number] = [1, 1];
    const padded = x.pad([none, one, one, none]);
    const offsets = [0, 1, 2].flatMap((r) => [0, 1, 2].map((c) => [0, r, c, 0]));
    const shifted = offsets.map((at) => padded.slice(at, x.shape));
    return tf.concat(shifted, -1);
  });
}
