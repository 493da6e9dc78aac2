/** clipGradients: its cases and its typical mistakes. */
import { tensorData, type Exercise } from "grader";

const exercise: Exercise = {
  cases: (random) => [
    {
      group: "values",
      says: "two gradients are too long together",
      args: [[random.normal([3, 4], 2), random.normal([5], 2)], 1],
    },
    {
      group: "values",
      says: "they are short enough",
      args: [[random.normal([3], 0.1), random.normal([2, 2], 0.1)], 5],
    },
    {
      group: "values",
      says: "one of them explodes",
      args: [[random.normal([4], 1e6), random.normal([3])], 2],
    },
    {
      group: "shapes",
      says: "there is a scalar and a tensor of rank three",
      args: [[random.normal([]), random.normal([2, 1, 3])], 0.5],
    },
    {
      group: "property",
      says: "all gradients are zero",
      args: [[tensorData([3], [0, 0, 0]), tensorData([1], [0])], 1],
    },
    {
      group: "gradient",
      says: "the gradients are differentiated",
      args: [[random.normal([3, 2]), random.normal([4])], 1],
      wrt: ["0.0", "0.1"],
    },
    {
      group: "errors",
      says: "maxNorm is negative",
      args: [[random.normal([2])], -1],
      throws: "maxNorm",
    },
    {
      group: "property",
      says: "all gradients are zero, and so is maxNorm",
      args: [[tensorData([2], [0, 0])], 0],
    },
  ],
  mutants: [
    {
      edits: [
        [
          "tf.minimum(1, tf.div(maxNorm, norm.maximum(TINY)))",
          "tf.div(maxNorm, norm.maximum(TINY))",
        ],
      ],
      says: "You stretch short gradients to maxNorm. The factor is never above one.",
    },
    {
      edits: [
        [
          "gradients.map((g) => g.mul(scale))",
          `gradients.map((g) => {
             const own = g.square().sum().sqrt().maximum(TINY);
             return g.mul(tf.minimum(1, tf.div(maxNorm, own)));
           })`,
        ],
      ],
      says:
        "You clip each gradient by its own norm, which changes the direction of the step. " +
        "Use one joint norm and one factor for all.",
    },
    {
      edits: [
        [
          "gradients.map((g) => g.mul(scale))",
          "gradients.map((g) => g.clipByValue(-maxNorm, maxNorm))",
        ],
      ],
      says: "You cut off single numbers at ±maxNorm. The whole step shrinks by one factor.",
    },
    {
      edits: [["squares.sqrt()", "squares"]],
      says: "The root is missing: the norm is √Σg².",
    },
    {
      edits: [["g.mul(scale)), norm }", "g.mul(scale)), norm: norm.mul(scale) }"]],
      says: "You return the norm after clipping. The one before says how large the step was.",
    },
    {
      edits: [
        ["g.square().sum()", "g.square().sum().sqrt()"],
        ["squares.sqrt()", "squares"],
      ],
      says: "You add up the norms of the gradients. Add up their squares, and take one root.",
    },
    {
      edits: [
        [
          "tf.div(maxNorm, norm.maximum(TINY))",
          "tf.div(maxNorm, tf.scalar(norm.maximum(TINY).dataSync()[0]!))",
        ],
      ],
      says:
        "You read out the norm as a number, so no gradient flows through the factor. " +
        "Use tensors throughout.",
    },
  ],
};
export default exercise;
