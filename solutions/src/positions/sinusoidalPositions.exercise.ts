/** sinusoidalPositions: its cases and its typical mistakes. */
import type { Exercise } from "grader";

const exercise: Exercise = {
  cases: (random) => [
    { group: "values", title: "a short text gets its places", args: [random.int(4, 7), 8] },
    { group: "values", title: "a text has hundreds of places", args: [random.int(300, 400), 4] },
    {
      group: "values",
      title: "the base is given",
      args: [random.int(4, 7), 6, random.int(50, 200)],
    },
    { group: "shapes", title: "the width is two", args: [3, 2] },
    { group: "shapes", title: "there are no places", args: [0, 4] },
    { group: "property", title: "place zero reads 0, 1, 0, 1", args: [1, 8] },
    { group: "errors", title: "the width is odd", args: [3, 5], throws: "even" },
    {
      group: "shapes",
      title: "another length and width",
      args: [random.int(2, 40), 2 * random.int(2, 20)],
    },
    {
      group: "property",
      title: "the first two columns stay the same in another base",
      args: [random.int(2, 30), 2 * random.int(1, 8), random.int(100, 99_999)],
    },
  ],
  mutants: [
    {
      edits: [
        ["[Math.sin(t * rate), Math.cos(t * rate)]", "[Math.cos(t * rate), Math.sin(t * rate)]"],
      ],
      message: "Sine and cosine are swapped: sine is in the even columns, counted from 0.",
    },
    {
      edits: [
        [
          "rates.flatMap((rate) => [Math.sin(t * rate), Math.cos(t * rate)])",
          `[
             ...rates.map((rate) => Math.sin(t * rate)),
             ...rates.map((rate) => Math.cos(t * rate)),
           ]`,
        ],
      ],
      message: "All sines come first, then all cosines. Here they alternate, column by column.",
    },
    {
      edits: [["(-2 * i) / width", "-i / width"]],
      message:
        "The rates fall too slowly: pair i has base^(−2i/C), " +
        "with a factor of two in the exponent.",
    },
    {
      edits: [["(-2 * i) / width", "(2 * i) / width"]],
      message: "The waves get faster from column to column. The exponent is negative: −2i/C.",
    },
    {
      edits: [["(_, t) => rates", "(_, place) => place + 1).map((t) => rates"]],
      message: "The places count from 1. The first one is 0.",
    },
    {
      edits: [
        [
          "[Math.sin(t * rate), Math.cos(t * rate)]",
          "[Math.sin(t * rate), Math.cos(t * rate * base ** (-1 / width))]",
        ],
      ],
      message:
        "Each column has its own rate. " +
        "Sine and cosine of a pair share one: the exponent counts pairs, not columns.",
    },
    {
      edits: [["base ** ((-2 * i) / width)", "10_000 ** ((-2 * i) / width)"]],
      message: "You don't use `base`: 10,000 is only its default.",
    },
    {
      edits: [["base ** ((-2 * i) / width)", "base ** (-i / Math.max(1, width / 2 - 1))"]],
      message:
        "The slowest rate is 1/base, as in some published code. " +
        "The paper's exponent is −2i/C, which ends just short of that.",
    },
    {
      edits: [
        [
          "[Math.sin(t * rate), Math.cos(t * rate)]",
          "[Math.sin(2 * Math.PI * t * rate), Math.cos(2 * Math.PI * t * rate)]",
        ],
      ],
      message:
        "The angles have a factor of 2π too many. The formula takes t · rate in radians as it is.",
    },
    {
      edits: [
        [
          "[Math.sin(t * rate), Math.cos(t * rate)]",
          `[Math.sin(t * rate), Math.cos(t * rate)].map((_, i) => {
             const angle = Math.fround(t * Math.fround(rate));
             return i === 0 ? Math.sin(angle) : Math.cos(angle);
           })`,
        ],
      ],
      message:
        "Far into a text the angles lose digits: they are rounded to float32 before the sine. " +
        "Compute them as plain numbers, which are float64.",
    },
    {
      edits: [
        [
          'return tf.tensor(rows.flat(), [length, width], "float32");',
          `const columns = rates.flatMap((rate) => [
             rows.map((_, t) => Math.sin(t * rate)),
             rows.map((_, t) => Math.cos(t * rate)),
           ]);
           return tf.tensor(columns.flat(), [width, length], "float32");`,
        ],
      ],
      message: "The matrix is transposed. Places are rows, [T, C].",
    },
  ],
};
export default exercise;
