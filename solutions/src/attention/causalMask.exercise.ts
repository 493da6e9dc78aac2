/** causalMask: its cases and its typical mistakes. */
import type { Exercise } from "grader";

const exercise: Exercise = {
  cases: (random) => {
    const keys = random.int(5, 9);
    // drawn widely, so that no table of answers helps
    const queries = random.int(2, 40);
    const more = queries + random.int(1, 60);
    return [
      { group: "values", title: "queries and keys are the same tokens", args: [random.int(3, 7)] },
      {
        group: "values",
        title: "the queries are the last of more keys",
        args: [queries, more],
      },
      { group: "shapes", title: "there is one token", args: [1] },
      { group: "shapes", title: "one query sees everything", args: [1, random.int(2, 3000)] },
      {
        group: "errors",
        title: "there are more queries than keys",
        args: [keys, keys - 1],
        throws: "queries",
      },
    ];
  },
  mutants: [
    {
      edits: [["lessEqual", "less"]],
      message: "The diagonal is 0: a token can't see itself. Use j ≤ i, not j < i.",
    },
    {
      edits: [["tf.range(keys - queries, keys)", "tf.range(0, queries)"]],
      message:
        "You take the queries as the first T tokens. " +
        "They are the last T of S: query i is at place i + S − T.",
    },
    {
      edits: [["lessEqual", "greaterEqual"]],
      message:
        "The triangle is the wrong way around: this mask shows the future and hides the past. " +
        "Rows are queries, columns are keys.",
    },
    {
      edits: [['.cast("float32")', ""]],
      message:
        "The mask is bool, as a comparison gives it. " +
        "Masks here are float32, so that you can multiply by them.",
    },
    {
      edits: [["lessEqual(query)", "lessEqual(query.add(1))"]],
      message:
        "Each token sees the next one too: the future leaks by one place. " +
        "The last key of query i is i + S − T.",
    },
    {
      edits: [
        [
          'return key.lessEqual(query).cast("float32");',
          "return tf.where(key.lessEqual(query), 0, -Infinity);",
        ],
      ],
      message:
        "This is what you add to scores, 0 and −∞. " +
        "The mask is 1 where a query may attend and 0 where it may not.",
    },
    {
      edits: [["key.lessEqual(query)", "key.lessEqual(query.add(keys))"]],
      message: "Every query sees all keys. Allow only those that are not later than the query.",
    },
    {
      edits: [
        [
          'return key.lessEqual(query).cast("float32");',
          'return key.lessEqual(query).cast("float32").transpose();',
        ],
      ],
      message: "The mask is transposed. Rows are queries, columns are keys: [T, S].",
    },
    {
      edits: [['.cast("float32")', '.cast("int32")']],
      message: "The mask is int32. Masks here are float32, so that you can multiply by them.",
    },
    {
      edits: [
        ["tf.range(keys - queries, keys)", "tf.range(0, queries)"],
        ["tf.range(0, keys);", "tf.range(0, queries);"],
      ],
      message:
        "The mask has a column for each query only. " +
        "There are S keys, and the queries are the last T of them: [T, S].",
    },
  ],
  forbid: ["bandPart"],
};
export default exercise;
