/**
 * What surrounds a cell: the mixture of cell types in its neighborhood, the simplest token for the
 * niches of a tissue.
 */
import * as tf from "@tensorflow/tfjs-core";
import { oneHot } from "../orientation/oneHot";
import { checkValues, expectDtype, expectRank } from "../shared/shapes";

/**
 * result[cell, type] = the share of the cell's neighbors that have the type; rows sum to one.
 * @param types int32 [cells], each from 0 to kinds − 1
 * @param neighbours int32 [cells, k], ids of cells, as nearestCells gives them; k at least 1
 * @param kinds how many types there are, a whole number of at least 1
 * @returns float32 [cells, kinds]
 * @throws when shapes or dtypes do not fit, or a type or a neighbor is out of range, with its cell
 */
export function nicheComposition(
  types: tf.Tensor,
  neighbours: tf.Tensor,
  kinds: number,
): tf.Tensor {
  expectNiches(types, neighbours, kinds);
  // yours
  return tf.tidy(() => {
    const members = oneHot(tf.gather(types, neighbours), kinds); // [cells, k, kinds]
    return members.mean(1);
  });
}

// given
function expectNiches(types: tf.Tensor, neighbours: tf.Tensor, kinds: number): void {
  expectRank("nicheComposition", "types", types, 1);
  expectDtype("nicheComposition", "types", types, "int32");
  expectRank("nicheComposition", "neighbours", neighbours, 2);
  expectDtype("nicheComposition", "neighbours", neighbours, "int32");
  const [cells, k] = neighbours.shape as [number, number];
  if (cells !== types.size) {
    throw new Error(
      `nicheComposition: expected neighbours of ${types.size} cells as in types, got ${cells}`,
    );
  }
  if (k < 1) {
    throw new Error("nicheComposition: expected neighbours with at least one cell each, got none");
  }
  if (!Number.isInteger(kinds) || kinds < 1) {
    throw new Error(
      `nicheComposition: expected kinds to be a whole number of at least 1, got ${kinds}`,
    );
  }
  checkValues(types, (values) => {
    const odd = values.findIndex((type) => type < 0 || type >= kinds);
    if (odd >= 0) {
      throw new Error(
        `nicheComposition: expected types from 0 to ${kinds - 1}, ` +
          `got ${values[odd]} for cell ${odd}`,
      );
    }
  });
  checkValues(neighbours, (values) => {
    const odd = values.findIndex((cell) => cell < 0 || cell >= cells);
    if (odd >= 0) {
      throw new Error(
        `nicheComposition: expected neighbours from 0 to ${cells - 1}, ` +
          `got ${values[odd]} for cell ${Math.floor(odd / k)}`,
      );
    }
  });
}
