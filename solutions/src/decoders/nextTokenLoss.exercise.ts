/** nextTokenLoss: its cases and its typical mistakes. */
import type { Exercise } from "grader";
import { drawGptParams } from "./drawModels";

const exercise: Exercise = {
  cases: (random) => {
    const small = drawGptParams(random, { V: 7, C: 8, F: 12, M: 6, layers: 1 });
    const tiny = drawGptParams(random, { V: 5, C: 4, F: 6, M: 4, layers: 1 });
    return [
      {
        group: "values",
        title: "two texts of five tokens",
        args: [random.ids([2, 5], 7), small, { heads: 2 }],
      },
      {
        group: "values",
        title: "three texts go through two blocks",
        args: [
          random.ids([3, 4], 7),
          drawGptParams(random, { V: 7, C: 8, F: 12, M: 8, layers: 2 }),
          { heads: 2 },
        ],
      },
      {
        group: "values",
        title: "the texts are one longer than the table of positions",
        args: [random.ids([1, 7], 7), small, { heads: 2 }],
      },
      {
        group: "shapes",
        title: "the texts have two tokens",
        args: [random.ids([2, 2], 7), small, { heads: 2 }],
      },
      {
        group: "gradient",
        title: "tokens, positions and weights are differentiated",
        args: [random.ids([2, 4], 5), tiny, { heads: 2 }],
        wrt: [
          "1.tokens",
          "1.positions",
          "1.blocks.0.attention.wv",
          "1.blocks.0.mlp.w2",
          "1.norm.beta",
        ],
      },
      {
        group: "errors",
        title: "the texts have one token",
        args: [random.ids([2, 1], 7), small, { heads: 2 }],
        throws: "texts",
      },
    ];
  },
  mutants: [
    {
      edits: [["texts.slice([0, 1], [B, length - 1])", "texts.slice([0, 0], [B, length - 1])"]],
      message:
        "The targets are the inputs themselves, so the model learns " +
        "to repeat what it has read. They should be the same texts, one token later.",
    },
    {
      edits: [
        [
          "const inputs = texts.slice([0, 0], [B, length - 1])",
          "const inputs = texts.slice([0, 1], [B, length - 1])",
        ],
        [
          "const targets = texts.slice([0, 1], [B, length - 1])",
          "const targets = texts.slice([0, 0], [B, length - 1])",
        ],
      ],
      message: "Inputs and targets are swapped: the model learns to predict the previous token.",
    },
    {
      edits: [
        [
          "return crossEntropy(gptForward(inputs, params, options), targets);",
          `const logits = gptForward(inputs, params, options);
           const last = logits.slice([0, length - 2, 0], [B, 1, -1]);
           return crossEntropy(last, targets.slice([0, length - 2], [B, 1]));`,
        ],
      ],
      message:
        "Only the last prediction counts. " +
        "Each of the T tokens makes one, and all of them should count.",
    },
    {
      edits: [
        [
          "return crossEntropy(gptForward(inputs, params, options), targets);",
          "return crossEntropy(gptForward(inputs, params, options), targets).mul(length - 1);",
        ],
      ],
      message: "The loss is a sum over the tokens. Take the mean.",
    },
    {
      edits: [
        [
          "crossEntropy(gptForward(inputs, params, options), targets)",
          "crossEntropy(tf.softmax(gptForward(inputs, params, options)), targets)",
        ],
      ],
      message:
        "The loss gets probabilities. " +
        "crossEntropy takes logits and applies the softmax itself.",
    },
    {
      edits: [
        [
          "return crossEntropy(gptForward(inputs, params, options), targets);",
          "return crossEntropy(gptForward(inputs, params, options), targets).exp();",
        ],
      ],
      message:
        "This is the perplexity, the exponential of the loss. Return the loss itself, in nats.",
    },
  ],
};
export default exercise;
