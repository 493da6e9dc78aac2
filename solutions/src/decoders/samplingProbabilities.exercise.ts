/** samplingProbabilities: its cases and its typical mistakes. */
import { tensorData, type Exercise } from "grader";

const exercise: Exercise = {
  cases: (random) => [
    {
      group: "values",
      says: "temperature 0.5 sharpens",
      args: [random.normal([9], 2), { temperature: 0.5 }],
    },
    { group: "values", says: "the three best stay", args: [random.normal([9], 2), { topK: 3 }] },
    {
      group: "values",
      says: "top-p keeps the token that crosses the line",
      args: [tensorData([5], [0.4, 0.3, 0.15, 0.1, 0.05].map(Math.log)), { topP: 0.6 }],
    },
    { group: "values", says: "top-p 0.8 of twenty", args: [random.normal([20]), { topP: 0.8 }] },
    {
      group: "values",
      says: "temperature comes before top-p",
      args: [random.normal([20]), { temperature: 2, topP: 0.8 }],
    },
    {
      group: "values",
      says: "top-p counts what top-k has left",
      args: [
        tensorData([6], [0.25, 0.2, 0.15, 0.15, 0.15, 0.1].map(Math.log)),
        { topK: 2, topP: 0.55 },
      ],
    },
    {
      group: "values",
      says: "two of four equal tokens have the mass topP exactly",
      args: [tensorData([4], [0, 0, 0, 0]), { topP: 0.5 }],
    },
    {
      group: "values",
      says: "of three equal tokens two stay",
      args: [tensorData([5], [1, 2, 2, 2, 0]), { topK: 2 }],
    },
    {
      group: "property",
      says: "topK over V and topP 1 cut nothing",
      args: [random.normal([7]), { topK: 50, topP: 1 }],
    },
    {
      group: "property",
      says: "the best token alone is above topP",
      args: [tensorData([3], [0.1, 0.8, 0.1].map(Math.log)), { topP: 0.5 }],
    },
    {
      group: "shapes",
      says: "there is one token",
      args: [random.normal([1]), { topK: 1, topP: 0.5 }],
    },
    {
      group: "errors",
      says: "the temperature is 0",
      args: [random.normal([4]), { temperature: 0 }],
      throws: "temperature",
    },
  ],
  mutants: [
    {
      edits: [["logits.div(temperature)", "logits.mul(temperature)"]],
      says:
        "The scores are multiplied by the temperature. Divide: " +
        "above 1 flattens, below 1 sharpens.",
    },
    {
      edits: [["tf.cumsum(values, 0, true)", "tf.cumsum(values, 0, false)"]],
      says:
        "Top-p leaves out the token that crosses the line. " +
        "A token stays when the mass in front of it is below topP.",
    },
    {
      edits: [[".div(values.sum()); // the mass", "; // the mass"]],
      says: "Top-p counts the mass of all tokens, though top-k has cut some. Renormalise first.",
    },
    {
      edits: [["kept.div(kept.sum())", "kept"]],
      says: "What stays does not sum to 1. Renormalise at the end.",
    },
    {
      edits: [
        ["const p = softmax(logits.div(temperature));", "const p = softmax(logits);"],
        [
          "return tf.scatterND(indices.expandDims(1), kept.div(kept.sum()), [V]);",
          "return softmax(tf.scatterND(indices.expandDims(1), kept.div(kept.sum()), " +
            "[V]).log().div(temperature));",
        ],
      ],
      says:
        "The temperature comes last. It comes first, and top-p then sees the flatter or " +
        "sharper probabilities.",
    },
    {
      edits: [
        [
          "tf.scatterND(indices.expandDims(1), kept.div(kept.sum()), [V])",
          "tf.concat([kept.div(kept.sum()), tf.zeros([V - kept.size])])",
        ],
      ],
      says: "The probabilities are sorted. Put each back to the id it belongs to.",
    },
    {
      edits: [['topP < 1 ? values.mul(before.less(topP).cast("float32")) : values', "values"]],
      says: "Top-p does nothing.",
    },
    { edits: [["tf.topk(p, Math.min(topK, V))", "tf.topk(p, V)"]], says: "Top-k does nothing." },
    {
      edits: [["before.less(topP)", "before.lessEqual(topP)"]],
      says:
        "A token stays although those in front of it have the mass topP already. " +
        "The set is the smallest that reaches topP: compare with less.",
    },
    {
      edits: [
        [
          "const kept = topP < 1 ?",
          "const least = values.min(), tied = " +
            'p.mul(p.greaterEqual(least).cast("float32"));\n    if (topP === 1) return ' +
            "tied.div(tied.sum());\n    const kept = topP < 1 ?",
        ],
      ],
      says:
        "Tokens as probable as the k-th stay beside it, more than k in all. " +
        "Of equals the lower id stays: take tf.topk's indices, not a threshold.",
    },
    {
      edits: [
        [
          "return tf.scatterND(indices.expandDims(1), kept.div(kept.sum()), [V]);",
          "return softmax(logits.div(temperature).mul(tf.scatterND(indices.expandDims(1), " +
            'kept.greater(0).cast("float32"), [V])));',
        ],
      ],
      says:
        "What is cut keeps a probability: a score of 0 is no probability of 0. " +
        "Cut the probabilities, or put the scores to −∞.",
    },
  ],
};
export default exercise;
