/** vqLosses: its cases and its typical mistakes. */
import { tensorData, type Exercise, type TensorData } from "grader";

const raised = ({ shape, data }: TensorData, by: number) =>
  tensorData(
    shape,
    Array.from(data, (x) => x + by),
  );

const exercise: Exercise = {
  cases: (random) => {
    const same = random.normal([3, 4]);
    return [
      {
        group: "values",
        title: "six vectors",
        args: [random.normal([6, 3]), random.normal([6, 3])],
      },
      {
        group: "values",
        title: "a grid of vectors",
        args: [random.normal([2, 2, 3, 4]), random.normal([2, 2, 3, 4])],
      },
      { group: "shapes", title: "one vector", args: [random.normal([5]), random.normal([5])] },
      { group: "shapes", title: "one number", args: [random.normal([]), random.normal([])] },
      { group: "property", title: "vectors that are codes cost nothing", args: [same, same] },
      {
        group: "gradient",
        title: "z and codes are differentiated",
        args: [random.normal([4, 3]), random.normal([4, 3])],
        wrt: ["0", "1"],
      },
      {
        group: "gradient",
        title: "the codebook loss alone is differentiated",
        args: [random.normal([4, 3]), random.normal([4, 3])],
        wrt: ["0", "1"],
        output: "codebook",
      },
      {
        group: "gradient",
        title: "the commitment loss alone is differentiated",
        args: [random.normal([4, 3]), random.normal([4, 3])],
        wrt: ["0", "1"],
        output: "commitment",
      },
      {
        group: "errors",
        title: "codes have another shape",
        args: [random.normal([4, 3]), random.normal([4, 2])],
        throws: "codes",
      },
      {
        group: "property",
        title: "all numbers are off by the same amount",
        args: [same, raised(same, random.next())],
      },
    ];
  },
  mutants: [
    {
      edits: [["stopGradient(z).sub(codes)", "z.sub(codes)"]],
      message:
        "The codebook loss also pulls z toward its code, with full weight. " +
        "Wrap z in stopGradient.",
    },
    {
      edits: [["z.sub(stopGradient(codes))", "z.sub(codes)"]],
      message: "The commitment loss also moves the codes. Wrap codes in stopGradient.",
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
      message:
        "You sum over the features of a vector. " +
        "Take the mean over all elements, so that β doesn't depend on the width.",
    },
    {
      edits: [
        ["z.sub(stopGradient(codes)).square()", "z.sub(stopGradient(codes)).square().mul(0.25)"],
      ],
      message: "You weight the commitment loss. Leave β to the caller.",
    },
    {
      edits: [
        ["codebook: stopGradient(z).sub(codes)", "codebook: z.sub(stopGradient(codes))"],
        ["commitment: z.sub(stopGradient(codes))", "commitment: stopGradient(z).sub(codes)"],
      ],
      message:
        "The two are swapped. The codebook loss moves the codes, so z is its constant; " +
        "the commitment loss moves z.",
    },
    {
      edits: [
        ["stopGradient(z).sub(codes).square().mean()", "stopGradient(z).sub(codes).square().sum()"],
        ["z.sub(stopGradient(codes)).square().mean()", "z.sub(stopGradient(codes)).square().sum()"],
      ],
      message:
        "You sum over all elements. " +
        "Take the mean, so that the losses don't grow with the number of vectors.",
    },
    {
      edits: [
        ["stopGradient(z).sub(codes)", "z.sub(codes)"],
        ["z.sub(stopGradient(codes))", "z.sub(codes)"],
      ],
      message:
        "Neither loss stops a gradient, so each moves both. " +
        "The codebook loss moves the codes alone: stopGradient(z). " +
        "The commitment loss moves z alone: stopGradient(codes).",
    },
    {
      edits: [
        ["stopGradient(z).sub(codes).square()", "stopGradient(z).sub(codes).abs()"],
        ["z.sub(stopGradient(codes)).square()", "z.sub(stopGradient(codes)).abs()"],
      ],
      message: "You take absolute differences. Both losses are means of squares.",
    },
    {
      edits: [["z.sub(stopGradient(codes)).square()", "stopGradient(z).sub(codes).square()"]],
      message:
        "Both losses move the codes. " +
        "In the commitment loss the codes are the constant: z − stopGradient(codes).",
    },
    {
      edits: [["stopGradient(z).sub(codes).square()", "z.sub(stopGradient(codes)).square()"]],
      message:
        "Both losses move z. In the codebook loss z is the constant: stopGradient(z) − codes.",
    },
  ],
  weights: { gradient: 9 }, // the gradients are the idea: as much as all others together
};
export default exercise;
