/** causalConvolution: its cases and its typical mistakes. */
import { tensorData, type Exercise } from "grader";

const exercise: Exercise = {
  cases: (random) => [
    {
      group: "values",
      title: "the filter has three columns",
      args: [random.normal([2, 6, 4]), random.normal([4, 3])],
    },
    {
      group: "values",
      title: "the filter has four columns and a bias",
      args: [random.normal([1, random.int(8, 12), 3]), random.normal([3, 4]), random.normal([3])],
    },
    {
      group: "shapes",
      title: "the filter has one column",
      args: [random.normal([2, 4, 2]), random.normal([2, 1])],
    },
    {
      group: "shapes",
      title: "there are more columns than tokens",
      args: [random.normal([2, 2, 3]), random.normal([3, 5]), random.normal([3])],
    },
    {
      group: "gradient",
      title: "tokens, filter and bias are differentiated",
      args: [random.normal([2, 5, 3]), random.normal([3, 3]), random.normal([3])],
      wrt: ["0", "1", "2"],
    },
    {
      group: "errors",
      title: "the filter is for a different number of channels",
      args: [random.normal([1, 4, 3]), random.normal([2, 3])],
      throws: "w",
    },
    {
      group: "shapes",
      title: "the filter has one column, and there is a bias",
      args: [random.normal([2, 3, 4]), random.normal([4, 1]), random.normal([4])],
    },
    {
      group: "values",
      title: "the filter has twenty columns",
      args: [random.normal([1, 24, 2]), random.normal([2, 20])],
    },
    {
      group: "property",
      title: "the first of three columns alone delays by two",
      args: [random.normal([2, 7, 2]), tensorData([2, 3], [1, 0, 0, 1, 0, 0])],
    },
  ],
  mutants: [
    {
      edits: [["padded.slice([0, j, 0]", "padded.slice([0, K - 1 - j, 0]"]],
      message:
        "The filter is backwards: " +
        "its last column meets the current token, its first the oldest.",
    },
    {
      edits: [
        [
          "tf.concat([tf.zeros([B, K - 1, C]), x], 1)",
          "tf.concat([x, tf.zeros([B, K - 1, C])], 1)",
        ],
      ],
      message: "It looks ahead: the zeros belong before the sequence, not after it.",
    },
    {
      edits: [["return b ? y.add(b) : y;", "return y;"]],
      message: "The bias is lost. Add b if it is given.",
    },
    {
      edits: [
        [
          "tf.concat([tf.zeros([B, K - 1, C]), x], 1)",
          `tf.concat(
             [...Array.from({ length: K - 1 }, () => x.slice([0, 0, 0], [B, 1, C])), x],
             1,
           )`,
        ],
      ],
      message: "There are copies of the first token before the start. There should be zeros.",
    },
    {
      edits: [
        [
          "tf.concat([tf.zeros([B, K - 1, C]), x], 1)",
          `tf.concat(
             [
               tf.zeros([B, Math.floor((K - 1) / 2), C]),
               x,
               tf.zeros([B, Math.ceil((K - 1) / 2), C]),
             ],
             1,
           )`,
        ],
      ],
      message:
        "Half of the zeros come after the sequence, so each token sees those after it. " +
        "All K − 1 belong before it.",
    },
    {
      edits: [["tf.zeros([B, K - 1, C]), x]", "tf.zeros([B, K, C]), x]"]],
      message:
        "The current token is left out: each place sees only those before it. Put K − 1 zeros " +
        "before the sequence, not K.",
    },
    {
      edits: [
        [
          "tf.zeros([B, K - 1, C])",
          "tf.tile(x, [1, K, 1]).slice([0, K * T - (K - 1), 0], [B, K - 1, C])",
        ],
      ],
      message:
        "The end of the sequence stands before its start, as in a ring. There should be zeros.",
    },
    {
      edits: [["w.slice([0, j], [C, 1]).reshape([C])", "w.slice([0, j], [1, 1]).reshape([1])"]],
      message: "All channels have the filter of the first one. Each has a row of w of its own.",
    },
  ],
};
export default exercise;
