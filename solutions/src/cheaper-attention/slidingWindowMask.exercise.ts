/** slidingWindowMask: its cases and its typical mistakes. */
import type { Exercise } from "grader";

const exercise: Exercise = {
  cases: (random) => {
    const length = random.int(6, 9);
    const window = random.int(2, 4);
    return [
      { group: "values", title: "tokens look to both sides", args: [length, window] },
      {
        group: "values",
        title: "no token sees a later one",
        args: [length, window, { causal: true }],
      },
      { group: "values", title: "a window of one shows only the token itself", args: [length, 1] },
      { group: "shapes", title: "there is one token", args: [1, window] },
      {
        group: "shapes",
        title: "the window is longer than the text",
        args: [3, 8, { causal: true }],
      },
      { group: "errors", title: "the window is empty", args: [length, 0], throws: "window" },
    ];
  },
  mutants: [
    {
      edits: [[".abs().less(window)", ".abs().lessEqual(window)"]],
      message:
        "The window is one too wide on each side: the token itself counts, |i − j| < window.",
    },
    {
      edits: [["back.abs().less", "back.less"]],
      message:
        "Tokens see all of the future. " +
        "Unless causal, the window has two sides: take the absolute distance.",
    },
    {
      edits: [["back.greaterEqual(0)", "back.lessEqual(0)"]],
      message:
        "When causal, this shows the future and hides the past. " +
        "Rows are queries, columns are keys: j ≤ i.",
    },
    {
      edits: [["options.causal ? near.logicalAnd(back.greaterEqual(0)) : near", "near"]],
      message: "You don't use causal.",
    },
    {
      edits: [["back.greaterEqual(0)", "back.greater(0)"]],
      message: "When causal, a token does not see itself. Use j ≤ i.",
    },
  ],
  forbid: ["bandPart"],
};
export default exercise;
