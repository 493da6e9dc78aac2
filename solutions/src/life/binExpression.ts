/**
 * A cell's values as bins (scGPT: Cui et al. 2024, doi:10.1038/s41592-024-02201-0, "value
 * binning"): whatever the depth to which a cell was read, bin 1 holds its lowest values and the
 * last bin its highest. scGPT draws at random where a value lies on several edges at once; here it
 * always falls into the highest of these bins.
 */
import * as tf from "@tensorflow/tfjs-core";
import { expectCounts } from "./cellTable";

/**
 * 0 stays 0. The other values of a cell fall into 1 … bins − 1, as numpy.digitize has it: a value's
 * bin is the number of edges that are not above it, and the edges are the quantiles linspace(0, 1,
 * bins − 1) of the cell's values that are not 0.
 * @param counts [cells, genes], counted or log-normalised
 * @param bins how many in all, bin 0 included, at least 2
 * @returns int32 [cells, genes]
 * @throws when counts is not a matrix, a value is negative or not finite, or bins is not a whole
 *   number from 2
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

// given
/**
 * n shares from 0 to 1, evenly spread, the first one where n is 1: numpy.linspace(0, 1, n), to the
 * last digit.
 */
function evenShares(n: number): Float64Array {
  return Float64Array.from({ length: n }, (_, i) =>
    i === 0 ? 0 : i === n - 1 ? 1 : i * (1 / (n - 1)),
  );
}

// given
/**
 * numpy.quantile: the value at a share q of the way through a sorted list, between two neighbours
 * on the line that joins them. The order of operations is NumPy's too: an edge that is off by a
 * rounding moves a value to another bin.
 */
function quantile(sorted: Float64Array, q: number): number {
  const place = (sorted.length - 1) * q;
  const below = Math.floor(place);
  const share = place - below;
  const a = sorted[below]!;
  const b = sorted[Math.min(below + 1, sorted.length - 1)]!;
  return share < 0.5 ? a + (b - a) * share : b - (b - a) * (1 - share);
}

// given
/** How many numbers of a sorted list are at most x. */
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
