/**
 * A cell's values as bins (scGPT: Cui et al. 2024, doi:10.1038/s41592-024-02201-0, "value
 * binning"). However deeply a cell was read, bin 1 holds its lowest values and the last bin its
 * highest. Where a value lies on several edges at once, scGPT picks one of their bins at random;
 * here it always falls into the highest.
 */
import * as tf from "@tensorflow/tfjs-core";
import { expectCounts } from "./cellTable";

/**
 * 0 stays 0, and the other values of a cell fall into the bins 1 … bins − 1, as in numpy.digitize:
 * a value's bin is the number of edges that are not above it. The edges are the quantiles
 * linspace(0, 1, bins − 1) of the cell's values that are not 0.
 * @param counts [cells, genes], raw or log-normalized
 * @param bins how many in all, including bin 0, at least 2
 * @returns int32 [cells, genes]
 * @throws when counts is not a matrix, a value is negative or not finite, or bins is not a whole
 *   number of at least 2
 */
export function binExpression(counts: tf.Tensor, bins: number): tf.Tensor {
  const { values, cells, genes } = expectCounts("binExpression", counts);
  if (!Number.isInteger(bins) || bins < 2) {
    throw new Error(`binExpression: expected bins to be a whole number of at least 2, got ${bins}`);
  }
  // yours
  const binned = new Int32Array(values.length);
  for (let first = 0; first < cells * genes; first += genes) {
    const cell = Float64Array.from({ length: genes }, (_, gene) => values[first + gene]!);
    const sorted = cell.filter((v) => v > 0).sort();
    if (sorted.length === 0) continue;
    const edges = evenShares(bins - 1).map((share) => quantile(sorted, share));
    cell.forEach((value, gene) => {
      if (value > 0) binned[first + gene] = countUpTo(edges, value);
    });
  }
  return tf.tensor(binned, [cells, genes], "int32");
}

/** n evenly spaced shares from 0 to 1, or 0 alone: numpy.linspace(0, 1, n), to the last digit. */
// given
function evenShares(n: number): Float64Array {
  const shares = Float64Array.from({ length: n }, (_, i) => i * (1 / (n - 1)));
  shares[n - 1] = 1;
  shares[0] = 0;
  return shares;
}

/**
 * numpy.quantile: the value at a share q of the way through a sorted list, on the line between its
 * two neighbors. The order of operations is NumPy's too, since an edge that is off by one rounding
 * moves a value to another bin.
 */
// given
function quantile(sorted: Float64Array, q: number): number {
  const place = (sorted.length - 1) * q;
  const below = Math.floor(place);
  const share = place - below;
  const a = sorted[below]!;
  const b = sorted[Math.min(below + 1, sorted.length - 1)]!;
  return share < 0.5 ? a + (b - a) * share : b - (b - a) * (1 - share);
}

/** How many numbers of a sorted list are at most x. */
// given
function countUpTo(sorted: Float64Array, x: number): number {
  let low = 0;
  let high = sorted.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if (sorted[middle]! <= x) low = middle + 1;
    else high = middle;
  }
  return low;
}
