/** straightThrough: its cases and its typical mistakes. */
import type { Exercise, Random } from "grader";

function drawPair(random: Random) {
  const shape = [random.int(1, 4), random.int(1, 12), random.int(1, 4)];
  return [random.normal(shape), random.normal(shape)];
}

// Each group asks for the values and for their gradients, also in one call: codes alone, or z plus
// zero times codes, would answer one of the two, and both in turn would answer each where it is asked
// alone.
const exercise: Exercise = {
  cases: (random) => [
    {
      group: "values",
      title: "codes come through",
      args: [random.normal([4, 3]), random.normal([4, 3])],
    },
    {
      group: "property",
      title: "z is huge and the codes are tiny: they come through bit for bit",
      args: [random.normal([3, 4], 1e6), random.normal([3, 4], 1e-6)],
    },
    { group: "shapes", title: "one number", args: [random.normal([]), random.normal([])] },
    {
      group: "shapes",
      title: "rank four",
      args: [random.normal([2, 3, 1, 2]), random.normal([2, 3, 1, 2])],
    },
    {
      group: "gradient",
      title: "z and codes are differentiated: all for z, zeros for codes",
      args: [random.normal([4, 3]), random.normal([4, 3])],
      wrt: ["0", "1"],
    },
    {
      group: "gradient",
      title: "z alone is differentiated",
      args: [random.normal([2, 2, 3]), random.normal([2, 2, 3])],
      wrt: ["0"],
    },
    {
      group: "errors",
      title: "codes would broadcast",
      args: [random.normal([4, 3]), random.normal([3])],
      throws: "codes",
    },
    {
      group: "values",
      title: "codes come through, and the gradient of their squares goes to z",
      args: drawPair(random),
      wrt: ["0", "1"],
      squared: true,
    },
    {
      group: "property",
      title: "z is huge and the codes are tiny: the gradient of their squares goes to z",
      args: [random.normal([3, 4], 1e6), random.normal([3, 4], 1e-6)],
      wrt: ["0", "1"],
      squared: true,
    },
    {
      group: "shapes",
      title: "the square of one number is differentiated",
      args: [random.normal([]), random.normal([])],
      wrt: ["0", "1"],
      squared: true,
    },
    {
      group: "gradient",
      title: "what is differentiated has the values of codes",
      args: drawPair(random),
    },
    {
      group: "gradient",
      title: "z and codes of another size are differentiated",
      args: drawPair(random),
      wrt: ["0", "1"],
    },
    {
      group: "gradient",
      title: "squares of the result are differentiated: twice the codes for z",
      args: drawPair(random),
      wrt: ["0", "1"],
      squared: true,
    },
  ],
  mutants: [
    {
      edits: [["[dy, tf.zerosLike(dy)]", "[dy, dy]"]],
      message:
        "The gradient goes to z and to codes. " +
        "Codes learn from their own loss (vqLosses) or without a gradient; here they get zeros.",
    },
    {
      edits: [["[dy, tf.zerosLike(dy)]", "[tf.zerosLike(dy), dy]"]],
      message:
        "The gradient goes to the codes and z gets none, so nothing reaches the encoder. " +
        "It should be the other way around.",
    },
    {
      edits: [
        [
          "(e as tf.Tensor).clone()",
          "(_z as tf.Tensor).add((e as tf.Tensor).sub(_z as tf.Tensor))",
        ],
      ],
      message:
        "z + (codes − z) rounds: where z is large, the digits of codes are lost. " +
        "Return codes themselves.",
    },
    {
      edits: [["(e as tf.Tensor).clone()", "(_z as tf.Tensor).clone()"]],
      message:
        "Forward you return z. " +
        "The decoder must see the codes, or it learns to read what won't be there.",
    },
    {
      edits: [
        [
          `return tf.customGrad((_z, e) => ({
    value: (e as tf.Tensor).clone(),
    gradFunc: (dy: tf.Tensor) => [dy, tf.zerosLike(dy)],
  }))(z, codes);`,
          "return codes.clone();",
        ],
      ],
      message:
        "You return codes, and no gradient reaches z, so the encoder learns nothing. " +
        "Give the operation a gradient of its own, with tf.customGrad: all of it to z.",
    },
  ],
  weights: { gradient: 9 }, // the gradients are the idea: as much as all others together
};
export default exercise;
