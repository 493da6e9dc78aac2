/** learnedPositions: its cases and its typical mistakes. */
import type { Exercise, Random } from "grader";

/** A table of a drawn size, with a length that it has room for. */
function drawTable(random: Random) {
  const rows = random.int(3, 20);
  return [random.normal([rows, random.int(1, 6)]), random.int(1, rows)];
}

const exercise: Exercise = {
  cases: (random) => {
    const rows = random.int(5, 9);
    return [
      {
        group: "values",
        title: "the text is shorter than the table",
        args: [random.normal([rows, 4]), rows - 2],
      },
      {
        group: "values",
        title: "the text is as long as the table",
        args: [random.normal([rows, 3]), rows],
      },
      { group: "shapes", title: "there is one place", args: [random.normal([4, 2]), 1] },
      { group: "shapes", title: "there are no places", args: [random.normal([4, 2]), 0] },
      {
        group: "gradient",
        title: "the table is differentiated",
        args: [random.normal([rows, 3]), rows - 1],
        wrt: ["0"],
      },
      {
        group: "errors",
        title: "the text is longer than the table",
        args: [random.normal([rows, 3]), rows + 1],
        throws: "length",
      },
      {
        group: "gradient",
        title: "a table of another size is differentiated",
        args: drawTable(random),
        wrt: ["0"],
      },
    ];
  },
  mutants: [
    {
      edits: [["slice([0, 0], [length, C])", "slice([M - length, 0], [length, C])"]],
      message: "These are the last rows. The first token has row 0.",
    },
    {
      edits: [["slice([0, 0], [length, C])", "slice([0, 0], [length, C]).reverse(0)"]],
      message: "The rows come in reverse order. Token t has row t.",
    },
    {
      edits: [["slice([0, 0], [length, C])", "slice([0, 0], [M, C])"]],
      message: "You return all rows. A text of T tokens has T places.",
    },
    {
      edits: [
        [
          "return table.slice([0, 0], [length, C]);",
          `const rows = tf.tensor(table.dataSync().slice(0, length * C), [length, C]);
           return rows.add(table.slice([0, 0], [1, C]).mul(0));`,
        ],
      ],
      message:
        "You read the values out of the table, so no gradient flows back and the table can't " +
        "learn. Use a tensor operation.",
    },
    {
      edits: [["slice([0, 0], [length, C])", "slice([Math.min(1, M - length), 0], [length, C])"]],
      message: "The places count from 1. The first token has row 0.",
    },
  ],
};
export default exercise;
