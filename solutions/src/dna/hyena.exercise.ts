/** hyena: its cases and its typical mistakes. */
import { tensorData, type Exercise, type Random } from "grader";

const drawWeights = (random: Random, C: number, T: number) => ({
  w: random.normal([C, 3 * C], 1 / Math.sqrt(C)),
  short: random.normal([3 * C, 3], 0.6),
  filter: random.normal([C, T], 1 / Math.sqrt(T)),
  skip: random.normal([C]),
  wOut: random.normal([C, C], 1 / Math.sqrt(C)),
});

const draw = (random: Random, C: number, T: number) => ({
  ...drawWeights(random, C, T),
  b: random.normal([3 * C], 0.3),
  shortBias: random.normal([3 * C], 0.3),
  bOut: random.normal([C], 0.3),
});

const exercise: Exercise = {
  cases: (random) => [
    {
      group: "values",
      title: "there are biases",
      args: [random.normal([2, 7, 3]), draw(random, 3, 7)],
    },
    {
      group: "values",
      title: "there are no biases",
      args: [random.normal([1, 8, 4]), drawWeights(random, 4, 8)],
    },
    {
      group: "values",
      title: "there are 40 tokens",
      args: [random.normal([1, 40, 2]), draw(random, 2, 40)],
    },
    {
      group: "shapes",
      title: "there is one token",
      args: [random.normal([2, 1, 3]), draw(random, 3, 1)],
    },
    {
      group: "property",
      title: "the filter is zero and only the skip is left",
      args: [
        random.normal([1, 5, 2]),
        { ...draw(random, 2, 5), filter: tensorData([2, 5], Array<number>(10).fill(0)) },
      ],
    },
    {
      group: "gradient",
      title: "input and weights are differentiated",
      args: [random.normal([1, 5, 2]), draw(random, 2, 5)],
      wrt: ["0", "1.w", "1.short", "1.filter", "1.skip", "1.wOut", "1.b"],
    },
    {
      group: "errors",
      title: "the filter is shorter than the sequence",
      args: [random.normal([1, 5, 2]), draw(random, 2, 4)],
      throws: "filter",
    },
  ],
  mutants: [
    {
      edits: [["const gated = part(1).mul(part(2));", "const gated = part(2);"]],
      message: "The gate before the long convolution is missing: it reads x1 ∘ v, not v.",
    },
    {
      edits: [
        [
          "linear(part(0).mul(long.add(gated.mul(skip))), wOut, bOut)",
          "linear(long.add(gated.mul(skip)), wOut, bOut)",
        ],
      ],
      message: "The gate after the long convolution is missing: multiply by x0.",
    },
    {
      edits: [["long.add(gated.mul(skip))", "long"]],
      message: "The skip is missing: each token also adds its own skip ∘ x1 ∘ v.",
    },
    {
      edits: [["long.add(gated.mul(skip))", "long.add(part(2).mul(skip))"]],
      message: "The skip carries v. It should carry the long convolution's input, x1 ∘ v.",
    },
    {
      edits: [
        ["const gated = part(1).mul(part(2));", "const gated = part(0).mul(part(1));"],
        ["part(0).mul(long", "part(2).mul(long"],
      ],
      message:
        "The three parts are in the wrong order. " +
        "The columns of w give x0, x1, v; x0 is the gate after the convolution.",
    },
    {
      edits: [["causalConvolution(linear(u, w, b), short, shortBias)", "linear(u, w, b)"]],
      message: "The short convolution of the projections is missing.",
    },
    {
      edits: [
        [
          "linear(part(0).mul(long.add(gated.mul(skip))), wOut, bOut)",
          "linear(part(0).mul(long).add(gated.mul(skip)), wOut, bOut)",
        ],
      ],
      message: "The skip bypasses the second gate. x0 multiplies the sum of both.",
    },
    {
      edits: [["linear(u, w, b), short, shortBias)", "linear(u, w, b), short)"]],
      message: "The bias of the short convolution is missing.",
    },
    {
      edits: [
        ["part(1).mul(part(2))", "part(0).mul(part(2))"],
        ["part(0).mul(long", "part(1).mul(long"],
      ],
      message:
        "x0 and x1 are swapped: x1 is the gate before the long convolution, x0 the one after " +
        "it.",
    },
    {
      edits: [["wOut, bOut)", "wOut)"]],
      message: "bOut is missing: the last map adds it where it is given.",
    },
    {
      edits: [["part(0).mul(long", "part(0).sigmoid().mul(long"]],
      message: "The gate goes through a sigmoid. x0 multiplies as it is.",
    },
  ],
  tolerance: { atol: 3e-5, reason: "transforms of many terms in float32" },
};
export default exercise;
