/** hyena: its cases and its typical mistakes. */
import type { Exercise, Random } from "grader";

const draw = (random: Random, C: number, T: number, biases = true) => ({
  w: random.normal([C, 3 * C], 1 / Math.sqrt(C)),
  short: random.normal([3 * C, 3], 0.6),
  filter: random.normal([C, T], 1 / Math.sqrt(T)),
  skip: random.normal([C]),
  wOut: random.normal([C, C], 1 / Math.sqrt(C)),
  ...(biases
    ? {
        b: random.normal([3 * C], 0.3),
        shortBias: random.normal([3 * C], 0.3),
        bOut: random.normal([C], 0.3),
      }
    : {}),
});

const exercise: Exercise = {
  cases: (random) => [
    {
      group: "values",
      says: "all biases are there",
      args: [random.normal([2, 7, 3]), draw(random, 3, 7)],
    },
    {
      group: "values",
      says: "no bias is there",
      args: [random.normal([1, 8, 4]), draw(random, 4, 8, false)],
    },
    {
      group: "values",
      says: "there are 40 tokens",
      args: [random.normal([1, 40, 2]), draw(random, 2, 40)],
    },
    {
      group: "shapes",
      says: "there is one token",
      args: [random.normal([2, 1, 3]), draw(random, 3, 1)],
    },
    {
      group: "property",
      says: "the filter is zero and only the skip is left",
      args: [
        random.normal([1, 5, 2]),
        {
          ...draw(random, 2, 5),
          filter: { shape: [2, 5], dtype: "float32" as const, data: new Float32Array(10) },
        },
      ],
    },
    {
      group: "gradient",
      says: "input and weights are differentiated",
      args: [random.normal([1, 5, 2]), draw(random, 2, 5)],
      wrt: ["0", "1.w", "1.short", "1.filter", "1.skip", "1.wOut", "1.b"],
    },
    {
      group: "errors",
      says: "the filter is shorter than the sequence",
      args: [random.normal([1, 5, 2]), draw(random, 2, 4)],
      throws: "filter",
    },
  ],
  mutants: [
    {
      edits: [["const gated = part(1).mul(part(2));", "const gated = part(2);"]],
      says: "The gate before the long convolution is missing: it reads x1 ∘ v, not v.",
    },
    {
      edits: [
        [
          "linear(part(0).mul(long.add(gated.mul(skip))), wOut, bOut)",
          "linear(long.add(gated.mul(skip)), wOut, bOut)",
        ],
      ],
      says: "The gate after the long convolution is missing: multiply by x0.",
    },
    {
      edits: [["long.add(gated.mul(skip))", "long"]],
      says: "The skip is missing: each token also adds skip ∘ x1 ∘ v of its own.",
    },
    {
      edits: [["long.add(gated.mul(skip))", "long.add(part(2).mul(skip))"]],
      says: "The skip carries v. It carries what went into the long convolution, x1 ∘ v.",
    },
    {
      edits: [
        ["const gated = part(1).mul(part(2));", "const gated = part(0).mul(part(1));"],
        ["part(0).mul(long", "part(2).mul(long"],
      ],
      says:
        "The three parts are taken in another order. The columns of w give x0, x1, v, in this " +
        "order; x0 is the gate behind.",
    },
    {
      edits: [["causalConvolution(linear(u, w, b), short, shortBias)", "linear(u, w, b)"]],
      says: "The short convolution of the projections is missing.",
    },
    {
      edits: [
        [
          "linear(part(0).mul(long.add(gated.mul(skip))), wOut, bOut)",
          "linear(part(0).mul(long).add(gated.mul(skip)), wOut, bOut)",
        ],
      ],
      says: "The skip passes by the second gate. x0 multiplies the sum of both.",
    },
    {
      edits: [["linear(u, w, b), short, shortBias)", "linear(u, w, b), short)"]],
      says: "The short convolution lacks its bias.",
    },
  ],
  tolerance: { atol: 3e-5, why: "transforms of many terms in float32" },
};
export default exercise;
