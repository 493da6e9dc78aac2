/** hyenaFilter: its cases and its typical mistakes. */
import { tensorData, type Exercise, type Random } from "grader";

const draw = (random: Random, bands: number, F: number, C: number) => ({
  w1: random.normal([1 + 2 * bands, F]),
  b1: random.normal([F]),
  w2: random.normal([F, F]),
  b2: random.normal([F]),
  w3: random.normal([F, C]),
  decay: random.uniform([C], 0.5, 5),
});

const exercise: Exercise = {
  cases: (random) => [
    {
      group: "values",
      title: "there are two bands",
      args: [random.int(7, 11), draw(random, 2, 5, 3)],
    },
    { group: "values", title: "there are 60 taps", args: [60, draw(random, 3, 4, 2)] },
    { group: "shapes", title: "there is one tap", args: [1, draw(random, 2, 3, 4)] },
    { group: "shapes", title: "there are no bands", args: [6, draw(random, 0, 3, 2)] },
    {
      group: "gradient",
      title: "all weights are differentiated",
      args: [5, draw(random, 2, 3, 2)],
      wrt: ["w1", "b1", "w2", "b2", "w3", "decay"].map((name) => `1.${name}`),
    },
    {
      group: "errors",
      title: "the length isn't a whole number",
      args: [4.5, draw(random, 1, 2, 2)],
      throws: "length",
    },
    {
      group: "values",
      title: "a filter grows: decay is negative",
      args: [8, { ...draw(random, 2, 3, 2), decay: tensorData([2], [-1, 0.5]) }],
    },
    { group: "values", title: "there are twelve bands", args: [30, draw(random, 12, 3, 2)] },
    {
      group: "property",
      title: "another number of taps",
      args: [random.int(12, 40), draw(random, 2, 3, 2)],
    },
  ],
  mutants: [
    {
      edits: [["tf.range(1, bands + 1)", "tf.range(0, bands)"]],
      message:
        "The bands count from 0. " +
        "The first wave goes around once over the length, so count from 1.",
    },
    {
      edits: [["waves.cos(), waves.sin().neg()", "waves.sin().neg(), waves.cos()"]],
      message: "Sines come before cosines. The order is τ, all cosines, all negative sines.",
    },
    {
      edits: [["taps.mul(window)", "taps"]],
      message: "The filter doesn't fade. Multiply each tap by exp(−decay·τ).",
    },
    {
      edits: [
        [
          "linear(linear(z, w1, b1).sin(), w2, b2).sin()",
          "linear(linear(z, w1, b1).sin(), w2, b2)",
        ],
      ],
      message: "The sine of the second layer is missing. Both hidden layers have one.",
    },
    {
      edits: [
        ["tf.range(0, length).div(length)", "tf.range(0, length).div(Math.max(1, length - 1))"],
      ],
      message: "The last tap is at τ = 1. τ is s / length, so the last one is just below 1.",
    },
    {
      edits: [[".mul(2 * Math.PI)", ""]],
      message: "2π is missing in the waves: wave 1 goes around once over the length.",
    },
    {
      edits: [["tau.mul(decay)", "tau.mul(length).mul(decay)"]],
      message:
        "The window fades with s. " +
        "It should fade with τ = s / length, so its shape is the same for any length.",
    },
    {
      edits: [["linear(hidden, w3)", "linear(hidden, w3).sin()"]],
      message: "The last layer has a sine. It is linear: only the two hidden ones have one.",
    },
    {
      edits: [["waves.sin().neg()", "waves.sin()"]],
      message: "The sines don't have their minus sign: −sin.",
    },
    {
      edits: [["tau.mul(decay).neg().exp()", "tau.mul(decay).exp()"]],
      message: "The filter grows with τ. Multiply by exp(−decay·τ), with a minus.",
    },
    {
      edits: [["tau.mul(decay).neg().exp()", "tau.mul(decay).neg()"]],
      message: "The window has no exponential: exp(−decay·τ).",
    },
    {
      edits: [
        [
          "linear(linear(z, w1, b1).sin(), w2, b2).sin()",
          "linear(linear(z, w1, b1), w2, b2).sin()",
        ],
      ],
      message: "The sine of the first layer is missing. Both hidden layers have one.",
    },
    {
      edits: [
        [
          "tf.concat([tau, waves.cos(), waves.sin().neg()], 1)",
          "tf.concat([tau, tf.stack([waves.cos(), waves.sin().neg()], 2).reshape([length, 2 * bands])], 1)",
        ],
      ],
      message: "Cosines and sines take turns. The order is τ, all cosines, all negative sines.",
    },
    {
      edits: [["tf.range(0, length).div(length)", "tf.range(1, length + 1).div(length)"]],
      message: "τ begins at 1 / length. It is s / length, and s begins at 0.",
    },
  ],
};
export default exercise;
