/** mambaStep: its cases and its typical mistakes. */
import { tensorData, type Exercise, type Random } from "grader";
import { drawMamba, WEIGHTS } from "./drawMamba";

const held = (random: Random, B: number, E: number, n: number, width = 4) => ({
  past: random.normal([B, width - 1, E]),
  h: random.normal([B, E, n]),
});

const zeros = (...shape: number[]) =>
  tensorData(shape, Array(shape.reduce((size, length) => size * length, 1)).fill(0));

const exercise: Exercise = {
  cases: (random) => [
    {
      group: "values",
      title: "a token follows others",
      args: [random.normal([2, 3]), drawMamba(random, 3, 6, 2, 2), held(random, 2, 6, 2)],
    },
    {
      group: "values",
      title: "there are many channels and states",
      args: [random.normal([1, 4]), drawMamba(random, 4, 8, 5, 1), held(random, 1, 8, 5)],
    },
    {
      group: "property",
      title: "the first token, whose state is zero",
      args: [
        random.normal([1, 3]),
        drawMamba(random, 3, 4, 2, 1),
        { past: zeros(1, 3, 4), h: zeros(1, 4, 2) },
      ],
    },
    {
      group: "shapes",
      title: "there is one state, and the convolution has two columns",
      args: [random.normal([3, 2]), drawMamba(random, 2, 3, 1, 1, 2), held(random, 3, 3, 1, 2)],
    },
    {
      group: "gradient",
      title: "the token, all weights and the state are differentiated",
      args: [random.normal([1, 2]), drawMamba(random, 2, 4, 2, 1), held(random, 1, 4, 2)],
      wrt: ["0", ...WEIGHTS.map((name) => `1.${name}`), "2.past", "2.h"],
    },
    {
      group: "errors",
      title: "the state's h is one of another width",
      args: [random.normal([1, 2]), drawMamba(random, 2, 4, 2, 1), held(random, 1, 5, 2)],
      throws: "state",
    },
    {
      group: "shapes",
      title: "the convolution has one column, so there is no past",
      args: [random.normal([2, 2]), drawMamba(random, 2, 3, 2, 1, 1), held(random, 2, 3, 2, 1)],
    },
  ],
  mutants: [
    {
      edits: [["h.mul(c).sum(2)", "state.h.mul(c).sum(2)"]],
      message:
        "The output is read from the state before this token. " +
        "The scan writes first: read h′, which has this token in it.",
    },
    {
      edits: [["state.h.mul(keep).add(", "state.h.add("]],
      message: "The state doesn't fade. Multiply the old one by exp(Δ·a).",
    },
    {
      edits: [["state.h.mul(keep).add(", "state.h.mul(0).add("]],
      message: "You replace the state. What it held fades by exp(Δ·a), then the token is added.",
    },
    {
      edits: [["step.mul(aLog.exp().neg()).exp()", "aLog.exp().neg().exp().add(step.mul(0))"]],
      message: "What is kept doesn't depend on the step: exp(Δ·a), not exp(a).",
    },
    {
      edits: [["step.mul(b).mul(u.expandDims(2))", "b.mul(u.expandDims(2)).add(step.mul(0))"]],
      message: "What is written doesn't depend on the step: it is Δ·b·u.",
    },
    {
      edits: [["step.mul(b).mul(", "keep.sub(1).div(aLog.exp().neg()).mul(b).mul("]],
      message:
        "b is integrated exactly, as in the paper's equation 4. " +
        "Here, as in selectiveScan, what is written is Δ·b·u.",
    },
    {
      edits: [["aLog.exp().neg()", "aLog.neg()"]],
      message: "a is −aLog. It should be −exp(aLog), which stays below zero whatever is learned.",
    },
    {
      edits: [["wDelta, bDelta).softplus()", "wDelta, bDelta).exp()"]],
      message: "Δ goes through the exponential. It should go through softplus, log(1 + eˣ).",
    },
    {
      edits: [["wDelta, bDelta).softplus()", "wDelta, bDelta)"]],
      message: "Δ is used as it comes out of wDelta, so it can be negative. Softplus is missing.",
    },
    {
      edits: [["wDelta, bDelta).softplus()", "wDelta).softplus().add(bDelta)"]],
      message: "bDelta is added after softplus, where it can make a step negative. Add it inside.",
    },
    {
      edits: [
        ["const window = tf.concat([state.past, ", "const window = tf.concat([state.past.mul(0), "],
      ],
      message:
        "The short convolution sees this token alone. " +
        "Its window is state.past, then this token's v.",
    },
    {
      edits: [
        [
          "const window = tf.concat([state.past, v.expandDims(1)], 1)",
          "const window = tf.concat([v.expandDims(1), state.past], 1)",
        ],
        ["window.slice([0, 1, 0]", "window.slice([0, 0, 0]"],
      ],
      message:
        "The window begins with this token. Its oldest row comes first: " +
        "the last column of conv meets the current token.",
    },
    {
      edits: [
        [
          "const past = window.slice([0, 1, 0], [B, width - 1, E]);",
          "const past = tf.concat([state.past, u.expandDims(1)], 1).slice([0, 1, 0], [B, width - 1, E]);",
        ],
      ],
      message: "past keeps u. The next window needs v, from before the convolution and SiLU.",
    },
    {
      edits: [
        [
          "const past = window.slice([0, 1, 0], [B, width - 1, E]);",
          "const past = state.past.clone();",
        ],
      ],
      message:
        "past comes back unchanged. Leave out its oldest row, and put this token's v at its end.",
    },
    {
      edits: [
        [
          "return { output: linear(y.mul(silu(gate)), wOut), state: { past, h } };",
          "return { output: linear(y.mul(silu(gate)), wOut), state: { past, h: state.h.clone() } };",
        ],
      ],
      message: "The old h comes back. Return h′, so that the next token continues from it.",
    },
    {
      edits: [[".add(u.mul(skip))", ""]],
      message: "The skip is missing: y is c·h′ + skip ∘ u.",
    },
    {
      edits: [["y.mul(silu(gate))", "y.mul(gate)"]],
      message: "The SiLU of the gate is missing.",
    },
    {
      edits: [
        [
          "silu(window.mul(conv.transpose()).sum(1).add(convBias))",
          "window.mul(conv.transpose()).sum(1).add(convBias)",
        ],
      ],
      message: "The SiLU after the convolution is missing.",
    },
    {
      edits: [[".sum(1).add(convBias)", ".sum(1)"]],
      message: "The bias of the short convolution is missing.",
    },
    {
      edits: [["const [v, gate] =", "const [gate, v] ="]],
      message: "The two halves of wIn are swapped: v comes first, then the gate.",
    },
    {
      edits: [
        ["const b = chosen.slice([0, r], [B, n])", "const b = chosen.slice([0, r + n], [B, n])"],
        ["const c = chosen.slice([0, r + n], [B, n])", "const c = chosen.slice([0, r], [B, n])"],
      ],
      message: "b and c are swapped: the columns of wX give δ, b, c.",
    },
    {
      edits: [["y.mul(silu(gate))", "y.mul(gate.sigmoid())"]],
      message: "The gate goes through a sigmoid. It goes through SiLU, g·σ(g).",
    },
    {
      edits: [["y.mul(silu(gate))", "y.add(gate.mul(0))"]],
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
      edits: [["window.mul(conv.transpose())", "window.mul(conv.reverse(1).transpose())"]],
      message: "The window is weighted backwards: conv's last column meets the current token.",
    },
    {
      edits: [["u.mul(skip)", "v.mul(skip)"]],
      message: "The skip carries v. It should carry u, from after the convolution and SiLU.",
    },
    {
      edits: [["step.mul(aLog.exp().neg()).exp()", "step.mul(aLog.exp().neg())"]],
      message: "The exponential is missing: the old state is multiplied by exp(Δ·a).",
    },
    {
      edits: [["const chosen = linear(u, wX);", "const chosen = linear(v, wX);"]],
      message: "δ, b and c come from v. They come from u, after the convolution and SiLU.",
    },
  ],
};
export default exercise;
