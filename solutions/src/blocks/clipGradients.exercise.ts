/** clipGradients: its cases and its typical mistakes. */
import { tensorData, type Exercise } from "grader";

const exercise: Exercise = {
  cases: (random) => [
    {
      group: "values",
      title: "two gradients are too long together",
      args: [[random.normal([3, 4], 2), random.normal([5], 2)], 1],
    },
    {
      group: "values",
      title: "they are short enough",
      args: [[random.normal([3], 0.1), random.normal([2, 2], 0.1)], 5],
    },
    {
      group: "values",
      title: "one of them explodes",
      args: [[random.normal([4], 1e6), random.normal([3])], 2],
    },
    {
      group: "shapes",
      title: "there is a scalar and a tensor of rank three",
      args: [[random.normal([]), random.normal([2, 1, 3])], 0.5],
    },
    {
      group: "property",
      title: "all gradients are zero",
      args: [[tensorData([3], [0, 0, 0]), tensorData([1], [0])], 1],
    },
    {
      group: "gradient",
      title: "the gradients are differentiated",
      args: [[random.normal([3, 2]), random.normal([4])], 1],
      wrt: ["0.0", "0.1"],
    },
    {
      group: "errors",
      title: "maxNorm is negative",
      args: [[random.normal([2])], -1],
      throws: "maxNorm",
    },
    {
      group: "property",
      title: "all gradients are zero, and so is maxNorm",
      args: [[tensorData([2], [0, 0])], 0],
    },
    {
      group: "property",
      title: "one gradient is zero, and the other is too long",
      args: [[tensorData([3], [0, 0, 0]), random.normal([4], 5)], 0.5],
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
      message: "You stretch short gradients to maxNorm. The factor is never above one.",
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
      message:
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
      message: "You cut off single numbers at ±maxNorm. The whole step shrinks by one factor.",
    },
    {
      edits: [["squares.sqrt()", "squares"]],
      message: "The root is missing: the norm is √Σg².",
    },
    {
      edits: [["g.mul(scale)), norm }", "g.mul(scale)), norm: norm.mul(scale) }"]],
      message: "You return the norm after clipping. The one before says how large the step was.",
    },
    {
      edits: [
        ["g.square().sum()", "g.square().sum().sqrt()"],
        ["squares.sqrt()", "squares"],
      ],
      message: "You add up the norms of the gradients. Add up their squares, and take one root.",
    },
    {
      edits: [["norm.maximum(TINY)", "norm.add(1e-6)"]],
      message:
        "You add 1e-6 to the norm, as PyTorch does, and the step gets a little too short. " +
        "Divide by norm.maximum(TINY).",
    },
    {
      edits: [
        [
          "tf.div(maxNorm, norm.maximum(TINY))",
          "tf.div(maxNorm, tf.scalar(norm.maximum(TINY).dataSync()[0]!))",
        ],
      ],
      message:
        "You read out the norm as a number, so no gradient flows through the factor. " +
        "Use tensors throughout.",
    },
    {
      edits: [
        ["g.square().sum()", "g.abs().sum()"],
        ["squares.sqrt()", "squares"],
      ],
      message: "You add absolute values, which is another norm. Add the squares and take the root.",
    },
  ],
};
export default exercise;
