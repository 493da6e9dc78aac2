/** initWeights: its cases and its typical mistakes. */
import { tensorData, type Exercise, type Random } from "grader";

const feedForward = (random: Random, C: number, F: number) => ({
  w1: random.normal([C, F]),
  b1: random.normal([F]),
  w2: random.normal([F, C]),
  b2: random.normal([C]),
});

const exercise: Exercise = {
  cases: (random) => [
    {
      group: "values",
      title: "a feed-forward layer of a model with six blocks",
      args: [feedForward(random, 4, 12), 6],
    },
    {
      group: "values",
      title: "an attention layer, whose wo writes into the stream",
      args: [
        {
          wq: random.normal([6, 4]),
          wk: random.normal([6, 4]),
          wv: random.normal([6, 4]),
          wo: random.normal([4, 6]),
          bo: random.normal([6]),
        },
        48,
      ],
    },
    {
      group: "values",
      title: "a gated layer, whose down writes into the stream",
      args: [
        {
          gate: random.normal([5, 8]),
          up: random.normal([5, 8]),
          down: random.normal([8, 5]),
        },
        random.int(2, 20),
      ],
    },
    {
      group: "values",
      title: "there is one block",
      args: [{ w1: random.normal([3, 5]), w2: random.normal([5, 3]) }, 1],
    },
    {
      group: "property",
      title: "a norm starts as no change: gamma 1, beta 0",
      args: [{ gamma: random.normal([5]), beta: random.normal([5]) }, 3],
    },
    {
      group: "shapes",
      title: "a matrix has one row",
      args: [{ w1: random.normal([1, 4]), w2: random.normal([4, 1]) }, 2],
    },
    {
      group: "errors",
      title: "there is no block",
      args: [{ w1: random.normal([2, 2]) }, 0],
      throws: "layers",
    },
    {
      group: "errors",
      title: "a weight has rank three",
      args: [{ w1: random.normal([2, 3, 2]) }, 2],
      throws: "w1",
    },
    {
      group: "values",
      title: "names that only contain or end in those of the rule",
      args: [
        {
          two: random.normal([4, 3]),
          wok: random.normal([3, 4]),
          gamma2: random.normal([4]),
          gamma: random.normal([4, 2]),
        },
        3,
      ],
    },
    {
      group: "property",
      title: "noise of a vector is infinite: it doesn't count",
      args: [
        { b: tensorData([3], [Infinity, 1, -Infinity]), gamma: tensorData([2], [Infinity, 0]) },
        2,
      ],
    },
    {
      group: "property",
      title: "a norm and a matrix start together",
      args: [
        { gamma: random.normal([4]), w1: random.normal([4, 3]), beta: random.normal([4]) },
        random.int(2, 20),
      ],
    },
  ],
  mutants: [
    {
      edits: [["STREAM_WRITERS.includes(name) ? 2 * layers : 1", "1"]],
      message:
        "All matrices get the same scale. " +
        "wo, w2 and down write into the stream, so divide them by √(2 · layers) as well.",
    },
    {
      edits: [["? 2 * layers : 1", "? layers : 1"]],
      message:
        "You count one write per block. A block writes into the stream twice, " +
        "after attention and after the feed-forward layer: √(2 · layers).",
    },
    {
      edits: [["? 2 * layers : 1", "? (2 * layers) ** 2 : 1"]],
      message:
        "You divide by 2 · layers. The sizes of independent terms add up like a root, " +
        "so divide by √(2 · layers).",
    },
    {
      edits: [["STREAM_WRITERS.includes(name) ? 2 * layers : 1", "2 * layers"]],
      message:
        "Every matrix is divided by √(2 · layers). " +
        "Only those that write into the stream are: wo, w2 and down.",
    },
    {
      edits: [["writes * t.shape[0]!", "writes * t.shape[1]!"]],
      message:
        "You divide by the root of the number of columns, which is how wide the result is. " +
        "Each output sums as many products as there are rows: divide by √in.",
    },
    {
      edits: [["Math.sqrt(writes * t.shape[0]!)", "t.shape[0]! * Math.sqrt(writes)"]],
      message:
        "You divide by in. A sum of `in` independent terms grows like √in, so divide by the root.",
    },
    {
      edits: [["Math.sqrt(writes * t.shape[0]!)", "Math.sqrt((writes * t.shape[0]!) / 2)"]],
      message:
        "The weights are √2 too large. That is He's size for ReLU, √(2/in); here it is √(1/in).",
    },
    {
      edits: [["(writes * t.shape[0]!)", "((writes * (t.shape[0]! + t.shape[1]!)) / 2)"]],
      message:
        "You divide by the root of the mean of both widths, as Glorot does. " +
        "Here only the input's width counts: √in.",
    },
    {
      edits: [
        [
          'if (t.rank === 1) return name === "gamma" ? tf.onesLike(t) : tf.zerosLike(t);',
          'if (t.rank === 1) return name === "gamma" ? tf.onesLike(t) : t.clone();',
        ],
      ],
      message: "Biases and beta keep their noise. They start at 0.",
    },
    {
      edits: [['name === "gamma" ? tf.onesLike(t) : tf.zerosLike(t)', "tf.zerosLike(t)"]],
      message: "gamma starts at 0, so the norm passes nothing on. It starts at 1.",
    },
    {
      edits: [['name === "gamma" ? tf.onesLike(t) : tf.zerosLike(t)', "tf.onesLike(t)"]],
      message: "All vectors start at 1. Only gamma does, and the others start at 0.",
    },
    {
      edits: [
        [
          'if (t.rank === 1) return name === "gamma" ? tf.onesLike(t) : tf.zerosLike(t);',
          "if (t.rank === 1) return t.clone();",
        ],
      ],
      message: "Vectors keep their noise. gamma starts at 1, and all other vectors at 0.",
    },
    {
      edits: [["t.div(Math.sqrt(writes * t.shape[0]!))", "t.mul(0.02 / Math.sqrt(writes))"]],
      message:
        "All matrices have the scale 0.02, as GPT-2's do. " +
        "Here the scale follows from the input's width: 1/√in.",
    },
    {
      edits: [["t.div(Math.sqrt(writes * t.shape[0]!))", "t.mul(Math.sqrt(writes * t.shape[0]!))"]],
      message: "You multiply by the root. Divide: wider layers begin with smaller weights.",
    },
  ],
};
export default exercise;
