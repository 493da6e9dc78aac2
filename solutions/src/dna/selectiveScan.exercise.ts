/** selectiveScan: its cases and its typical mistakes. */
import { within, type Exercise } from "grader";

/** The cases that measure: tokens, channels and states; CHUNK is the solution's. */
const LONG = 4096;
const [C, N] = [2, 4];
const CHUNK = 1024;

const exercise: Exercise = {
  cases: (random) => {
    const inputs = (B: number, T: number, C: number, n: number) => [
      random.normal([B, T, C]),
      random.uniform([B, T, C], 0.05, 1),
      random.uniform([C, n], -3, -0.2),
      random.normal([B, T, n]),
      random.normal([B, T, n]),
      random.normal([C]),
    ];
    return [
      { group: "values", title: "there are six tokens", args: inputs(2, 6, 3, 2) },
      {
        group: "values",
        title: "there are some tens of tokens",
        args: inputs(1, random.int(30, 40), 2, 3),
      },
      { group: "values", title: "there are 1,100 tokens", args: inputs(1, 1100, 1, 1) },
      { group: "shapes", title: "there is one token", args: inputs(2, 1, 3, 2) },
      { group: "shapes", title: "there is one channel with one state", args: inputs(1, 5, 1, 1) },
      {
        group: "gradient",
        title: "everything is differentiated",
        args: inputs(1, 6, 2, 2),
        wrt: ["0", "1", "2", "3", "4", "5"],
      },
      {
        group: "errors",
        title: "b has a different number of states",
        args: inputs(1, 4, 3, 2).with(3, random.normal([1, 4, 3])),
        throws: "b",
      },
      {
        group: "cost",
        title: "the largest tensor, for 4,096 tokens",
        args: inputs(1, LONG, C, N),
        cost: within({ largest: 2 * CHUNK * C * N }),
      },
      {
        group: "cost",
        title: "what is in memory at the same time, for 8,192 tokens",
        args: inputs(1, 2 * LONG, C, N),
        // twice what one chunk of the solution needs, half of what all chunks do
        cost: within({ held: 64 * CHUNK * C * N }),
      },
      {
        group: "cost",
        title: "how many operations 4,096 tokens take",
        args: inputs(1, LONG, C, N),
        cost: within({ operations: LONG }),
      },
      {
        group: "property",
        title: "steps are large",
        args: inputs(1, 6, 2, 2).with(1, random.uniform([1, 6, 2], 4, 9)),
      },
    ];
  },
  mutants: [
    {
      edits: [["keep = step.mul(a).exp()", "keep = a.exp().add(step.mul(0))"]],
      message: "What is kept doesn't depend on the step: Ā = exp(Δ·A), not exp(A).",
    },
    {
      edits: [
        ["const write = step.mul(cut(u).expandDims(3))", "const write = cut(u).expandDims(3)"],
      ],
      message: "What is written doesn't depend on the step: B̄ = Δ·B.",
    },
    {
      edits: [[".add(u.mul(skip))", ""]],
      message: "The skip is missing: each token also adds skip ∘ u.",
    },
    {
      edits: [["states.mul(cut(c).expandDims(2)).sum(3)", "states.sum(3)"]],
      message: "The state is read without C: y is the sum of C ∘ h over the n states.",
    },
    {
      edits: [["at(write, 0, 1).add(at(keep, 0, 1).mul(state))", "at(write, 0, 1)"]],
      message:
        "Each chunk starts with an empty state. " +
        "Its first token continues from the last state of the chunk before: b₀ + a₀·h.",
    },
    {
      edits: [["at(write, 0, 1).add(at(keep, 0, 1).mul(state))", "at(write, 0, 1).add(state)"]],
      message:
        "The state enters the next chunk without fading. " +
        "The first token multiplies it by its own Ā.",
    },
    {
      edits: [["const CHUNK = 1024;", "const CHUNK = 1e9;"]],
      breaks: "the largest tensor, for 4,096 tokens",
      message:
        "You make a tensor of more states than a chunk has. " +
        "Make those of one chunk, and pass its last state on.",
    },
    {
      edits: [
        [
          "const { output, next } = tf.tidy(() => scanChunk(start, size, state));",
          "const { output, next } = scanChunk(start, size, state);",
        ],
      ],
      breaks: "what is in memory at the same time, for 8,192 tokens",
      message:
        "What one chunk makes is still in memory in later chunks. " +
        "Put each chunk into a tf.tidy that returns its output and its last state.",
    },
    {
      edits: [
        [
          "const states = associativeScan(keep, tf.concat([first, at(write, 1, size - 1)], 1));",
          `let h: tf.Tensor = first;
           const all = [h];
           for (let t = 1; t < size; t++) {
             h = at(keep, t, 1).mul(h).add(at(write, t, 1));
             all.push(h);
           }
           const states = tf.concat(all, 1);`,
        ],
      ],
      breaks: "how many operations 4,096 tokens take",
      message:
        "The number of operations grows with the tokens, " +
        "as it does when they are taken one after another. Scan each chunk with associativeScan.",
    },
    {
      edits: [
        [
          "const write = step.mul(cut(u).expandDims(3))",
          "const write = keep.sub(1).div(a).mul(cut(u).expandDims(3))",
        ],
      ],
      message:
        "B is integrated exactly, as in the paper's equation 4. " +
        "Here, as in the authors' code, B̄ is Δ·B.",
    },
    {
      edits: [["step.mul(a).exp()", "step.mul(a)"]],
      message: "The exponential is missing: the old state is multiplied by exp(Δ·a).",
    },
    {
      edits: [["step.mul(a).exp()", "step.mul(a).neg().exp()"]],
      message:
        "The sign in the exponential is wrong, so the states grow: exp(Δ·a), and a is below 0 " +
        "already.",
    },
    {
      edits: [
        [".mul(cut(b).expandDims(2))", ".mul(cut(c).expandDims(2))"],
        ["states.mul(cut(c).expandDims(2))", "states.mul(cut(b).expandDims(2))"],
      ],
      message: "b and c are swapped: b writes each token into the state, c reads it.",
    },
    {
      edits: [
        [
          "const output = states.mul(cut(c)",
          "const output = tf.concat([state, at(states, 0, size - 1)], 1).mul(cut(c)",
        ],
      ],
      message:
        "The output is read from the state before the token. Write first, then read: y_t = " +
        "c_t·h_t.",
    },
    {
      edits: [["step.mul(cut(u).expandDims(3)).mul(cut(b)", "step.mul(cut(b)"]],
      message: "u isn't written into the state: what is written is Δ·b·u.",
    },
    {
      edits: [[".add(u.mul(skip))", ".add(skip)"]],
      message: "skip is added as it is. Each token adds skip ∘ u.",
    },
    {
      edits: [["step.mul(a).exp()", "step.mul(a).add(1)"]],
      message: "The old state is multiplied by 1 + Δ·a, which is only the beginning of exp(Δ·a).",
    },
  ],
  tolerance: { atol: 3e-5, reason: "the scan adds in another order" },
};
export default exercise;
