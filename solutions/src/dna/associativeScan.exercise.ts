/** associativeScan: its cases and its typical mistakes. */
import type { Exercise } from "grader";

const exercise: Exercise = {
  cases: (random) => {
    const both = (...shape: number[]) => [random.uniform(shape, -1, 1), random.normal(shape)];
    return [
      { group: "values", says: "there are eight steps", args: both(2, 8, 3) },
      { group: "values", says: "there are seven steps", args: both(2, 7, 3) },
      {
        group: "values",
        says: "the number of steps is odd again and again",
        args: both(1, 2 * random.int(10, 20) + 1, 2),
      },
      { group: "shapes", says: "there are two steps", args: both(2, 2, 2) },
      { group: "shapes", says: "there is one step", args: both(2, 1, 3) },
      { group: "shapes", says: "there is no further axis", args: both(2, 5) },
      { group: "shapes", says: "there are two further axes", args: both(1, 6, 2, 3) },
      { group: "gradient", says: "both are differentiated", args: both(2, 6, 2), wrt: ["0", "1"] },
      {
        group: "errors",
        says: "b has fewer steps",
        args: [random.normal([1, 4]), random.normal([1, 3])],
        throws: "b",
      },
      { group: "cost", says: "there are 200,000 steps", args: both(1, 200_000) },
    ];
  },
  mutants: [
    {
      edits: [["scan(a2.mul(a1), a2.mul(b1).add(b2))", "scan(a2.mul(a1), a1.mul(b1).add(b2))"]],
      says:
        "The two steps are joined with the wrong factor: " +
        "the later step multiplies all before it, a₂·(a₁·h + b₁) + b₂.",
    },
    {
      edits: [["scan(a2.mul(a1), a2.mul(b1).add(b2))", "scan(a2, a2.mul(b1).add(b2))"]],
      says: "The factor of a pair is that of its second step alone. Two steps multiply by a₂·a₁.",
    },
    {
      edits: [["const first = a1.mul(before).add(b1);", "const first = b1;"]],
      says:
        "Between the pairs the state is forgotten: the first step of a pair goes on from h " +
        "before it.",
    },
    {
      edits: [
        [
          "const before = tf.concat([tf.zeros([B, 1, D]), second.slice([0, 0, 0], [B, half - " +
            "1, D])], 1);",
          "const before = second;",
        ],
      ],
      says:
        "The first step of a pair goes on from its own pair's end. " +
        "It goes on from the pair before, and the first pair from 0.",
    },
    {
      edits: [["last(a, T - 1).mul(last(even, T - 2)).add(last(b, T - 1))", "last(b, T - 1)"]],
      says:
        "When the number of steps is odd, the last one goes on from nothing. " +
        "It goes on from the state before it.",
    },
    {
      edits: [
        [
          "return tf.tidy(() => scan(a.reshape([B, T, D]), b.reshape([B, T, " +
            "D])).reshape(a.shape));",
          "const A = a.reshape([B, T, D]), X = b.reshape([B, T, D]);\n  let h: " +
            "tf.Tensor = tf.zeros([B, 1, D]);\n  if (T < 1000) return tf.tidy(() => scan(A, " +
            "X).reshape(a.shape));\n  return tf.tidy(() => tf.concat(Array.from({ length: " +
            "T }, (_, t) => (h = A.slice([0, t, 0], [B, 1, D]).mul(h).add(X.slice([0, t, 0], " +
            "[B, 1, D])))), 1).reshape(a.shape));",
        ],
      ],
      breaks: "there are 200,000 steps",
      says:
        "The steps are taken one after another, and 200,000 of them take too long. " +
        "Join pairs, so that there are log T rounds.",
    },
    {
      edits: [
        ["tf.stack([first, second], 2).reshape([B, 2 * half, D])", "tf.concat([first, second], 1)"],
      ],
      says:
        "First steps stand before all second ones. They take turns: " +
        "stack along axis 2, then reshape.",
    },
    {
      edits: [["a2.mul(b1).add(b2))", "b1.add(b2))"]],
      says: "The first step's b goes through the second step, which multiplies it by a₂.",
    },
  ],
};
export default exercise;
