/**
 * A knockout in the model instead of the laboratory: change one gene of a cell and see what the
 * model then expects of others, as Geneformer does by deleting a gene's token (Theodoris et al. 2023,
 * doi:10.1038/s41586-023-06139-9).
 */
import * as tf from "@tensorflow/tfjs-core";
import { expectFloats, expectShape } from "../shared/shapes";

/**
 * How the predictions for some genes change when one gene is set to a value, in the mean over cells:
 *   effect[t] = mean of predict(changed, mask)[·, t] − predict(values, mask)[·, t]
 * The mask hides all targets in both runs and nothing else; their values stay as they are. The mean
 * is over the cells in which the gene has another value than `to`; if there is none, all effects
 * are 0.
 * @param predict maps values and mask, both float32 [B, G], to predictions [B, G]; the mask is 1
 *   where a value is hidden
 * @param values float32 [B, G]
 * @param gene which one is changed, from 0 to G − 1
 * @param targets the genes that are read, T of them, without `gene`
 * @param to the gene's new value, default 0
 * @returns [T], the effects in the order of targets
 * @throws when values aren't float32 [B, G], gene or a target isn't one of the G, gene is a target, or
 *   predict returns another shape
 */
export function perturbGene(
  predict: (values: tf.Tensor, mask: tf.Tensor) => tf.Tensor,
  values: tf.Tensor,
  gene: number,
  targets: number[],
  to = 0,
): tf.Tensor {
  expectFloats("perturbGene", "values", values, ["B", "G"]);
  const [B, G] = values.shape as [number, number];
  expectGenes(G, gene, targets);
  // yours
  return tf.tidy(() => {
    const isIn = (list: number[]) =>
      tf.tensor2d([Array.from({ length: G }, (_, g) => Number(list.includes(g)))]); // [1, G]
    const isGene = isIn([gene]).toBool();
    const changed = tf.where(isGene, tf.fill([B, G], to), values);
    const mask = isIn(targets).tile([B, 1]);
    const difference = predict(changed, mask).sub(predict(values, mask));
    expectShape("perturbGene", "predict's result", difference, [B, G]);
    // [B, T]; 0 in cells that have the value already
    const read = tf.gather(difference, tf.tensor1d(targets, "int32"), 1);
    const changes = values.slice([0, gene], [B, 1]).notEqual(to).toFloat().sum();
    return read.sum(0).div(changes.maximum(1));
  });
}

// given
function expectGenes(G: number, gene: number, targets: number[]): void {
  const isGene = (g: number) => Number.isInteger(g) && g >= 0 && g < G;
  if (!isGene(gene)) {
    throw new Error(`perturbGene: expected gene to be a whole number below ${G}, got ${gene}`);
  }
  const odd = targets.find((g) => !isGene(g) || g === gene);
  if (targets.length === 0 || odd !== undefined) {
    throw new Error(
      `perturbGene: expected targets below ${G} without gene ${gene}, ` +
        `got ${odd === undefined ? "none" : odd}`,
    );
  }
}
