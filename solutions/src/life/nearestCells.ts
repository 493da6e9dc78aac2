/** The neighborhood of each cell of a tissue: the cells that lie nearest to it. */
import * as tf from "@tensorflow/tfjs-core";
import { expectRank, shapeText } from "../shared/shapes";
import { valuesOf } from "./cellTable";

/**
 * The k nearest cells of each cell by Euclidean distance: first the cell itself, then the others
 * from near to far. Ties go to the lower id.
 *
 * From each cell the search walks along the longest axis in both directions, until the distance
 * along that axis alone exceeds that of the k-th cell found, so cells far away are not compared.
 * @param positions [cells, 2 or 3], finite
 * @param k from 1 to the number of cells
 * @returns int32 [cells, k]
 * @throws when shapes do not fit, k is out of range, or a position is not finite, with its cell
 */
export function nearestCells(positions: tf.Tensor, k: number): tf.Tensor {
  const { cells, axes } = expectPositions(positions, k);
  // yours
  const ids = Int32Array.from({ length: cells }, (_, id) => id);
  const order = ids.sort((a, b) => axes[0]![a]! - axes[0]![b]!); // along the longest axis
  const inOrder = (axis: number) => Float64Array.from(order, (id) => axes[axis]![id]!);
  const x = inOrder(0);
  const y = inOrder(1);
  const z = inOrder(2);
  const nearest = new Int32Array(cells * k);
  const distances = new Float64Array(k);
  for (let here = 0; here < cells; here++) {
    const id = order[here]!;
    const found = nearest.subarray(id * k, (id + 1) * k);
    distances.fill(Infinity);
    found[0] = id;
    distances[0] = -1; // before a cell in the same place
    let left = here - 1;
    let right = here + 1;
    while (left >= 0 || right < cells) {
      const goLeft = right >= cells || (left >= 0 && x[here]! - x[left]! < x[right]! - x[here]!);
      const there = goLeft ? left-- : right++;
      const gap = (x[here]! - x[there]!) ** 2;
      if (gap > distances[k - 1]!) break;
      const distance = gap + (y[here]! - y[there]!) ** 2 + (z[here]! - z[there]!) ** 2;
      insert(found, distances, order[there]!, distance);
    }
  }
  return tf.tensor(nearest, [cells, k], "int32");
}

/** Puts an id into its place in a list sorted by distance, then id; the last one drops out. */
// given
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

/** The coordinates by axis, the longest axis first; where there are two, a third one of zeros. */
// given
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
      `nearestCells: expected k to be a whole number from 1 to ${cells}, ` +
        `the number of cells, got ${k}`,
    );
  }
  const values = valuesOf("nearestCells", "positions", positions);
  const odd = values.findIndex((v) => !Number.isFinite(v));
  if (odd >= 0) {
    const cell = Math.floor(odd / width);
    throw new Error(
      `nearestCells: expected positions to be finite, got ${values[odd]} for cell ${cell}`,
    );
  }
  const axes = [0, 1, 2].map((axis) =>
    Float64Array.from({ length: cells }, (_, i) => (axis < width ? values[i * width + axis]! : 0)),
  );
  const extent = (axis: Float64Array) => {
    const highest = axis.reduce((a, b) => Math.max(a, b), -Infinity);
    const lowest = axis.reduce((a, b) => Math.min(a, b), Infinity);
    return highest - lowest;
  };
  return { cells, axes: axes.sort((a, b) => extent(b) - extent(a)) };
}
