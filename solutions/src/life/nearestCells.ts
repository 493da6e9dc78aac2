/** The neighbourhood of each cell of a tissue: the cells that lie nearest to it. */
import * as tf from "@tensorflow/tfjs-core";
import { expectRank, shapeText } from "../shared/shapes";
import { valuesOf } from "./cellTable";

/**
 * The k nearest cells of each cell by Euclidean distance: first the cell itself, then the others
 * from near to far, of equals the lower id first. From each cell it looks along the longest axis in
 * both directions, until that axis alone is farther than the k-th cell found; for evenly spread
 * cells in the plane the time grows with cells^1.5, not with their square.
 * @param positions [cells, 2 or 3], finite
 * @param k from 1 to the number of cells
 * @returns int32 [cells, k]
 * @throws when shapes do not fit, k is no such number, or a position is not finite, with its cell
 */
export function nearestCells(positions: tf.Tensor, k: number): tf.Tensor {
  const { cells, axes } = expectPositions(positions, k);
  // yours
  const order = Int32Array.from({ length: cells }, (_, i) => i).sort(
    (a, b) => axes[0]![a]! - axes[0]![b]!,
  );
  const [x, y, z] = axes.map((values) => Float64Array.from(order, (id) => values[id]!)) as [
    Float64Array,
    Float64Array,
    Float64Array,
  ];
  const nearest = new Int32Array(cells * k);
  const distances = new Float64Array(k);
  for (let here = 0; here < cells; here++) {
    const found = nearest.subarray(order[here]! * k, (order[here]! + 1) * k);
    distances.fill(Infinity);
    [found[0], distances[0]] = [order[here]!, -1]; // before a cell in the same place
    for (let left = here - 1, right = here + 1; left >= 0 || right < cells;) {
      const there =
        right >= cells || (left >= 0 && x[here]! - x[left]! < x[right]! - x[here]!)
          ? left--
          : right++;
      const gap = (x[here]! - x[there]!) ** 2;
      if (gap > distances[k - 1]!) break;
      insert(
        found,
        distances,
        order[there]!,
        gap + (y[here]! - y[there]!) ** 2 + (z[here]! - z[there]!) ** 2,
      );
    }
  }
  return tf.tensor(nearest, [cells, k], "int32");
}

// given
/** Puts an id into its place in a list by distance, of equals by id; the last one falls out. */
function insert(ids: Int32Array, distances: Float64Array, id: number, distance: number): void {
  let place = ids.length;
  while (
    distances[place - 1]! > distance ||
    (distances[place - 1] === distance && ids[place - 1]! > id)
  ) {
    place--;
  }
  if (place === ids.length) return;
  ids.copyWithin(place + 1, place, ids.length - 1);
  distances.copyWithin(place + 1, place, ids.length - 1);
  ids[place] = id;
  distances[place] = distance;
}

// given
/**
 * The coordinates axis by axis, the longest axis first, a third one of zeros where there are two.
 */
function expectPositions(positions: tf.Tensor, k: number): { cells: number; axes: Float64Array[] } {
  expectRank("nearestCells", "positions", positions, 2);
  const [cells, width] = positions.shape as [number, number];
  if (width !== 2 && width !== 3) {
    throw new Error(
      `nearestCells: expected positions [cells, 2 or 3], got ${shapeText(positions.shape)}`,
    );
  }
  if (!Number.isInteger(k) || k < 1 || k > cells) {
    throw new Error(
      `nearestCells: expected k to be a whole number from 1 to ${cells}, the number of ` +
        `cells, got ${k}`,
    );
  }
  const values = valuesOf("nearestCells", "positions", positions);
  const odd = values.findIndex((v) => !Number.isFinite(v));
  if (odd >= 0) {
    throw new Error(
      `nearestCells: expected positions to be finite, got ${values[odd]} for cell ` +
        `${Math.floor(odd / width)}`,
    );
  }
  const axes = [0, 1, 2].map((axis) =>
    Float64Array.from({ length: cells }, (_, i) => (axis < width ? values[i * width + axis]! : 0)),
  );
  const extent = (axis: Float64Array) =>
    axis.reduce((a, b) => Math.max(a, b), -Infinity) -
    axis.reduce((a, b) => Math.min(a, b), Infinity);
  return { cells, axes: axes.sort((a, b) => extent(b) - extent(a)) };
}
