/** sampleToken: its cases and its typical mistakes. */
import { tensorData, type Exercise } from "grader";

const exercise: Exercise = {
  cases: (random) => {
    const quarters = tensorData([3], [0.25, 0.5, 0.25]);
    return [
      {
        group: "values",
        says: "uniform falls into the first part",
        args: [quarters, random.next() * 0.2],
      },
      {
        group: "values",
        says: "uniform falls into the second part",
        args: [quarters, 0.3 + 0.4 * random.next()],
      },
      {
        group: "values",
        says: "uniform falls into the last part",
        args: [quarters, 0.8 + 0.19 * random.next()],
      },
      { group: "values", says: "on a border the next part begins", args: [quarters, 0.25] },
      {
        group: "values",
        says: "at 0 a token of no probability is passed over",
        args: [tensorData([3], [0, 0.5, 0.5]), 0],
      },
      {
        group: "property",
        says: "the sum is rounded to a little below 1 and zeros follow",
        args: [tensorData([5], [0.25, 0.25, 0.4375, 0, 0]), 0.99],
      },
      { group: "shapes", says: "there is one token", args: [tensorData([1], [1]), random.next()] },
      { group: "errors", says: "uniform is 1", args: [quarters, 1], throws: "uniform" },
    ];
  },
  mutants: [
    {
      edits: [[".lessEqual(uniform)", ".less(uniform)"]],
      says:
        "On a border, and at 0, a token is chosen whose part ends there. " +
        "Parts begin at their left border: a part that ends at uniform is passed.",
    },
    {
      edits: [["return tf.minimum(passed, last);", "return passed;"]],
      says:
        "Where the sum ends below uniform, an id past the last token comes out. " +
        "Stop at the last token that has any probability.",
    },
    {
      edits: [
        [
          "return tf.minimum(passed, last);",
          'return tf.minimum(passed, tf.scalar(probabilities.size - 1, "int32"));',
        ],
      ],
      says:
        "Where the sum ends below uniform, a token of no probability is drawn. " +
        "Stop at the last that has any.",
    },
    {
      edits: [
        ["return tf.minimum(passed, last);", 'return probabilities.argMax(0).cast("int32");'],
      ],
      says: "The most probable token is always taken. Draw: uniform decides.",
    },
    {
      edits: [["tf.cumsum(probabilities, 0)", "probabilities"]],
      says: "Each probability by itself is compared with uniform. Compare the running sums.",
    },
    {
      edits: [
        [
          "return tf.minimum(passed, last);",
          "return tf.cumsum(probabilities, " +
            '0).greater(uniform).cast("int32").argMax(0).cast("int32");',
        ],
      ],
      says:
        "Where the sum ends below uniform, no running sum is above it, and argMax of nothing " +
        "but 0 gives the first id. It is the last that has any probability.",
    },
  ],
};
export default exercise;
