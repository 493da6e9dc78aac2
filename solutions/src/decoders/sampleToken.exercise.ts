/** sampleToken: its cases and its typical mistakes. */
import { tensorData, type Exercise } from "grader";

const exercise: Exercise = {
  cases: (random) => {
    const quarters = tensorData([3], [0.25, 0.5, 0.25]);
    return [
      {
        group: "values",
        title: "uniform falls into the first part",
        args: [quarters, random.next() * 0.2],
      },
      {
        group: "values",
        title: "uniform falls into the second part",
        args: [quarters, 0.3 + 0.4 * random.next()],
      },
      {
        group: "values",
        title: "uniform falls into the last part",
        args: [quarters, 0.8 + 0.19 * random.next()],
      },
      { group: "values", title: "on a border, the next part begins", args: [quarters, 0.25] },
      {
        group: "values",
        title: "at 0, a token with no probability is skipped",
        args: [tensorData([3], [0, 0.5, 0.5]), 0],
      },
      {
        group: "property",
        title: "rounding leaves the sum a little below 1, and zeros follow",
        args: [tensorData([5], [0.25, 0.25, 0.4375, 0, 0]), 0.99],
      },
      { group: "shapes", title: "there is one token", args: [tensorData([1], [1]), random.next()] },
      { group: "errors", title: "uniform is 1", args: [quarters, 1], throws: "uniform" },
    ];
  },
  mutants: [
    {
      edits: [[".lessEqual(uniform)", ".less(uniform)"]],
      message:
        "On a border, and at 0, a token is chosen whose part ends there. " +
        "A part starts at its left border: skip one that ends at uniform.",
    },
    {
      edits: [['tf.minimum(passed.cast("int32").sum(), last)', 'passed.cast("int32").sum()']],
      message:
        "If the sum ends below uniform, the result is an id past the last token. " +
        "Stop at the last token that has any probability.",
    },
    {
      edits: [
        [
          'tf.minimum(passed.cast("int32").sum(), last)',
          `tf.minimum(
             passed.cast("int32").sum(),
             tf.scalar(probabilities.size - 1, "int32"),
           )`,
        ],
      ],
      message:
        "If the sum ends below uniform, a token with no probability is drawn. " +
        "Stop at the last one that has any.",
    },
    {
      edits: [
        ['tf.minimum(passed.cast("int32").sum(), last)', 'probabilities.argMax(0).cast("int32")'],
      ],
      message: "The most probable token is always taken. Draw: uniform decides.",
    },
    {
      edits: [["tf.cumsum(probabilities, 0)", "probabilities"]],
      message: "Each single probability is compared with uniform. Compare the running sums.",
    },
    {
      edits: [
        [
          'tf.minimum(passed.cast("int32").sum(), last)',
          'passed.logicalNot().cast("int32").argMax(0).cast("int32")',
        ],
      ],
      message:
        "If the sum ends below uniform, no running sum is above it, and argMax " +
        "of all zeros returns the first id. Return the last id that has any probability.",
    },
    {
      edits: [
        [
          'tf.minimum(passed.cast("int32").sum(), last)',
          'tf.minimum(passed.cast("int32").sum().add(tf.scalar(1, "int32")), last)',
        ],
      ],
      message:
        "The id is one too high. Count the running sums that don't exceed uniform: that is the " +
        "id.",
    },
    {
      edits: [
        [
          'tf.minimum(passed.cast("int32").sum(), last)',
          'tf.maximum(passed.cast("int32").sum().sub(tf.scalar(1, "int32")), tf.scalar(0, "int32"))',
        ],
      ],
      message:
        "The id is one too low. The first id whose running sum is above uniform is the number " +
        "of sums that aren't.",
    },
    {
      edits: [
        [
          'tf.minimum(passed.cast("int32").sum(), last)',
          'tf.minimum(passed.cast("int32").sum(), last).cast("float32")',
        ],
      ],
      message: "The id is float32. Ids are int32.",
    },
    {
      edits: [["lessEqual(uniform)", "lessEqual(1 - uniform)"]],
      message: "The running sum is compared with 1 − uniform. Compare it with uniform.",
    },
  ],
};
export default exercise;
