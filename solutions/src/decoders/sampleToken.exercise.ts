/** sampleToken: its cases and its typical mistakes. */
import { tensorData, type Exercise, type Random } from "grader";

/** 500 tokens whose shares add up without rounding; uniform falls into the middle of a 4,096th. */
function manyParts(random: Random) {
  const parts = Array.from({ length: 499 }, () => random.int(1, 7));
  const sum = parts.reduce((a, b) => a + b, 0);
  const shares = [...parts, 4096 - sum].map((part) => part / 4096);
  return [tensorData([500], shares), (random.int(0, sum) + 0.5) / 4096];
}

/** A 128th is missing from the sum, and uniform is in there. */
function belowOne(random: Random) {
  const last = random.int(2, 400);
  const shares = Array<number>(420)
    .fill(0)
    .fill(1 / 512, 1, last + 1);
  shares[0] = 1 - last / 512 - 1 / 128;
  return [tensorData([420], shares), 0.995];
}

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
      { group: "values", title: "there are 500 tokens", args: manyParts(random) },
      {
        group: "property",
        title: "the sum is a little below 1, and many zeros follow",
        args: belowOne(random),
      },
      {
        group: "shapes",
        title: "there are 512 equally likely tokens",
        args: [
          tensorData([512], Array<number>(512).fill(1 / 512)),
          (random.int(0, 511) + 0.5) / 512,
        ],
      },
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
