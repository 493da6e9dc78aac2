/** bigBirdBlocks: its cases and its typical mistakes. */
import type { Exercise } from "grader";

const exercise: Exercise = {
  cases: (random) => {
    const n = random.int(8, 10);
    const uniform = (n: number) =>
      Array.from({ length: n }, () => Array.from({ length: n }, () => random.next()));
    return [
      {
        group: "values",
        says: "window, globals and chance come together",
        args: [4 * n, { block: 4, window: 3, globals: 1, random: 2, uniform: uniform(n) }],
      },
      {
        group: "values",
        says: "there is a window only",
        args: [2 * n, { block: 2, window: 5, globals: 0, random: 0, uniform: uniform(n) }],
      },
      {
        group: "values",
        says: "there are globals only",
        args: [n, { block: 1, window: 1, globals: 2, random: 0, uniform: uniform(n) }],
      },
      {
        group: "values",
        says: "there is chance only",
        args: [3 * n, { block: 3, window: 1, globals: 0, random: 3, uniform: uniform(n) }],
      },
      {
        group: "shapes",
        says: "there is one block",
        args: [4, { block: 4, window: 1, globals: 0, random: 1, uniform: uniform(1) }],
      },
      {
        group: "property",
        says: "more blocks are drawn than are left",
        args: [5, { block: 1, window: 3, globals: 1, random: 7, uniform: uniform(5) }],
      },
      {
        group: "errors",
        says: "the window is even",
        args: [2 * n, { block: 2, window: 2, globals: 1, random: 1, uniform: uniform(n) }],
        throws: "window",
      },
      {
        group: "errors",
        says: "block does not divide the length",
        args: [2 * n + 1, { block: 2, window: 3, globals: 1, random: 1, uniform: uniform(n) }],
        throws: "block",
      },
    ];
  },
  mutants: [
    {
      edits: [["<= (window - 1) / 2", "< window"]],
      says: "The window is too wide. It counts all of its blocks, (window − 1)/2 to each side.",
    },
    {
      edits: [["i < globals || j < globals", "j < globals"]],
      says: "The globals are seen by all but do not see all. Their rows are full.",
    },
    {
      edits: [["i < globals || j < globals", "i < globals"]],
      says: "The globals see all but are not seen by all. Their columns are full.",
    },
    {
      edits: [["chances[b]! - chances[a]!", "chances[a]! - chances[b]!"]],
      says: "The lowest numbers are taken. A row takes its highest.",
    },
    {
      edits: [[".filter((j) => !chosen[j])", ""]],
      says:
        "Blocks that are chosen already are drawn again, so that rows have too few. " +
        "Draw among the others.",
    },
    {
      edits: [["Math.abs(i - j) <= (window - 1) / 2", "i - j >= 0 && i - j < window"]],
      says:
        "The window looks back only. Its middle is the block itself, with (window − 1)/2 " +
        "blocks on each side.",
    },
    {
      edits: [
        [
          "uniform.map((chances, i) => {",
          "uniform.map((_, i) => { const chances = uniform.map((row) => row[i]!);",
        ],
      ],
      says: "The chances are read by columns. Row i takes the highest numbers of uniform[i].",
    },
    {
      edits: [["others.sort((a, b) => chances[b]! - chances[a]!)", "others"]],
      says:
        "The first blocks are taken, whatever their numbers. " +
        "A row takes those with the highest.",
    },
  ],
};
export default exercise;
