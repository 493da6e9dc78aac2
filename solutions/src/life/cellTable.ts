/**
 * Values of cells, read synchronously: ranking and binning compare numbers, and they happen on the
 * host, before a model sees the data.
 */
import * as tf from "@tensorflow/tfjs-core";
import { expectRank } from "../shared/shapes";

/**
 * The values of x on the host. A device that can't be read synchronously (WebGPU in Node) still
 * gives those of tensors made from numbers.
 * @throws when x was computed on such a device
 */
export function valuesOf(
  fn: string,
  name: string,
  x: tf.Tensor,
): Float32Array | Int32Array | Uint8Array {
  try {
    return x.dataSync();
  } catch (cause) {
    throw new Error(
      `${fn}: expected ${name} that can be read at once, got a result of ${tf.getBackend()}; ` +
        `make a tensor of await ${name}.data() first`,
      { cause },
    );
  }
}

/**
 * Counts of molecules on the host.
 * @param counts [cells, genes]
 * @throws when counts is not a matrix, or at a value that is negative or not finite, with its gene
 *   and cell
 */
export function expectCounts(
  fn: string,
  counts: tf.Tensor,
): { values: ArrayLike<number>; cells: number; genes: number } {
  expectRank(fn, "counts", counts, 2);
  const [cells, genes] = counts.shape as [number, number];
  const values = valuesOf(fn, "counts", counts);
  for (let i = 0; i < values.length; i++) {
    const v = values[i]!;
    if (!(v >= 0 && v < Infinity)) {
      const place = `gene ${i % genes} of cell ${Math.floor(i / genes)}`;
      throw new Error(
        `${fn}: expected counts to be finite and not negative, got ${v} for ${place}`,
      );
    }
  }
  return { values, cells, genes };
}
