/** yarnRates: its cases and its typical mistakes. */
import type { Exercise } from "grader";

const exercise: Exercise = {
  cases: (random) => {
    const length = 64 * random.int(1, 8);
    return [
      { group: "values", title: "a Llama reads further", args: [128, { length: 4096, scale: 8 }] },
      {
        group: "values",
        title: "texts are short",
        args: [16, { length, scale: random.int(2, 9) }],
      },
      {
        group: "values",
        title: "slow and fast are given",
        args: [16, { length: 64, scale: 8, slow: 0.5 + random.next(), fast: 3 + random.next() }],
      },
      {
        group: "values",
        title: "only slow is given",
        args: [32, { length: 512, scale: 4, slow: 2 + random.next() }],
      },
      { group: "values", title: "slow is 0", args: [16, { length, scale: 4, slow: 0, fast: 2 }] },
      {
        group: "values",
        title: "there is another base",
        args: [64, { length: 2048, scale: 4, base: 500_000 }],
      },
      {
        group: "property",
        title: "scale isn't given: all rates are RoPE's",
        args: [16, { length }],
      },
      {
        group: "property",
        title: "all pairs are fast: all rates are RoPE's",
        args: [8, { length: 4096, scale: 8, slow: 0.1, fast: 0.3 }],
      },
      {
        group: "property",
        title: "all pairs are slow: all rates are divided",
        args: [8, { length: 3, scale: random.int(2, 9) }],
      },
      { group: "shapes", title: "there is one pair", args: [2, { length: 128, scale: 4 }] },
      { group: "errors", title: "D is odd", args: [7, { length: 64 }], throws: "D" },
      {
        group: "errors",
        title: "scale is below 1",
        args: [8, { length: 64, scale: 0.5 }],
        throws: "scale",
      },
      {
        group: "errors",
        title: "fast isn't above slow",
        args: [8, { length: 64, slow: 3, fast: 3 }],
        throws: "fast",
      },
      {
        group: "property",
        title: "all pairs are slow, and a drawn scale divides all rates",
        args: [8, { length: 3, scale: 1 + 8 * random.next() }],
      },
      {
        group: "shapes",
        title: "there is one pair, and the scale is drawn",
        args: [2, { length: 32, scale: 1 + 8 * random.next() }],
      },
    ];
  },
  mutants: [
    {
      edits: [
        ["kept * rate + ((1 - kept) * rate) / scale", "(1 - kept) * rate + (kept * rate) / scale"],
      ],
      message:
        "Fast pairs are divided and slow ones kept. It's the slow ones that leave what they know.",
    },
    {
      edits: [["kept * rate + ((1 - kept) * rate) / scale", "rate / scale + kept * 0"]],
      message: "All pairs are divided. Those with many turns keep their rate.",
    },
    {
      edits: [["(length * rate) / (2 * Math.PI)", "length * rate"]],
      message: "You count radians. A turn is 2π of them.",
    },
    {
      edits: [["(length * rate) / (2 * Math.PI)", "(2 * Math.PI) / rate"]],
      message: "You compare wavelengths. Turns are the length of a text over the wavelength.",
    },
    {
      edits: [
        ["Math.min(1, Math.max(0, (turns - slow) / (fast - slow)))", "turns >= fast ? 1 : 0"],
      ],
      message: "There is no mixture: between slow and fast turns, γ rises from 0 to 1.",
    },
    {
      edits: [
        [
          "Math.min(1, Math.max(0, (turns - slow) / (fast - slow)))",
          "(turns - slow) / (fast - slow)",
        ],
      ],
      message: "γ leaves 0 to 1. Clip it.",
    },
    {
      edits: [["base ** ((-2 * i) / D)", "base ** (-i / D)"]],
      message: "The rates fall too slowly: pair i has base^(−2i/D).",
    },
    {
      edits: [["kept * rate + ((1 - kept) * rate) / scale", "rate / (kept + (1 - kept) * scale)"]],
      message: "You mix the wavelengths. Mix the rates: γ·θ + (1 − γ)·θ/scale.",
    },
    {
      edits: [["(length * rate) / (2 * Math.PI)", "(length * scale * rate) / (2 * Math.PI)"]],
      message: "You count turns in the longer text. What counts is what training has seen.",
    },
  ],
};
export default exercise;
