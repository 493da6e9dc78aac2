/**
 * A cell as a sentence of genes (Geneformer: Theodoris et al. 2023, doi:10.1038/s41586-023-06139-9,
 * "rank value encoding"). The gene that a cell uses most, measured against how that gene is used
 * elsewhere, comes first. Its special tokens are left out.
 */
import * as tf from "@tensorflow/tfjs-core";
import { expectShape } from "../shared/shapes";
import { expectCounts, valuesOf } from "./cellTable";

/**
 * Scales each cell to 10,000 counts, divides each gene by its median, and ranks the genes of a cell
 * from high to low, of equals the lower gene first. A gene without counts is left out; token = gene
 * + 1, and 0 fills up what is left of `length`.
 * @param counts [cells, genes], molecules as counted (of log-normalised data take expm1 first)
 * @param medians [genes], of each gene the median over the cells that have it, scaled to 10,000 as
 *   well
 * @param length tokens a cell; a cell with more genes keeps the highest
 * @returns int32 [cells, length]
 * @throws when shapes do not fit, length is not a whole number from 1, a count is negative or not
 *   finite, or the median of a gene that is there is not above 0
 */
export function rankGenes(counts: tf.Tensor, medians: tf.Tensor, length: number): tf.Tensor {
  const { values, cells, genes } = expectCounts("rankGenes", counts);
  expectShape("rankGenes", "medians", medians, [genes]);
  if (!Number.isInteger(length) || length < 1) {
    throw new Error(`rankGenes: expected length to be a whole number of at least 1, got ${length}`);
  }
  const usual = valuesOf("rankGenes", "medians", medians);
  for (let i = 0; i < values.length; i++) {
    const median = usual[i % genes]!;
    if (values[i]! > 0 && !(median > 0 && median < Infinity)) {
      throw new Error(
        `rankGenes: expected medians above 0 for genes with counts, got ${median} for gene ` +
          `${i % genes}`,
      );
    }
  }
  // yours
  const tokens = new Int32Array(cells * length);
  for (let cell = 0; cell < cells; cell++) {
    // 10,000 over the cell's total multiplies all its genes alike and cannot change their order;
    // left out, equal ratios stay equal
    const scaled = Array.from(
      { length: genes },
      (_, gene) => values[cell * genes + gene]! / usual[gene]!,
    );
    const ranked = scaled
      .flatMap((value, gene) => (value > 0 ? [gene] : []))
      .sort((a, b) => scaled[b]! - scaled[a]! || a - b);
    ranked.slice(0, length).forEach((gene, rank) => {
      tokens[cell * length + rank] = gene + 1;
    });
  }
  return tf.tensor(tokens, [cells, length], "int32");
}
