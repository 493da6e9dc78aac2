/** logitAttribution: its cases and its typical mistakes. */
import { tensorData, type Exercise } from "grader";

const exercise: Exercise = {
  cases: (random) => {
    const model = (V: number, C: number) => ({
      tokens: random.normal([V, C]),
      norm: { gamma: random.normal([C], 0.3, 1), beta: random.normal([C], 0.3) },
    });
    const ids = (...values: number[]) => tensorData([values.length], values, "int32");
    return [
      {
        group: "values",
        title: "four parts and two texts",
        args: [random.normal([4, 2, 6]), model(5, 6), ids(0, 3), ids(4, 1)],
      },
      {
        group: "values",
        title: "the parts' features lie off zero",
        args: [random.normal([5, 3, 4], 1, 3), model(6, 4), ids(5, 0, 2), ids(1, 3, 4)],
      },
      {
        group: "values",
        title: "the stream is so small that eps counts",
        args: [random.normal([3, 2, 6], 2e-3), model(5, 6), ids(1, 2), ids(0, 4)],
      },
      {
        group: "property",
        title: "right and wrong are the same token: everything is 0",
        args: [random.normal([3, 2, 4]), model(5, 4), ids(1, 3), ids(1, 3)],
      },
      {
        group: "shapes",
        title: "one part is the whole stream",
        args: [random.normal([1, 3, 4]), model(5, 4), ids(1, 2, 0), ids(0, 4, 3)],
      },
      {
        group: "errors",
        title: "an id isn't a row of tokens",
        args: [random.normal([3, 2, 4]), model(5, 4), ids(1, 5), ids(0, 0)],
        throws: "right",
      },
      {
        group: "errors",
        title: "the parts have another width than the tokens",
        args: [random.normal([3, 2, 6]), model(5, 4), ids(1, 2), ids(0, 0)],
        throws: "parts",
      },
      {
        group: "property",
        title: "right and wrong are the same token in one of two texts",
        args: [random.normal([3, 2, 4]), model(5, 4), ids(1, 3), ids(1, 0)],
      },
    ];
  },
  mutants: [
    {
      edits: [
        ["tf.moments(parts.sum(0), -1, true).variance", "tf.moments(parts, -1, true).variance"],
      ],
      message:
        "Each part is divided by its own deviation, so the contributions don't add up. " +
        "The scale is that of the whole stream, frozen for all parts.",
    },
    {
      edits: [["parts.sub(parts.mean(-1, true))", "parts.sub(parts.sum(0).mean(-1, true))"]],
      message:
        "You subtract the whole stream's mean from each part, N times in all. " +
        "Subtract each part's own mean.",
    },
    {
      edits: [["parts.sub(parts.mean(-1, true))", "parts"]],
      message: "The mean isn't subtracted. The norm centers the stream, so center each part.",
    },
    {
      edits: [[".mul(norm.gamma)", ""]],
      message: "gamma is missing: the norm stretches each feature before the token table reads it.",
    },
    {
      edits: [["direction.mul(norm.beta).sum(-1)", "tf.zerosLike(direction.sum(-1))"]],
      message: "beta's contribution is missing: beta · δ.",
    },
    {
      edits: [
        ["tf.gather(tokens, right).sub(tf.gather(tokens, wrong))", "tf.gather(tokens, right)"],
      ],
      message: "You attribute the right token's logit alone. Use the difference of the two rows.",
    },
    {
      edits: [
        [
          "tf.gather(tokens, right).sub(tf.gather(tokens, wrong))",
          "tf.gather(tokens, wrong).sub(tf.gather(tokens, right))",
        ],
      ],
      message: "The sign is wrong: the right token counts up, the wrong one down.",
    },
    {
      edits: [["variance.add(1e-5).sqrt()", "variance.sqrt().add(1e-5)"]],
      message: "eps belongs under the root, as in layerNorm: √(var + 1e-5).",
    },
    {
      edits: [["variance.add(1e-5).sqrt()", "variance.add(1e-5)"]],
      message: "You divide by the variance. Divide by its root.",
    },
    {
      edits: [
        [
          "variance.add(1e-5).sqrt()",
          "variance.mul(norm.gamma.size / (norm.gamma.size - 1)).add(1e-5).sqrt()",
        ],
      ],
      message: "The variance divides by C − 1; layerNorm divides by C.",
    },
    {
      edits: [
        [
          "parts.sub(parts.mean(-1, true))",
          "parts.sub(parts.sum(0).mean(-1, true).div(parts.shape[0]!))",
        ],
      ],
      message: "Each part loses an equal share of the stream's mean. It loses its own mean.",
    },
    {
      edits: [
        [
          "parts: scaled.mul(direction).sum(-1)",
          "parts: scaled.add(norm.beta.div(parts.shape[0]!)).mul(direction).sum(-1)",
        ],
      ],
      message: "beta is spread over the parts. It belongs to none of them and comes as `bias`.",
    },
    {
      edits: [
        [
          "const centered = parts.sub(parts.mean(-1, true));",
          `const sums = tf.cumsum(parts, 0);
    const spread = tf.moments(sums, -1, true);
    const whole = sums.sub(spread.mean).div(spread.variance.add(1e-5).sqrt());
    const before = tf.concat([whole.slice([0], [1]).mul(0), whole.slice([0], [parts.shape[0]! - 1])], 0);`,
        ],
        [
          "centered.div(variance.add(1e-5).sqrt()).mul(norm.gamma)",
          `whole.sub(before).mul(norm.gamma);
    void variance`,
        ],
      ],
      message:
        "You take differences of logits as the parts come in one after another, so the result " +
        "depends on their order. σ is that of the whole stream for all of them.",
    },
  ],
};
export default exercise;
