/** mambaBlock: its cases and its typical mistakes. */
import type { Exercise } from "grader";
import { drawMamba, WEIGHTS } from "./drawMamba";

const exercise: Exercise = {
  cases: (random) => [
    {
      group: "values",
      title: "there are six tokens",
      args: [random.normal([2, 6, 3]), drawMamba(random, 3, 6, 2, 2)],
    },
    {
      group: "values",
      title: "there are some tens of tokens",
      args: [random.normal([1, random.int(20, 30), 2]), drawMamba(random, 2, 4, 3, 1)],
    },
    {
      group: "shapes",
      title: "there is one token",
      args: [random.normal([2, 1, 3]), drawMamba(random, 3, 4, 2, 1)],
    },
    {
      group: "shapes",
      title: "the inner width equals the width, and the convolution has two columns",
      args: [random.normal([1, 5, 3]), drawMamba(random, 3, 3, 1, 1, 2)],
    },
    {
      group: "gradient",
      title: "input and all weights are differentiated",
      args: [random.normal([1, 5, 2]), drawMamba(random, 2, 4, 2, 1)],
      wrt: ["0", ...WEIGHTS.map((name) => `1.${name}`)],
    },
    {
      group: "errors",
      title: "wX doesn't fit",
      args: [
        random.normal([1, 4, 2]),
        { ...drawMamba(random, 2, 4, 2, 1), wX: random.normal([4, 6]) },
      ],
      throws: "wX",
    },
  ],
  mutants: [
    {
      edits: [
        [
          "linear(part(chosen, 0, r), wDelta, bDelta).softplus()",
          "linear(part(chosen, 0, r), wDelta, bDelta).exp()",
        ],
      ],
      message: "Δ goes through the exponential. It should go through softplus, log(1 + eˣ).",
    },
    {
      edits: [["aLog.exp().neg()", "aLog.neg()"]],
      message: "A is −aLog. It should be −exp(aLog), which stays below zero whatever is learned.",
    },
    {
      edits: [
        [
          "silu(causalConvolution(part(both, 0, E), conv, convBias))",
          "causalConvolution(part(both, 0, E), conv, convBias)",
        ],
      ],
      message: "The SiLU after the convolution is missing.",
    },
    {
      edits: [["y.mul(silu(part(both, E, E)))", "y.mul(part(both, E, E))"]],
      message: "The SiLU of the gate is missing.",
    },
    {
      edits: [
        [
          "part(chosen, r, n), part(chosen, r + n, n)",
          "part(chosen, r + n, n), part(chosen, r, n)",
        ],
      ],
      message: "b and c are swapped: the columns of wX give δ, b, c.",
    },
    {
      edits: [
        [
          "causalConvolution(part(both, 0, E), conv, convBias)",
          "causalConvolution(part(both, E, E), conv, convBias)",
        ],
        ["silu(part(both, E, E))", "silu(part(both, 0, E))"],
      ],
      message: "The two halves of wIn are swapped: the scan's half comes first, then the gate.",
    },
    {
      edits: [
        [
          "linear(part(chosen, 0, r), wDelta, bDelta).softplus()",
          "linear(part(chosen, 0, r), wDelta).softplus().add(bDelta)",
        ],
      ],
      message: "bDelta is added after softplus, where it can make a step negative. Add it inside.",
    },
    {
      edits: [
        [
          "const u = silu(causalConvolution(part(both, 0, E), conv, convBias));",
          "const u = causalConvolution(silu(part(both, 0, E)), conv, convBias);",
        ],
      ],
      message: "SiLU comes before the convolution. It belongs after it.",
    },
    {
      edits: [["part(both, 0, E), conv, convBias)", "part(both, 0, E), conv)"]],
      message: "The bias of the short convolution is missing.",
    },
    {
      edits: [["y.mul(silu(part(both, E, E)))", "y.mul(part(both, E, E).sigmoid())"]],
      message: "The gate goes through a sigmoid. It goes through SiLU, g·σ(g).",
    },
    {
      edits: [["y.mul(silu(part(both, E, E)))", "y"]],
      message: "The gate is missing: multiply by silu(gate).",
    },
    {
      edits: [["aLog.exp().neg()", "aLog.exp()"]],
      message: "a is exp(aLog), above zero, so the states grow. It is −exp(aLog).",
    },
    {
      edits: [["wDelta, bDelta).softplus()", "wDelta).softplus()"]],
      message: "bDelta is missing: Δ = softplus(δ·wDelta + bDelta).",
    },
    {
      edits: [["wDelta, bDelta).softplus()", "wDelta, bDelta)"]],
      message: "Δ is used as it comes out of wDelta, so it can be negative. Softplus is missing.",
    },
    {
      edits: [
        [
          "return linear(y.mul(silu(part(both, E, E))), wOut);",
          "return x.add(linear(y.mul(silu(part(both, E, E))), wOut));",
        ],
      ],
      message: "x is added to the result. There is no residual inside.",
    },
    {
      edits: [["const chosen = linear(u, wX);", "const chosen = linear(part(both, 0, E), wX);"]],
      message: "δ, b and c come from v. They come from u, after the convolution and SiLU.",
    },
    {
      edits: [["aLog.exp().neg(), b, c, skip)", "aLog.exp().neg(), b, c, tf.zerosLike(skip))"]],
      message: "The skip of the scan is missing.",
    },
    {
      edits: [["y.mul(silu(part(both, E, E)))", "y.mul(part(both, E, E).relu())"]],
      message: "The gate goes through a ReLU. It goes through SiLU, g·σ(g).",
    },
  ],
  tolerance: { atol: 3e-5, reason: "the scan adds in another order" },
};
export default exercise;
