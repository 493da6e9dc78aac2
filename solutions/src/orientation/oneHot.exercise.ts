/** oneHot: its cases and its typical mistakes. */
import { tensorData, type Exercise } from "grader";

const exercise: Exercise = {
  cases: (random) => [
    { group: "values", title: "a list of ids", args: [random.ids([8], 5), 5] },
    { group: "values", title: "the depth is larger than any id", args: [random.ids([4], 3), 7] },
    { group: "values", title: "there is one class", args: [random.ids([3], 1), 1] },
    { group: "shapes", title: "ids are a single number", args: [random.ids([], 4), 4] },
    { group: "shapes", title: "ids have rank three", args: [random.ids([2, 3, 2], 4), 4] },
    {
      group: "errors",
      title: "an id is as large as the depth",
      args: [tensorData([2], [0, 3], "int32"), 3],
      throws: "ids",
    },
    { group: "errors", title: "depth is zero", args: [random.ids([2], 1), 0], throws: "depth" },
    {
      group: "values",
      title: "there are 150 classes",
      args: [tensorData([3], [0, 149, 101], "int32"), 150],
    },
    { group: "shapes", title: "two rows have no ids", args: [tensorData([2, 0], [], "int32"), 3] },
  ],
  mutants: [
    {
      edits: [['tf.range(0, depth, 1, "int32")', 'tf.range(1, depth + 1, 1, "int32")']],
      message: "Your ones are one place too far left: classes count from 0, not from 1.",
    },
    {
      edits: [['.cast("float32")', '.cast("int32")']],
      message:
        "The result holds whole numbers. " +
        "Cast it to float32, so that it can be multiplied by weights.",
    },
    {
      edits: [
        [
          "ids.expandDims(-1).equal(classes)",
          "ids.expandDims(0).equal(classes.reshape([depth, ...ids.shape.map(() => 1)]))",
        ],
      ],
      message:
        "The classes lie along the first axis. " +
        "They belong on a new last axis: ids.expandDims(-1).",
    },
    {
      edits: [[".equal(classes)", ".notEqual(classes)"]],
      message: "Zeros and ones are swapped: the one belongs where the id equals the class.",
    },
    {
      edits: [[".equal(classes)", ".greaterEqual(classes)"]],
      message: "Your rows have ones up to the id's place. Only the id's own place gets a one.",
    },
    {
      edits: [['.cast("float32")', ""]],
      message:
        "The result holds true and false. " +
        "Cast it to float32, so that it can be multiplied by weights.",
    },
  ],
  forbid: ["oneHot"],
};
export default exercise;
