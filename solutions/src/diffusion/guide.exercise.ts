/** guide: its cases and its typical mistakes. */
import { tensorData, type Exercise } from "grader";

const exercise: Exercise = {
  cases: (random) => {
    const pair = (shape = [3, 5]) => [random.normal(shape), random.normal(shape)];
    const [c, u] = pair();
    return [
      {
        group: "values",
        title: "scale 3",
        args: [...pair(), 3],
      },
      {
        group: "values",
        title: "scale 0.4, between the two",
        args: [...pair(), 0.4],
      },
      {
        group: "values",
        title: "scale 4, rescaled in full",
        args: [random.normal([3, 5], 1, 2), random.normal([3, 5], 2, -1), 4, { rescale: 1 }],
      },
      {
        group: "values",
        title: "scale 4, rescaled by 0.7",
        args: [random.normal([3, 5], 1, 2), random.normal([3, 5], 0.5, 1), 4, { rescale: 0.7 }],
      },
      {
        group: "property",
        title: "scale 0 gives the guess without a condition",
        args: [c!, u!, 0],
      },
      {
        group: "property",
        title: "scale 1 gives the guess with it",
        args: [c!, u!, 1],
      },
      {
        group: "property",
        title: "rescale is 0",
        args: [...pair(), 5, { rescale: 0 }],
      },
      {
        group: "property",
        title: "rescale is 0, and a row's numbers are all equal",
        args: [
          tensorData([2, 3], [2, 2, 2, 1, 5, 3]),
          tensorData([2, 3], [1, 1, 1, 0, 2, 2]),
          4,
          { rescale: 0 },
        ],
      },
      {
        group: "property",
        title: "scale 0, rescaled in full",
        args: [c!, u!, 0, { rescale: 1 }],
      },
      {
        group: "shapes",
        title: "chains of atoms, each rescaled by itself",
        args: [...pair([2, 4, 3]), 3, { rescale: 0.6 }],
      },
      {
        group: "shapes",
        title: "pictures with channels, each rescaled by itself",
        args: [...pair([2, 3, 2, 2]), 2, { rescale: 0.7 }],
      },
      {
        group: "gradient",
        title: "both guesses are differentiated",
        args: [...pair(), 3],
        wrt: ["0", "1"],
      },
      {
        group: "gradient",
        title: "both guesses are differentiated, rescaled",
        args: [...pair(), 3, { rescale: 0.7 }],
        wrt: ["0", "1"],
      },
      {
        group: "errors",
        title: "the guesses differ in shape",
        args: [random.normal([2, 4]), random.normal([3, 4]), 2],
        throws: "unconditional",
      },
      {
        group: "errors",
        title: "rescale is above 1",
        args: [...pair(), 2, { rescale: 1.5 }],
        throws: "rescale",
      },
      {
        group: "errors",
        title: "scale is below 0",
        args: [...pair(), -1],
        throws: "scale",
      },
    ];
  },
  mutants: [
    {
      edits: [["unconditional.add(conditional.sub", "conditional.add(conditional.sub"]],
      message:
        "Guidance starts at the conditional guess, so your scale is one too low: scale 1 should " +
        "give the conditional guess, scale 0 the unconditional one.",
    },
    {
      edits: [["conditional.sub(unconditional)", "unconditional.sub(conditional)"]],
      message: "The direction is reversed: go from the unconditional to the conditional guess.",
    },
    {
      edits: [
        [
          "unconditional.add(conditional.sub(unconditional).mul(scale))",
          "conditional.add(unconditional.sub(conditional).mul(scale))",
        ],
      ],
      message: "The two guesses are exchanged: scale 1 is the conditional one.",
    },
    {
      edits: [
        [
          "unconditional.add(conditional.sub(unconditional).mul(scale))",
          "conditional.sub(unconditional).mul(scale)",
        ],
      ],
      message: "Only the difference is returned. Add it to the unconditional guess.",
    },
    {
      edits: [
        [
          "deviation(conditional).div(deviation(guided))",
          "deviation(guided).div(deviation(conditional))",
        ],
      ],
      message: "The ratio of the deviations is upside down: conditional over guided.",
    },
    {
      edits: [["deviation(conditional).div(", "deviation(unconditional).div("]],
      message: "You rescale to the unconditional guess's deviation. Take the conditional's.",
    },
    {
      edits: [["ratio.sub(1).mul(rescale).add(1)", "ratio.mul(rescale)"]],
      message: "The part that isn't rescaled is missing: add (1 − rescale)·guided.",
    },
    {
      edits: [["ratio.sub(1).mul(rescale).add(1)", "ratio.sub(1).mul(1 - rescale).add(1)"]],
      message: "rescale and 1 − rescale are exchanged: at 0 nothing is rescaled.",
    },
    {
      edits: [["if (rescale === 0) return guided;", ""]],
      message:
        "Without rescaling, a row of equal numbers becomes NaN: its deviation is 0, and you divide " +
        "by it. Return the guided guess if rescale is 0.",
    },
    {
      edits: [["guided.shape.slice(1).map((_, i) => i + 1)", "guided.shape.map((_, i) => i)"]],
      message: "One deviation is taken over the whole batch. Each row has its own.",
    },
    {
      edits: [["tf.moments(x, axes, true).variance.sqrt()", "x.square().mean(axes, true).sqrt()"]],
      message: "The mean isn't subtracted: a deviation is around the row's mean.",
    },
    {
      edits: [
        ["tf.moments(x, axes, true)", "tf.moments(x, -1, true)"],
        ["const axes = guided.shape.slice(1).map((_, i) => i + 1);", ""],
      ],
      message:
        "The deviation is over the last axis alone. It is over all numbers of a row of the " +
        "batch, whatever its axes.",
    },
    {
      edits: [
        [
          "return guided.mul(ratio.sub(1).mul(rescale).add(1));",
          `const mean = guided.mean(axes, true);
    return guided.sub(mean).mul(ratio.sub(1).mul(rescale).add(1)).add(mean);`,
        ],
      ],
      message:
        "You keep the row's mean and rescale around it. The whole guess is multiplied, its " +
        "mean included.",
    },
  ],
};
export default exercise;
