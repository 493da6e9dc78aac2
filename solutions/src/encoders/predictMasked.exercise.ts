/** predictMasked: its cases and its typical mistakes. */
import type { Exercise, Random } from "grader";
import { drawNorm } from "./drawBlock";

const head = (random: Random, C: number, V: number) => ({
  w: random.normal([C, C], C ** -0.5),
  b: random.normal([C], 0.5),
  norm: drawNorm(random, C),
  bias: random.normal([V]),
});

const exercise: Exercise = {
  cases: (random) => [
    {
      group: "values",
      title: "two texts",
      args: [random.normal([2, 3, 4]), random.normal([6, 4]), head(random, 4, 6)],
    },
    {
      group: "values",
      title: "eps is large",
      args: [random.normal([3, 4]), random.normal([5, 4]), head(random, 4, 5), 0.5],
    },
    {
      group: "shapes",
      title: "one vector",
      args: [random.normal([4]), random.normal([3, 4]), head(random, 4, 3)],
    },
    {
      group: "shapes",
      title: "as many tokens as features",
      args: [random.normal([2, 4]), random.normal([4, 4]), head(random, 4, 4)],
    },
    {
      group: "gradient",
      title: "hidden, the table and the head are differentiated",
      args: [random.normal([2, 4]), random.normal([5, 4]), head(random, 4, 5)],
      wrt: ["0", "1", "2.w", "2.b", "2.norm.gamma", "2.norm.beta", "2.bias"],
    },
    {
      group: "errors",
      title: "the bias is for a different vocabulary",
      args: [random.normal([2, 4]), random.normal([5, 4]), head(random, 4, 4)],
      throws: "bias",
    },
  ],
  mutants: [
    {
      edits: [["gelu(linear(hidden, w, b))", "linear(hidden, w, b)"]],
      message: "The nonlinearity between the layer and its norm, gelu, is missing.",
    },
    {
      edits: [
        [
          "layerNorm(gelu(linear(hidden, w, b)), norm.gamma, norm.beta, eps)",
          "gelu(layerNorm(linear(hidden, w, b), norm.gamma, norm.beta, eps))",
        ],
      ],
      message: "Norm and gelu are swapped: first gelu, then the norm.",
    },
    {
      edits: [["linear(x, tokens.transpose(), bias)", "linear(x, tokens.transpose())"]],
      message: "The bias of the vocabulary is missing. It holds how frequent each token is.",
    },
    { edits: [["norm.beta, eps)", "norm.beta)"]], message: "eps doesn't reach the norm." },
    {
      edits: [["linear(hidden, w, b)", "hidden"]],
      message: "The layer w, b is missing: hidden goes through it first.",
    },
    {
      edits: [["linear(hidden, w, b)", "linear(hidden, w.transpose(), b)"]],
      message: "w is transposed. It is already laid out for linear, [in, out].",
    },
    {
      edits: [
        [
          "return linear(x, tokens.transpose(), bias);",
          "return tf.softmax(linear(x, tokens.transpose(), bias));",
        ],
      ],
      message:
        "These are probabilities. " +
        "The head returns logits; the softmax belongs to the loss, or to whoever reads them.",
    },
    {
      edits: [["gelu(linear(hidden, w, b))", "tf.relu(linear(hidden, w, b))"]],
      message: "The nonlinearity is ReLU. This head has gelu.",
    },
    {
      edits: [["linear(hidden, w, b)", "linear(hidden, w)"]],
      message: "b is missing: the layer is hidden·w + b.",
    },
    {
      edits: [
        [
          "layerNorm(gelu(linear(hidden, w, b)), norm.gamma, norm.beta, eps)",
          "gelu(linear(hidden, w, b))",
        ],
      ],
      message: "The norm between gelu and the table is missing.",
    },
    {
      edits: [["linear(x, tokens.transpose(), bias)", "linear(gelu(x), tokens.transpose(), bias)"]],
      message: "gelu is applied once more after the norm. It comes once, before the norm.",
    },
  ],
};
export default exercise;
