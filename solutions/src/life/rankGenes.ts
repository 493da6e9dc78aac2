/**
 * A cell as a sentence of genes (Geneformer: Theodoris et al. 2023, doi:10.1038/s41586-023-06139-9,
 * "rank value encoding"). The gene that a cell uses most, compared with how other cells use it,
 * comes first. Geneformer's special tokens are left out.
 */
import * as tf from "@tensorflow/tfjs-core";
import { expectShape } from "../shared/shapes";
import { expectCounts, valuesOf } from "./cellTable";

/**
 * Scales each cell to 10,000 counts, divides each gene by its median, and ranks the genes of a cell
 * from high to low; ties go to the lower gene. Genes without counts are left out. The token of a
 * gene is gene + 1, and 0 fills what is left of `length`.
 * @param counts [cells, genes], molecules as counted (take expm1 of log-normalized data first)
 * @param medians [genes], each gene's median over the cells that have it, also scaled to 10,000
 * @param length tokens per cell; a cell with more genes keeps the highest
 * @returns int32 [cells, length]
 * @throws when shapes do not fit, length is not a whole number of at least 1, a count is negative
 *   or not finite, or a gene with counts has a median that is not above 0
 */
export function rankGenes(counts: tf.Tensor, medians: tf.Tensor, length: number): tf.Tensor {
  const { values, cells, genes } = expectCounts("rankGenes", counts);
  if (!Number.isInteger(length) || length < 1) {
    throw new Error(`rankGenes: expected length to be a whole number of at least 1, got ${length}`);
  }
  const usual = expectMedians(medians, values, genes);
  // yours
  const tokens = new Int32Array(cells * length);
  for (let cell = 0; cell < cells; cell++) {
    // scaling to 10,000 multiplies all genes of a cell by the same factor and can't change their
    // order; without it, equal ratios stay equal
    const ratio = (gene: number) => values[cell * genes + gene]! / usual[gene]!;
    const ratios = Array.from({ length: genes }, (_, gene) => ratio(gene));
    const present = ratios.flatMap((value, gene) => (value > 0 ? [gene] : []));
    const ranked = present.sort((a, b) => ratios[b]! - ratios[a]! || a - b);
    ranked.slice(0, length).forEach((gene, rank) => {
      tokens[cell * length + rank] = gene + 1;
    });
  }
  return tf.tensor(tokens, [cells, length], "int32");
}

/** The medians on the host. */
// given
function expectMedians(
  medians: tf.Tensor,
  values: ArrayLike<number>,
  genes: number,
): ArrayLike<number> {
  expectShape("rankGenes", "medians", medians, [genes]);
  const usual = valuesOf("rankGenes", "medians", medians);
  for (let i = 0; i < values.length; i++) {
    const gene = i % genes;
    const median = usual[gene]!;
    if (values[i]! > 0 && !(median > 0 && median < Infinity)) {
      throw new Error(
        "rankGenes: expected medians above 0 for genes with counts, " +
          `got ${median} for gene ${gene}`,
      );
    }
  }
  return usual;
}
