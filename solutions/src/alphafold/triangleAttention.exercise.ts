/** triangleAttention: its cases and its typical mistakes. */
import { tensorData, type Exercise } from "grader";
import { drawAttentionParams } from "./pairCases";

const exercise: Exercise = {
  cases: (random) => {
    const params = (biases = false) =>
      drawAttentionParams(random, 4, { heads: 2, pair: 4, biases });
    const mask = tensorData([1, 3, 3], [1, 0, 1, 1, 1, 0, 0, 1, 1]);
    const drawMask = () =>
      tensorData(
        [1, 3, 3],
        Array.from({ length: 9 }, () => random.int(0, 1)),
      );
    return [
      {
        group: "values",
        title: "the starting node",
        args: [random.normal([1, 4, 4, 4]), params(), { heads: 2, node: "starting" }],
      },
      {
        group: "values",
        title: "the ending node",
        args: [random.normal([1, 4, 4, 4]), params(), { heads: 2, node: "ending" }],
      },
      {
        group: "values",
        title: "two chains, with biases",
        args: [random.normal([2, 3, 3, 4]), params(true), { heads: 2, node: "ending" }],
      },
      {
        group: "values",
        title: "the starting node, some edges masked",
        args: [random.normal([1, 3, 3, 4]), params(), { heads: 2, node: "starting", mask }],
      },
      {
        group: "values",
        title: "the ending node, some edges masked",
        args: [random.normal([1, 3, 3, 4]), params(true), { heads: 2, node: "ending", mask }],
      },
      {
        group: "shapes",
        title: "there is one residue",
        args: [random.normal([2, 1, 1, 4]), params(), { heads: 2, node: "starting" }],
      },
      {
        group: "shapes",
        title: "there is one head",
        args: [
          random.normal([1, 3, 3, 5]),
          drawAttentionParams(random, 5, { heads: 1, pair: 5 }),
          { heads: 1, node: "ending" },
        ],
      },
      {
        group: "gradient",
        title: "the starting node: z and weights are differentiated",
        args: [random.normal([1, 3, 3, 4]), params(), { heads: 2, node: "starting" }],
        wrt: ["0", "1.wq", "1.wBias", "1.wGate", "1.norm.gamma"],
      },
      {
        group: "gradient",
        title: "the ending node: z and weights are differentiated",
        args: [random.normal([1, 3, 3, 4]), params(true), { heads: 2, node: "ending" }],
        wrt: ["0", "1.wk", "1.wBias", "1.wo", "1.bo"],
      },
      {
        group: "errors",
        title: "there is no wBias",
        args: [
          random.normal([1, 3, 3, 4]),
          drawAttentionParams(random, 4, { heads: 2 }),
          { heads: 2, node: "starting" },
        ],
        throws: "wBias",
      },
      {
        group: "property",
        title: "the edges that may be read are drawn",
        args: [
          random.normal([1, 3, 3, 4]),
          params(true),
          { heads: 2, node: "starting", mask: drawMask() },
        ],
      },
    ];
  },
  mutants: [
    {
      edits: [['if (node === "starting") return x;', 'if (node === "ending") return x;']],
      message:
        "The two nodes are swapped. " +
        "Around the starting node, the edges of one row read each other.",
    },
    {
      edits: [
        [
          "return turned(gatedAttention(n, params, { heads, bias, mask: mask && turned(mask) }));",
          "return gatedAttention(n, params, { heads, bias, mask: mask && turned(mask) });",
        ],
      ],
      message:
        "The result is still transposed. " +
        "For the ending node, transpose the pairs, attend, and transpose back.",
    },
    {
      edits: [
        ["linear(n, wBias)", "linear(layerNorm(z, params.norm.gamma, params.norm.beta), wBias)"],
      ],
      message:
        "For the ending node, the bias comes from the original pairs. " +
        "It should be b_ki, the third edge of the transposed pairs.",
    },
    {
      edits: [["linear(n, wBias)", "linear(turned(z), wBias)"]],
      message:
        "The bias is made before the norm. " +
        "Both the attention and its bias read normalized pairs.",
    },
    {
      edits: [
        ["{ heads, bias, mask: mask && turned(mask) }", "{ heads, mask: mask && turned(mask) }"],
      ],
      message: "The third edge has no effect: pass the bias on to the attention.",
    },
    {
      edits: [["mask && turned(mask)", "mask"]],
      message: "For the ending node, transpose the mask together with the pairs.",
    },
    {
      edits: [
        [
          ".transpose([0, 3, 1, 2]); // [B, N, N, H] → [B, H, N, N]",
          ".transpose([0, 3, 2, 1]); // [B, N, N, H] → [B, H, N, N]",
        ],
      ],
      message:
        "The bias is transposed: " +
        "edge ij, which asks, reads edge ik with the third edge jk, so rows are j and columns k.",
    },
    {
      edits: [
        [
          "return turned(gatedAttention(n, params",
          "return turned(gatedAttention(turned(z), params",
        ],
      ],
      message:
        "The attention reads pairs that aren't normalized. It should read n, as the bias does.",
    },
    {
      edits: [["{ heads, bias, mask: mask && turned(mask) }", "{ heads, bias }"]],
      message: "The mask doesn't reach the attention.",
    },
    {
      edits: [
        [
          "return turned(gatedAttention(n, params, { heads, bias, mask: mask && turned(mask) }));",
          "return z.add(turned(gatedAttention(n, params, { heads, bias, mask: mask && turned(mask) })));",
        ],
      ],
      message: "The residual is added outside: return only the update.",
    },
    {
      edits: [
        [
          'if (node === "starting") return x;',
          'if (node === "starting" || node === "ending") return x;',
        ],
      ],
      message:
        "The ending node is treated as the starting one. It reads the edges kj: transpose the " +
        "pairs, attend, transpose back.",
    },
    {
      edits: [["layerNorm(turned(z), params.norm.gamma, params.norm.beta)", "turned(z)"]],
      message: "The pairs aren't normalized before the attention.",
    },
  ],
};
export default exercise;
