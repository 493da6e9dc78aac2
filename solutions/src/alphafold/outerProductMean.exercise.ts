/** outerProductMean: its cases and its typical mistakes. */
import { tensorData, type Exercise, type Random, type Value } from "grader";
import { drawNorm } from "./pairCases";

function drawParams(
  random: Random,
  C: number,
  cA: number,
  cB: number,
  Cz: number,
  biases = false,
): { [name: string]: Value } {
  const params = {
    norm: drawNorm(random, C),
    wA: random.normal([C, cA], 0.5),
    wB: random.normal([C, cB], 0.5),
    wOut: random.normal([cA * cB, Cz], 0.5),
  };
  if (!biases) return params;
  return {
    ...params,
    bA: random.normal([cA], 0.5),
    bB: random.normal([cB], 0.5),
    bOut: random.normal([Cz]),
  };
}

const exercise: Exercise = {
  cases: (random) => {
    const mask = tensorData([1, 3, 3], [1, 1, 0, 0, 1, 1, 1, 1, 1]);
    const drawMask = () =>
      tensorData(
        [1, 3, 3],
        Array.from({ length: 9 }, () => random.int(0, 1)),
      );
    return [
      {
        group: "values",
        title: "three sequences",
        args: [random.normal([1, 3, 3, 4]), drawParams(random, 4, 2, 2, 5)],
      },
      {
        group: "values",
        title: "wA and wB have different widths",
        args: [random.normal([1, 3, 3, 4]), drawParams(random, 4, 2, 3, 4)],
      },
      {
        group: "values",
        title: "two alignments, with biases",
        args: [random.normal([2, 2, 3, 4]), drawParams(random, 4, 2, 2, 3, true)],
      },
      {
        group: "values",
        title: "gaps are masked, with biases",
        args: [random.normal([1, 3, 3, 4]), drawParams(random, 4, 2, 2, 3, true), { mask }],
      },
      {
        group: "values",
        title: "eps is 0.5",
        args: [random.normal([1, 2, 3, 4]), drawParams(random, 4, 2, 2, 3, true), { eps: 0.5 }],
      },
      {
        group: "shapes",
        title: "there is one residue, one channel",
        args: [random.normal([2, 3, 1, 4]), drawParams(random, 4, 1, 1, 2)],
      },
      {
        group: "shapes",
        title: "as many sequences as residues",
        args: [random.normal([1, 3, 3, 4]), drawParams(random, 4, 3, 3, 3)],
      },
      {
        group: "gradient",
        title: "alignment and weights are differentiated",
        args: [random.normal([1, 3, 3, 4]), drawParams(random, 4, 2, 2, 3, true), { mask }],
        wrt: ["0", "1.wA", "1.wB", "1.wOut", "1.bA", "1.bOut"],
      },
      {
        group: "errors",
        title: "wOut has too few rows",
        args: [
          random.normal([1, 3, 3, 4]),
          { ...drawParams(random, 4, 2, 2, 3), wOut: random.normal([2, 3]) },
        ],
        throws: "wOut",
      },
      {
        group: "property",
        title: "gaps are drawn",
        args: [
          random.normal([1, 3, 3, 4]),
          drawParams(random, 4, 2, 2, 3, true),
          { mask: drawMask() },
        ],
      },
    ];
  },
  mutants: [
    {
      edits: [[".transpose([0, 1, 3, 2, 4])", ""]],
      message:
        "The axes aren't sorted before the reshape: " +
        "[B, N, cA, N, cB] must become [B, N, N, cA, cB], or the features of pairs are mixed.",
    },
    {
      edits: [
        [
          "a.reshape([B, R, N * cA]).matMul(b.reshape([B, R, N * cB]), true)",
          "b.reshape([B, R, N * cB]).matMul(a.reshape([B, R, N * cA]), true)",
        ],
      ],
      message:
        "a and b are swapped: " +
        "residue i comes from a, residue j from b, and wOut's row is p·cB + q.",
    },
    {
      edits: [["linear(sum, wOut).div(count.add(eps))", "linear(sum, wOut)"]],
      message:
        "This is a sum. " +
        "Divide by eps plus the number of sequences in which both residues are present.",
    },
    {
      edits: [["present.matMul(present, true).expandDims(-1)", "tf.fill([B, N, N, 1], R)"]],
      message:
        "You divide by all sequences. " +
        "For each pair, count those in which both residues are present.",
    },
    {
      edits: [
        [
          "const z = linear(sum, wOut).div(count.add(eps));",
          "const z = linear(sum, wOut, bOut).div(count.add(eps));",
        ],
        ["return bOut ? z.add(bOut) : z;", "return z;"],
      ],
      message: "The bias bOut is divided too. Add it after the division.",
    },
    {
      edits: [["linear(n, wA, bA).mul(m)", "linear(n.mul(m), wA, bA)"]],
      message: "You mask before the projection, so a gap still adds its bias bA. Mask after it.",
    },
    {
      edits: [["layerNorm(msa, norm.gamma, norm.beta)", "msa"]],
      message: "The alignment isn't normalized before the projections.",
    },
    {
      edits: [["div(count.add(eps))", "div(mask ? count.add(eps) : count)"]],
      message: "eps is missing without a mask. Always add it to the number of sequences.",
    },
    {
      edits: [[".transpose([0, 1, 3, 2, 4])", ".transpose([0, 1, 3, 4, 2])"]],
      message:
        "The channels are flattened in the wrong order: " +
        "wOut's row is p·cB + q, so those of b run fastest.",
    },
    {
      edits: [["count.add(eps)", "count.maximum(eps)"]],
      message: "eps is a lower limit here. It is added to the number of sequences, always.",
    },
    {
      edits: [["div(count.add(eps))", "div(count)"]],
      message: "eps is missing: add it to the number of sequences.",
    },
    {
      edits: [["linear(n, wB, bB).mul(m)", "linear(n, wB, bB)"]],
      message: "Only a is masked. The mask multiplies a and b, each after its bias.",
    },
    {
      edits: [['mask ? mask.cast("float32") : tf.ones([B, R, N])', "tf.ones([B, R, N])"]],
      message: "The mask isn't used. It multiplies a and b, and counts in the denominator.",
    },
    {
      edits: [
        [
          "a.reshape([B, R, N * cA]).matMul(b.reshape([B, R, N * cB]), true)",
          "a.mean(1, true).reshape([B, 1, N * cA]).matMul(b.mean(1, true).reshape([B, 1, N * cB]), true).mul(R)",
        ],
      ],
      message:
        "This is the product of two means, so what changes together is lost. Take each sequence's outer product first, then the mean over the sequences.",
    },
    {
      edits: [[".transpose([0, 1, 3, 2, 4])", ".transpose([0, 3, 1, 2, 4])"]],
      message: "i and j are swapped: z_ij pairs a of residue i with b of residue j.",
    },
    {
      edits: [
        ["linear(n, wA, bA).mul(m)", "linear(n.mul(m), wA, bA)"],
        ["linear(n, wB, bB).mul(m)", "linear(n.mul(m), wB, bB)"],
      ],
      message:
        "You mask before the projections, so a masked residue still adds its biases. The mask " +
        "multiplies a and b, each after its bias.",
    },
  ],
};
export default exercise;
