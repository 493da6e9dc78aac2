/** shiftRight: its cases and its typical mistakes. */
import { tensorData, type Exercise } from "grader";

const exercise: Exercise = {
  cases: (random) => [
    { group: "values", title: "three rows of five ids", args: [random.ids([3, 5], 50), 1] },
    {
      group: "values",
      title: "begin is another id",
      args: [random.ids([2, 3], 50), random.int(50, 90)],
    },
    { group: "shapes", title: "each row has one id", args: [random.ids([4, 1], 50), 1] },
    { group: "property", title: "all ids are the same", args: [{ ...random.ids([2, 3], 1) }, 9] },
    {
      group: "errors",
      title: "target has one axis",
      args: [random.ids([4], 50), 1],
      throws: "target",
    },
    {
      group: "shapes",
      title: "there is one row",
      args: [random.ids([1, 7], 50), random.int(50, 90)],
    },
    {
      group: "property",
      title: "all ids are the same, and begin is drawn",
      args: [
        tensorData([2, 3], Array<number>(6).fill(random.int(0, 9999)), "int32"),
        random.int(1, 99),
      ],
    },
  ],
  mutants: [
    {
      edits: [["target.slice([0, 0], [B, T - 1])", "target"]],
      message: "The row grew by one. Keep its length: the last id is predicted but never read.",
    },
    {
      edits: [
        [
          "tf.concat([first, target.slice([0, 0], [B, T - 1])], 1)",
          "tf.concat([target.slice([0, 1], [B, T - 1]), first], 1)",
        ],
      ],
      message:
        "The ids moved to the left, so each place shows a later token. " +
        "Move them to the right, after `begin`.",
    },
    {
      edits: [["target.slice([0, 0], [B, T - 1])", "target.slice([0, 1], [B, T - 1])"]],
      message:
        "The first id fell out and the last one stayed. " +
        "The last one is never read: take the first T − 1.",
    },
    {
      edits: [
        ['begin, "int32")', "begin)"],
        [
          "target.slice([0, 0], [B, T - 1])], 1)",
          'target.slice([0, 0], [B, T - 1]).cast("float32")], 1)',
        ],
      ],
      message:
        "The result is float32. Ids are int32: tf.fill takes the dtype as its third argument.",
    },
    {
      edits: [['tf.fill([B, 1], begin, "int32")', 'tf.zeros([B, 1], "int32")']],
      message: "The first id is 0. It is `begin`, whatever number that is.",
    },
    {
      edits: [
        [
          'const first = tf.fill([B, 1], begin, "int32");',
          "const first = target.slice([0, T - 1], [B, 1]);",
        ],
      ],
      message:
        "The last id of each row comes first, as if the row were a ring. `begin` comes first.",
    },
  ],
};
export default exercise;
