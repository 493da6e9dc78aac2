/** sigmoidLoss: its cases and its typical mistakes. */
import { tensorData, type Exercise } from "grader";
import { COSINE_MISTAKES, drawPairs } from "./embeddingCases";

const LAST = "return tf.softplus(scores.mul(signs).neg()).sum().div(B);";

const exercise: Exercise = {
  cases: (random) => {
    const pairs = (B: number, C: number, noise?: number) => drawPairs(random, B, C, noise);
    const at = (x: number) => tensorData([], [x]);
    const corners = tensorData([2, 2], [1, 0, 0, 1]);
    const turned = tensorData([2, 2], [0, 1, 1, 0]);
    return [
      {
        group: "values",
        title: "scale and bias are as at the start of training",
        args: [...pairs(5, 4), at(2.303), at(-10)],
      },
      { group: "values", title: "the bias is 0", args: [...pairs(4, 3), at(1), at(0)] },
      {
        group: "values",
        title: "the bias is above 0",
        args: [random.normal([4, 6], 3), random.normal([4, 6]), at(1.5), at(2)],
      },
      { group: "values", title: "the scale is 1", args: [...pairs(3, 5), at(0), at(-1)] },
      {
        group: "values",
        title: "scores are in the hundreds, since the scale isn't clamped",
        args: [...pairs(3, 4, 3), at(5.7), at(-10)],
      },
      {
        group: "values",
        title: "the vectors are a thousandth as long",
        args: [random.normal([3, 4], 0.001), random.normal([3, 4], 0.001), at(2), at(-2)],
      },
      {
        group: "values",
        title: "the vectors are a millionth as long",
        args: [random.normal([3, 4], 1e-6), random.normal([3, 4], 1e-6), at(1), at(-1)],
      },
      { group: "shapes", title: "there is one pair", args: [...pairs(1, 4), at(2), at(-3)] },
      {
        group: "gradient",
        title: "pictures, texts, logScale and bias are differentiated",
        args: [...pairs(4, 3), at(1.5), at(-2)],
        wrt: ["0", "1", "2", "3"],
      },
      {
        group: "gradient",
        title: "some scores are exactly 0",
        args: [corners, turned, at(1), at(0)],
        wrt: ["0", "3"],
      },
      {
        group: "errors",
        title: "there are fewer texts than pictures",
        args: [random.normal([3, 4]), random.normal([2, 4]), at(1), at(0)],
        throws: "texts",
      },
    ];
  },
  mutants: [
    {
      edits: [["tf.eye(B).mul(2).sub(1)", "tf.onesLike(scores)"]],
      message:
        "All combinations count as pairs. Off the diagonal z is −1: those don't belong together.",
    },
    {
      edits: [["tf.eye(B).mul(2).sub(1)", "tf.eye(B)"]],
      message:
        "Off the diagonal z is 0, so those scores don't count. It is −1: they should be low.",
    },
    {
      edits: [[LAST, "return tf.softplus(scores.mul(signs).neg()).mean();"]],
      message: "The sum is divided by B². SigLIP divides it by B, the number of pictures.",
    },
    {
      edits: [[LAST, "return tf.softplus(scores.mul(signs).neg()).sum();"]],
      message: "The sum isn't divided. Divide it by B.",
    },
    {
      edits: [[LAST, "return tf.sigmoid(scores.mul(signs)).log().neg().sum().div(B);"]],
      message:
        "The logarithm is taken of a σ that rounds to 0, so the loss is infinite. Use " +
        "−log σ(x) = softplus(−x).",
    },
    {
      edits: [[LAST, "return tf.softplus(scores.mul(signs)).sum().div(B);"]],
      message:
        "The sign is wrong: −log σ(x) = softplus(−x), so a high score of a pair costs little.",
    },
    {
      edits: [["mul(logScale.exp()).add(bias)", "mul(logScale.exp())"]],
      message: "The bias is missing: the score is exp(logScale) · cos + bias.",
    },
    {
      edits: [["mul(logScale.exp()).add(bias)", "add(bias).mul(logScale.exp())"]],
      message: "The bias is scaled, too. Scale the cosines, then add the bias.",
    },
    {
      edits: [["mul(logScale.exp()).add(bias)", "mul(logScale).add(bias)"]],
      message:
        "The cosines are multiplied by logScale itself. It is a logarithm: take its exponential.",
    },
    {
      edits: [
        ["mul(logScale.exp()).add(bias)", "mul(logScale.minimum(Math.log(100)).exp()).add(bias)"],
      ],
      message: "The scale is clamped, as in CLIP's loss. SigLIP's isn't.",
    },
    ...COSINE_MISTAKES,
    {
      edits: [
        ["mul(logScale.exp()).add(bias)", "mul(logScale.exp())"],
        ["scores.mul(signs).neg()", "scores.mul(signs).add(bias).neg()"],
      ],
      message:
        "The bias is added after the sign, so it counts the same for pairs and for the " +
        "others. z multiplies the whole score, bias included.",
    },
    {
      edits: [
        [
          "return tf.softplus(scores.mul(signs).neg()).sum().div(B);",
          `const each = tf.softplus(scores.mul(signs).neg());
    const pairs = each.mul(tf.eye(B)).sum();
    return pairs.div(B).add(each.sum().sub(pairs).div(Math.max(1, B * (B - 1))));`,
        ],
      ],
      message:
        "Pairs and the others get a mean each. The sum over all B² combinations is divided by " +
        "B.",
    },
  ],
};
export default exercise;
