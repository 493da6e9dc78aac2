/** perturbGene: its cases and its typical mistakes. */
import { tensorData, type Exercise, type FunctionData, type Random } from "grader";

/** A model of G genes, as text. */
function drawModel(random: Random, G: number): FunctionData {
  const table = () =>
    JSON.stringify(Array.from({ length: G }, () => [...random.normal([G], 0.7).data]));
  return {
    $function: `(values, mask) => values.mul(tf.scalar(1).sub(mask))
      .matMul(tf.tensor2d(${table()})).add(mask.reshape(values.shape).matMul(tf.tensor2d(${table()}))).tanh()`,
  };
}

/** A model that reads all values, hidden or not: a change of values shows in its predictions. */
const leaky: FunctionData = {
  $function: "(values, mask) => values.mul(values.sum(1, true)).add(mask)",
};

const exercise: Exercise = {
  cases: (random) => {
    const cells = (B: number, G: number) =>
      tensorData(
        [B, G],
        Array.from({ length: B * G }, () => (random.next() < 0.4 ? 0 : 1 + random.next())),
      );
    const values = cells(5, 6);
    values.data[1] = 2; // gene 1 of cell 0
    values.data[7] = 0; // gene 1 of cell 1
    const full = tensorData(
      [3, 6],
      Array.from({ length: 18 }, () => 1 + random.next()),
    );
    const model = () => drawModel(random, 6);
    const without = cells(3, 6);
    [4, 10, 16].forEach((i) => (without.data[i] = 0));
    return [
      { group: "values", title: "a gene is knocked out", args: [model(), values, 1, [0, 4]] },
      {
        group: "values",
        title: "all others are targets",
        args: [model(), values, 1, [0, 2, 3, 4, 5]],
      },
      {
        group: "values",
        title: "targets come in any order",
        args: [model(), values, 1, [5, 2, 3]],
      },
      { group: "values", title: "the gene is set to 2.5", args: [model(), values, 1, [0, 3], 2.5] },
      { group: "values", title: "to is 0", args: [model(), values, 1, [3], 0] },
      {
        group: "values",
        title: "the model looks at hidden values, too",
        args: [leaky, full, 1, [0, 4, 3]],
      },
      {
        group: "property",
        title: "one cell has the value already",
        args: [model(), values, 1, [0, 5], 2],
      },
      { group: "property", title: "no cell has the gene", args: [model(), without, 4, [0, 1]] },
      {
        group: "shapes",
        title: "there is one cell",
        args: [model(), tensorData([1, 6], [1, 2, 0, 3, 1, 2]), 1, [0]],
      },
      {
        group: "errors",
        title: "there is no such gene",
        args: [model(), values, 6, [0]],
        throws: "gene",
      },
      {
        group: "errors",
        title: "the gene is a target",
        args: [model(), values, 1, [0, 1]],
        throws: "targets",
      },
      {
        group: "errors",
        title: "there is no target",
        args: [model(), values, 1, []],
        throws: "targets",
      },
      {
        group: "errors",
        title: "the model returns another shape",
        args: [{ $function: "(values) => values.sum(1)" }, values, 1, [0]],
        throws: "predict",
      },
    ];
  },
  mutants: [
    {
      edits: [
        [
          "predict(changed, mask).sub(predict(values, mask))",
          "predict(values, mask).sub(predict(changed, mask))",
        ],
      ],
      message: "The sign is turned around: changed minus unchanged.",
    },
    {
      edits: [
        ["predict(changed, mask).sub(predict(values, mask))", "predict(changed, mask).sub(values)"],
      ],
      message:
        "You compare with the true values, so the model's own error is in the effect. Compare two " +
        "predictions.",
    },
    {
      edits: [
        [
          "const read = tf.gather(difference,",
          "const counts = values.slice([0, gene], [B, 1]).notEqual(to).toFloat();\n    const read = tf.gather(difference.mul(counts),",
        ],
        ["predict(changed, mask).sub(predict(values, mask))", "predict(changed, mask).sub(values)"],
      ],
      message:
        "You compare with the true values, so the model's own error is in the effect. Compare two " +
        "predictions.",
    },
    {
      edits: [["isIn(targets).tile([B, 1])", "isIn(targets).mul(0).tile([B, 1])"]],
      message: "Nothing is hidden, so the model can read the targets off its input.",
    },
    {
      edits: [["isIn(targets).tile([B, 1])", "isIn([...targets, gene]).tile([B, 1])"]],
      message: "The changed gene is hidden, too, so the model can't see that it changed.",
    },
    {
      edits: [["notEqual(to).toFloat().sum()", "notEqual(to).toFloat().mul(0).add(1).sum()"]],
      message: "All cells count. Take the mean over those in which the gene has another value.",
    },
    {
      edits: [["tf.fill([B, G], to)", "tf.fill([B, G], 0)"]],
      message: "You set the gene to 0 whatever `to` is.",
    },
    {
      edits: [["changes.maximum(1)", "changes"]],
      message: "Where no cell's value changes, you divide by zero. All effects are 0 there.",
    },
    {
      edits: [
        [
          'tf.gather(difference, tf.tensor1d(targets, "int32"), 1)',
          'tf.gather(difference, tf.tensor1d([...targets].sort((a, b) => a - b), "int32"), 1)',
        ],
      ],
      message: "The effects come in the order of the genes. Return them in the order of targets.",
    },
    {
      edits: [["notEqual(to)", "notEqual(0)"]],
      message:
        "The cells that have the gene count. Take those in which the gene has another value than `to`.",
    },
    {
      edits: [
        [
          "const changed = tf.where(isGene, tf.fill([B, G], to), values);",
          `const known = values.mul(isIn(targets).neg().add(1));
    const changed = tf.where(isGene, tf.fill([B, G], to), known);`,
        ],
        ["sub(predict(values, mask))", "sub(predict(known, mask))"],
      ],
      message:
        "You set the targets' values to 0. Leave them as they are: the mask tells the model " +
        "what is hidden.",
    },
    {
      edits: [
        [
          "const difference = predict(changed, mask).sub(predict(values, mask));",
          `const alone = targets.map((t) => {
      const hidden = isIn([t]).tile([B, 1]);
      return predict(changed, hidden).sub(predict(values, hidden)).mul(isIn([t]));
    });
    void mask;
    const difference = tf.addN(alone);`,
        ],
      ],
      message:
        "You hide one target at a time, so the model can read the others off. Hide all of " +
        "them in both runs.",
    },
    {
      edits: [
        [
          "const read = tf.gather(difference,",
          `const has = values.slice([0, gene], [B, 1]).greater(0).toFloat();
    const read = tf.gather(difference.mul(has),`,
        ],
        ["values.slice([0, gene], [B, 1]).notEqual(to).toFloat().sum()", "has.sum()"],
      ],
      message:
        "The cells that have the gene count. Take those in which the gene has another value " +
        "than `to`.",
    },
  ],
};
export default exercise;
