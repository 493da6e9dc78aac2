/** gumbelSoftmax: its cases and its typical mistakes. */
import { tensorData, type Exercise, type Random } from "grader";

const exercise: Exercise = {
  cases: (random: Random) => {
    const noise = (...shape: number[]) => {
      const uniform = random.uniform(shape, 0.001, 0.999);
      return tensorData(
        shape,
        Array.from(uniform.data, (u) => -Math.log(-Math.log(u as number))),
      );
    };
    const hard = { hard: true };
    return [
      {
        group: "values",
        title: "the temperature is 1",
        args: [random.normal([5, 6], 2), noise(5, 6), 1],
      },
      {
        group: "values",
        title: "the temperature is 4",
        args: [random.normal([3, 4]), noise(3, 4), 4],
      },
      {
        group: "values",
        title: "the temperature is a fifth",
        args: [random.normal([3, 4]), noise(3, 4), 0.2],
      },
      {
        group: "values",
        title: "rows are hard",
        args: [random.normal([6, 5]), noise(6, 5), 0.7, hard],
      },
      {
        group: "property",
        title: "hard rows at a temperature that makes all soft entries equal",
        args: [random.normal([6, 5]), noise(6, 5), 1e9, hard],
      },
      { group: "shapes", title: "one row", args: [random.normal([7]), noise(7), 1] },
      {
        group: "shapes",
        title: "a grid of rows",
        args: [random.normal([2, 3, 2, 4]), noise(2, 3, 2, 4), 0.5],
      },
      {
        group: "gradient",
        title: "soft rows are differentiated",
        args: [random.normal([4, 5]), noise(4, 5), 0.8],
        wrt: ["0"],
      },
      {
        group: "gradient",
        title: "hard rows are differentiated as if they were soft",
        args: [random.normal([4, 5]), noise(4, 5), 0.8, hard],
        wrt: ["0"],
      },
      {
        group: "gradient",
        title: "what differentiates hard rows sees hard rows: their squares",
        args: [random.normal([4, 5]), noise(4, 5), 0.8, hard],
        wrt: ["0"],
        squared: true,
      },
      {
        group: "errors",
        title: "the temperature is zero",
        args: [random.normal([2, 3]), noise(2, 3), 0],
        throws: "temperature",
      },
      {
        group: "errors",
        title: "noise would broadcast",
        args: [random.normal([2, 3]), noise(3), 1],
        throws: "noise",
      },
    ];
  },
  mutants: [
    {
      edits: [["oneHot(scores.argMax(-1), K)", "oneHot(logits.argMax(-1), K)"]],
      message:
        "The one-hot row comes from the logits without the noise, so nothing is drawn forward.",
    },
    {
      edits: [["logits.add(noise)", "logits"]],
      message: "The noise is missing, so the largest logit always wins and nothing is drawn.",
    },
    {
      edits: [["softmax(scores.div(temperature))", "softmax(logits.div(temperature).add(noise))"]],
      message:
        "You divide only the logits by the temperature. " +
        "The noise is part of the draw: add it first, then divide.",
    },
    {
      edits: [["scores.div(temperature)", "scores.mul(temperature)"]],
      message: "You multiply by the temperature. A low temperature should make rows sharp: divide.",
    },
    {
      edits: [
        [
          "if (!options.hard) return soft;",
          `if (!options.hard) return soft;
           if (scores.size > 0) return soft.mul(0).add(tf.oneHot(scores.argMax(-1), K));`,
        ],
      ],
      message:
        "Hard rows have no gradient. Forward they are one-hot; backward, pass the gradient of " +
        "the soft row: tf.customGrad on the soft row.",
    },
    {
      edits: [["if (!options.hard) return soft;", "if (soft) return soft;"]],
      message: "The option hard has no effect: with it, rows are one-hot.",
    },
    {
      edits: [["oneHot(scores.argMax(-1), K)", "oneHot(soft.argMax(-1), K)"]],
      message:
        "The one-hot row comes from the soft row, whose entries all round to the same number at " +
        "a high temperature. Take the largest of the scores.",
    },
    {
      edits: [["logits.add(noise)", "logits.sub(noise)"]],
      message:
        "You subtract the noise. Gumbel noise isn't symmetric: only logits + noise is a draw.",
    },
    {
      edits: [["return choose(soft);", "return oneHot(scores.argMax(-1), K);"]],
      message:
        "Hard rows have no gradient. " +
        "Forward they are one-hot; backward, pass the gradient of the soft row: tf.customGrad " +
        "on the soft row.",
    },
    {
      edits: [["return choose(soft);", 'return tf.oneHot(scores.argMax(-1), K).cast("float32");']],
      message:
        "Hard rows have no gradient. " +
        "Forward they are one-hot; backward, pass the gradient of the soft row: tf.customGrad " +
        "on the soft row.",
    },
    {
      edits: [["softmax(scores.div(temperature))", "softmax(logits.add(noise.mul(temperature)))"]],
      message:
        "You multiply the noise by the temperature. Add the noise as it is, then divide the sum.",
    },
    {
      edits: [["return choose(soft);", "return soft.round();"]],
      message:
        "You round the soft row, which has no gradient and is all zeros where no entry reaches " +
        "½. " +
        "Forward, take a one-hot row of the largest score; backward, the soft row's gradient: " +
        "tf.customGrad.",
    },
  ],
};
export default exercise;
