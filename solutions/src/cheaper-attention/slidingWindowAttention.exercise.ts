/** slidingWindowAttention: its cases and its typical mistakes. */
import { tensorData, within, type Exercise } from "grader";

/** Tokens of the cases that measure, many more than a window or a block. */
const LONG = 1024;
/** All pairs of tokens cost ten times as much, blocks a fifth. */
const enough = within({ largest: LONG ** 2 / 4, work: 4 * LONG ** 2 });

const exercise: Exercise = {
  cases: (random) => {
    const qkv = (B: number, H: number, T: number, D: number) => [
      random.normal([B, H, T, D]),
      random.normal([B, H, T, D]),
      random.normal([B, H, T, D]),
    ];
    const zeros = tensorData([1, 1, 6, 3], new Array<number>(18).fill(0));
    return [
      { group: "values", title: "a text is short", args: [...qkv(2, 2, 7, 3), { window: 3 }] },
      {
        group: "values",
        title: "a text has several blocks",
        args: [...qkv(1, 1, random.int(100, 120), 2), { window: 6 }],
      },
      {
        group: "values",
        title: "a window spans several blocks",
        args: [...qkv(1, 1, 130, 2), { window: random.int(66, 70) }],
      },
      {
        group: "values",
        title: "no token sees a later one",
        args: [...qkv(1, 1, 100, 2), { window: 9, causal: true }],
      },
      { group: "shapes", title: "there is one token", args: [...qkv(1, 2, 1, 3), { window: 4 }] },
      {
        group: "shapes",
        title: "the window is longer than the text",
        args: [...qkv(1, 1, 5, 3), { window: 30, causal: true }],
      },
      {
        group: "property",
        title: "a window of one gives the token's own value",
        args: [...qkv(1, 1, 6, 3), { window: 1 }],
      },
      {
        group: "gradient",
        title: "q, k and v are differentiated",
        args: [...qkv(1, 2, 6, 3), { window: 2 }],
        wrt: ["0", "1", "2"],
      },
      {
        group: "gradient",
        title: "several blocks are differentiated",
        args: [...qkv(1, 1, 70, 2), { window: 4, causal: true }],
        wrt: ["0", "1", "2"],
      },
      {
        group: "errors",
        title: "the window is empty",
        args: [...qkv(1, 1, 4, 2), { window: 0 }],
        throws: "window",
      },
      {
        group: "cost",
        title: "what 1,024 tokens with a window of 16 cost",
        args: [...qkv(1, 1, LONG, 2), { window: 16 }],
        cost: enough,
      },
      {
        group: "cost",
        title: "what the gradient of 1,024 tokens costs",
        args: [...qkv(1, 1, LONG, 2), { window: 16, causal: true }],
        wrt: ["0", "1", "2"],
        cost: enough,
      },
      {
        group: "values",
        title: "a window is two tokens longer than a block",
        args: [...qkv(1, 1, 100, 2), { window: 34 }],
      },
      {
        group: "property",
        title: "all keys are zeros: each token gets the mean of its window",
        args: [...qkv(1, 1, 6, 3).with(1, zeros), { window: 3 }],
      },
    ];
  },
  mutants: [
    {
      edits: [
        ["first = Math.max(0, i - before)", "first = i"],
        ["end = Math.min(tiles.length, i + 1 + after)", "end = i + 1"],
      ],
      message:
        "A block of queries meets only its own block of keys. " +
        "Near the edges, a window reaches into the blocks next to it.",
    },
    {
      edits: [
        [
          "causal ? near.logicalAnd(back.greaterEqual(0)) : near",
          "causal ? back.greaterEqual(0) : tf.onesLike(near)",
        ],
      ],
      message:
        "Queries see all keys of their blocks. " +
        "Inside the blocks you still have to mask the window, |i − j| < window.",
    },
    {
      edits: [["causal ? near.logicalAnd(back.greaterEqual(0)) : near", "near"]],
      message: "When causal, queries still see later keys in their own block. Mask them.",
    },
    {
      edits: [["q.mul(scale)", "q"]],
      message: "The scores are not scaled. Multiply them by 1/√D.",
    },
    {
      edits: [[".less(window)", ".lessEqual(window)"]],
      message:
        "The window is one too wide on each side: the token itself counts, |i − j| < window.",
    },
    {
      edits: [["i + 1 + after)", "i + 1)"]],
      message: "You leave out the blocks after. Unless causal, a window reaches into them.",
    },
    {
      edits: [["Math.min(T, Math.max(SMALLEST, Math.ceil(window / 2)))", "T"]],
      breaks: "what 1,024 tokens with a window of 16 cost",
      message:
        "The cost grows with the square of the text, as if all pairs of tokens were computed. " +
        "A block of queries needs only the keys near it.",
    },
    {
      edits: [["back.greaterEqual(0)", "back.lessEqual(0)"]],
      message:
        "When causal, this shows the future and hides the past: " +
        "a query sees keys that are not later, i − j ≥ 0.",
    },
    {
      edits: [
        [
          "const tiles = cut(T, block);",
          `const far = tf.range(0, T).expandDims(1).sub(tf.range(0, T));
           const mask = far.abs().lessEqual(window)
             .logicalAnd(far.greaterEqual(causal ? 0 : -T));
           if (T > 0) return scaledDotProductAttention(q, k, v, { mask }).output;
           const tiles = cut(T, block);`,
        ],
      ],
      message:
        "The window is one too wide on each side: the token itself counts, |i − j| < window.",
    },
    {
      edits: [
        [
          "const tiles = cut(T, block);",
          `const far = tf.range(0, T).expandDims(1).sub(tf.range(0, T));
           const mask = far.abs().lessEqual(Math.floor(window / 2))
             .logicalAnd(far.greaterEqual(causal ? 0 : -T));
           if (T > 0) return scaledDotProductAttention(q, k, v, { mask }).output;
           const tiles = cut(T, block);`,
        ],
      ],
      message:
        "You read the window as the whole width, half on each side. " +
        "It counts one side, with the token itself: |i − j| < window.",
    },
    {
      edits: [
        [
          "const tiles = cut(T, block);",
          `const far = tf.range(0, T).expandDims(1).sub(tf.range(0, T));
           const mask = far.abs().less(window).logicalAnd(far.greaterEqual(0));
           if (T > 0) return scaledDotProductAttention(q, k, v, { mask }).output;
           const tiles = cut(T, block);`,
        ],
      ],
      message:
        "No query sees later keys, whatever `causal` says. " +
        "Unless it is true, the window reaches to both sides.",
    },
  ],
};
export default exercise;
