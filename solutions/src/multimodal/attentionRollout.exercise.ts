/** attentionRollout: its cases and its typical mistakes. */
import { tensorData, type Exercise, type Random } from "grader";

/** Rows that add up to one, [B, H, T, T]. */
function drawMaps(random: Random, B: number, H: number, T: number) {
  const rows = Array.from({ length: B * H * T }, () => {
    const shares = Array.from({ length: T }, () => random.next() ** 3 + 1e-3);
    const total = shares.reduce((a, b) => a + b);
    return shares.map((share) => share / total);
  });
  return tensorData([B, H, T, T], rows.flat());
}

const LAYERS = "weights.mean(1).mul(1 - residual).add(own)";

const exercise: Exercise = {
  cases: (random) => {
    const maps = (B: number, H: number, T: number) => drawMaps(random, B, H, T);
    return [
      { group: "values", title: "there are two layers", args: [[maps(2, 2, 4), maps(2, 2, 4)]] },
      {
        group: "values",
        title: "there are four layers",
        args: [[maps(1, 3, 3), maps(1, 3, 3), maps(1, 3, 3), maps(1, 3, 3)]],
      },
      {
        group: "values",
        title: "layers have different numbers of heads",
        args: [[maps(2, 1, 3), maps(2, 4, 3), maps(2, 2, 3)]],
      },
      {
        group: "values",
        title: "residual is 0",
        args: [[maps(2, 2, 4), maps(2, 2, 4)], 0],
      },
      {
        group: "values",
        title: "residual is 0.9",
        args: [[maps(1, 2, 5), maps(1, 2, 5)], 0.9],
      },
      {
        group: "property",
        title: "residual is 1: each token comes from itself",
        args: [[maps(2, 2, 3), maps(2, 2, 3)], 1],
      },
      { group: "shapes", title: "there is one layer", args: [[maps(3, 2, 4)]] },
      { group: "shapes", title: "there is one token", args: [[maps(2, 2, 1), maps(2, 2, 1)]] },
      { group: "errors", title: "there are no layers", args: [[]], throws: "attention" },
      {
        group: "errors",
        title: "a layer has more tokens",
        args: [[maps(1, 2, 3), maps(1, 2, 4)]],
        throws: "attention[1]",
      },
      {
        group: "errors",
        title: "residual is above 1",
        args: [[maps(1, 2, 3)], 1.5],
        throws: "residual",
      },
      {
        group: "property",
        title: "residual is a drawn share",
        args: [[maps(2, 2, 3), maps(2, 2, 3)], random.next()],
      },
    ];
  },
  mutants: [
    {
      edits: [["layer.matMul(rollout)", "rollout.matMul(layer)"]],
      message:
        "The layers are multiplied in the wrong order. The last one stands in front: A_L · … · A_1.",
    },
    {
      edits: [[LAYERS, "weights.mean(1)"]],
      message: "The residual is missing: half of each token's stream bypasses attention.",
    },
    {
      edits: [
        [LAYERS, "weights.mean(1).mul(residual).add(tf.eye(weights.shape[2]!).mul(1 - residual))"],
      ],
      message:
        "The two shares are swapped: `residual` is the share of the identity, the rest is attention's.",
    },
    {
      edits: [[LAYERS, "weights.mean(1).add(own)"]],
      message:
        "Rows add up to more than one: the residual is added, but attention isn't made smaller by it.",
    },
    {
      edits: [[LAYERS, "weights.sum(1).mul(1 - residual).add(own)"]],
      message: "The heads are added up. Take their mean, so that rows still add up to one.",
    },
    {
      edits: [[LAYERS, "weights.max(1).mul(1 - residual).add(own)"]],
      message: "The largest head counts at each place. Take the mean of the heads.",
    },
    {
      edits: [
        [
          "layers.reduce((rollout, layer) => layer.matMul(rollout))",
          "layers.reduce((rollout, layer) => rollout.add(layer)).div(layers.length)",
        ],
      ],
      message:
        "The layers are averaged. Information goes through one after another: multiply them.",
    },
    {
      edits: [
        [
          "return layers.reduce((rollout, layer) => layer.matMul(rollout));",
          "return layers.at(-1)!;",
        ],
      ],
      message: "Only the last layer counts. Multiply all of them.",
    },
    {
      edits: [
        [
          LAYERS,
          "weights.mean(1).mul(1 - (residual || 0.5)).add(tf.eye(weights.shape[2]!).mul(residual || 0.5))",
        ],
      ],
      message: "A residual of 0 counts as not given. Then attention alone carries anything.",
    },
    {
      edits: [
        [
          "return layers.reduce((rollout, layer) => layer.matMul(rollout));",
          "return layers.reduce((rollout, layer) => layer.mul(rollout));",
        ],
      ],
      message: "The layers are multiplied entry by entry. Use a matrix product.",
    },
    {
      edits: [
        ["weights.mean(1).mul(1 - residual).add(own)", "weights.mean(1)"],
        [
          "return layers.reduce((rollout, layer) => layer.matMul(rollout));",
          `const read = layers.reduce((rollout, layer) => layer.matMul(rollout));
    return read.mul(1 - residual).add(own);`,
        ],
      ],
      message:
        "The residual counts once, at the end. It bypasses each layer's attention, so each " +
        "layer has it.",
    },
  ],
};
export default exercise;
