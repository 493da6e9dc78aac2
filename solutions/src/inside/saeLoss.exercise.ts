/** saeLoss: its cases and its typical mistakes. */
import { tensorData, type Exercise } from "grader";
import { drawSae } from "./drawSae";

const WEIGHTS = ["0", "1.encoder", "1.bias", "1.decoder", "1.center"];

const exercise: Exercise = {
  cases: (random) => {
    const small = drawSae(random, 4, 9);
    const flat = (value: number) =>
      tensorData(
        [9],
        Array.from({ length: 9 }, () => value),
      );
    const zeros = tensorData(
      [4, 9],
      Array.from({ length: 36 }, () => 0),
    );
    const some = { dead: [1, 3, 4, 8], kAux: 2, alpha: 0.5 };
    return [
      {
        group: "values",
        title: "no latent is dead",
        args: [random.normal([5, 4]), small, 3],
      },
      {
        group: "values",
        title: "two of four dead latents describe the error",
        args: [random.normal([6, 4]), small, 3, some],
      },
      {
        group: "values",
        title: "kAux and alpha are left out",
        args: [random.normal([6, 4]), small, 1, { dead: [0, 2, 5, 6] }],
      },
      {
        group: "values",
        title: "fewer dead latents than kAux",
        args: [random.normal([6, 4]), small, 4, { dead: [2, 7], alpha: 1 }],
      },
      {
        group: "values",
        title: "alpha is 0",
        args: [random.normal([4, 4]), small, 2, { dead: [2, 7], alpha: 0 }],
      },
      {
        group: "values",
        title: "all scores are below zero",
        args: [random.normal([4, 4]), { ...small, bias: flat(-6) }, 2, some],
      },
      {
        group: "property",
        title: "all scores are equal: the lower dead indices count",
        args: [random.normal([3, 4]), { ...small, encoder: zeros, bias: flat(1.5) }, 2, some],
      },
      {
        group: "property",
        title: "a latent on the list is active: it counts in both terms",
        args: [random.normal([8, 4]), small, 6, some],
      },
      {
        group: "shapes",
        title: "an empty list, and one activation",
        args: [random.normal([1, 4]), small, 2, { dead: [] }],
      },
      {
        group: "gradient",
        title: "x and all weights are differentiated",
        args: [random.normal([4, 4]), drawSae(random, 4, 7), 2],
        wrt: WEIGHTS,
      },
      {
        group: "gradient",
        title: "dead latents get a gradient, and the error is a constant",
        args: [
          random.normal([4, 4]),
          drawSae(random, 4, 7),
          2,
          { dead: [1, 4, 5], kAux: 2, alpha: 1 },
        ],
        wrt: WEIGHTS,
      },
      {
        group: "errors",
        title: "a dead latent that isn't there",
        args: [random.normal([3, 4]), small, 2, { dead: [9] }],
        throws: "dead",
      },
      {
        group: "errors",
        title: "x has another width",
        args: [random.normal([3, 5]), small, 2],
        throws: "x",
      },
    ];
  },
  mutants: [
    {
      edits: [["missed.square().mean()", "missed.square().sum()"]],
      message: "You sum the squared errors. Take their mean over all N·C numbers.",
    },
    {
      edits: [["missed.square().mean()", "missed.square().sum(-1).mean()"]],
      message:
        "You sum over the features and average over the activations. Take the mean over all N·C " +
        "numbers.",
    },
    {
      edits: [["missed.square().mean()", "missed.abs().mean()"]],
      message: "You take absolute errors. The loss squares them.",
    },
    {
      edits: [["if (dead.length === 0) return loss;", "if (dead.length >= 0) return loss;"]],
      message: "The auxiliary term is missing: the dead latents describe the error.",
    },
    {
      edits: [["rebuilt.sub(target)", "rebuilt.sub(asConstant(x, (e) => e.clone()))"]],
      message: "The dead latents describe x. They should describe the error x − x̂.",
    },
    {
      edits: [
        [
          "const rebuilt = latents.matMul(deadOnes.decoder);",
          "const rebuilt = latents.matMul(deadOnes.decoder).add(center);",
        ],
      ],
      message: "You add the center to what the dead latents rebuild. The error has no center.",
    },
    {
      edits: [["asConstant(missed, (e) => e.clone())", "missed"]],
      message:
        "The auxiliary term's gradient flows through the error, too. There it is a constant, so " +
        "that only the dead latents move toward it.",
    },
    {
      edits: [[".square().mean().mul(alpha)", ".square().mean()"]],
      message: "The auxiliary term isn't multiplied by alpha.",
    },
    {
      edits: [["Math.min(kAux, dead.length)", "Math.min(k, dead.length)"]],
      message: "You keep k dead latents. Keep kAux of them.",
    },
    {
      edits: [["Math.min(kAux, dead.length)", "dead.length"]],
      message: "All dead latents describe the error. Only the kAux largest of each row do.",
    },
    {
      edits: [["const target = asConstant(missed", "const target = asConstant(missed.neg()"]],
      message: "Your error has the wrong sign: the dead latents describe x − x̂.",
    },
    {
      edits: [
        [
          "const { latents } = topKSae(x, deadOnes, Math.min(kAux, dead.length));",
          "const { latents } = topKSae(missed, deadOnes, Math.min(kAux, dead.length));",
        ],
      ],
      message:
        "The dead latents read the error. They read x like all others, and rebuild the error.",
    },
    {
      edits: [
        [
          `const { latents } = topKSae(x, deadOnes, Math.min(kAux, dead.length));
    const rebuilt = latents.matMul(deadOnes.decoder);`,
          `const isDead = tf.range(0, bias.size, 1, "int32").expandDims(1).equal(indices).any(1).toFloat();
    const only = {
      encoder: encoder.mul(isDead),
      bias: bias.mul(isDead),
      decoder,
      center,
    };
    const { latents } = topKSae(x, only, Math.min(kAux, dead.length));
    const rebuilt = latents.matMul(decoder);
    void deadOnes;`,
        ],
      ],
      message:
        "You set the scores of living latents to 0 before you choose, and 0 beats dead ones " +
        "below 0. Choose among the dead ones alone.",
    },
    {
      edits: [
        [
          "topKSae(x, deadOnes, Math.min(kAux, dead.length))",
          "topKSae(asConstant(x, (y) => y.clone()), deadOnes, Math.min(kAux, dead.length))",
        ],
      ],
      message:
        "No gradient reaches x through what the dead latents rebuild. Only the error e is a " +
        "constant.",
    },
    {
      edits: [
        [
          "const { reconstruction } = topKSae(x, params, k);",
          "const { reconstruction, latents: active } = topKSae(x, params, k);",
        ],
        [
          "const rebuilt = latents.matMul(deadOnes.decoder);",
          `const isOff = tf.gather(active, indices, 1).equal(0).toFloat();
    const rebuilt = latents.mul(isOff).matMul(deadOnes.decoder);`,
        ],
      ],
      message:
        "A latent of the list that is active anyway is left out of the second term. It counts " +
        "in both.",
    },
  ],
};
export default exercise;
