/** ddimStep: its cases and its typical mistakes. */
import type { Exercise } from "grader";

const exercise: Exercise = {
  cases: (random) => {
    const some = (shape = [3, 5]) => random.normal(shape);
    return [
      {
        group: "values",
        title: "a step without fresh noise",
        args: [some(), some(), 2, 1.3],
      },
      {
        group: "values",
        title: "a step with eta 1",
        args: [some(), some(), 2, 1.3, { eta: 1, noise: some() }],
      },
      {
        group: "values",
        title: "a step with eta 0.5",
        args: [some(), some(), 0.8, 0.2, { eta: 0.5, noise: some() }],
      },
      {
        group: "property",
        title: "eta is 0, and noise is given",
        args: [some(), some(), 1.5, 0.7, { eta: 0, noise: some() }],
      },
      {
        group: "property",
        title: "eta isn't given, and noise is",
        args: [some(), some(), 1.5, 0.7, { noise: some() }],
      },
      {
        group: "property",
        title: "the last step, to level 0",
        args: [some(), some(), 0.4, 0, { eta: 1, noise: some() }],
      },
      {
        group: "property",
        title: "next is sigma",
        args: [some(), some(), 0.9, 0.9, { eta: 1, noise: some() }],
      },
      {
        group: "shapes",
        title: "chains of atoms",
        args: [some([2, 4, 3]), some([2, 4, 3]), 12, 7, { eta: 0.8, noise: some([2, 4, 3]) }],
      },
      {
        group: "gradient",
        title: "z, denoised and noise are differentiated",
        args: [some(), some(), 2, 0.9, { eta: 0.7, noise: some() }],
        wrt: ["0", "1", "4.noise"],
      },
      {
        group: "errors",
        title: "eta is 1, and there is no noise",
        args: [some(), some(), 2, 1, { eta: 1 }],
        throws: "noise",
      },
      {
        group: "errors",
        title: "next is above sigma",
        args: [some(), some(), 1, 2],
        throws: "next",
      },
      {
        group: "errors",
        title: "denoised has another shape",
        args: [some(), some([3, 4]), 2, 1],
        throws: "denoised",
      },
      {
        group: "gradient",
        title: "z, denoised and noise are differentiated, at drawn levels",
        args: [
          some(),
          some(),
          1 + random.next(),
          random.next(),
          { eta: random.next(), noise: some() },
        ],
        wrt: ["0", "1", "4.noise"],
      },
    ];
  },
  mutants: [
    {
      edits: [["mul(kept / sigma)", "mul(kept)"]],
      message: "The implied noise isn't divided by sigma: ε = (z − denoised)/sigma.",
    },
    {
      edits: [["Math.sqrt(next ** 2 - fresh ** 2)", "next"]],
      message:
        "Fresh noise comes on top of the old, so the level ends above next. What stays of the old " +
        "noise is √(next² − s²).",
    },
    {
      edits: [["Math.sqrt(next ** 2 - fresh ** 2)", "next - fresh"]],
      message: "Deviations are subtracted. Variances add up: √(next² − s²).",
    },
    {
      edits: [["(1 - (next / sigma) ** 2)", "(1 - next / sigma)"]],
      message: "The ratio of the levels isn't squared in s.",
    },
    {
      edits: [[" * Math.sqrt(1 - (next / sigma) ** 2)", ""]],
      message: "s lacks its root: it is eta·next·√(1 − (next/sigma)²).",
    },
    {
      edits: [["eta * next * Math.sqrt", "eta * sigma * Math.sqrt"]],
      message: "s is a part of the level that the step goes to: eta·next·√(…), not eta·sigma.",
    },
    {
      edits: [["z.sub(denoised).mul(kept / sigma)", "denoised.sub(z).mul(kept / sigma)"]],
      message: "The implied noise has the wrong sign: it is z minus denoised.",
    },
    {
      edits: [["denoised.add(z.sub", "z.add(z.sub"]],
      message: "The step starts from z. It rebuilds z from the guess: denoised plus noise.",
    },
    {
      edits: [["noise === undefined ? stepped", "noise === undefined ? z"]],
      message: "z comes back where nothing random is added. The step is the same without it.",
    },
    {
      edits: [["{ eta = 0, noise }", "{ eta = 1, noise }"]],
      message: "Without eta, fresh noise is added. The default is 0.",
    },
    {
      edits: [
        ["eta * next * Math.sqrt(", "eta * Math.sqrt("],
        ["Math.sqrt(next ** 2 - fresh ** 2)", "Math.sqrt(Math.max(0, next ** 2 - fresh ** 2))"],
      ],
      message: "s lacks the level: it is eta·next·√(1 − (next/sigma)²).",
    },
    {
      edits: [["{ eta = 0, noise }", "{ noise, eta = noise ? 1 : 0 }"]],
      message: "Without eta, fresh noise is added wherever noise is given. The default is 0.",
    },
    {
      edits: [["eta * next * Math.sqrt(", "Math.sqrt(eta) * next * Math.sqrt("]],
      message: "eta multiplies the variance of the fresh noise. It multiplies its deviation s.",
    },
  ],
};
export default exercise;
