/** guidedLogits: its cases and its typical mistakes. */
import type { Exercise } from "grader";

const exercise: Exercise = {
  cases: (random) => {
    const pair = (...shape: number[]) => [random.normal(shape, 2), random.normal(shape, 2)];
    return [
      { group: "values", title: "scale 2", args: [...pair(3, 6), 2] },
      { group: "values", title: "scale 0.5, between the two", args: [...pair(3, 6), 0.5] },
      { group: "values", title: "scale 50", args: [...pair(2, 5), 50] },
      {
        group: "property",
        title: "scale 0: the scores without a caption",
        args: [...pair(4, 5), 0],
      },
      {
        group: "property",
        title: "scale 1: the scores with the caption",
        args: [...pair(4, 5), 1],
      },
      { group: "shapes", title: "one row", args: [...pair(7), 3] },
      { group: "shapes", title: "scores at every place of a text", args: [...pair(2, 3, 4), 1.5] },
      {
        group: "gradient",
        title: "both scores are differentiated",
        args: [...pair(3, 4), 3],
        wrt: ["0", "1"],
      },
      {
        group: "errors",
        title: "unconditional would broadcast",
        args: [random.normal([3, 4]), random.normal([4]), 2],
        throws: "unconditional",
      },
      {
        group: "errors",
        title: "the scale is below 0",
        args: [...pair(2, 3), -1],
        throws: "scale",
      },
      {
        group: "gradient",
        title: "scale 1: the gradient of unconditional is zero",
        args: [random.normal([2, 4]), random.normal([2, 4]), 1],
        wrt: ["0", "1"],
      },
      {
        group: "gradient",
        title: "both scores are differentiated, with another scale",
        args: [...pair(3, 4), 0.5 + 4 * random.next()],
        wrt: ["0", "1"],
      },
    ];
  },
  mutants: [
    {
      edits: [
        [
          "unconditional.add(conditional.sub(unconditional).mul(scale))",
          "conditional.add(conditional.sub(unconditional).mul(scale))",
        ],
      ],
      message:
        "You start from the scores with the caption, so scale 0 already gives those. " +
        "That's the paper's weight w, which is scale − 1: start from unconditional.",
    },
    {
      edits: [
        [
          "unconditional.add(conditional.sub(unconditional).mul(scale))",
          "conditional.add(unconditional.sub(conditional).mul(scale))",
        ],
      ],
      message:
        "conditional and unconditional are swapped: at scale 0 you return the scores with the " +
        "caption, at scale 1 those without.",
    },
    {
      edits: [["unconditional.add(conditional", "unconditional.sub(conditional"]],
      message: "The difference is subtracted, so a larger scale leads away from the caption.",
    },
    {
      edits: [
        ["unconditional.add(conditional.sub(unconditional).mul(scale))", "conditional.mul(scale)"],
      ],
      message:
        "Scores with the caption times scale are a lower temperature, not guidance. " +
        "Only what the caption changes is scaled: conditional − unconditional.",
    },
    {
      edits: [
        [
          "unconditional.add(conditional.sub(unconditional).mul(scale))",
          "conditional.sub(unconditional).mul(scale)",
        ],
      ],
      message:
        "The scaled difference is all you return. Add it to the scores without a caption: at " +
        "scale 0 those are left.",
    },
    {
      edits: [
        [
          "unconditional.add(conditional.sub(unconditional).mul(scale))",
          "unconditional.add(conditional.sub(unconditional).mul(Math.min(1, scale)))",
        ],
      ],
      message: "Your scale stops at 1. Guidance goes beyond the scores with the caption.",
    },
    {
      edits: [
        [
          "unconditional.add(conditional.sub(unconditional).mul(scale))",
          `tf.softmax(unconditional).add(
             tf.softmax(conditional).sub(tf.softmax(unconditional)).mul(scale))`,
        ],
      ],
      message:
        "You mix probabilities. Above scale 1 some of them fall below 0: mix the scores, before " +
        "any softmax.",
    },
    {
      edits: [
        [
          "unconditional.add(conditional.sub(unconditional).mul(scale))",
          `tf.logSoftmax(unconditional).add(
             tf.logSoftmax(conditional).sub(tf.logSoftmax(unconditional)).mul(scale))`,
        ],
      ],
      message:
        "You mix log probabilities. They give the same softmax, but the scores that are asked " +
        "for are those of the formula, without logSoftmax.",
    },
    {
      edits: [["mul(scale)", "mul(scale - 1)"]],
      message:
        "You multiply by scale − 1. With this formula, scale 1 gives the scores with the " +
        "caption: multiply by scale.",
    },
    {
      edits: [["conditional.sub(unconditional).mul(scale)", "conditional.mul(scale)"]],
      message:
        "The scores with the caption are added, not the difference. Subtract unconditional " +
        "first: at scale 1 conditional is left.",
    },
    {
      edits: [[".mul(scale)", ".div(scale)"]],
      message: "You divide by the scale. Multiply: a larger scale counts the caption for more.",
    },
    {
      edits: [
        [
          "unconditional.add(conditional.sub(unconditional).mul(scale))",
          "unconditional.add(conditional).div(2)",
        ],
      ],
      message: "This is the mean of both, whatever the scale says.",
    },
  ],
};
export default exercise;
