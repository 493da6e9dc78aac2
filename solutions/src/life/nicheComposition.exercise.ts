/** nicheComposition: its cases and its typical mistakes. */
import type { Exercise } from "grader";
import { int32 } from "./lifeCases";

const exercise: Exercise = {
  cases: (random) => [
    {
      group: "values",
      title: "three cells of two types",
      args: [int32([3], [0, 1, 1]), int32([3, 2], [0, 1, 1, 2, 2, 0]), 2],
    },
    {
      group: "values",
      title: "many cells",
      args: [random.ids([12], 4), random.ids([12, 5], 12), 4],
    },
    {
      group: "values",
      title: "a type that no cell has",
      args: [random.ids([6], 2), random.ids([6, 3], 6), 4],
    },
    {
      group: "shapes",
      title: "each cell has one neighbor",
      args: [random.ids([5], 3), random.ids([5, 1], 5), 3],
    },
    {
      group: "shapes",
      title: "there is one kind of cell",
      args: [int32([2], [0, 0]), int32([2, 2], [0, 1, 1, 0]), 1],
    },
    {
      group: "errors",
      title: "a type is out of range",
      args: [int32([2], [0, 3]), int32([2, 1], [0, 1]), 3],
      throws: "types",
    },
  ],
  mutants: [
    {
      edits: [[".mean(1)", ".sum(1)"]],
      message: "You count the neighbors. Divide by their number, so that a row sums to one.",
    },
    {
      edits: [
        ["tf.gather(types, neighbours)", "tf.gather(types, neighbours.slice([0, 0], [-1, 1]))"],
      ],
      message:
        "Each row shows only the first neighbor, which is the cell itself. " +
        "Take the mean over all of them.",
    },
    {
      edits: [
        ["members.mean(1)", "members.mean(1).add(oneHot(types, kinds).div(neighbours.shape[1]!))"],
      ],
      message:
        "You add the cell's own type. " +
        "Neighbors that come from nearestCells already include the cell itself.",
    },
    {
      edits: [
        ["members.mean(1)", 'members.mean(1).equal(members.mean(1).max(-1, true)).cast("float32")'],
      ],
      message: "The row marks the most frequent type. Return the share of each type.",
    },
    {
      edits: [
        [
          "tf.gather(types, neighbours)",
          `tf.gather(
            types,
            neighbours.shape[1]! > 1 ? neighbours.slice([0, 1], [-1, -1]) : neighbours,
          )`,
        ],
      ],
      message:
        "The first neighbor is left out. " +
        "Average the whole row of `neighbours`, including the cell itself.",
    },
    {
      edits: [[".mean(1)", ".mean(2)"]],
      message:
        "The mean runs over the types and is the same for all. " +
        "Average over the neighbors, axis 1.",
    },
    {
      edits: [[".mean(1)", ".mean(0)"]],
      message:
        "The mean runs over the cells, axis 0. " +
        "Each cell has its own row: average over its neighbors, axis 1.",
    },
    {
      edits: [["members.mean(1)", "members.sum(1).div(kinds)"]],
      message:
        "You divide by the number of types. A share is a count divided by the number of neighbors.",
    },
    {
      edits: [
        ["oneHot(tf.gather(types, neighbours), kinds)", "oneHot(types.expandDims(1), kinds)"],
      ],
      message:
        "Each row shows the cell's own type. " +
        "Look up the types of its neighbors: gather the types at `neighbours`.",
    },
  ],
};
export default exercise;
