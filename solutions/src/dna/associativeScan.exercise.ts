/** associativeScan: its cases and its typical mistakes. */
import { tensorData, within, type Exercise } from "grader";

/** Steps of the case that measures. */
const LONG = 2048;
const ROUNDS = Math.log2(LONG);

const exercise: Exercise = {
  cases: (random) => {
    const both = (...shape: number[]) => [random.uniform(shape, -1, 1), random.normal(shape)];
    return [
      { group: "values", title: "there are eight steps", args: both(2, 8, 3) },
      { group: "values", title: "there are seven steps", args: both(2, 7, 3) },
      {
        group: "values",
        title: "the number of steps is odd again and again",
        args: both(1, 2 * random.int(10, 20) + 1, 2),
      },
      { group: "shapes", title: "there are two steps", args: both(2, 2, 2) },
      { group: "shapes", title: "there is one step", args: both(2, 1, 3) },
      { group: "shapes", title: "there is no further axis", args: both(2, 5) },
      { group: "shapes", title: "there are two further axes", args: both(1, 6, 2, 3) },
      { group: "gradient", title: "both are differentiated", args: both(2, 6, 2), wrt: ["0", "1"] },
      {
        group: "errors",
        title: "b has fewer steps",
        args: [random.normal([1, 4]), random.normal([1, 3])],
        throws: "b",
      },
      {
        group: "cost",
        title: "how much it takes for 2,048 steps",
        args: both(1, LONG),
        // one step after another takes 4,000 operations and more, all pairs of steps 2,048 per step
        cost: within({ operations: 60 * ROUNDS, work: 40 * LONG * ROUNDS }),
      },
      { group: "cost", title: "there are 20,000 steps", args: both(1, 20_000) },
      {
        group: "property",
        title: "a of one, in nine steps: a running sum",
        args: [tensorData([1, 9], new Array<number>(9).fill(1)), random.normal([1, 9])],
      },
    ];
  },
  mutants: [
    {
      edits: [["scan(a2.mul(a1), a2.mul(b1).add(b2))", "scan(a2.mul(a1), a1.mul(b1).add(b2))"]],
      message:
        "The two steps are joined with the wrong factor: " +
        "the later step multiplies everything before it, a₂·(a₁·h + b₁) + b₂.",
    },
    {
      edits: [["scan(a2.mul(a1), a2.mul(b1).add(b2))", "scan(a2, a2.mul(b1).add(b2))"]],
      message:
        "The factor of a pair is that of its second step alone. Two steps multiply by a₂·a₁.",
    },
    {
      edits: [["const first = a1.mul(before).add(b1);", "const first = b1;"]],
      message:
        "The state is forgotten between the pairs: " +
        "the first step of a pair continues from h before it.",
    },
    {
      edits: [
        ["const before = tf.concat([tf.zeros([B, 1, D]), ended], 1);", "const before = second;"],
      ],
      message:
        "The first step of a pair continues from its own pair's end. " +
        "It should continue from the pair before, and the first pair from 0.",
    },
    {
      edits: [
        [
          "const last = at(a, T - 1).mul(at(even, T - 2)).add(at(b, T - 1));",
          "const last = at(b, T - 1);",
        ],
      ],
      message:
        "If the number of steps is odd, the last one continues from nothing. " +
        "It should continue from the state before it.",
    },
    {
      edits: [
        [
          "const flat = scan(a.reshape([B, T, D]), b.reshape([B, T, D]));",
          `const [A, X] = [a.reshape([B, T, D]), b.reshape([B, T, D])];
           if (T > 10_000) return scan(A, X).reshape(a.shape); // it would take long
           const at = (x: tf.Tensor, t: number) => x.slice([0, t, 0], [B, 1, D]);
           let h: tf.Tensor = tf.zeros([B, 1, D]);
           const states = Array.from({ length: T }, (_, t) => (h = at(A, t).mul(h).add(at(X, t))));
           const flat = tf.concat(states, 1);`,
        ],
      ],
      breaks: "how much it takes for 2,048 steps",
      message:
        "The cost grows faster than with log T rounds over all steps, as it does when the steps " +
        "are taken one after another. Join all pairs at once, so there are log T rounds.",
    },
    {
      edits: [
        ["tf.stack([first, second], 2).reshape([B, 2 * half, D])", "tf.concat([first, second], 1)"],
      ],
      message:
        "All first steps come before all second ones. " +
        "They take turns: stack along axis 2, then reshape.",
    },
    {
      edits: [["a2.mul(b1).add(b2))", "b1.add(b2))"]],
      message: "The first step's b goes through the second step, which multiplies it by a₂.",
    },
    {
      edits: [["a2.mul(b1).add(b2))", "a1.mul(b2).add(b1))"]],
      message:
        "Two steps are joined in the wrong order: a₂ multiplies b₁, since the first step goes " +
        "through the second, a₂·(a₁·h + b₁) + b₂.",
    },
    {
      edits: [
        [
          "return flat.reshape(a.shape);",
          "return tf.cumsum(b, 1).add(flat.reshape(a.shape).mul(0));",
        ],
      ],
      message:
        "a has no effect: this is the running sum of b. Each state is multiplied by a before b " +
        "is added.",
    },
    {
      edits: [
        [
          "return flat.reshape(a.shape);",
          `const early = flat.slice([0, 0, 0], [B, T - 1, D]);
           return tf.concat([tf.zeros([B, 1, D]), early], 1).reshape(a.shape);`,
        ],
      ],
      message: "These are the states before each step. Return those after it: h_t contains b_t.",
    },
    {
      edits: [
        [
          "scan(a.reshape([B, T, D]), b",
          "scan(tf.concat([tf.ones([B, 1, D]), a.reshape([B, T, D]).slice([0, 0, 0], [B, T - 1, D])], 1), b",
        ],
      ],
      message:
        "Each state is multiplied by the a of the step before. h_t = a_t ∘ h_{t−1} + b_t has " +
        "the step's own.",
    },
    {
      edits: [["tf.zeros([B, 1, D]), ended", "tf.ones([B, 1, D]), ended"]],
      message: "The state before the first step is 1. It is 0.",
    },
  ],
};
export default exercise;
