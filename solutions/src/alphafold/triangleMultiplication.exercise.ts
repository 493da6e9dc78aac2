/** triangleMultiplication: its cases and its typical mistakes. */
import { tensorData, type Exercise } from "grader";
import { drawPairParams } from "./pairCases";

const exercise: Exercise = {
  cases: (random) => {
    const mask = tensorData([1, 3, 3], [1, 0, 1, 1, 1, 0, 0, 1, 1]);
    const drawMask = () =>
      tensorData(
        [1, 3, 3],
        Array.from({ length: 9 }, () => random.int(0, 1)),
      );
    return [
      {
        group: "values",
        title: "outgoing edges",
        args: [
          random.normal([1, 4, 4, 4]),
          drawPairParams(random, 4, 3),
          { direction: "outgoing" },
        ],
      },
      {
        group: "values",
        title: "incoming edges",
        args: [
          random.normal([1, 4, 4, 4]),
          drawPairParams(random, 4, 3),
          { direction: "incoming" },
        ],
      },
      {
        group: "values",
        title: "outgoing edges, with biases",
        args: [
          random.normal([2, 3, 3, 4]),
          drawPairParams(random, 4, 5, { biases: true }),
          { direction: "outgoing" },
        ],
      },
      {
        group: "values",
        title: "some pairs are masked",
        args: [
          random.normal([1, 3, 3, 4]),
          drawPairParams(random, 4, 3, { biases: true }),
          { direction: "incoming", mask },
        ],
      },
      {
        group: "shapes",
        title: "the hidden width is one",
        args: [
          random.normal([1, 3, 3, 4]),
          drawPairParams(random, 4, 1),
          { direction: "outgoing" },
        ],
      },
      {
        group: "shapes",
        title: "there is one residue, and the mask is int32",
        args: [
          random.normal([2, 1, 1, 4]),
          drawPairParams(random, 4, 3),
          { direction: "incoming", mask: tensorData([2, 1, 1], [1, 0], "int32") },
        ],
      },
      {
        group: "gradient",
        title: "outgoing: z and weights are differentiated",
        args: [
          random.normal([1, 3, 3, 4]),
          drawPairParams(random, 4, 3),
          { direction: "outgoing" },
        ],
        wrt: ["0", "1.wA", "1.gB", "1.wOut", "1.gOut", "1.normIn.gamma"],
      },
      {
        group: "gradient",
        title: "incoming: z and biases are differentiated",
        args: [
          random.normal([1, 3, 3, 4]),
          drawPairParams(random, 4, 3, { biases: true }),
          { direction: "incoming", mask },
        ],
        wrt: ["0", "1.bias.wA", "1.bias.gOut"],
      },
      {
        group: "errors",
        title: "z isn't square",
        args: [
          random.normal([1, 3, 4, 4]),
          drawPairParams(random, 4, 3),
          { direction: "outgoing" },
        ],
        throws: "z",
      },
      {
        group: "property",
        title: "masked pairs are drawn",
        args: [
          random.normal([1, 3, 3, 4]),
          drawPairParams(random, 4, 3, { biases: true }),
          { direction: "outgoing", mask: drawMask() },
        ],
      },
    ];
  },
  mutants: [
    {
      edits: [["a.matMul(b, false, true)", "a.matMul(b)"]],
      message:
        "Outgoing sums a_ik·b_kj. " +
        "Both edges go to the third residue k: a_ik·b_jk, so b is transposed.",
    },
    {
      edits: [['direction === "outgoing" ? a.matMul', 'direction === "incoming" ? a.matMul']],
      message:
        "Outgoing and incoming are swapped. " +
        "Outgoing edges of i and j end at the same k: a_ik and b_jk.",
    },
    {
      edits: [["a.matMul(b, true, false)", "b.matMul(a, true, false)"]],
      message: "Incoming has a and b swapped: x_ij is Σ_k a_ki·b_kj, so a belongs to i.",
    },
    {
      edits: [["gate.mul(linear(n, w, bw))", "linear(n, w, bw)"]],
      message:
        "The gates of a and b are missing: " +
        "multiply each projection by the sigmoid of another one.",
    },
    {
      edits: [["layerNorm(byPair, normOut.gamma, normOut.beta)", "byPair"]],
      message:
        "The sum over the third residue isn't normalized. " +
        "It grows with the length of the chain: apply normOut to it.",
    },
    {
      edits: [
        ["linear(n, gOut, bias?.gOut).sigmoid()", "linear(third, wOut, bias?.wOut).sigmoid()"],
      ],
      message: "The last gate is made from the sum. Make it from the normalized input: σ(n·gOut).",
    },
    {
      edits: [['mask ? gated.mul(mask.cast("float32").expandDims(-1)) : gated', "gated"]],
      message: "The mask isn't used: it multiplies a and b, including their gates and biases.",
    },
    {
      edits: [["linear(n, gOut, bias?.gOut).sigmoid()", "linear(z, gOut, bias?.gOut).sigmoid()"]],
      message:
        "The last gate reads z as it is. " +
        "Like all other maps, it reads the normalized pairs: σ(n·gOut).",
    },
    {
      edits: [
        [
          "return gate.mul(linear(third, wOut, bias?.wOut));",
          "return z.add(gate.mul(linear(third, wOut, bias?.wOut)));",
        ],
      ],
      message: "The residual is added outside: return only the update.",
    },
    {
      edits: [
        [
          "const n = layerNorm(z, normIn.gamma, normIn.beta);",
          `const normed = layerNorm(z, normIn.gamma, normIn.beta);
           const n = mask ? normed.mul(mask.cast("float32").expandDims(-1)) : normed;`,
        ],
        ['mask ? gated.mul(mask.cast("float32").expandDims(-1)) : gated', "gated"],
      ],
      message:
        "You mask before the projections, so a masked pair still adds its biases. " +
        "The mask multiplies a and b.",
    },
    {
      edits: [["linear(n, gOut, bias?.gOut).sigmoid()", "linear(n, gOut, bias?.gOut)"]],
      message: "The last gate has no sigmoid: σ(n·gOut).",
    },
    {
      edits: [["linear(n, g, bg).sigmoid()", "linear(n, g, bg)"]],
      message: "The gates of a and b have no sigmoid: σ(n·g) ∘ n·w.",
    },
    {
      edits: [["layerNorm(z, normIn.gamma, normIn.beta)", "z"]],
      message: "The pairs aren't normalized at the start: all maps read normIn(z).",
    },
    {
      edits: [["linear(n, w, bw)", "linear(n, w)"]],
      message:
        "The biases of wA and wB are missing. Where params.bias is given, each map adds its own.",
    },
    {
      edits: [["a.matMul(b, true, false)", "a.matMul(b, false, false)"]],
      message:
        "Incoming sums a_ik·b_kj. Both edges come from the third residue k: a_ki·b_kj, so a is " +
        "transposed.",
    },
    {
      edits: [["a.matMul(b, true, false)", "a.matMul(b, false, true)"]],
      message: "direction is ignored: both are computed as outgoing. Incoming sums a_ki·b_kj.",
    },
    {
      edits: [["a.matMul(b, false, true)", "a.matMul(b, true, false)"]],
      message: "direction is ignored: both are computed as incoming. Outgoing sums a_ik·b_jk.",
    },
    {
      edits: [
        [
          "return gate.mul(linear(third, wOut, bias?.wOut));",
          "return linear(third, wOut, bias?.wOut);",
        ],
      ],
      message: "The last gate is missing: σ(n·gOut) multiplies the result.",
    },
    {
      edits: [["const kept = mask ?", "const kept = mask && w === wA ?"]],
      message: "Only a is masked. The mask multiplies a and b.",
    },
    {
      edits: [["const kept = mask ?", "const kept = mask && w === wB ?"]],
      message: "Only b is masked. The mask multiplies a and b.",
    },
    {
      edits: [
        ["const gate = linear(n, g, bg).sigmoid();", "const gate = linear(n, w, bw).sigmoid();"],
        ["gate.mul(linear(n, w, bw))", "gate.mul(linear(n, g, bg))"],
      ],
      message:
        "Gates and projections are swapped: gA and gB go through the sigmoid, wA and wB don't.",
    },
    {
      edits: [["x.transpose([0, 2, 3, 1])", "x.transpose([0, 2, 3, 1]).div(N)"]],
      message: "The sum over the third residue is divided by N. Leave it a sum.",
    },
  ],
};
export default exercise;
