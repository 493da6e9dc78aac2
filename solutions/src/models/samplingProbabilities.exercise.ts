/** samplingProbabilities: its cases and its typical mistakes. */
import { tensorData, type Exercise } from "grader";

const exercise: Exercise = {
  cases: (random) => [
    { group: "values", says: "temperature 0.5 sharpens", args: [random.normal([9], 2), { temperature: 0.5 }] },
    { group: "values", says: "the three best stay", args: [random.normal([9], 2), { topK: 3 }] },
    { group: "values", says: "top-p keeps the token that crosses the line", args: [tensorData([5], [0.4, 0.3, 0.15, 0.1, 0.05].map(Math.log)), { topP: 0.6 }] },
    { group: "values", says: "top-p 0.8 of twenty", args: [random.normal([20]), { topP: 0.8 }] },
    { group: "values", says: "temperature comes before top-p", args: [random.normal([20]), { temperature: 2, topP: 0.8 }] },
    { group: "values", says: "top-p counts what top-k has left", args: [tensorData([6], [0.25, 0.2, 0.15, 0.15, 0.15, 0.1].map(Math.log)), { topK: 2, topP: 0.55 }] },
    { group: "values", says: "of three equal tokens two stay", args: [tensorData([5], [1, 2, 2, 2, 0]), { topK: 2 }] },
    { group: "property", says: "topK over V and topP 1 cut nothing", args: [random.normal([7]), { topK: 50, topP: 1 }] },
    { group: "property", says: "the best token alone is above topP", args: [tensorData([3], [0.1, 0.8, 0.1].map(Math.log)), { topP: 0.5 }] },
    { group: "shapes", says: "there is one token", args: [random.normal([1]), { topK: 1, topP: 0.5 }] },
    { group: "errors", says: "the temperature is 0", args: [random.normal([4]), { temperature: 0 }], throws: "temperature" },
  ],
  mutants: [
    { edits: [["logits.div(temperature)", "logits.mul(temperature)"]], says: "The scores are multiplied by the temperature. Divide: above 1 flattens, below 1 sharpens." },
    { edits: [["tf.cumsum(values, 0, true)", "tf.cumsum(values, 0, false)"]], says: "Top-p leaves out the token that crosses the line. A token stays when the mass in front of it is below topP." },
    { edits: [[".div(values.sum()); // the mass", "; // the mass"]], says: "Top-p counts the mass of all tokens, though top-k has cut some. Renormalise first." },
    { edits: [["kept.div(kept.sum())", "kept"]], says: "What stays does not sum to 1. Renormalise at the end." },
    { edits: [["const p = softmax(logits.div(temperature));", "const p = softmax(logits);"], ["return tf.scatterND(indices.expandDims(1), kept.div(kept.sum()), [V]);", "return softmax(tf.scatterND(indices.expandDims(1), kept.div(kept.sum()), [V]).log().div(temperature));"]], says: "The temperature comes last. It comes first, and top-p then sees the flatter or sharper probabilities." },
    { edits: [["tf.scatterND(indices.expandDims(1), kept.div(kept.sum()), [V])", "tf.concat([kept.div(kept.sum()), tf.zeros([V - kept.size])])"]], says: "The probabilities are sorted. Put each back to the id it belongs to." },
    { edits: [["topP < 1 ? values.mul(before.less(topP).cast(\"float32\")) : values", "values"]], says: "Top-p does nothing." },
  ],
};
export default exercise;
