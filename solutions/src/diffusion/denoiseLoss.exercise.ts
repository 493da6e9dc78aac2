/** denoiseLoss: its cases and its typical mistakes. */
import { tensorData, type Exercise } from "grader";

/** Denoisers that show what they are given; sigma is [B]. */
const shrinks = { $function: "(z, s) => z.div(s.square().add(1).reshape([-1, 1]))" };
const bends = { $function: "(z, s) => tf.sin(z).mul(s.reshape([-1, 1]).add(1))" };
const nothing = { $function: "(z, s) => z.mul(0).add(s.sum().mul(0))" };
const keeps = { $function: "(z, s) => z.add(s.sum().mul(0))" };

/** A denoiser that takes sigma as [B] and nothing else. */
const strict = {
  $function:
    "(z, s) => { if (s.shape.length !== 1) throw new Error('expected sigma [B], got ' + " +
    "JSON.stringify(s.shape)); return z.mul(s.reshape([-1, 1])); }",
};

const exercise: Exercise = {
  cases: (random) => {
    const pair = (shape: number[]) => [random.normal(shape), random.normal(shape)];
    const some = (denoise: typeof shrinks, B = 4) => [
      denoise,
      ...pair([B, 5]),
      random.uniform([B], 0.1, 4),
    ];
    return [
      {
        group: "values",
        title: "no options are given",
        args: some(shrinks),
      },
      {
        group: "values",
        title: "the weighting edm, with sigmaData",
        args: [...some(bends), { sigmaData: 0.8, weighting: "edm" }],
      },
      {
        group: "values",
        title: "sigmaData alone",
        args: [...some(shrinks), { sigmaData: 1.7 }],
      },
      {
        group: "values",
        title: "the weighting noise",
        args: [...some(bends), { weighting: "noise" }],
      },
      {
        group: "values",
        title: "the weighting none",
        args: [...some(bends), { weighting: "none", sigmaData: 2 }],
      },
      {
        group: "property",
        title: "a denoiser that changes nothing, by its noise",
        args: [...some(keeps), { weighting: "noise" }],
      },
      {
        group: "property",
        title: "little and much noise in one batch",
        args: [nothing, ...pair([3, 4]), tensorData([3], [0.01, 1, 50])],
      },
      {
        group: "shapes",
        title: "chains of atoms",
        args: [
          { $function: "(z, s) => tf.tanh(z).mul(s.reshape([-1, 1, 1]))" },
          ...pair([2, 4, 3]),
          random.uniform([2], 0.1, 4),
          { sigmaData: 6 },
        ],
      },
      {
        group: "shapes",
        title: "pictures with channels",
        args: [
          { $function: "(z, s) => tf.sin(z).mul(s.reshape([-1, 1, 1, 1]))" },
          ...pair([2, 3, 2, 2]),
          random.uniform([2], 0.1, 4),
        ],
      },
      {
        group: "shapes",
        title: "the denoiser takes sigma as [B] and nothing else",
        args: some(strict),
      },
      {
        group: "shapes",
        title: "as many rows as numbers in a row",
        args: [bends, ...pair([3, 3]), random.uniform([3], 0.1, 4)],
      },
      {
        group: "gradient",
        title: "x and noise are differentiated",
        args: [...some(bends, 3), { sigmaData: 0.8 }],
        wrt: ["1", "2"],
      },
      {
        group: "gradient",
        title: "x and noise are differentiated, by the weighting noise",
        args: [...some(bends, 3), { weighting: "noise" }],
        wrt: ["1", "2"],
      },
      {
        group: "errors",
        title: "the weighting is another word",
        args: [...some(shrinks), { weighting: "snr" }],
        throws: "weighting",
      },
      {
        group: "errors",
        title: "noise has another shape",
        args: [shrinks, random.normal([2, 4]), random.normal([2, 3]), random.uniform([2], 0.1, 1)],
        throws: "noise",
      },
      {
        group: "errors",
        title: "a noise level is below 0",
        args: [shrinks, ...pair([2, 4]), tensorData([2], [1, -1])],
        throws: "sigma",
      },
    ];
  },
  mutants: [
    {
      edits: [["guess.sub(x).square()", "guess.sub(x).abs()"]],
      message: "The error isn't squared.",
    },
    {
      edits: [["guess.sub(x).square()", "guess.sub(noise).square()"]],
      message: "The guess is compared with the noise. A denoiser guesses x.",
    },
    {
      edits: [["denoise(x.add(noise.mul(s)), sigma)", "denoise(x, sigma)"]],
      message: "The denoiser gets x without noise.",
    },
    {
      edits: [["denoise(x.add(noise.mul(s)), sigma)", "denoise(x.add(noise), sigma)"]],
      message: "The noise isn't multiplied by sigma.",
    },
    {
      edits: [["denoise(x.add(noise.mul(s)), sigma)", "denoise(x.add(noise.mul(s)), s)"]],
      message: "The denoiser gets sigma as [B, 1, …]. Pass it sigma as it is, [B].",
    },
    {
      edits: [["inverse.add(1 / sigmaData ** 2)", "inverse.add(1 / sigmaData)"]],
      message: "sigmaData isn't squared in the weight: (σ² + d²)/(σ·d)².",
    },
    {
      edits: [
        ["inverse.add(1 / sigmaData ** 2)", "s.square().add(sigmaData ** 2).div(s.mul(sigmaData))"],
      ],
      message: "The weight divides by σ·d. Divide by its square.",
    },
    {
      edits: [["errors.mul(weights).mean()", "errors.mul(weights.sqrt()).mean()"]],
      message: "The errors get the root of the weight.",
    },
    {
      edits: [["errors.mul(weights).mean()", "errors.mul(weights).sum()"]],
      message: "The errors are summed. Take the mean over each row's numbers and over the rows.",
    },
    {
      edits: [
        ["errors.mul(weights).mean()", "errors.mul(weights).sum().div(x.shape[0]!) as tf.Scalar"],
      ],
      message: "A row's errors are summed. Take their mean, then that of the rows.",
    },
    {
      edits: [["errors.mul(weights).mean()", "errors.mul(weights.mean()).mean()"]],
      message: "All rows share a mean weight. Each row has the weight of its own noise level.",
    },
    {
      edits: [['weighting === "edm" ? inverse', 'weighting !== "edm" ? inverse']],
      message: 'The weights of "edm" and "noise" are exchanged.',
    },
    {
      edits: [["{ sigmaData = 0.5,", "{ sigmaData = 1,"]],
      message: "Without sigmaData, 1 is used. The default is 0.5.",
    },
    {
      edits: [
        [
          "return errors.mul(weights).mean();",
          "return errors.mul(weights).mean().div(weights.mean());",
        ],
      ],
      message:
        "You divide by the weights' mean. The loss is a mean of weighted errors, not a " +
        "weighted mean.",
    },
    {
      edits: [["guess.sub(x).square()", "guess.sub(tf.tensor(x.dataSync(), x.shape)).square()"]],
      message:
        "The loss is right, but x counts as a constant where the guess is compared with it. " +
        "The gradient also flows to x there.",
    },
    {
      edits: [["inverse.add(1 / sigmaData ** 2)", "inverse.mul(sigmaData ** 2).add(1)"]],
      message: "Your weight is 1 + d²/σ², too small by d². It is (σ² + d²)/(σ·d)² = 1/d² + 1/σ².",
    },
  ],
};
export default exercise;
