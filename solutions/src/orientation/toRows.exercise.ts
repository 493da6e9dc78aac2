/** toRows: its cases and its typical mistakes. */
import type { Exercise } from "grader";
import { EXACT } from "../shared/exact";

const ROWS = "rows.push(values.slice(from, from + width));";

const exercise: Exercise = {
  cases: (random) => {
    const numbers = (count: number) => Array.from({ length: count }, () => random.int(0, 17));
    return [
      { group: "values", title: "six numbers in rows of three", args: [[1, 2, 3, 4, 5, 6], 3] },
      { group: "values", title: "a picture of 8 × 8", args: [numbers(64), 8] },
      { group: "values", title: "five rows of seven numbers", args: [numbers(35), 7] },
      {
        group: "values",
        title: "numbers below zero and fractions",
        args: [[-1.5, 0, 0.25, -7], 2],
      },
      { group: "shapes", title: "there is one row", args: [numbers(5), 5] },
      { group: "shapes", title: "a row has one number", args: [numbers(4), 1] },
      { group: "shapes", title: "there are no values", args: [[], 3] },
      {
        group: "shapes",
        title: "many rows of any width",
        args: ((width) => [numbers(width * random.int(1, 30)), width])(random.int(2, 40)),
      },
      { group: "errors", title: "a number is left over", args: [numbers(7), 3], throws: "rows" },
      { group: "errors", title: "the width is zero", args: [numbers(4), 0], throws: "rows" },
    ];
  },
  mutants: [
    {
      edits: [[ROWS, "rows.push(values.slice(from, from + width - 1));"]],
      message:
        "Each row lacks its last number: values.slice(from, to) ends right before the place to.",
    },
    {
      edits: [[ROWS, "rows.push(values.slice(from, width));"]],
      message:
        "Rows after the first are empty. " +
        "The second argument of slice is a place in values, not a length.",
    },
    {
      edits: [["from < values.length;", "from < values.length - width;"]],
      message: "The last row is missing: go on until all values are in a row.",
    },
    {
      edits: [
        [ROWS, "rows.push(values.filter((_, i) => i % (values.length / width) === from / width));"],
      ],
      message: "You fill column after column. The first row holds the first `width` values.",
    },
    {
      edits: [["from += width", "from += 1"]],
      message: "Rows overlap: the next row begins `width` places later, not one.",
    },
    {
      edits: [["return rows;", "return rows[0]!.map((_, x) => rows.map((row) => row[x]!));"]],
      message: "Rows and columns are swapped: result[y][x] is number x of row y.",
    },
    {
      edits: [["return rows;", "return rows.reverse();"]],
      message: "The rows are upside down: the first row holds the first values.",
    },
    {
      edits: [["values.slice(from, from + width)", "values.slice(from, from + 8)"]],
      message: "Your rows hold eight numbers, whatever `width` says.",
    },
  ],
  tolerance: EXACT,
};
export default exercise;
