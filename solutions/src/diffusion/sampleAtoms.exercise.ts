/** sampleAtoms: its cases and its typical mistakes. */
import { tensorData, type Exercise, type Random } from "grader";

/** Denoisers that show what they are given; sigma is [B]. */
const shrinks = { $function: "(y, s) => y.div(s.square().add(1).reshape([-1, 1, 1]))" };
const bends = {
  $function: "(y, s) => tf.tanh(y).mul(3).add(y.mean(1, true)).add(s.reshape([-1, 1, 1]).mul(0.1))",
};
const strict = {
  $function:
    "(y, s) => { if (s.shape.length !== 1) throw new Error('expected levels [B], got ' + " +
    "JSON.stringify(s.shape)); return y.mul(0.5).add(s.reshape([-1, 1, 1])); }",
};
const toOrigin = { $function: "(y, s) => y.mul(0).add(s.sum().mul(0))" };

function drawNoise(random: Random, N: number, B = 2, T = 4) {
  return {
    start: random.normal([B, T, 3]),
    steps: random.normal([N, B, T, 3]),
    quaternions: random.normal([N, B, 4]),
    shifts: random.normal([N, B, 3]),
  };
}

const zeros = (shape: number[]) =>
  tensorData(
    shape,
    Array.from({ length: shape.reduce((a, b) => a * b, 1) }, () => 0),
  );

const exercise: Exercise = {
  cases: (random) => [
    {
      group: "values",
      title: "three steps from much noise",
      args: [shrinks, drawNoise(random, 3), [9, 6, 4, 2]],
    },
    {
      group: "values",
      title: "levels around gammaMin",
      args: [bends, drawNoise(random, 4), [3, 1.6, 1, 0.5, 0.1]],
    },
    {
      group: "values",
      title: "levels below gammaMin, to 0",
      args: [bends, drawNoise(random, 3), [0.9, 0.4, 0.1, 0]],
    },
    {
      group: "values",
      title: "gamma0 is 0",
      args: [bends, drawNoise(random, 2), [6, 3, 1.5], { gamma0: 0 }],
    },
    {
      group: "values",
      title: "gammaMin is 0",
      args: [shrinks, drawNoise(random, 3), [2, 0.8, 0.2, 0], { gammaMin: 0 }],
    },
    {
      group: "values",
      title: "noiseScale is 0",
      args: [bends, drawNoise(random, 2), [6, 3, 1.5], { noiseScale: 0 }],
    },
    {
      group: "values",
      title: "all options are given",
      args: [
        bends,
        drawNoise(random, 3),
        [5, 3, 1, 0],
        { gamma0: 0.3, gammaMin: 2, noiseScale: 1.2, stepScale: 0.7 },
      ],
    },
    {
      group: "property",
      title: "stepScale 1, to 0: the last guess is what comes out",
      args: [bends, drawNoise(random, 2), [2, 0.5, 0], { stepScale: 1 }],
    },
    {
      group: "property",
      title: "no noise at all, and a denoiser that says the origin",
      args: [
        toOrigin,
        { ...drawNoise(random, 2), steps: zeros([2, 2, 4, 3]), shifts: zeros([2, 2, 3]) },
        [4, 2, 1],
      ],
    },
    {
      group: "shapes",
      title: "one step, one chain, one atom",
      args: [shrinks, drawNoise(random, 1, 1, 1), [3, 2]],
    },
    {
      group: "shapes",
      title: "the denoiser takes t as [B] and nothing else",
      args: [strict, drawNoise(random, 2), [3, 2, 0.5]],
    },
    {
      group: "shapes",
      title: "three chains of three atoms",
      args: [bends, drawNoise(random, 2, 3, 3), [3, 2, 0.5]],
    },
    {
      group: "errors",
      title: "the levels rise",
      args: [shrinks, drawNoise(random, 2), [2, 3, 1]],
      throws: "levels",
    },
    {
      group: "errors",
      title: "the noise of a step is missing",
      args: [shrinks, drawNoise(random, 2), [4, 3, 2, 1]],
      throws: "steps",
    },
    {
      group: "errors",
      title: "stepScale is 0",
      args: [shrinks, drawNoise(random, 2), [3, 2, 1], { stepScale: 0 }],
      throws: "stepScale",
    },
  ],
  mutants: [
    {
      edits: [["[noise.start.mul(levels[0]!)]", "[noise.start]"]],
      message: "The start isn't multiplied by the first noise level.",
    },
    {
      edits: [["level > gammaMin", "before > gammaMin"]],
      message:
        "You compare the level that the step comes from with gammaMin. Algorithm 18 compares the " +
        "one that it goes to.",
    },
    {
      edits: [["level > gammaMin", "level >= gammaMin"]],
      message: "A level of exactly gammaMin gets extra noise. It must be above gammaMin.",
    },
    {
      edits: [["noiseScale * Math.sqrt(hat ** 2 - before ** 2)", "noiseScale * (hat - before)"]],
      message: "The deviation of the added noise is t − p. Variances add up: √(t² − p²).",
    },
    {
      edits: [["noiseScale * Math.sqrt(", "Math.sqrt("]],
      message: "noiseScale is missing: it stretches the noise that is added.",
    },
    {
      edits: [["denoise(noisy, tf.fill([B], hat))", "denoise(noisy, tf.fill([B], before))"]],
      message: "The denoiser is told the level before noise was added. The atoms it gets are at t.",
    },
    {
      edits: [["denoise(noisy, tf.fill([B], hat))", "denoise(moved, tf.fill([B], hat))"]],
      message: "The denoiser gets the atoms without the added noise.",
    },
    {
      edits: [["tf.fill([B], hat)", "tf.fill([B, 1, 1], hat)"]],
      message: "The denoiser gets t as [B, 1, 1]. Give it one number per chain, [B].",
    },
    {
      edits: [["noisy.sub(guess).div(hat)", "noisy.sub(guess).div(before)"]],
      message: "The slope is divided by the level before noise was added. Divide by t.",
    },
    {
      edits: [["noisy.sub(guess).div(hat)", "moved.sub(guess).div(hat)"]],
      message: "The slope starts at the atoms without the added noise. Take it at the noisy atoms.",
    },
    {
      edits: [["stepScale * (level - hat)", "level - hat"]],
      message: "stepScale is missing: each step is 1.5 times as long unless it's given.",
    },
    {
      edits: [["stepScale * (level - hat)", "stepScale * (level - before)"]],
      message: "The step leads from the old level. It leads from t: c − t.",
    },
    {
      edits: [["frames.push(noisy.add(", "frames.push(moved.add("]],
      message: "The step starts at the atoms without the added noise. Start at the noisy ones.",
    },
    {
      edits: [
        [
          "randomMove(frames[i]!, { quaternions: quaternions[i]!, shifts: shifts[i]! })",
          "randomMove(frames[i]!, { quaternions: quaternions[i]!, shifts: shifts[i]! })\n" +
            ".mul(0).add(frames[i]!)",
        ],
      ],
      message: "The atoms aren't moved before a step: call randomMove.",
    },
    {
      edits: [
        [
          "quaternions: quaternions[i]!, shifts: shifts[i]!",
          "quaternions: quaternions[0]!, shifts: shifts[0]!",
        ],
      ],
      message: "Each step makes the first step's move. Step i has quaternions[i] and shifts[i].",
    },
  ],
};
export default exercise;
