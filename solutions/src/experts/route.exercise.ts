/** route: its cases and its typical mistakes. */
import { tensorData, type Exercise, type Random } from "grader";

/** Logits of N tokens that mostly want expert 0 of four. */
function drawFavorite(random: Random, N: number) {
  const rows = Array.from({ length: N }, () => [
    2.5 + random.next(),
    ...Array.from({ length: 3 }, () => 2 * random.next()),
  ]);
  return tensorData([N, 4], rows.flat());
}
const equal = (logit: number, N: number, E: number) =>
  tensorData([N, E], new Array<number>(N * E).fill(logit));
const same = (N: number, E: number) => equal(0.5, N, E);

const exercise: Exercise = {
  cases: (random) => [
    { group: "values", title: "one expert per token", args: [random.normal([6, 4]), 1] },
    { group: "values", title: "two experts per token", args: [random.normal([7, 5]), 2, {}] },
    {
      group: "values",
      title: "all want one expert, which has three places",
      args: [drawFavorite(random, 8), 1, { capacity: 3 }],
    },
    {
      group: "values",
      title: "second choices come after all first ones",
      args: [drawFavorite(random, 9), 2, { capacity: 3 }],
    },
    {
      group: "values",
      title: "there are three choices and few places",
      args: [random.normal([9, 4]), 3, { capacity: 4 }],
    },
    { group: "values", title: "capacity is 0", args: [random.normal([5, 4]), 2, { capacity: 0 }] },
    {
      group: "values",
      title: "a bias moves choices and not gates",
      args: [random.normal([8, 4]), 1, { bias: tensorData([4], [0.1, 0.5, -0.6, 0]) }],
    },
    {
      group: "values",
      title: "there are a bias and a capacity",
      args: [drawFavorite(random, 8), 2, { bias: tensorData([4], [-0.5, 0, 0.3, 0]), capacity: 5 }],
    },
    {
      group: "property",
      title: "all logits are equal: ties go to the lower indices",
      args: [same(4, 5), 2],
    },
    {
      group: "property",
      title: "all logits are equal, and there are two places",
      args: [same(5, 3), 1, { capacity: 2 }],
    },
    { group: "shapes", title: "there is one expert", args: [random.normal([4, 1]), 1] },
    { group: "shapes", title: "all experts are chosen", args: [random.normal([2, 3]), 3] },
    {
      group: "gradient",
      title: "the gates are differentiated",
      args: [random.normal([5, 4]), 2],
      wrt: ["0"],
      output: "gates",
    },
    {
      group: "gradient",
      title: "the gates are differentiated, and some tokens are dropped",
      args: [drawFavorite(random, 6), 1, { capacity: 2 }],
      wrt: ["0"],
      output: "gates",
    },
    { group: "errors", title: "k is over E", args: [random.normal([3, 4]), 5], throws: "k" },
    {
      group: "errors",
      title: "capacity is negative",
      args: [random.normal([3, 4]), 1, { capacity: -2 }],
      throws: "capacity",
    },
    {
      group: "errors",
      title: "the bias is of other experts",
      args: [random.normal([3, 4]), 1, { bias: random.normal([5]) }],
      throws: "bias",
    },
    {
      group: "property",
      title: "all logits are a drawn number, and there is one place less than tokens",
      args: [equal(random.next(), 6, 4), 2, { capacity: 5 }],
    },
    {
      group: "property",
      title: "many logits are equal",
      args: [
        tensorData(
          [8, 4],
          Array.from({ length: 32 }, () => random.int(0, 2)),
        ),
        2,
        { capacity: 3 },
      ],
    },
  ],
  mutants: [
    {
      edits: [
        [
          "const p = tf.softmax(logits);",
          "const p = tf.softmax(bias ? logits.add(bias) : logits);",
        ],
        ["tf.topk(bias ? p.add(bias) : p, k)", "tf.topk(p, k)"],
      ],
      message:
        "The bias goes into the softmax. Add it to the probabilities, and only to choose; the " +
        "gates are the probabilities without it.",
    },
    {
      edits: [["gates: p.mul(isKept)", "gates: (bias ? p.add(bias) : p).mul(isKept)"]],
      message: "The bias is in the gates. It decides who is chosen and nothing else.",
    },
    {
      edits: [["tf.topk(bias ? p.add(bias) : p, k)", "tf.topk(p, k)"]],
      message: "The bias has no effect. Choose by p + bias.",
    },
    {
      edits: [
        [
          "return { gates: p.mul(isKept), chosen };",
          `const all = p.mul(isKept).sum(1, true);
    const whole = tf.where(all.equal(0), tf.onesLike(all), all);
    return { gates: p.mul(isKept).div(whole), chosen };`,
        ],
      ],
      message:
        "The gates of a token are scaled to sum to 1. Here they stay the probabilities; with " +
        "k = 1 a scaled gate is always 1, and the router can't learn.",
    },
    {
      edits: [["const p = tf.softmax(logits);", "const p: tf.Tensor = tf.sigmoid(logits);"]],
      message: "p is a sigmoid. Take the softmax over the experts.",
    },
    {
      edits: [["choices.mul(fits).sum(0)", "choices.add(fits.mul(0)).sum(0)"]],
      message: "No token is dropped. Where an expert is full, the gate is 0.",
    },
    {
      edits: [
        ["gates: p.mul(isKept), chosen }", "gates: p.mul(isKept), chosen: chosen.mul(isKept) }"],
      ],
      message:
        "`chosen` leaves out dropped tokens. It says what tokens wanted, so it counts them, too.",
    },
    {
      edits: [
        [
          "choices.reshape([k * N, E]).cumsum(0)",
          "choices.transpose([1, 0, 2]).reshape([N * k, E]).cumsum(0)\n" +
            "      .reshape([N, k, E]).transpose([1, 0, 2])",
        ],
      ],
      message:
        "A token's second choice takes a place before the first choice of a later token. All " +
        "first choices come first, then all second ones.",
    },
    {
      edits: [["choices.reshape([k * N, E]).cumsum(0)", "choices.cumsum(1)"]],
      message:
        "Each round of choices has all places of its own. Second choices get the places that " +
        "first ones left.",
    },
    {
      edits: [["inLine.lessEqual(capacity)", "inLine.less(capacity)"]],
      message: "One place per expert stays empty: `capacity` tokens fit.",
    },
    {
      edits: [["cumsum(0)", "cumsum(0, false, true)"]],
      message: "Later tokens go first. Among equal choices earlier tokens keep their places.",
    },
    {
      edits: [["gates: p.mul(isKept)", "gates: asConstant(p, (x) => x.clone()).mul(isKept)"]],
      message: "No gradient reaches the logits. The choice is a constant, the gates aren't.",
    },
    {
      edits: [["inLine.lessEqual(capacity)", "inLine.lessEqual(capacity || N)"]],
      message: "A capacity of 0 counts as not given. It drops all choices.",
    },
  ],
};
export default exercise;
