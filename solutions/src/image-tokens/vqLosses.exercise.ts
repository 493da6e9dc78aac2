/** vqLosses: its cases and its typical mistakes. */
import type { Exercise } from "grader";

const exercise: Exercise = {
  cases: (random) => {
    const same = random.normal([3, 4]);
    return [
      {
        group: "values",
        says: "six vectors",
        args: [random.normal([6, 3]), random.normal([6, 3])],
      },
      {
        group: "values",
        says: "a grid of vectors",
        args: [random.normal([2, 2, 3, 4]), random.normal([2, 2, 3, 4])],
      },
      { group: "shapes", says: "one vector", args: [random.normal([5]), random.normal([5])] },
      { group: "shapes", says: "one number", args: [random.normal([]), random.normal([])] },
      { group: "property", says: "vectors that are codes cost nothing", args: [same, same] },
      {
        group: "gradient",
        says: "z and codes are differentiated",
        args: [random.normal([4, 3]), random.normal([4, 3])],
        wrt: ["0", "1"],
      },
      {
        group: "gradient",
        says: "the codebook loss alone is differentiated",
        args: [random.normal([4, 3]), random.normal([4, 3])],
        wrt: ["0", "1"],
        of: "codebook",
      },
      {
        group: "gradient",
        says: "the commitment loss alone is differentiated",
        args: [random.normal([4, 3]), random.normal([4, 3])],
        wrt: ["0", "1"],
        of: "commitment",
      },
      {
        group: "errors",
        says: "codes have another shape",
        args: [random.normal([4, 3]), random.normal([4, 2])],
        throws: "codes",
      },
    ];
  },
  mutants: [
    {
      edits: [["stopGradient(z).sub(codes)", "z.sub(codes)"]],
      says:
        "The codebook loss also pulls z toward its code, with full weight. " +
        "Wrap z in stopGradient.",
    },
    {
      edits: [["z.sub(stopGradient(codes))", "z.sub(codes)"]],
      says: "The commitment loss also moves the codes. Wrap codes in stopGradient.",
    },
    {
      edits: [
        [
          "stopGradient(z).sub(codes).square().mean()",
          "stopGradient(z).sub(codes).square().sum(-1).mean()",
        ],
        [
          "z.sub(stopGradient(codes)).square().mean()",
          "z.sub(stopGradient(codes)).square().sum(-1).mean()",
        ],
      ],
      says:
        "You sum over the features of a vector. " +
        "Take the mean over all elements, so that β doesn't depend on the width.",
    },
    {
      edits: [
        ["z.sub(stopGradient(codes)).square()", "z.sub(stopGradient(codes)).square().mul(0.25)"],
      ],
      says: "You weight the commitment loss. Leave β to the caller.",
    },
    {
      edits: [
        ["codebook: stopGradient(z).sub(codes)", "codebook: z.sub(stopGradient(codes))"],
        ["commitment: z.sub(stopGradient(codes))", "commitment: stopGradient(z).sub(codes)"],
      ],
      says:
        "The two are swapped. The codebook loss moves the codes, so z is its constant; " +
        "the commitment loss moves z.",
    },
  ],
  weights: { gradient: 9 }, // the gradients are the idea: as much as all others together
};
export default exercise;
