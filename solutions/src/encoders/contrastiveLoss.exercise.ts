/** contrastiveLoss: its cases and its typical mistakes. */
import { tensorData, type Exercise, type TensorData } from "grader";

// A loss near 0 is a difference of two numbers near each other, of which rounding leaves few digits.
// So partners are near each other only where the temperature is high.
const exercise: Exercise = {
  cases: (random) => {
    const pairs = (B: number, C: number) => {
      const a = random.normal([B, C]);
      const noise = random.normal([B, C], 0.5);
      const near = Array.from(noise.data, (v, i) => v + a.data[i]!);
      return [a, tensorData([B, C], near)];
    };
    /** Each text is near the partner of the one before it. */
    const crossed = (B: number, C: number) => {
      const [a, b] = pairs(B, C);
      return [a!, tensorData([B, C], [...b!.data.slice(C), ...b!.data.slice(0, C)])];
    };
    const same = tensorData([3, 2], [1, 2, 1, 2, 1, 2]);
    const longer = ([first, second]: TensorData[]) => [
      tensorData(
        first!.shape,
        Array.from(first!.data, (x) => 8 * x),
      ),
      second!,
    ];
    return [
      { group: "values", title: "partners are near each other", args: [...pairs(4, 5), 0.5] },
      {
        group: "values",
        title: "partners are at random",
        args: [random.normal([6, 4], 3), random.normal([6, 4])],
      },
      { group: "values", title: "temperature is 1", args: [...pairs(3, 4), 1] },
      {
        group: "values",
        title: "the vectors are a millionth as long",
        args: [random.normal([6, 4], 1e-6), random.normal([6, 4], 1e-6)],
      },
      {
        group: "property",
        title: "all texts are the same: ln 3",
        args: [same, same],
      },
      {
        group: "shapes",
        title: "there is one pair",
        args: [random.normal([1, 3]), random.normal([1, 3])],
      },
      {
        group: "gradient",
        title: "both sides are differentiated",
        args: [...pairs(3, 4), 0.2],
        wrt: ["0", "1"],
      },
      {
        group: "errors",
        title: "temperature is 0",
        args: [random.normal([2, 3]), random.normal([2, 3]), 0],
        throws: "temperature",
      },
      {
        group: "values",
        title: "temperature is 0.005, and each partner is nearer to another text",
        args: [...crossed(3, 4), 0.005],
      },
      {
        group: "property",
        title: "the vectors of one side are eight times as long",
        args: [...longer(pairs(3, 4)), 0.5],
      },
      {
        group: "shapes",
        title: "there are five pairs of long vectors",
        args: [...pairs(5, 12), 0.5],
      },
    ];
  },
  mutants: [
    {
      edits: [["unit(a).matMul(unit(b), false, true)", "a.matMul(b, false, true)"]],
      message: "Longer vectors get larger dot products. A cosine divides by both lengths.",
    },
    {
      edits: [["cosines.div(temperature)", "cosines.mul(temperature)"]],
      message: "The cosines are multiplied by the temperature. Divide: a low temperature sharpens.",
    },
    {
      edits: [["cosines.div(temperature)", "cosines"]],
      message:
        "The temperature is missing. " +
        "Cosines are between −1 and 1, too close together for a softmax.",
    },
    {
      edits: [
        [
          "crossEntropy(cosines.div(temperature), partners)",
          "crossEntropy(cosines.transpose().div(temperature), partners)",
        ],
      ],
      message:
        "Here each b looks for its a. " +
        "Row i is text i of a, and the columns are the texts of b.",
    },
    {
      edits: [["x.square().sum(-1, true).sqrt()", "x.square().sum(-1, true).add(1e-6).sqrt()"]],
      message:
        "A small number is added to the lengths, which changes the cosines of short vectors. " +
        "No row is zero, so divide by the lengths as they are.",
    },
    {
      edits: [["x.square().sum(-1, true).sqrt()", "x.square().sum().sqrt()"]],
      message: "All rows share one length. Each text has its own: sum over the last axis.",
    },
    {
      edits: [
        [
          "return crossEntropy(cosines.div(temperature), partners);",
          `const fromA = crossEntropy(cosines.div(temperature), partners);
           const fromB = crossEntropy(cosines.transpose().div(temperature), partners);
           return fromA.add(fromB).div(2);`,
        ],
      ],
      message:
        "Both directions are averaged, as in CLIP. " +
        "Here each a looks for its b, but not the other way around.",
    },
    {
      edits: [
        [
          "return crossEntropy(cosines.div(temperature), partners);",
          "return crossEntropy(cosines.div(temperature), partners).mul(a.shape[0]!);",
        ],
      ],
      message: "The losses are added up. Average them over the pairs.",
    },
    {
      edits: [
        [
          "return crossEntropy(cosines.div(temperature), partners);",
          "return cosines.mul(tf.eye(a.shape[0]!)).sum().div(a.shape[0]!).neg().div(temperature);",
        ],
      ],
      message:
        "Only the right partners count, without a softmax, so nothing pushes the others away: " +
        "−log softmax of each row, at its partner.",
    },
    {
      edits: [["unit(a).matMul(unit(b), false, true)", "unit(a).matMul(b, false, true)"]],
      message: "Only a is scaled to length 1. A cosine divides by both lengths.",
    },
    {
      edits: [["unit(a).matMul(unit(b), false, true)", "a.matMul(unit(b), false, true)"]],
      message: "Only b is scaled to length 1. A cosine divides by both lengths.",
    },
    {
      edits: [
        [
          "return crossEntropy(cosines.div(temperature), partners);",
          `const scores = cosines.div(temperature);
           const own = tf.eye(a.shape[0]!);
           const others = scores.sub(own.mul(1e9));
           return tf.logSumExp(others, 1).sub(scores.mul(own).sum(1)).mean();`,
        ],
      ],
      message:
        "The sum below the fraction leaves the partner out. A softmax adds up all columns, the " +
        "partner's too.",
    },
    {
      edits: [["x.square().sum(-1, true).sqrt()", "x.square().sum(0, true).sqrt()"]],
      message: "The lengths are those of the columns. Each text is a row: sum over the last axis.",
    },
    {
      edits: [["x.square().sum(-1, true).sqrt()", "x.square().sum(-1, true)"]],
      message:
        "The rows are divided by their squared lengths. A length is the root of the sum of " +
        "squares.",
    },
    {
      edits: [
        [
          "return crossEntropy(cosines.div(temperature), partners);",
          `const scores = cosines.div(temperature);
           const own = tf.eye(a.shape[0]!);
           const others = scores.exp().mul(tf.scalar(1).sub(own)).sum(1).log();
           return others.sub(scores.mul(own).sum(1)).mean();`,
        ],
      ],
      message:
        "The sum below the fraction leaves the partner out. A softmax adds up all columns, the " +
        "partner's too.",
    },
  ],
};
export default exercise;
