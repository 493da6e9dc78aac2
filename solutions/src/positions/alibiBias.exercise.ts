/** alibiBias: its cases and its typical mistakes. */
import type { Exercise } from "grader";

const exercise: Exercise = {
  cases: (random) => {
    const keys = random.int(6, 9);
    // drawn widely, so that no table of answers helps
    const queries = random.int(2, 12);
    const more = queries + random.int(1, 30);
    return [
      {
        group: "values",
        title: "queries and keys are the same tokens",
        args: [random.pick([2, 4, 8]), 5, 5],
      },
      {
        group: "values",
        title: "the queries are the last of more keys",
        args: [random.int(2, 12), queries, more],
      },
      { group: "values", title: "the number of heads is not a power of two", args: [6, 4, 4] },
      {
        group: "shapes",
        title: "there is one query",
        args: [random.int(1, 12), 1, random.int(2, 300)],
      },
      { group: "shapes", title: "there is one head and one token", args: [1, 1, 1] },
      {
        group: "errors",
        title: "there are more queries than keys",
        args: [2, keys, keys - 1],
        throws: "queries",
      },
      { group: "values", title: "there are twenty heads", args: [20, 3, 4] },
      { group: "values", title: "keys are two thousand tokens away", args: [2, 1, 2000] },
    ];
  },
  mutants: [
    {
      edits: [[".mul(distance).neg()", ".mul(distance)"]],
      message: "The bias grows with distance, which favors tokens far away. It should be negative.",
    },
    {
      edits: [["tf.range(keys - queries, keys)", "tf.range(0, queries)"]],
      message:
        "You take the queries as the first T tokens. " +
        "They are the last T of S: query i is at place i + S − T.",
    },
    {
      edits: [[".abs()", ""]],
      message: "Keys after the query get a reward. The distance is absolute: |i − j|.",
    },
    {
      edits: [[".mul(distance).neg()", ".mul(distance.square()).neg()"]],
      message: "The penalty grows with the square of the distance. ALiBi is linear.",
    },
    {
      edits: [["alibiSlopes(heads).reshape", "alibiSlopes(heads).reverse().reshape"]],
      message: "The slopes are in reverse order: the first head has the steepest.",
    },
    {
      edits: [[".abs()", ".relu()"]],
      message:
        "Keys after the query have the bias 0. " +
        "The distance is |i − j|, both ways; hiding the future is up to the mask.",
    },
    {
      edits: [
        [
          "alibiSlopes(heads).reshape([heads, 1, 1])",
          "alibiSlopes(heads).slice([0], [1]).reshape([1, 1, 1]).tile([heads, 1, 1])",
        ],
      ],
      message: "All heads have the first head's slope. Each has its own.",
    },
    {
      edits: [["query.sub(tf.range(0, keys)).abs()", "query.mul(0).add(tf.range(0, keys))"]],
      message:
        "The penalty depends on the key's place alone. " +
        "It grows with the distance between query and key, |i − j|.",
    },
    {
      edits: [[".abs()", ".abs().add(1).log()"]],
      message: "The penalty grows with the logarithm of the distance. ALiBi is linear.",
    },
  ],
};
export default exercise;
