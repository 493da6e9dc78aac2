/** samplingProbabilities: its cases and its typical mistakes. */
import { tensorData, type Exercise } from "grader";

const exercise: Exercise = {
  cases: (random) => [
    {
      group: "values",
      title: "temperature 0.5 sharpens",
      args: [random.normal([9], 2), { temperature: 0.5 }],
    },
    { group: "values", title: "the three best stay", args: [random.normal([9], 2), { topK: 3 }] },
    {
      group: "values",
      title: "top-p keeps the token that crosses the line",
      args: [tensorData([5], [0.4, 0.3, 0.15, 0.1, 0.05].map(Math.log)), { topP: 0.6 }],
    },
    { group: "values", title: "top-p 0.8 of twenty", args: [random.normal([20]), { topP: 0.8 }] },
    {
      group: "values",
      title: "temperature comes before top-p",
      args: [random.normal([20]), { temperature: 2, topP: 0.8 }],
    },
    {
      group: "values",
      title: "top-p counts what top-k has left",
      args: [
        tensorData([6], [0.25, 0.2, 0.15, 0.15, 0.15, 0.1].map(Math.log)),
        { topK: 2, topP: 0.55 },
      ],
    },
    {
      group: "values",
      title: "two of four equal tokens have exactly the mass topP",
      args: [tensorData([4], [0, 0, 0, 0]), { topP: 0.5 }],
    },
    {
      group: "values",
      title: "two of three equal tokens stay",
      args: [tensorData([5], [1, 2, 2, 2, 0]), { topK: 2 }],
    },
    {
      group: "property",
      title: "topK above V and topP 1 cut nothing",
      args: [random.normal([7]), { topK: 50, topP: 1 }],
    },
    {
      group: "property",
      title: "the best token alone is above topP",
      args: [tensorData([3], [0.1, 0.8, 0.1].map(Math.log)), { topP: 0.5 }],
    },
    {
      group: "shapes",
      title: "there is one token",
      args: [random.normal([1]), { topK: 1, topP: 0.5 }],
    },
    {
      group: "errors",
      title: "the temperature is 0",
      args: [random.normal([4]), { temperature: 0 }],
      throws: "temperature",
    },
    {
      group: "values",
      title: "temperature 30 evens out",
      args: [random.normal([6], 40), { temperature: 30 }],
    },
    {
      group: "values",
      title: "temperature 0.002, scores near each other",
      args: [tensorData([4], [0.001, 0.004, 0, 0.0025]), { temperature: 0.002 }],
    },
    {
      group: "shapes",
      title: "there are more tokens",
      args: [random.normal([random.int(10, 40)], 2), { topK: 8, topP: 0.9 }],
    },
  ],
  mutants: [
    {
      edits: [["logits.div(temperature)", "logits.mul(temperature)"]],
      message:
        "The scores are multiplied by the temperature. " +
        "Divide: above 1 it flattens, below 1 it sharpens.",
    },
    {
      edits: [["tf.cumsum(values, 0, true)", "tf.cumsum(values, 0, false)"]],
      message:
        "Top-p drops the token that crosses the line. " +
        "A token stays if the mass before it is below topP.",
    },
    {
      edits: [[".div(values.sum()); // the mass", "; // the mass"]],
      message:
        "Top-p counts the mass of all tokens, although top-k has cut some. Renormalize first.",
    },
    {
      edits: [["kept.div(kept.sum())", "kept"]],
      message: "The kept tokens don't sum to 1. Renormalize at the end.",
    },
    {
      edits: [
        ["const p = softmax(logits.div(temperature));", "const p = softmax(logits);"],
        [
          "return tf.scatterND(indices.expandDims(1), kept.div(kept.sum()), [V]);",
          `const q = tf.scatterND(indices.expandDims(1), kept.div(kept.sum()), [V]);
           return softmax(q.log().div(temperature));`,
        ],
      ],
      message:
        "The temperature is applied last. " +
        "Apply it first, so top-p sees the flatter or sharper probabilities.",
    },
    {
      edits: [
        [
          "tf.scatterND(indices.expandDims(1), kept.div(kept.sum()), [V])",
          "tf.concat([kept.div(kept.sum()), tf.zeros([V - kept.size])])",
        ],
      ],
      message: "The probabilities are sorted. Put each one back at the id it belongs to.",
    },
    {
      edits: [['topP < 1 ? values.mul(before.less(topP).cast("float32")) : values', "values"]],
      message: "Top-p does nothing.",
    },
    { edits: [["tf.topk(p, Math.min(topK, V))", "tf.topk(p, V)"]], message: "Top-k does nothing." },
    {
      edits: [["before.less(topP)", "before.lessEqual(topP)"]],
      message:
        "A token stays although those before it already have the mass topP. " +
        "Keep the smallest set that reaches topP: compare with less.",
    },
    {
      edits: [
        [
          "const kept = topP < 1 ?",
          `const tied = p.mul(p.greaterEqual(values.min()).cast("float32"));
           if (topP === 1) return tied.div(tied.sum());
           const kept = topP < 1 ?`,
        ],
      ],
      message:
        "Tokens that tie with the k-th all stay, more than k in total. " +
        "On ties, the lower id wins: use tf.topk's indices, not a threshold.",
    },
    {
      edits: [
        [
          "return tf.scatterND(indices.expandDims(1), kept.div(kept.sum()), [V]);",
          `const stays = kept.greater(0).cast("float32");
           const mask = tf.scatterND(indices.expandDims(1), stays, [V]);
           return softmax(logits.div(temperature).mul(mask));`,
        ],
      ],
      message:
        "Cut tokens still have a probability: a score of 0 isn't a probability of 0. " +
        "Cut the probabilities, or set the scores to −∞.",
    },
    {
      edits: [
        ["tf.cumsum(values, 0, true)", "tf.cumsum(values, 0)"],
        ["before.less(topP)", "before.lessEqual(topP)"],
      ],
      message:
        "Top-p drops the token that crosses the line. A token stays if the mass before it is " +
        "below topP.",
    },
    {
      edits: [
        [
          'values.mul(before.less(topP).cast("float32"))',
          'values.mul(tf.cumsum(values, 0).div(values.sum()).lessEqual(topP).logicalOr(before.equal(0)).cast("float32"))',
        ],
      ],
      message:
        "Top-p drops the token that crosses the line, except the first one. A token stays if " +
        "the mass before it is below topP.",
    },
    {
      edits: [["softmax(logits.div(temperature))", "softmax(softmax(logits).div(temperature))"]],
      message:
        "The temperature divides probabilities, and a second softmax follows. Divide the " +
        "logits: softmax(logits / temperature).",
    },
    {
      edits: [["before.less(topP)", "values.greaterEqual(1 - topP)"]],
      message:
        "Probabilities are compared with 1 − topP. Top-p adds them up, most probable first, " +
        "and keeps those before which the mass is below topP.",
    },
    {
      edits: [["logits.div(temperature)", "logits"]],
      message: "The temperature does nothing: divide the logits by it.",
    },
    {
      edits: [["Math.min(topK, V)", "Math.min(topK === V ? V : topK + 1, V)"]],
      message: "Top-k keeps one token too many.",
    },
    {
      edits: [["before.less(topP)", "before.greaterEqual(topP)"]],
      message:
        "Top-p keeps the tokens it should cut: a token stays if the mass before it is below " +
        "topP.",
    },
  ],
};
export default exercise;
