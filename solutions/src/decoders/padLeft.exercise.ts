/** padLeft: its cases and its typical mistakes. */
import type { Exercise, Random } from "grader";
import { EXACT } from "../shared/exact";

const draw = (random: Random, n: number) => Array.from({ length: n }, () => random.int(1, 9));

const exercise: Exercise = {
  cases: (random) => [
    {
      group: "values",
      title: "three texts, the longest in the middle",
      args: [[draw(random, 2), draw(random, random.int(5, 7)), draw(random, 4)], 0],
    },
    {
      group: "values",
      title: "the padding's id also occurs in the texts",
      args: [[[7, ...draw(random, 2), 7], [7, 7], draw(random, 5)], 7],
    },
    {
      group: "values",
      title: "all texts have the same length",
      args: [[draw(random, 3), draw(random, 3)], 0],
    },
    {
      group: "shapes",
      title: "there is one text",
      args: [[draw(random, 4)], 0],
    },
    {
      group: "shapes",
      title: "each text has one token",
      args: [[draw(random, 1), draw(random, 1), draw(random, 1)], 0],
    },
    { group: "errors", title: "a text is empty", args: [[[1], []], 0], throws: "texts[1]" },
    { group: "errors", title: "there are no texts", args: [[], 0], throws: "texts" },
  ],
  mutants: [
    {
      edits: [
        [
          "[...new Array<number>(before[b]!).fill(pad), ...text]",
          "[...text, ...new Array<number>(before[b]!).fill(pad)]",
        ],
        [
          'place.sub(start).maximum(tf.scalar(0, "int32"))',
          'place.add(start.mul(tf.scalar(0, "int32")))',
        ],
        ["place.greaterEqual(start)", "place.less(start.mul(-1).add(T))"],
      ],
      message:
        "The padding comes after the texts. It goes before them, " +
        "so that every text ends at the last place.",
    },
    {
      edits: [
        [
          "[...new Array<number>(before[b]!).fill(pad), ...text]",
          "[...text, ...new Array<number>(before[b]!).fill(pad)]",
        ],
      ],
      message:
        "In ids the padding comes after the texts, in positions and mask before them. " +
        "It goes before them everywhere.",
    },
    {
      edits: [
        [
          'place.sub(start).maximum(tf.scalar(0, "int32"))',
          'place.add(start.mul(tf.scalar(0, "int32")))',
        ],
      ],
      message:
        "Positions count from the first place of the row, padding included. " +
        "Each text's first token has position 0, as it has alone.",
    },
    {
      edits: [['.maximum(tf.scalar(0, "int32"))', ""]],
      message:
        "Positions are below 0 in the padding, where no row of a position table is. They are 0 there.",
    },
    {
      edits: [["causalMask(T).mul(isText)", "tf.ones([T, T]).mul(isText)"]],
      message:
        "The mask isn't causal: a token may attend to those after it. Combine both: s ≤ t, and no padding.",
    },
    {
      edits: [["causalMask(T).mul(isText)", "causalMask(T).mul(tf.onesLike(isText))"]],
      message:
        "The mask is the causal one alone, so tokens attend to the padding before their text. " +
        "Mask the keys that are padding.",
    },
    {
      edits: [["reshape([B, 1, 1, T])", "reshape([B, 1, T, 1])"]],
      message:
        "The mask empties the rows of the padding, where queries are. " +
        "Its columns have to be 0: no token may attend to padding.",
    },
    {
      edits: [
        [
          "place.greaterEqual(start)",
          'tf.tensor(rows, [B, T], "int32").notEqual(tf.scalar(pad, "int32"))',
        ],
      ],
      message:
        "The mask looks for the padding's id, which may occur in a text as well. " +
        "Lengths tell what is padding.",
    },
    {
      edits: [["causalMask(T).mul(isText)", "causalMask(T).mul(isText).maximum(tf.eye(T))"]],
      message:
        "Places of the padding attend to themselves. Their rows are 0, as all of their columns are.",
    },
    {
      edits: [["reshape([B, 1, 1, T])", "reshape([B, 1, T])"]],
      message: "The mask is [B, T, T]. It needs an axis of length 1 for the heads: [B, 1, T, T].",
    },
    {
      edits: [
        ["place.sub(start).maximum", 'place.sub(start).cast("float32").maximum'],
        ['tf.scalar(0, "int32")', "0"],
      ],
      message: "Positions are float32. They pick rows of a table, so they are int32.",
    },
    {
      edits: [
        [
          "[...new Array<number>(before[b]!).fill(pad), ...text]",
          "[...text, ...new Array<number>(before[b]!).fill(pad)]",
        ],
        [
          'const positions = place.sub(start).maximum(tf.scalar(0, "int32"));',
          `const lengths = start.mul(-1).add(T).cast("int32");
           const positions = tf.where(place.less(lengths), place, tf.scalar(0, "int32"));`,
        ],
        ["place.greaterEqual(start)", "place.less(lengths)"],
      ],
      message:
        "The padding comes after the texts. It goes before them, so that every text ends at " +
        "the last place.",
    },
    {
      edits: [
        ["causalMask(T).mul(isText)", "causalMask(T).mul(isText).mul(tf.scalar(1).sub(tf.eye(T)))"],
      ],
      message: "A token doesn't attend to itself. s ≤ t allows it.",
    },
    {
      edits: [
        [
          'place.sub(start).maximum(tf.scalar(0, "int32"))',
          'tf.where(place.greaterEqual(start), place, tf.scalar(0, "int32"))',
        ],
      ],
      message:
        "A text's first token has the number of its place in the row. Positions start at 0 " +
        "with the text.",
    },
    {
      edits: [
        [
          'place.sub(start).maximum(tf.scalar(0, "int32"))',
          'place.sub(start).add(tf.scalar(1, "int32")).maximum(tf.scalar(0, "int32"))',
        ],
      ],
      message: "A text's first token has position 1. Positions start at 0.",
    },
  ],
  tolerance: EXACT,
};
export default exercise;
