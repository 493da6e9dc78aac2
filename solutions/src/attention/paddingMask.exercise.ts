/** paddingMask: its cases and its typical mistakes. */
import { tensorData, type Exercise } from "grader";

const exercise: Exercise = {
  cases: (random) => {
    const keys = random.int(5, 8);
    const many = random.int(10, 80); // drawn widely, so that no table of answers helps
    const lengths = (...n: number[]) => tensorData([n.length], n, "int32");
    return [
      {
        group: "values",
        title: "three sentences share a batch",
        args: [lengths(random.int(1, 2), random.int(3, 4), keys), keys],
      },
      {
        group: "values",
        title: "a batch has many sentences",
        args: [
          tensorData(
            [6],
            Array.from({ length: 6 }, () => random.int(0, many)),
            "int32",
          ),
          many,
        ],
      },
      { group: "values", title: "a sentence is empty", args: [lengths(0, random.int(1, 3)), keys] },
      {
        group: "shapes",
        title: "there is one sentence",
        args: [lengths(random.int(1, many)), many],
      },
      { group: "shapes", title: "there is one key", args: [lengths(1, 0, 1), 1] },
      {
        group: "errors",
        title: "a length is larger than the number of keys",
        args: [lengths(keys + 1), keys],
        throws: "lengths",
      },
    ];
  },
  mutants: [
    {
      edits: [["key.less(length)", "key.lessEqual(length)"]],
      message:
        "One key too many: keys count from 0, " +
        "so a sentence of length 3 has the keys 0, 1 and 2.",
    },
    {
      edits: [["key.less(length)", "key.greaterEqual(length)"]],
      message: "The mask is 1 on the padding. It is 1 where a query may attend.",
    },
    {
      edits: [["[lengths.size, 1, 1, 1]", "[lengths.size, 1]"]],
      message:
        "The shape is [B, S]. Put two axes of length 1 in between, " +
        "so that the mask broadcasts over heads and queries.",
    },
    {
      edits: [["key.less(length)", "key.greaterEqual(length.mul(-1).add(keys))"]],
      message: "You mask the padding at the front. Here it comes after the sentence.",
    },
    {
      edits: [['.cast("float32")', ""]],
      message: "The mask is bool, as a comparison gives it. Masks here are float32.",
    },
    {
      edits: [["[lengths.size, 1, 1, 1]", "[lengths.size, 1, 1]"]],
      message:
        "The shape is [B, 1, S]. " +
        "Put two axes of length 1 in between, so that the mask broadcasts over heads and " +
        "queries.",
    },
    {
      edits: [
        [
          'return key.less(length).cast("float32");',
          "return tf.where(key.less(length), 0, -Infinity);",
        ],
      ],
      message:
        "This is what you add to scores, 0 and −∞. " +
        "The mask is 1 where a query may attend and 0 where it may not.",
    },
  ],
};
export default exercise;
