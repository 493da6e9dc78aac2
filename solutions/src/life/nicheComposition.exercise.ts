/** nicheComposition: its cases and its typical mistakes. */
import type { Exercise } from "grader";
import { int32 } from "./lifeCases";

const exercise: Exercise = {
  cases: (random) => [
    {
      group: "values",
      says: "three cells of two types",
      args: [int32([3], [0, 1, 1]), int32([3, 2], [0, 1, 1, 2, 2, 0]), 2],
    },
    {
      group: "values",
      says: "many cells",
      args: [random.ids([12], 4), random.ids([12, 5], 12), 4],
    },
    {
      group: "values",
      says: "a type that no cell has",
      args: [random.ids([6], 2), random.ids([6, 3], 6), 4],
    },
    {
      group: "shapes",
      says: "each cell has one neighbour",
      args: [random.ids([5], 3), random.ids([5, 1], 5), 3],
    },
    {
      group: "shapes",
      says: "there is one kind of cells",
      args: [int32([2], [0, 0]), int32([2, 2], [0, 1, 1, 0]), 1],
    },
    {
      group: "errors",
      says: "a type is none of the kinds",
      args: [int32([2], [0, 3]), int32([2, 1], [0, 1]), 3],
      throws: "types",
    },
  ],
  mutants: [
    {
      edits: [[".mean(1)", ".sum(1)"]],
      says: "The neighbours are counted. Divide by their number, so that a row sums to one.",
    },
    {
      edits: [
        ["tf.gather(types, neighbours)", "tf.gather(types, neighbours.slice([0, 0], [-1, 1]))"],
      ],
      says:
        "Each row shows the first neighbour alone, which is the cell itself. " +
        "Take the mean over all of them.",
    },
    {
      edits: [
        [
          "oneHot(tf.gather(types, neighbours), kinds).mean(1)",
          "oneHot(tf.gather(types, neighbours), kinds).mean(1).add(oneHot(types, " +
            "kinds).div(neighbours.shape[1]!))",
        ],
      ],
      says:
        "The cell's own type is added. It is among its neighbours already, where they come " +
        "from nearestCells.",
    },
    {
      edits: [
        [
          ".mean(1)",
          ".mean(1).equal(oneHot(tf.gather(types, neighbours), kinds).mean(1).max(-1, " +
            'true)).cast("float32")',
        ],
      ],
      says: "The row names the most frequent type. The share of each type is asked for.",
    },
    {
      edits: [
        [
          "tf.gather(types, neighbours)",
          "tf.gather(types, neighbours.shape[1]! > 1 ? neighbours.slice([0, 1], [-1, -1]) : " +
            "neighbours)",
        ],
      ],
      says:
        "The first neighbour is left out. A row of `neighbours` is averaged whole, the cell " +
        "itself included.",
    },
    {
      edits: [[".mean(1)", ".mean(2)"]],
      says:
        "The mean runs over the types and is the same for all. " +
        "Average over the neighbours, axis 1.",
    },
  ],
};
export default exercise;
