/** ssdMatrix: its cases and its typical mistakes. */
import { tensorData, type Exercise, type Random, type TensorData } from "grader";

/** Decays from −scale to 0. */
function drawDecay(random: Random, shape: number[], scale: number) {
  const size = shape.reduce((a, b) => a * b);
  return tensorData(
    shape,
    Array.from({ length: size }, () => -scale * random.next()),
  );
}

const exercise: Exercise = {
  cases: (random) => {
    const args = (B: number, H: number, T: number, n: number, scale = 1) => [
      drawDecay(random, [B, H, T], scale),
      random.normal([B, H, T, n]),
      random.normal([B, H, T, n]),
    ];
    const withResets = ([decay, ...rest]: TensorData[], isReset: (i: number) => boolean) => {
      decay!.data.forEach((_, i) => isReset(i) && (decay!.data[i] = -Infinity));
      return [decay!, ...rest];
    };
    const withReset = (at: number[]) => withResets(args(2, 1, 6, 3), (i) => at.includes(i));
    return [
      { group: "values", title: "one head", args: args(1, 1, 5, 3) },
      { group: "values", title: "two texts and three heads", args: args(2, 3, 4, 2) },
      { group: "values", title: "states fade fast", args: args(1, 2, 10, 2, 60) },
      {
        group: "values",
        title: "a decay of −∞ forgets what came before",
        args: withReset([3, 7, 10]),
      },
      { group: "values", title: "the first decay is −∞", args: withReset([0, 6]) },
      {
        group: "values",
        title: "every third decay of a long text is −∞",
        args: withResets(args(1, 1, 150, 2), (i) => i % 3 === 1),
      },
      {
        group: "values",
        title: "a decay of −∞ forgets what is huge",
        args: [
          tensorData([1, 1, 4], [-0.1, -0.2, -Infinity, -0.3]),
          tensorData([1, 1, 4, 1], [1e10, -1e10, 1, 2]),
          tensorData([1, 1, 4, 1], [0, 0, 0.5, -1]),
        ],
      },
      { group: "values", title: "nothing fades", args: args(1, 1, 6, 2, 0) },
      { group: "shapes", title: "the text is one token", args: args(2, 2, 1, 3) },
      { group: "shapes", title: "a state is one number", args: args(1, 2, 5, 1) },
      {
        group: "gradient",
        title: "decay, b and c are differentiated",
        args: args(1, 2, 4, 2),
        wrt: ["0", "1", "2"],
      },
      {
        group: "errors",
        title: "b is of a longer text",
        args: [args(1, 1, 4, 2)[0]!, ...args(1, 1, 5, 2).slice(1)],
        throws: "b",
      },
      {
        group: "errors",
        title: "c has larger states",
        args: [...args(1, 1, 4, 2).slice(0, 2), random.normal([1, 1, 4, 3])],
        throws: "c",
      },
    ];
  },
  mutants: [
    {
      edits: [
        [
          "const sums = fill(isAfter, each, 0).cumsum(3); // no differences: −∞ − −∞ isn't a number",
          "const upTo = decay.cumsum(2);\n" +
            "    void [isAfter, each];\n" +
            "    const sums = upTo.expandDims(2).sub(upTo.expandDims(3));",
        ],
      ],
      message:
        "Where a decay is −∞, you compute −∞ − (−∞) or −∞ · 0, neither of which is a number. " +
        "Instead of two running sums or a product with a mask, sum only the decays between s and " +
        "t, chosen by tf.where.",
    },
    {
      edits: [["fill(isAfter, each, 0)", "fill(isFrom, each, 0)"]],
      message:
        "The decay at s is part of the sum. A token is written after the state has faded, so its " +
        "own decay doesn't count: from s + 1 to t.",
    },
    {
      edits: [["fill(isFrom, sums, -Infinity).exp()", "sums.exp().add(isFrom.toFloat().mul(0))"]],
      message: "Tokens read later ones: M[t, s] is 0 for s > t.",
    },
    {
      edits: [["fill(isFrom, sums, -Infinity).exp()", "fill(isAfter, sums, -Infinity).exp()"]],
      message: "A token doesn't read itself. The diagonal is c_t·b_t.",
    },
    {
      edits: [["return c.matMul(b,", "return b.matMul(c,"]],
      message: "b and c are swapped: row t reads with c_t what b_s has written.",
    },
    {
      edits: [[".exp(); // [B, H, s, t]", ".exp().greater(0).toFloat();"]],
      message: "Nothing fades: multiply by exp of the sum of the decays.",
    },
    {
      edits: [["return c.matMul(b, false, true)", "return tf.softmax(c.matMul(b, false, true))"]],
      message: "There is a softmax. The scores c·b are used as they are.",
    },
    {
      edits: [
        [
          "return c.matMul(b, false, true)",
          "return c.matMul(b, false, true).div(Math.sqrt(b.shape[3]!))",
        ],
      ],
      message: "The scores are divided by √n. A scan doesn't scale them.",
    },
    {
      edits: [["fill(isFrom, sums, -Infinity).exp()", "fill(isFrom, sums, 0)"]],
      message: "The exponential is missing: decays add up, and exp makes a factor of the sum.",
    },
    {
      edits: [
        [
          "fill(isAfter, each, 0).cumsum(3)",
          "fill(isFrom, each.cumsum(3), 0).add(isAfter.toFloat().mul(0))",
        ],
      ],
      message:
        "You sum all decays from the first one on. Only those from s + 1 to t lie between the two.",
    },
    {
      edits: [[".mul(fade.transpose([0, 1, 3, 2]))", ".mul(fade)"]],
      message: "The factors are transposed. Row t, column s holds what fades from s to t.",
    },
    {
      edits: [
        [
          "const sums = fill(isAfter, each, 0).cumsum(3); // no differences: −∞ − −∞ isn't a number",
          "const upTo = decay.maximum(-100).cumsum(2);\n" +
            "    void [isAfter, each];\n" +
            "    const sums = upTo.expandDims(2).sub(upTo.expandDims(3));",
        ],
      ],
      message:
        "You subtract two running sums, whose digits are lost as they grow. Sum only the " +
        "decays between s and t.",
    },
    {
      edits: [["decay.expandDims(2); // column", "decay.maximum(-20).expandDims(2); // column"]],
      message:
        "A decay of −∞ becomes a small one, and what is huge shows through. The factor is 0.",
    },
    {
      edits: [[".cumsum(3);", ".cumsum(3, true);"]],
      message:
        "The decay at t is missing. The state fades when token t comes: sum from s + 1 to t.",
    },
  ],
};
export default exercise;
